/* SPDX-License-Identifier: Apache-2.0 */
/* Statements without a hub: settled here from files, or read from one. The core is the same. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/own.h"
#include "clients/facts-file.h"
#include "clients/files.h"
#include "clients/look.h"
#include "clients/settle-source.h"
#include "clients/settle-versions.h"
#include "clients/statement_json.h"
#include "clients/take.h"
#include "clients/terms-file.h"

/* ---- one that was written before */

/* A list of the document whose elements may name a file: by the number that @key gives it. */
static void find_files(struct source *source, const char *list, const char *key,
                       const char *files[ORIGINS_MAX])
{
        struct json_object *all = NULL, *file, *number;
        size_t count;

        json_object_object_get_ex(source->document, list, &all);
        count = all ? json_object_array_length(all) : 0;
        for (size_t i = 0; i < count; i++) {
                struct json_object *one = json_object_array_get_idx(all, i);
                int64_t place;

                if (!json_object_object_get_ex(one, "file", &file) ||
                    !json_object_is_type(file, json_type_string) ||
                    !json_object_object_get_ex(one, key, &number))
                        continue;
                place = json_object_get_int64(number);
                if (place < 1 || place > ORIGINS_MAX)
                        continue;
                files[place - 1] = json_object_get_string(file);
                source->here = true;
        }
}

enum exit_code source_from_file(const char *path, struct source *ret)
{
        own(file) struct file file = { 0 };
        own(complaints) struct complaints *to = calloc(1, sizeof(*to));
        struct json_object *terms = NULL;
        enum exit_code code;
        int r;

        ret->statement = calloc(1, sizeof(*ret->statement));
        if (!to || !ret->statement)
                return say_failure(-ENOMEM, "%s", path);
        code = file_read(path, JSON_SIZE_MAX, &file);
        if (code)
                return code;
        r = statement_from_json(file_bytes(&file), ret->statement, &ret->document, &terms, to);
        if (!r && terms) {
                ret->terms = calloc(1, sizeof(*ret->terms));
                r = ret->terms ? terms_from_document(terms, ret->terms, to) : -ENOMEM;
        }
        if (r < 0)
                return say_failure(r, "%s", path);
        complaints_print(to, path, stderr);
        if (r)
                return EXIT_REFUSED;
        find_files(ret, "facts", "index", ret->origins.facts);
        find_files(ret, "carried", "run", ret->origins.carried);
        ret->around.statement = ret->statement;
        return statement_check(ret->statement);
}

/* ---- one that is settled here */

struct carried_list {
        struct carried *list;   /* owned */
        size_t count;
};

static void carried_list_cleanup(struct carried_list *carried)
{
        free(carried->list);
}

static enum exit_code refuse_earlier(const char *path, const char *why)
{
        say_error("%s: %s", path, why);
        return EXIT_REFUSED;
}

/* What a statement of the period before hands on; @number: the file's, which it is named by. */
static enum exit_code read_earlier(const char *path, uint64_t number, const struct run *run,
                                   struct carried_list *to)
{
        own(source) struct source earlier = { 0 };
        enum exit_code code = source_from_file(path, &earlier);
        const struct statement *s = earlier.statement;
        struct carried *more;
        size_t count;

        if (code)
                return code;
        if (!contract_id_equal(&s->run.contract, &run->contract))
                return refuse_earlier(path, "is a statement of another contract");
        if (s->run.period.until > run->period.from)
                return refuse_earlier(path, "its period does not end before this one begins");
        count = carries_of(s, NULL, 0);
        more = reallocarray(to->list, to->count + count + 1, sizeof(*more));
        if (!more)
                return say_failure(-ENOMEM, "%s", path);
        to->list = more;
        carries_of(s, to->list + to->count, count);
        for (size_t i = 0; i < count; i++)
                to->list[to->count + i].run = number;
        to->count += count;
        return EXIT_DONE;
}

static enum exit_code read_all_earlier(const struct call *call, const struct run *run,
                                       struct source *ret, struct carried_list *to)
{
        enum exit_code code = EXIT_DONE;
        uint64_t number = 0;
        const char *path;
        size_t at = 0;

        while (!code && (path = call_next(call, "carried", &at))) {
                if (number == ORIGINS_MAX)
                        return call_misused(call, "there are more than %d earlier statements",
                                            ORIGINS_MAX);
                ret->origins.carried[number++] = path;
                code = read_earlier(path, number, run, to);
        }
        return code;
}

static enum exit_code read_all_facts(const struct call *call, struct source *ret,
                                     struct facts_list *to)
{
        enum exit_code code = EXIT_DONE;
        const char *path;
        size_t at = 0, count = 0;

        while (!code && (path = call_next(call, "facts", &at))) {
                if (count == ORIGINS_MAX)
                        return call_misused(call, "there are more than %d files of facts",
                                            ORIGINS_MAX);
                ret->origins.facts[count++] = path;
                code = facts_file_read(path, count, ret->terms, to);
        }
        return code;
}

static enum exit_code take_run(const struct call *call, const struct terms *terms, struct run *ret)
{
        char text[LOOK_MAX];
        enum exit_code code;

        *ret = (struct run) { .contract = terms->contract,
                              .period = terms->periods[0],
                              .kind = RUN_PREVIEW,
                              .payment = day_today() };
        code = take_period_option(call, "period", &ret->period);
        if (!code)
                code = take_day_option(call, "payment", &ret->payment);
        if (code)
                return code;
        if (!call_has(call, "period") && terms->period_count > 1)
                return call_misused(call, "--period PERIOD is missing: the terms have %d",
                                    terms->period_count);
        if (terms_period(terms, ret->period))
                return EXIT_DONE;
        say_error("%s is no period of these terms", look_period(ret->period, text));
        return EXIT_REFUSED;
}

enum exit_code source_from_files(struct call *call, struct source *ret)
{
        own(facts_list) struct facts_list facts = { 0 };
        own(carried_list) struct carried_list carried = { 0 };
        own(sink) struct sink bytes = { 0 };
        struct digest digest;
        struct run run;
        int r;
        enum exit_code code = terms_file_read(call_value(call, "terms"), &ret->terms);

        if (!code)
                code = take_run(call, ret->terms, &run);
        if (!code)
                code = read_all_facts(call, ret, &facts);
        if (!code)
                code = read_all_earlier(call, &run, ret, &carried);
        if (!code)
                code = terms_encode(ret->terms, &bytes, &digest);
        if (code)
                return code;
        ret->statement = calloc(1, sizeof(*ret->statement));
        if (!ret->statement)
                return say_failure(-ENOMEM, "the statement");
        r = settle_by_versions(ret->terms, &run,
                               &(struct settle_inputs) { .facts = facts.facts,
                                                         .fact_count = facts.count,
                                                         .carried = carried.list,
                                                         .carried_count = carried.count },
                               ret->statement);
        if (r)
                return say_failure(r, "the statement");
        memcpy(ret->statement->terms_digest, digest.octets, sizeof(digest.octets));
        ret->around.statement = ret->statement;
        ret->here = true;
        return EXIT_DONE;
}
