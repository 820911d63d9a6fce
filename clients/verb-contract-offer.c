/* SPDX-License-Identifier: Apache-2.0 */
/* From an idea to an offer: terms from a template, checked, published. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/own.h"
#include "clients/files.h"
#include "clients/publish.h"
#include "clients/relayed.h"
#include "clients/take.h"
#include "clients/template.h"
#include "clients/terms-file.h"
#include "clients/verbs.h"

#define SETTINGS_MOST 64

/* "key=value", cut in two in @copies. */
static enum exit_code read_settings(const struct call *call, char *copies[SETTINGS_MOST],
                                    struct template_setting *ret, size_t *ret_count)
{
        const char *given;
        size_t at = 0;

        for (*ret_count = 0; (given = call_next(call, "set", &at)); (*ret_count)++) {
                char *copy = NULL, *equals;

                if (*ret_count == SETTINGS_MOST || !(copy = strdup(given)))
                        return call_misused(call, "there are more than %d settings", SETTINGS_MOST);
                copies[*ret_count] = copy;
                equals = strchr(copy, '=');
                if (!equals)
                        return call_misused(call, "--set %s is not KEY=VALUE", given);
                *equals = '\0';
                ret[*ret_count] = (struct template_setting) { copy, equals + 1 };
        }
        return EXIT_DONE;
}

/*
 * How disputes end, for templates say nothing of it: parties differ more in this than programmes
 * do.
 */
static enum exit_code add_reconciling(const struct call *call, struct json_object *document)
{
        own(json_object) struct json_object *object = json_object_new_object();
        uint64_t dispute = 0, payment = 0, witness = 0;
        struct name arbiter = { "" };
        enum exit_code code = take_number_option(call, "dispute-days", WINDOW_DAYS_MAX, &dispute);
        int r = 0;

        if (!code)
                code = take_number_option(call, "payment-days", WINDOW_DAYS_MAX, &payment);
        if (!code)
                code = take_number_option(call, "witness-days", WINDOW_DAYS_MAX, &witness);
        if (!code)
                code = take_name_option(call, "arbiter", &arbiter);
        if (code || (!dispute && !payment && !witness && name_empty(&arbiter)))
                return code;
        if (dispute)
                r = json_put_member(object, "dispute_days",
                                    json_object_new_int64((int64_t)dispute));
        if (!r && payment)
                r = json_put_member(object, "payment_days",
                                    json_object_new_int64((int64_t)payment));
        if (!r && !name_empty(&arbiter))
                r = json_put_member(object, "decides", json_object_new_string("arbiter"));
        if (!r && !name_empty(&arbiter))
                r = json_put_member(object, "arbiter", json_object_new_string(arbiter.text));
        if (!r && witness)
                r = json_put_member(object, "witness_days",
                                    json_object_new_int64((int64_t)witness));
        if (!r)
                r = json_put_member(document, "reconciling", give(object));
        return r ? say_failure(r, "the template") : EXIT_DONE;
}

static enum exit_code instantiate(const struct call *call, const struct template_setting *settings_,
                                  size_t count)
{
        own(complaints) struct complaints *complaints = calloc(1, sizeof(*complaints));
        own(json_object) struct json_object *document = NULL;
        const char *name = call_value(call, "template");
        uint64_t year = 0;
        enum exit_code code;
        int r;

        code = take_number_option(call, "year", 2100, &year);
        if (code)
                return code;
        if (!complaints)
                return say_failure(-ENOMEM, "the template");
        r = template_instantiate(name, (int)year, settings_, count, &document, complaints);
        if (r == REFUSAL_NO_SUCH_THING) {
                say_error("there is no template %s; accord template list shows those there are",
                          name);
                return EXIT_ABSENT;
        }
        if (r < 0)
                return say_failure(r, "the template");
        if (r) {
                complaints_print(complaints, name, stderr);
                say_error("accord template show %s lists what may be set", name);
                return EXIT_REFUSED;
        }
        code = add_reconciling(call, document);
        if (code)
                return code;
        fprintf(out_stream(call->out), "%s\n", json_object_to_json_string_ext(document,
                out_format(call->out) == FORMAT_NDJSON
                        ? JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE
                        : JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_SPACED |
                          JSON_C_TO_STRING_NOSLASHESCAPE));
        return EXIT_DONE;
}

static enum exit_code new_run(struct call *call)
{
        struct template_setting values[SETTINGS_MOST];
        char *copies[SETTINGS_MOST] = { 0 };
        size_t count;
        enum exit_code code = read_settings(call, copies, values, &count);

        if (!code)
                code = instantiate(call, values, count);
        for (size_t i = 0; i < SETTINGS_MOST; i++)
                free(copies[i]);
        return code;
}

const struct verb verb_contract_new = {
        .noun = "contract",
        .name = "new",
        .usage = "",
        .says = "write terms from a template on standard output, as JSON to be read and edited",
        .more = "accord template list shows the templates, accord template show NAME what may be "
                "set.",
        .prints = true,
        .unsettled = true,
        .options = {
                { "template", "NAME", "the arrangement to begin from", OPTION_NEEDED },
                { "year", "YEAR", "the performance year its figures are taken for", OPTION_NEEDED },
                { "set", "KEY=VALUE", "a setting of the template", OPTION_MANY },
                { "dispute-days", "N", "days to dispute a statement; no end unless given", 0 },
                { "payment-days", "N", "days after which a payment is overdue; never unless given",
                  0 },
                { "arbiter", "PARTY", "who decides disputes; only both together unless given", 0 },
                { "witness-days", "N",
                  "days a statement waits for a witness of each side; for none unless given", 0 },
        },
        .run = new_run,
};

static enum exit_code publish_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        own(terms) struct terms *terms = NULL;
        own(sink) struct sink sink = { 0 };
        struct event event = { .kind = EVENT_OFFER };
        char hex[DIGEST_TEXT_MAX + 1];
        struct accord_about about;
        struct digest digest;
        enum exit_code code = terms_file_read(call->words[0], &terms);

        if (!code)
                code = terms_encode(terms, &sink, &digest);
        if (!code)
                code = publish_about(call, &terms->contract, &about);
        if (!code)
                code = take_time_option(call, "open-until", &event.offer.open_until);
        if (!code)
                code = take_relayed(call, &event.offer.relayed);
        if (code)
                return code;
        event.offer.terms = sink_bytes(&sink);
        digest_print(&digest, hex);
        say_note(call->cli, "the digest that the other side accepts: %s", hex);
        return publish(call, &reach, &about, &event, 1, NULL, NULL, NULL);
}

const struct verb verb_contract_publish = {
        .noun = "contract",
        .name = "publish",
        .usage = "FILE",
        .says = "offer terms to the other side",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .writes = true,
        .options = {
                { "open-until", "MOMENT", "the offer lapses then; it stays open unless given", 0 },
                RELAYED_OPTIONS("terms", "the document they were taken from"),
                PUBLISH_OPTIONS,
        },
        .run = publish_run,
};
