/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which bars a charter has lower than the one before it, in words: a bar can be lowered, but not
 * unseen. What lets less be seen, or takes more votes, is no lowering.
 */
#include <string.h>

#include "core/charter.h"
#include "core/exact.h"
#include "core/sentence.h"

static const char *const role_words[] = {
#define X(name, number, word) [number] = word,
        ROLES(X)
#undef X
};

struct listing {
        size_t count;
        struct text *text;
};

static void begin(struct listing *l, const char *what, const char *more)
{
        if (l->count++)
                sentence_add(l->text, "; ");
        sentence_add(l->text, what);
        sentence_add(l->text, more);
}

static void from_to(struct listing *l, uint64_t from, uint64_t to)
{
        sentence_add(l->text, " ");
        sentence_add_number(l->text, from);
        sentence_add(l->text, " to ");
        sentence_add_number(l->text, to);
}

static void add_rate(struct text *text, struct rate rate)
{
        sentence_add_number(text, (uint64_t)rate.num);
        if (rate.den == 1)
                return;
        sentence_add(text, "/");
        sentence_add_number(text, (uint64_t)rate.den);
}

static int compare(struct rate a, struct rate b)
{
        return exact_cmp(exact_of_rate(a), exact_of_rate(b));
}

/* @sense: 1 a lower number is a lower bar, -1 a higher one is. */
static void rate_bar(struct listing *l, const char *what, const char *more, struct rate before,
                     struct rate after, int sense)
{
        if (compare(after, before) * sense >= 0)
                return;
        begin(l, what, more);
        sentence_add(l->text, " ");
        add_rate(l->text, before);
        sentence_add(l->text, " to ");
        add_rate(l->text, after);
}

static void number_bar(struct listing *l, const char *what, uint64_t before, uint64_t after)
{
        if (after >= before)
                return;
        begin(l, what, "");
        from_to(l, before, after);
}

static const struct seat_class *class_of(const struct charter *charter, enum role_kind role)
{
        for (unsigned int i = 0; i < charter->class_count; i++)
                if (charter->classes[i].role == role)
                        return &charter->classes[i];
        return NULL;
}

static void of_classes(struct listing *l, const struct charter *before, const struct charter *after)
{
        for (unsigned int i = 0; i < before->class_count; i++) {
                const struct seat_class *was = &before->classes[i];
                const struct seat_class *is = class_of(after, was->role);

                if (is)
                        rate_bar(l, "quorum of class ", role_words[was->role], was->quorum,
                                 is->quorum, 1);
                else
                        begin(l, "no more class ", role_words[was->role]);
        }
}

static void of_disclosure(struct listing *l, const struct disclosure_rules *before,
                          const struct disclosure_rules *after)
{
        number_bar(l, "contributors", before->contributors, after->contributors);
        rate_bar(l, "most share", "", before->most_share, after->most_share, -1);
        number_bar(l, "n of (n,k)", before->dominant, after->dominant);
        rate_bar(l, "k of (n,k)", "", before->dominant_share, after->dominant_share, -1);
        rate_bar(l, "p of p%", "", before->estimate, after->estimate, 1);
        number_bar(l, "least cell", before->least_cell, after->least_cell);
        number_bar(l, "lag in days", before->lag_days, after->lag_days);
        number_bar(l, "least change of group", before->least_change, after->least_change);
        number_bar(l, "rounding in cents", (uint64_t)before->round_cents,
                   (uint64_t)after->round_cents);
        number_bar(l, "rounding in ppm", before->round_ppm, after->round_ppm);
}

static void of_thresholds(struct listing *l, const struct thresholds *before,
                          const struct thresholds *after)
{
        if (!before->is)
                return;
        if (!after->is) {
                begin(l, "no more thresholds", "");
                return;
        }
        rate_bar(l, "alignment index", "", before->alignment, after->alignment, 1);
        rate_bar(l, "dominant-signal share", "", before->dominant, after->dominant, 1);
        rate_bar(l, "dollars under it", "", before->dominant_dollars, after->dominant_dollars, 1);
        rate_bar(l, "conflict share", "", before->conflict, after->conflict, -1);
}

static bool is_public(const struct charter *charter, const struct name *party)
{
        for (unsigned int i = 0; i < charter->public_count; i++)
                if (name_equal(&charter->public_parties[i], party))
                        return true;
        return false;
}

static void of_public(struct listing *l, const struct charter *before, const struct charter *after)
{
        for (unsigned int i = 0; i < after->public_count; i++)
                if (!is_public(before, &after->public_parties[i]))
                        begin(l, "terms become public of ", after->public_parties[i].text);
}

static void of_pooled(struct listing *l, const struct legal_basis *before,
                      const struct legal_basis *after)
{
        if (after->is && !before->is)
                begin(l, "settlement may be pooled over payers", "");
        else if (after->is && before->state_action && !after->state_action)
                begin(l, "pooled settlement without approval of ", before->supervisor.text);
}

size_t charter_lowered(const struct charter *before, const struct charter *after,
                       struct text *ret)
{
        struct listing l = { 0, ret };

        sentence_begin(ret);
        if (!before) {
                of_disclosure(&l, &disclosure_default, &after->disclosure);
                return l.count;
        }
        number_bar(&l, "notice in days", before->notice_days, after->notice_days);
        rate_bar(&l, "approval", "", before->approval, after->approval, 1);
        of_classes(&l, before, after);
        of_disclosure(&l, &before->disclosure, &after->disclosure);
        of_public(&l, before, after);
        number_bar(&l, "months between releases", before->calendar.months, after->calendar.months);
        of_thresholds(&l, &before->thresholds, &after->thresholds);
        of_pooled(&l, &before->pooled, &after->pooled);
        return l.count;
}
