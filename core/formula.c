/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a formula: by descent, one function a level of how tightly operators bind. */
#include "core/formula.h"

#include "core/lines.h"

struct reader {
        struct formula *to;
        const char *text;
        size_t length, at;
        const char *fault;
};

static const struct {
        const char *name;
        enum formula_op op;
        int least, most;        /* how many arguments */
} functions[] = {
        { "min", FORMULA_MIN, 2, 16 },          { "max", FORMULA_MAX, 2, 16 },
        { "sum", FORMULA_SUM, 1, 1 },           { "cents", FORMULA_CENTS, 1, 1 },
        { "dollars", FORMULA_DOLLARS, 1, 1 },   { "decimals", FORMULA_DECIMALS, 2, 2 },
        { "rounded", FORMULA_ROUNDED, 3, 3 },   { "floor", FORMULA_FLOOR, 1, 1 },
        { "isqrt", FORMULA_ISQRT, 1, 1 },       { "table", FORMULA_TABLE, 2, 2 },
        { "bands", FORMULA_BANDS, 2, 3 },       { "portion", FORMULA_PORTION, 2, 2 },
};

static const struct {
        const char *sign;
        enum formula_op op;
} comparisons[] = {
        { ">=", FORMULA_GE }, { "<=", FORMULA_LE }, { ">", FORMULA_GT },
        { "<", FORMULA_LT },  { "=", FORMULA_EQ },
};

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

bool formula_form(const char *formula, unsigned int form, struct bytes *ret)
{
        const char *end;

        while (form--) {
                formula = strchr(formula, '|');
                if (!formula)
                        return false;
                formula++;
        }
        end = formula + strcspn(formula, "|");
        while (formula < end && *formula == ' ')
                formula++;
        while (formula < end && end[-1] == ' ')
                end--;
        *ret = (struct bytes) { formula, (size_t)(end - formula) };
        return true;
}

static int16_t fail(struct reader *r, const char *fault)
{
        if (!r->fault)
                r->fault = fault;
        return -1;
}

static int16_t node_new(struct reader *r, enum formula_op op, size_t from, int16_t first)
{
        struct formula *to = r->to;

        if (r->fault)
                return -1;
        if (to->count == FORMULA_NODES_MAX)
                return fail(r, "the formula is too long");
        to->nodes[to->count] = (struct formula_node) {
                .op = op, .from = (uint16_t)from, .to = (uint16_t)r->at, .first = first, .next = -1
        };
        return to->count++;
}

static int16_t pair(struct reader *r, enum formula_op op, int16_t left, int16_t right)
{
        if (r->fault)
                return -1;
        r->to->nodes[left].next = right;
        return node_new(r, op, r->to->nodes[left].from, left);
}

static void skip(struct reader *r)
{
        while (r->at < r->length && r->text[r->at] == ' ')
                r->at++;
}

static bool is_letter(char c)
{
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

/* The next characters are these: then they are taken. Words end where letters end. */
static bool take(struct reader *r, const char *what)
{
        size_t size = strlen(what);

        skip(r);
        if (r->length - r->at < size || memcmp(r->text + r->at, what, size) != 0)
                return false;
        if (is_letter(*what) && r->at + size < r->length && is_letter(r->text[r->at + size]))
                return false;
        r->at += size;
        return true;
}

static int16_t read_or(struct reader *r);

static int16_t read_arguments(struct reader *r, size_t from, size_t function)
{
        int16_t first = -1, last = -1;
        int count = 0;

        do {
                int16_t argument = read_or(r);

                if (r->fault)
                        return -1;
                if (last < 0)
                        first = argument;
                else
                        r->to->nodes[last].next = argument;
                last = argument;
                count++;
        } while (take(r, ","));
        if (!take(r, ")"))
                return fail(r, "a bracket is not closed");
        if (count < functions[function].least || count > functions[function].most)
                return fail(r, "a function has too few or too many arguments");
        return node_new(r, functions[function].op, from, first);
}

static bool starts(struct bytes text, const char *with)
{
        size_t size = strlen(with);

        return text.size > size && memcmp(text.data, with, size) == 0;
}

static int16_t read_word(struct reader *r)
{
        struct bytes word = { r->text + r->at, 0 };
        size_t from = r->at;

        while (r->at < r->length && is_letter(r->text[r->at]))
                r->at++;
        word.size = r->at - from;
        if (take(r, "(")) {
                for (size_t i = 0; i < COUNT_OF(functions); i++)
                        if (bytes_equal(word, (struct bytes) { functions[i].name,
                                                               strlen(functions[i].name) }))
                                return read_arguments(r, from, i);
                return fail(r, "there is no such function");
        }
        r->at = from + word.size;
        if (starts(word, "terms."))
                return node_new(r, FORMULA_PARAM, from, -1);
        if (starts(word, "run."))
                return node_new(r, FORMULA_RUN, from, -1);
        if (memchr(word.data, '.', word.size))
                return fail(r, "only terms and run have parts");
        return node_new(r, FORMULA_NAME, from, -1);
}

static int16_t read_number(struct reader *r)
{
        size_t from = r->at, points = 0;

        for (; r->at < r->length && is_letter(r->text[r->at]); r->at++) {
                if (r->text[r->at] == '.')
                        points++;
                else if (r->text[r->at] < '0' || r->text[r->at] > '9')
                        return fail(r, "a number has a letter in it");
        }
        if (points > 1 || r->text[r->at - 1] == '.' || r->at - from > 20)
                return fail(r, "a number is none");
        return node_new(r, FORMULA_NUMBER, from, -1);
}

/* The brackets belong to what they hold, wherever it is shown. */
static int16_t read_bracket(struct reader *r)
{
        size_t from = r->at++;
        int16_t node = read_or(r);

        if (!take(r, ")"))
                return fail(r, "a bracket is not closed");
        if (r->fault)
                return -1;
        r->to->nodes[node].from = (uint16_t)from;
        r->to->nodes[node].to = (uint16_t)r->at;
        return node;
}

static int16_t read_one(struct reader *r)
{
        skip(r);
        if (r->at == r->length)
                return fail(r, "something is missing");
        if (r->text[r->at] == '(')
                return read_bracket(r);
        if (r->text[r->at] >= '0' && r->text[r->at] <= '9')
                return read_number(r);
        if (r->text[r->at] >= 'a' && r->text[r->at] <= 'z')
                return read_word(r);
        return fail(r, "a character has no business there");
}

static int16_t read_unary(struct reader *r)
{
        size_t from;

        skip(r);
        from = r->at;
        if (take(r, "-"))
                return node_new(r, FORMULA_NEG, from, read_one(r));
        return read_one(r);
}

static int16_t read_product(struct reader *r)
{
        int16_t left = read_unary(r);

        while (!r->fault) {
                if (take(r, "*"))
                        left = pair(r, FORMULA_MUL, left, read_unary(r));
                else if (take(r, "/"))
                        left = pair(r, FORMULA_DIV, left, read_unary(r));
                else
                        return left;
        }
        return -1;
}

static int16_t read_sum(struct reader *r)
{
        int16_t left = read_product(r);

        while (!r->fault) {
                if (take(r, "+"))
                        left = pair(r, FORMULA_ADD, left, read_product(r));
                else if (take(r, "-"))
                        left = pair(r, FORMULA_SUB, left, read_product(r));
                else
                        return left;
        }
        return -1;
}

static int16_t read_comparison(struct reader *r)
{
        int16_t left = read_sum(r);

        for (size_t i = 0; !r->fault && i < COUNT_OF(comparisons); i++)
                if (take(r, comparisons[i].sign))
                        return pair(r, comparisons[i].op, left, read_sum(r));
        return left;
}

static int16_t read_not(struct reader *r)
{
        size_t from;

        skip(r);
        from = r->at;
        if (take(r, "not"))
                return node_new(r, FORMULA_NOT, from, read_comparison(r));
        return read_comparison(r);
}

static int16_t read_and(struct reader *r)
{
        int16_t left = read_not(r);

        while (!r->fault && take(r, "and"))
                left = pair(r, FORMULA_AND, left, read_not(r));
        return left;
}

static int16_t read_or(struct reader *r)
{
        int16_t left = read_and(r);

        while (!r->fault && take(r, "or"))
                left = pair(r, FORMULA_OR, left, read_and(r));
        return left;
}

/* A name for a parameter, with or without "terms." before it. */
static const char *name_param(struct formula_node *node, const char *fault)
{
        if (node->op != FORMULA_NAME && node->op != FORMULA_PARAM)
                return fault;
        node->op = FORMULA_PARAM;
        return NULL;
}

/* Tables and the words of a rounding are parameters. */
static const char *check_node(struct formula *f, const struct formula_node *node)
{
        const char *fault = NULL;
        int16_t at = node->first;

        if (node->op == FORMULA_ROUNDED) {
                at = f->nodes[at].next;
                fault = name_param(&f->nodes[at], "a rounding is not named by a parameter");
        } else if (node->op != FORMULA_TABLE && node->op != FORMULA_BANDS) {
                return NULL;
        }
        while (f->nodes[at].next >= 0)
                at = f->nodes[at].next;
        return fault ? fault : name_param(&f->nodes[at], "a table is not named by a parameter");
}

const char *formula_parse(struct bytes text, struct formula *ret)
{
        struct reader r = { .to = ret, .text = text.data, .length = text.size };

        ret->text = text;
        ret->count = 0;
        ret->root = -1;
        ret->otherwise = NULL;
        if (text.size > FORMULA_TEXT_MAX)
                return "the formula is too long";
        ret->root = read_or(&r);
        skip(&r);
        if (!r.fault && r.at < r.length)
                fail(&r, "something stands behind the end");
        for (int16_t i = 0; !r.fault && i < ret->count; i++)
                r.fault = check_node(ret, &ret->nodes[i]);
        return r.fault;
}

struct bytes formula_text(const struct formula *formula, int16_t node)
{
        const struct formula_node *it = &formula->nodes[node];

        return (struct bytes) { (const char *)formula->text.data + it->from,
                                (size_t)(it->to - it->from) };
}

bool line_is_input(const struct line *line)
{
        return line->facts || line->carried || line->members;
}

const char *formula_of_line(const struct formula_at *at, struct formula *ret)
{
        const struct line *line = &at->statement->lines[at->line];
        const struct line_info *info = line_info(line->code);
        struct bytes text;

        if (!info)
                return "the line is of a kind that is not known here";
        if (!formula_form(info->formula, line->form, &text))
                return "its row has no formula of that number";
        if (text.size == 0)
                return "it says neither what made it nor what it came from";
        return formula_parse(text, ret);
}
