/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/plan.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <json-c/json.h>

#include "core/own.h"
#include "clients/exact_read.h"
#include "clients/files.h"
#include "clients/json.h"
#include "clients/json_words.h"
#include "clients/statement-json.h"
#include "clients/terms-file.h"
#include "proof/hex.h"
#include "proto/wire.h"

static enum exit_code digest_of(struct statement *statement, struct digest *ret)
{
        own(sink) struct sink bytes = { 0 };
        int r = sink_new(&bytes, 65536, WIRE_RECORD_MAX);

        if (!r)
                r = wire_write_plan(&bytes, statement);
        return r ? say_failure(r, "the plan") : terms_digest(sink_bytes(&bytes), ret);
}

static struct json_object *make(const struct source *planned, const struct digest *digest)
{
        const struct run *run = &planned->statement->run;
        struct json_object *object = json_object_new_object(), *lines = json_object_new_array();
        struct json_object *statement = statement_object(&planned->around, NULL, NULL);
        char text[RESULT_MAX];

        for (size_t i = 0; i < planned->statement->line_count; i++)
                json_object_array_add(lines, statement_line_object(planned->statement, i));
        json_object_object_add(statement, "lines", lines);
        contract_id_print(&run->contract, text);
        put_text(object, "contract", text);
        json_object_object_add(object, "period", json_of_period(run->period));
        put_text(object, "kind", word_of(run_kind_words, run->kind));
        json_object_object_add(object, "payment", json_of_date(run->payment));
        hex_print(BYTES_OF(digest->octets), text);
        put_text(object, "plan_sha256", text);
        snprintf(text, sizeof(text), "%" PRIu64, planned->around.as_of);
        put_text(object, "log_size", text);
        json_object_object_add(object, "statement", statement);
        return object;
}

enum exit_code plan_object(struct source *planned, struct json_object **ret)
{
        struct digest digest;
        enum exit_code code = digest_of(planned->statement, &digest);

        *ret = code ? NULL : make(planned, &digest);
        return code;
}

enum exit_code plan_write(const char *path, struct source *planned)
{
        own(json_object) struct json_object *object = NULL;
        const char *text;
        enum exit_code code = plan_object(planned, &object);

        if (code)
                return code;
        json_object_object_add(object, "schema", json_object_new_string(PLAN_SCHEMA));
        text = json_object_to_json_string_ext(object, JSON_C_TO_STRING_PRETTY |
                                              JSON_C_TO_STRING_SPACED |
                                              JSON_C_TO_STRING_NOSLASHESCAPE);
        return text ? file_write_new(path, (struct bytes) { text, strlen(text) })
                    : say_failure(-ENOMEM, "%s", path);
}

static int read_plan(struct json_object *document, struct contract_id *contract,
                     struct run_request *ret, struct complaints *to)
{
        const struct json_place root = json_root(document);
        const struct json_place named = json_member(&root, "contract");
        const struct json_place period = json_member(&root, "period");
        const struct json_place kind = json_member(&root, "kind");
        const struct json_place payment = json_member(&root, "payment");
        const struct json_place digest = json_member(&root, "plan_sha256");
        struct bytes text = { NULL, 0 };
        int word = 0, bad = json_want_schema(&root, PLAN_SCHEMA, to);

        if (!json_want_text(&named, true, &text, to) && !contract_id_parse(text, contract))
                bad |= json_complain(to, &named, "must be BEARER/EARNER/LABEL, three words");
        bad |= json_want_period(&period, true, &ret->period, to);
        bad |= json_want_word(&kind, true, run_kind_words, &word, to);
        bad |= json_want_date(&payment, true, &ret->payment, to);
        if (!json_want_text(&digest, true, &text, to) &&
            !sha256_read(text, ret->plan_sha256.octets))
                bad |= json_complain(to, &digest, "must be 64 hexadecimal digits");
        ret->kind = (enum run_kind)word;
        ret->has_plan = true;
        return bad;
}

enum exit_code plan_read(const char *path, struct contract_id *ret_contract,
                         struct run_request *ret)
{
        own(file) struct file file = { 0 };
        own(complaints) struct complaints *to = calloc(1, sizeof(*to));
        own(json_object) struct json_object *document = NULL;
        enum exit_code code;
        int r;

        if (!to)
                return say_failure(-ENOMEM, "%s", path);
        code = file_read(path, JSON_SIZE_MAX, &file);
        if (code)
                return code;
        r = json_read(file_bytes(&file), &document, to);
        if (!r)
                r = read_plan(document, ret_contract, ret, to);
        if (r < 0)
                return say_failure(r, "%s", path);
        complaints_print(to, path, stderr);
        return r || to->count ? EXIT_REFUSED : EXIT_DONE;
}
