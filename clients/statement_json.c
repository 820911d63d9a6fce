/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/statement_json.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "clients/exact_read.h"
#include "clients/statement_inside.h"
#include "clients/words.h"
#include "core/lines.h"

/* Each of these answers 0 or a refusal, having complained; a reader goes on to find everything. */

int read_text_in(struct reading *r, const struct json_place *of, const char *key, bool required,
                   struct bytes *ret)
{
        const struct json_place place = json_member(of, key);

        *ret = (struct bytes) { NULL, 0 };
        return json_want_text(&place, required, ret, r->to);
}

int read_word_in(struct reading *r, const struct json_place *of, const char *key,
                   const struct word *words, int *ret)
{
        const struct json_place place = json_member(of, key);
        struct bytes text;
        char list[200];
        int bad = read_text_in(r, of, key, true, &text);

        if (bad || word_parse(words, text, ret))
                return bad;
        return json_complain(r->to, &place, "must be %s", words_list(words, list));
}

int read_whole_in(struct reading *r, const struct json_place *of, const char *key, bool required,
                    int64_t most, int64_t *ret)
{
        const struct json_place place = json_member(of, key);

        *ret = 0;
        return json_want_whole(&place, required, 0, most, ret, r->to);
}

/* A number that names an entry is a text of digits. */
int read_id_in(struct reading *r, const struct json_place *of, const char *key, uint64_t *ret)
{
        const struct json_place place = json_member(of, key);
        struct bytes text;
        int bad = read_text_in(r, of, key, false, &text);

        *ret = 0;
        if (bad || !text.size)
                return bad;
        return id_parse(text, ret) ? 0 : json_complain(r->to, &place, "must be a number in quotes");
}

static int flag_in(struct reading *r, const struct json_place *of, const char *key, bool *ret)
{
        const struct json_place place = json_member(of, key);

        *ret = false;
        return json_want_flag(&place, false, ret, r->to);
}

static int digest_in(struct reading *r, const struct json_place *of, uint8_t ret[32])
{
        const struct json_place place = json_member(of, "sha256");
        struct bytes text;
        int bad = read_text_in(r, of, "sha256", true, &text);

        if (bad || sha256_read(text, ret))
                return bad;
        return json_complain(r->to, &place, "must be 64 hexadecimal digits");
}

/* ---- the head */

static int read_run(struct reading *r, const struct json_place *root)
{
        const struct json_place run = json_member(root, "run");
        const struct json_place period = json_member(root, "period");
        const struct json_place contract = json_member(root, "contract");
        const struct json_place payment = json_member(&run, "payment");
        struct run *to = &r->s->run;
        struct bytes text;
        int64_t number;
        int kind = 0, bad = read_text_in(r, root, "contract", true, &text);

        if (!bad && !contract_id_parse(text, &to->contract))
                bad = json_complain(r->to, &contract, "must be BEARER/EARNER/LABEL, three words");
        bad |= json_want_period(&period, true, &to->period, r->to);
        bad |= read_word_in(r, &run, "kind", run_kind_words, &kind);
        bad |= read_whole_in(r, &run, "number", false, UINT32_MAX, &number);
        bad |= read_id_in(r, &run, "index", &to->cut);
        bad |= json_want_date(&payment, true, &to->payment, r->to);
        to->kind = (enum run_kind)kind;
        to->number = (uint32_t)number;
        return bad;
}

static int read_terms(struct reading *r, const struct json_place *root)
{
        const struct json_place terms = json_member(root, "terms");
        int standing = 0, bad;
        int64_t version;

        bad = read_whole_in(r, &terms, "version", true, UINT32_MAX, &version);
        bad |= read_id_in(r, &terms, "index", &r->s->terms_index);
        bad |= digest_in(r, &terms, r->s->terms_digest);
        bad |= read_word_in(r, &terms, "standing", standing_words, &standing);
        r->s->terms_version = (uint32_t)version;
        r->s->standing = (enum standing)standing;
        return bad;
}

static int read_result(struct reading *r, const struct json_place *root)
{
        const struct json_place earned = json_member(root, "earned");
        const struct json_place payable = json_member(root, "payable");
        struct bytes reason;
        int status = 0, bad = read_word_in(r, root, "status", status_words, &status);
        bool known = status == STATEMENT_CALCULATED;

        r->s->status = (enum statement_status)status;
        bad |= flag_in(r, root, "relayed", &r->s->relayed);
        bad |= json_want_money(&earned, known, &r->s->earned, r->to);
        bad |= json_want_money(&payable, known, &r->s->payable, r->to);
        bad |= read_text_in(r, root, "reason", false, &reason);
        if (reason.size > TEXT_MAX_LENGTH)
                reason.size = TEXT_MAX_LENGTH;
        if (reason.size)
                memcpy(r->s->reason.text, reason.data, reason.size);
        return bad;
}

static int read_members(struct reading *r, const struct json_place *root)
{
        const struct json_place members = json_member(root, "members");
        int bad;

        if (!members.object)
                return 0;
        r->s->has_members = true;
        bad = read_id_in(r, &members, "rows", &r->s->member_rows);
        return bad | digest_in(r, &members, r->s->members_digest);
}

/* ---- what lines came from */

int read_item_in(struct reading *r, const struct json_place *of, struct item *ret)
{
        const struct json_place place = json_member(of, "item");
        struct bytes text;
        int bad = read_text_in(r, of, "item", false, &text);

        memset(ret, 0, sizeof(*ret));
        if (bad || !text.size || item_parse(text, ret))
                return bad;
        return json_complain(r->to, &place, "must be one word of at most 47 characters");
}

/* "exact_cents" or "exact"; flags, which have neither, by their value. */
int read_figure_in(struct reading *r, const struct json_place *of, enum unit unit,
                     struct exact *ret)
{
        const char *key = unit == UNIT_CENTS ? "exact_cents" : "exact";
        const struct json_place place = json_member(of, key), value = json_member(of, "value");
        struct bytes text;
        bool flag = false;
        int bad;

        *ret = exact_of(0);
        if (unit == UNIT_FLAG) {
                bad = json_want_flag(&value, true, &flag, r->to);
                *ret = exact_of(flag);
                return bad;
        }
        bad = read_text_in(r, of, key, true, &text);
        if (bad || exact_read(text, ret))
                return bad;
        return json_complain(r->to, &place, "must be a fraction such as \"-123/7\"");
}

static int read_fact(struct reading *r, const struct json_place *place, struct used_fact *ret)
{
        const struct json_place period = json_member(place, "period");
        const struct json_place kind = json_member(place, "kind");
        const struct fact_kind_info *info;
        struct exact figure;
        struct bytes text;
        int64_t event;
        int side = 0, bad = read_text_in(r, place, "kind", true, &text);

        info = bad ? NULL : fact_kind_by_name(text);
        if (!info)
                return bad ? bad : json_complain(r->to, &kind, "is no kind of fact known here");
        *ret = (struct used_fact) { .kind = info->kind, .period = r->s->run.period };
        bad |= read_item_in(r, place, &ret->item);
        bad |= read_figure_in(r, place, info->unit, &figure);
        bad |= read_word_in(r, place, "side", side_words, &side);
        bad |= flag_in(r, place, "relayed", &ret->relayed);
        bad |= flag_in(r, place, "decided", &ret->decided);
        bad |= read_id_in(r, place, "index", &ret->index);
        bad |= read_whole_in(r, place, "event", false, UINT32_MAX, &event);
        bad |= json_want_period(&period, false, &ret->period, r->to);
        ret->side = (enum side)side;
        ret->event = (uint32_t)event;
        if (figure.num > INT64_MAX || figure.num < INT64_MIN || figure.den > INT64_MAX)
                return json_complain(r->to, place, "has a figure longer than a fact's can be");
        ret->value = (struct value) { info->unit, (int64_t)figure.num, (int64_t)figure.den };
        return bad;
}

static int read_facts(struct reading *r, const struct json_place *root)
{
        const struct json_place list = json_member(root, "facts");
        size_t count;
        int bad = json_want_array(&list, FACTS_PER_STATEMENT_MAX, true, &count, r->to);

        for (size_t i = 0; i < count; i++) {
                const struct json_place place = json_element(&list, i);

                bad |= read_fact(r, &place, &r->s->facts[i]);
        }
        r->s->fact_count = (uint16_t)count;
        return bad;
}

static int read_carried(struct reading *r, const struct json_place *root)
{
        const struct json_place list = json_member(root, "carried");
        size_t count;
        int bad = json_want_array(&list, CARRIED_PER_STATEMENT_MAX, false, &count, r->to);

        for (size_t i = 0; i < count; i++) {
                const struct json_place place = json_element(&list, i);
                struct carried *carried = &r->s->carried[i];
                struct bytes text;
                int what = read_text_in(r, &place, "what", true, &text);

                carried->what = what ? 0 : carry_by_name(text);
                bad |= what;
                if (!what && !carried->what)
                        bad |= json_complain(r->to, &place, "is nothing that is carried");
                bad |= read_item_in(r, &place, &carried->item);
                bad |= read_figure_in(r, &place, UNIT_RATE, &carried->figure);
                bad |= read_id_in(r, &place, "run", &carried->run);
        }
        r->s->carried_count = (uint16_t)count;
        return bad;
}

/* ---- lines */

static const struct line_info *line_named(struct bytes name)
{
        const struct line_info *info;

        for (size_t i = 0; (info = line_at(i)); i++)
                if (bytes_equal(name, (struct bytes) { info->name, strlen(info->name) }))
                        return info;
        return NULL;
}

/* Its place in the statement's items, from 1; 0 where it has none or there is no more room. */
static uint16_t item_place(struct statement *s, const struct item *item)
{
        uint16_t i = 0;

        if (!item->text[0])
                return 0;
        while (i < s->item_count && !item_equal(&s->items[i], item))
                i++;
        if (i == ITEMS_PER_STATEMENT_MAX)
                return 0;
        if (i == s->item_count)
                s->items[s->item_count++] = *item;
        return (uint16_t)(i + 1);
}

/* "facts": [3, 4]: numbers of facts that stand one behind the other. */
static int read_sources(struct reading *r, const struct json_place *place, struct line *line)
{
        const struct json_place list = json_member(place, "facts");
        size_t count;
        int64_t carried;
        int bad = json_want_array(&list, FACTS_PER_STATEMENT_MAX, false, &count, r->to);

        for (size_t i = 0; i < count; i++) {
                const struct json_place at = json_element(&list, i);
                int64_t number = 0;

                bad |= json_want_whole(&at, true, 1, r->s->fact_count, &number, r->to);
                if (i == 0 && number)
                        line->fact = (uint16_t)(number - 1);
                else if (number != line->fact + 1 + (int64_t)i)
                        bad |= json_complain(r->to, &at, "facts of a line stand together");
        }
        line->facts = (uint16_t)count;
        bad |= read_whole_in(r, place, "carried", false, r->s->carried_count, &carried);
        line->carried = (uint16_t)carried;
        return bad | flag_in(r, place, "members", &line->members);
}

static int read_line(struct reading *r, const struct json_place *place, struct line *line)
{
        const struct json_place name = json_member(place, "line");
        const struct line_info *info;
        struct exact figure;
        struct bytes text;
        struct item item;
        int64_t step, form;
        int bad = read_text_in(r, place, "line", true, &text);

        info = bad ? NULL : line_named(text);
        if (!info)
                return bad ? bad : json_complain(r->to, &name, "is no line known here");
        bad |= read_whole_in(r, place, "step", true, STEPS_MAX, &step);
        bad |= read_whole_in(r, place, "form", false, UINT16_MAX, &form);
        bad |= read_item_in(r, place, &item);
        bad |= read_figure_in(r, place, info->unit, &figure);
        if (step == 0)
                bad |= json_complain(r->to, place, "steps are numbered from 1");
        *line = (struct line) {
                .step = (uint16_t)(step ? step - 1 : 0), .code = (uint16_t)info->code,
                .form = (uint16_t)form, .item = item_place(r->s, &item), .unit = info->unit,
                .num = figure.num, .den = figure.den,
        };
        return bad | read_sources(r, place, line);
}

static int read_lines(struct reading *r, const struct json_place *root)
{
        const struct json_place list = json_member(root, "lines");
        size_t count;
        int bad = json_want_array(&list, LINES_PER_STATEMENT_MAX, true, &count, r->to);

        for (size_t i = 0; i < count; i++) {
                const struct json_place place = json_element(&list, i);

                bad |= read_line(r, &place, &r->s->lines[i]);
        }
        r->s->line_count = (uint16_t)count;
        return bad;
}

static int check_schema(struct reading *r, const struct json_place *root)
{
        const struct json_place place = json_member(root, "schema");
        struct bytes text;
        int bad = read_text_in(r, root, "schema", true, &text);

        if (bad || bytes_equal(text, (struct bytes) { TRACE_SCHEMA, strlen(TRACE_SCHEMA) }) ||
            bytes_equal(text, (struct bytes) { STATEMENT_SCHEMA, strlen(STATEMENT_SCHEMA) }))
                return bad;
        return json_complain(r->to, &place, "must be \"" STATEMENT_SCHEMA "\" or \"" TRACE_SCHEMA
                                            "\"");
}

int statement_from_json(struct bytes text, struct statement *ret,
                        struct json_object **ret_document, struct json_object **ret_terms,
                        struct complaints *to)
{
        own(json_object) struct json_object *document = NULL;
        struct reading r = { .s = ret, .to = to };
        struct json_place root, terms;
        int bad = json_read(text, &document, to);

        if (bad)
                return bad;
        memset(ret, 0, sizeof(*ret));
        root = json_root(document);
        if (check_schema(&r, &root))
                return REFUSAL_MALFORMED;
        bad = read_run(&r, &root);
        bad |= read_terms(&r, &root);
        bad |= read_result(&r, &root);
        bad |= read_members(&r, &root);
        bad |= read_facts(&r, &root);
        bad |= read_carried(&r, &root);
        bad |= read_versions(&r, &root);
        if (!bad)
                bad = read_lines(&r, &root);
        terms = json_member(&root, "terms");
        *ret_terms = json_member(&terms, "document").object;
        *ret_document = give(document);
        return bad ? REFUSAL_BAD_VALUE : 0;
}
