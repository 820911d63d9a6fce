/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/disputed.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "clients/look.h"
#include "clients/page.h"

char *disputed_thing(enum fact_kind kind, const struct item *item, const struct name *segment,
                     struct period period, char ret[THING_MAX])
{
        const struct fact_kind_info *info = fact_kind_info(kind);
        bool has_item = *item->text, has_segment = !name_empty(segment);
        char when[LOOK_MAX];

        snprintf(ret, THING_MAX, "%s%s%s%s%s%s of %s", info ? info->name : "unknown",
                 has_item ? "[" : "", item->text, has_item ? "]" : "",
                 has_segment ? " of " : "", has_segment ? segment->text : "",
                 look_period(period, when));
        return ret;
}

char *disputed_value(enum fact_kind kind, const struct value *value, char ret[SAID_MAX])
{
        return in_full(exact_of_value(value), look_of_fact(kind), ret);
}

/* ---- what is held */

static int64_t greatest(int64_t a, int64_t b, int64_t c)
{
        int64_t most = a > b ? a : b;

        return most > c ? most : c;
}

struct held disputed_held(const struct statement *s)
{
        int64_t b = s->by_bearer, e = s->by_earner, p = s->payable;

        if (!s->has_versions || s->basis == SIDE_NEITHER)
                return (struct held) { 0, 0 };
        return (struct held) {
                .bearer_pays = greatest(b, e, 0) - (p > 0 ? p : 0),
                .earner_pays = greatest(-b, -e, 0) - (p < 0 ? -p : 0),
        };
}

/* ---- in sentences */

struct telling {
        const struct statement *s;
        const struct origins *origins;
        const char *bearer, *earner;
        disputed_tell *tell;
        void *with;
};

#define PLACE_MAX 256

static char *place_of(const struct telling *t, const struct said_value *said, char ret[PLACE_MAX])
{
        const char *file = NULL;

        if (t->origins && said->index >= 1 && said->index <= ORIGINS_MAX)
                file = t->origins->facts[said->index - 1];
        if (file)
                snprintf(ret, PLACE_MAX, "%s, row %" PRIu32, file, said->event);
        else
                snprintf(ret, PLACE_MAX, "log entry %" PRIu64, said->index);
        return ret;
}

static void tell_fact(const struct telling *t, const struct disputed_fact *fact)
{
        char thing[THING_MAX], bearer[SAID_MAX], earner[SAID_MAX], text[DISPUTED_SENTENCE_MAX];
        char one[PLACE_MAX], other[PLACE_MAX];

        disputed_thing(fact->kind, &fact->item, &fact->segment, fact->period, thing);
        disputed_value(fact->kind, &fact->bearer.value, bearer);
        disputed_value(fact->kind, &fact->earner.value, earner);
        snprintf(text, sizeof(text), "%s: %s says %s (%s), %s says %s (%s).", thing, t->bearer,
                 bearer, place_of(t, &fact->bearer, one), t->earner, earner,
                 place_of(t, &fact->earner, other));
        t->tell(t->with, text);
}

/* "medicare would pay aco $ 5.00". */
static char *would_pay(const struct telling *t, int64_t cents, char ret[DISPUTED_SENTENCE_MAX])
{
        char money[LOOK_MAX];

        look_money(cents < 0 ? -cents : cents, money);
        if (cents == 0)
                snprintf(ret, DISPUTED_SENTENCE_MAX, "nobody would pay anything");
        else
                snprintf(ret, DISPUTED_SENTENCE_MAX, "%s would pay %s %s",
                         cents > 0 ? t->bearer : t->earner, cents > 0 ? t->earner : t->bearer,
                         money);
        return ret;
}

static void tell_versions(const struct telling *t)
{
        char one[DISPUTED_SENTENCE_MAX], other[DISPUTED_SENTENCE_MAX];
        char text[3 * DISPUTED_SENTENCE_MAX];

        would_pay(t, t->s->by_bearer, one);
        would_pay(t, t->s->by_earner, other);
        snprintf(text, sizeof(text), "By the figures of %s, %s; by those of %s, %s.", t->bearer,
                 one, t->earner, other);
        t->tell(t->with, text);
}

static void tell_held(const struct telling *t, const struct held *held)
{
        const char *payer = held->bearer_pays ? t->bearer : t->earner;
        int64_t cents = held->bearer_pays ? held->bearer_pays : held->earner_pays;
        char text[DISPUTED_SENTENCE_MAX], money[LOOK_MAX], more[LOOK_MAX];

        look_money(cents, money);
        if (held->bearer_pays && held->earner_pays)
                snprintf(text, sizeof(text), "Held until it is decided: %s that %s would pay, and "
                         "%s that %s would pay; one of them at most will be.", money, t->bearer,
                         look_money(held->earner_pays, more), t->earner);
        else
                snprintf(text, sizeof(text), "The other %s, which %s would pay if it is decided "
                         "so, is held until then.", money, payer);
        t->tell(t->with, text);
}

/* What posts all the same, and whose figures the lines follow. */
static void tell_result(const struct telling *t)
{
        const struct statement *s = t->s;
        const struct held held = disputed_held(s);
        const char *basis = s->basis == SIDE_EARNER ? t->earner : t->bearer;
        char text[DISPUTED_SENTENCE_MAX], money[LOOK_MAX];

        if (s->basis == SIDE_NEITHER)
                snprintf(text, sizeof(text), "The two are so near to each other that the terms "
                         "hold nothing for it: the figures of record count.");
        else if (s->by_bearer == s->by_earner)
                snprintf(text, sizeof(text), "It comes to the same by both: nothing is held. The "
                         "lines follow the figures of %s.", basis);
        else if (s->payable == 0)
                snprintf(text, sizeof(text), "There is no amount that both agree on: nothing is "
                         "payable yet. The lines follow the figures of %s.", basis);
        else
                snprintf(text, sizeof(text), "Both agree on %s at least: that much is payable. The "
                         "lines follow the figures of %s.",
                         look_money(s->payable < 0 ? -s->payable : s->payable, money), basis);
        t->tell(t->with, text);
        if (held.bearer_pays || held.earner_pays)
                tell_held(t, &held);
}

void disputed_says(const struct statement *s, const struct origins *origins, disputed_tell *tell,
                   void *with)
{
        const struct telling t = { s, origins, s->run.contract.bearer.text,
                                   s->run.contract.earner.text, tell, with };
        char text[DISPUTED_SENTENCE_MAX];

        for (size_t i = 0; i < s->disputed_count; i++)
                tell_fact(&t, &s->disputed[i]);
        if (s->disputed_more) {
                snprintf(text, sizeof(text), "And %" PRIu32 " more facts: accord recon show lists "
                         "all of them.", s->disputed_more);
                tell(with, text);
        }
        if (s->has_versions) {
                tell_versions(&t);
                tell_result(&t);
        } else if (s->disputed_count) {
                tell(with, "It cannot be settled by both sides' figures: the figures of record "
                           "count, and nothing is held.");
        }
}

static void put_sentence(void *with, const char *sentence)
{
        FILE *to = with;

        fputs("  ", to);
        fold(to, sentence, 2);
}

void disputed_page(FILE *to, const struct statement *s, const struct origins *origins)
{
        if (!disputed_is(s))
                return;
        fputs("\nIN DISPUTE\n", to);
        disputed_says(s, origins, put_sentence, to);
}
