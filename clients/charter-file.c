/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/charter-file.h"

#include <errno.h>
#include <stdlib.h>

#include "clients/charter_json.h"
#include "clients/files.h"
#include "clients/look.h"
#include "clients/terms-file.h"
#include "proto/wire.h"

void charter_cleanup(struct charter **charter)
{
        free(*charter);
}

enum exit_code charter_new(struct charter **ret)
{
        *ret = calloc(1, sizeof(**ret));
        return *ret ? EXIT_DONE : say_failure(-ENOMEM, "the charter");
}

enum exit_code charter_file_read(const char *path, struct charter **ret)
{
        own(file) struct file file = { 0 };
        own(complaints) struct complaints *complaints = calloc(1, sizeof(*complaints));
        own(charter) struct charter *charter = calloc(1, sizeof(*charter));
        enum exit_code code;
        int r;

        if (!complaints || !charter)
                return say_failure(-ENOMEM, "%s", path);
        code = file_read(path, JSON_SIZE_MAX, &file);
        if (code)
                return code;
        r = charter_from_json(file_bytes(&file), charter, complaints);
        if (r < 0)
                return say_failure(r, "%s", path);
        if (r) {
                complaints_print(complaints, path, stderr);
                return EXIT_REFUSED;
        }
        *ret = give(charter);
        return EXIT_DONE;
}

enum exit_code charter_decode(struct bytes bytes, struct charter *ret)
{
        static struct faults faults;
        struct fault fault;
        int r = wire_read_charter(bytes, ret, &fault);

        if (r < 0)
                return say_failure(r, "the charter");
        faults_reset(&faults);
        if (!r)
                charter_check(ret, 0, &faults);
        if (!r && faults.count == 0)
                return EXIT_DONE;
        if (!r)
                fault = faults.list[0];
        say_error("this version of accord cannot read the charter: %s: %s", fault.field,
                  fault.says);
        return EXIT_INTEGRITY;
}

enum exit_code charter_fetch(const struct reach *reach, uint32_t version, struct charter **ret,
                             struct charter_row *ret_row)
{
        own(charter) struct charter *charter = NULL;
        struct accord_error error = { 0 };
        const struct charter_row *row;
        enum exit_code code;
        int r = accord_query_charter(reach->session, version, &row, &error);

        *ret = NULL;
        if (r == ACCORD_NO_SUCH_THING && !version)
                return EXIT_DONE;
        if (r)
                return reach_failed(&error);
        code = charter_new(&charter);
        if (!code)
                code = charter_decode(row->charter, charter);
        if (code)
                return code;
        if (ret_row)
                *ret_row = *row;
        *ret = give(charter);
        return EXIT_DONE;
}

/* ---- as a file */

static const char *text_of(struct json_object *document)
{
        return json_object_to_json_string_ext(document, JSON_C_TO_STRING_PRETTY |
                                                                JSON_C_TO_STRING_SPACED |
                                                                JSON_C_TO_STRING_NOSLASHESCAPE);
}

enum exit_code charter_print(const struct charter *charter, FILE *to)
{
        own(json_object) struct json_object *document = NULL;
        int r = charter_to_json(charter, &document);

        if (r)
                return say_failure(r, "the charter");
        fprintf(to, "%s\n", text_of(document));
        return EXIT_DONE;
}

enum exit_code charter_file_write(const struct charter *charter, const char *path)
{
        char *text = NULL;
        size_t size = 0;
        FILE *to = open_memstream(&text, &size);
        enum exit_code code = to ? charter_print(charter, to) : EXIT_DONE;

        if (!to || fclose(to))
                code = say_failure(-ENOMEM, "the charter");
        if (!code)
                code = file_write_new(path, (struct bytes) { text, size });
        free(text);
        return code;
}

/* ---- in words */

static const char *rate_words(struct rate rate, char ret[LOOK_MAX])
{
        return look_rate(exact_of_rate(rate), ret);
}

static void print_class(const struct charter *c, const struct seat_class *class, FILE *to)
{
        const char *before = ": ";
        char quorum[LOOK_MAX];

        fprintf(to, "  %s, quorum %s", charter_role(class->role),
                rate_words(class->quorum, quorum));
        for (unsigned int i = 0; i < c->seat_count; i++) {
                if (c->seats[i].role != class->role)
                        continue;
                fprintf(to, "%s%s", before, c->seats[i].party.text);
                before = ", ";
        }
        fputc('\n', to);
}

static void print_measure(const struct specification *s, FILE *to)
{
        fprintf(to, "  %s%s%s is %s", s->key.text, name_empty(&s->bearer) ? "" : " of ",
                s->bearer.text, s->is.concept.text);
        if (!name_empty(&s->is.version))
                fprintf(to, ", version %s", s->is.version.text);
        if (!name_empty(&s->is.population))
                fprintf(to, ", of %s", s->is.population.text);
        fprintf(to, "; %s is better%s%s%s\n",
                s->is.direction == DIRECTION_LESS ? "less" : "more",
                s->common ? "; of the common set" : "", s->title.text[0] ? ": " : "",
                s->title.text);
}

static void print_disclosure(const struct disclosure_rules *d, FILE *to)
{
        char share[LOOK_MAX], dominant[LOOK_MAX], estimate[LOOK_MAX], money[LOOK_MAX];

        fprintf(to, "What is shown of many: of %u contributors at least, none more than %s, %u of "
                "them no more than %s, the largest not to be estimated closer than %s; no cell of "
                "fewer than %u people; %u days old at least; amounts to %s, shares to %u "
                "millionths.\n", d->contributors, rate_words(d->most_share, share), d->dominant,
                rate_words(d->dominant_share, dominant), rate_words(d->estimate, estimate),
                d->least_cell, d->lag_days, look_money(d->round_cents, money), d->round_ppm);
}

static void print_thresholds(const struct thresholds *t, FILE *to)
{
        char a[LOOK_MAX], b[LOOK_MAX], c[LOOK_MAX], d[LOOK_MAX];

        if (t->is)
                fprintf(to, "Aligned is: an alignment index of %s, a dominant-signal share of %s "
                        "on measures with %s of the dollars, a conflict share of at most %s.\n",
                        rate_words(t->alignment, a), rate_words(t->dominant, b),
                        rate_words(t->dominant_dollars, c), rate_words(t->conflict, d));
}

void charter_page(const struct charter *c, FILE *to)
{
        char approval[LOOK_MAX];

        fprintf(to, "Charter %u: %s\n", c->version, c->title.text);
        fprintf(to, "It is changed by ballot: %u day%s of notice, %s of the votes for and against "
                "must be for.\n", c->notice_days, c->notice_days == 1 ? "" : "s",
                rate_words(c->approval, approval));
        for (unsigned int i = 0; i < c->class_count; i++)
                print_class(c, &c->classes[i], to);
        if (c->specification_count)
                fputs("Measures:\n", to);
        for (unsigned int i = 0; i < c->specification_count; i++)
                print_measure(&c->specifications[i], to);
        print_disclosure(&c->disclosure, to);
        fprintf(to, "Releases: every %u month%s, on day %u.\n", c->calendar.months,
                c->calendar.months == 1 ? "" : "s", c->calendar.day);
        print_thresholds(&c->thresholds, to);
        for (unsigned int i = 0; i < c->public_count; i++)
                fprintf(to, "The terms of %s, which is absent, are public.\n",
                        c->public_parties[i].text);
        if (c->pooled.is)
                fprintf(to, "Settlement may be pooled over payers, by %s%s%s.\n",
                        c->pooled.says.text,
                        c->pooled.state_action ? "; each use approved by " : "",
                        c->pooled.supervisor.text);
        else
                fputs("Settlement is not pooled over payers.\n", to);
}
