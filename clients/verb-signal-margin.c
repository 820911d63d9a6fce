/* SPDX-License-Identifier: Apache-2.0 */
/* What avoided care is worth to the provider against its own margin, which stays on its machine. */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/own.h"
#include "clients/asking.h"
#include "clients/figure.h"
#include "clients/json.h"
#include "clients/look.h"
#include "clients/page.h"
#include "clients/signal-fetch.h"
#include "clients/signal-margin.h"
#include "clients/verbs.h"

#define LINE_MAX_BYTES 256

/* The first line that says something. */
static enum exit_code read_file(const char *path, char ret[LINE_MAX_BYTES])
{
        FILE *file = fopen(path, "re");
        bool found = false;

        if (!file)
                return say_failure(-errno, "%s", path);
        while (!found && fgets(ret, LINE_MAX_BYTES, file)) {
                size_t length = strlen(ret);

                while (length && isspace((unsigned char)ret[length - 1]))
                        ret[--length] = '\0';
                found = length && ret[0] != '#';
        }
        fclose(file);
        if (found)
                return EXIT_DONE;
        say_error("%s: no margin in it: one line, such as 38.5%%", path);
        return EXIT_USAGE;
}

static enum exit_code take_margin(const struct call *call, struct rate *ret)
{
        const char *given = call_value(call, "margin"), *path = call_value(call, "file"), *fault;
        char line[LINE_MAX_BYTES] = "";
        enum exit_code code;

        if (!given == !path)
                return call_misused(call, "give --margin or --file, and not both");
        if (path) {
                code = read_file(path, line);
                if (code)
                        return code;
                given = line;
        }
        fault = rate_parse((struct bytes) { given, strlen(given) }, ret);
        if (fault)
                return call_misused(call, "the margin is no rate: %s", fault);
        if (ret->num < 0 || ret->num > ret->den)
                return call_misused(call, "the margin is no part of a dollar: from 0%% to 100%%");
        return EXIT_DONE;
}

static const struct column columns[] = {
        COLUMN("payer", "PAYER"),
        COLUMN_RIGHT("share", "OF REVENUE"),
        COLUMN_RIGHT("comes_back", "OF A DOLLAR COMES BACK"),
        COLUMN("relayed", "RELAYED"),
        COLUMNS_END
};

static void put_payers(struct out *out, const struct signal_sum *sum, const struct margin *margin)
{
        const struct cell none = cell_none();

        out_begin(out, "margin-payer", columns);
        for (uint16_t i = 0; i < sum->payer_count; i++) {
                const struct margin_payer *payer = &margin->payers[i];

                out_row(out, (struct cell[]) {
                        cell_text(sum->payers[i].bearer.text),
                        payer->has_share ? cell_rate((int64_t)payer->share.num,
                                                     (int64_t)payer->share.den) : none,
                        payer->has ? cell_rate((int64_t)payer->rho.num, (int64_t)payer->rho.den) :
                                     none,
                        cell_flag(sum->payers[i].relayed) });
        }
        out_end(out);
}

static const char *verdict_word(enum margin_verdict verdict)
{
        static const char *const words[] = {
                [MARGIN_GAINS] = "gains", [MARGIN_EVEN] = "even", [MARGIN_LOSES] = "loses",
                [MARGIN_DEPENDS] = "depends",
        };

        return words[verdict];
}

static const char *verdict_says(enum margin_verdict verdict)
{
        switch (verdict) {
        case MARGIN_GAINS:
                return "A dollar of care that is avoided earns more than it loses.";
        case MARGIN_EVEN:
                return "A dollar of care that is avoided earns what it loses.";
        case MARGIN_LOSES:
                return "A dollar of care that is avoided loses more than it earns: these contracts "
                       "do not pay for avoiding it.";
        case MARGIN_DEPENDS:
                break;
        }
        return "Whether a dollar of care that is avoided earns more than it loses depends on "
               "payers of which it is not known.";
}

static void put_sentences(FILE *to, const struct fetched_signal *fetched,
                          const struct margin *margin, struct exact own)
{
        char known[SIGNAL_WORDS_MAX], rho[SIGNAL_WORDS_MAX], least[SIGNAL_WORDS_MAX];
        char text[4 * SIGNAL_WORDS_MAX + 256], mine[SIGNAL_WORDS_MAX];

        fputc('\n', to);
        signal_say_as_of(to, &fetched->view);
        fputs(".\n\n", to);
        if (!margin->has) {
                fold(to, "It cannot be said what comes back of a dollar: of no payer are both the "
                     "revenue and the members known.", 0);
                return;
        }
        snprintf(text, sizeof(text), "Of a dollar of care that is avoided %s comes back, in the "
                 "mean over the payers of %s of %s. Counting what is not known as nothing, it is "
                 "%s. Your own margin on a dollar of fee-for-service is %s; it was used here and "
                 "sent nowhere. %s", words_percent(margin->rho, rho),
                 words_percent(margin->known, known),
                 margin->of_all ? "your revenue" : "what is stated of your revenue",
                 words_percent(margin->least, least), words_percent(own, mine),
                 verdict_says(margin_against(margin, own)));
        fold(to, text, 0);
}

static void put_figure(struct json_object *to, const char *key, bool known, struct exact figure)
{
        char text[LOOK_MAX];

        json_object_object_add(to, key, known ? json_object_new_string(
                               look_plain(figure, UNIT_RATE, text)) : NULL);
}

static struct json_object *margin_object(const struct fetched_signal *fetched,
                                         const struct margin *margin, struct exact own)
{
        struct json_object *object = json_object_new_object(), *list = json_object_new_array();
        char index[24];

        snprintf(index, sizeof(index), "%llu", (unsigned long long)fetched->view.signal->as_of);
        json_object_object_add(object, "as_of", json_object_new_string(index));
        put_figure(object, "margin", true, own);
        put_figure(object, "known", margin->has, margin->known);
        put_figure(object, "comes_back", margin->has, margin->rho);
        put_figure(object, "comes_back_at_least", margin->has, margin->least);
        json_object_object_add(object, "of_all_revenue", json_object_new_boolean(margin->of_all));
        json_object_object_add(object, "verdict", margin->has ? json_object_new_string(
                               verdict_word(margin_against(margin, own))) : NULL);
        for (uint16_t i = 0; i < fetched->sum->payer_count; i++) {
                struct json_object *payer = json_object_new_object();

                json_object_object_add(payer, "payer", json_object_new_string(
                                       fetched->sum->payers[i].bearer.text));
                put_figure(payer, "share", margin->payers[i].has_share, margin->payers[i].share);
                put_figure(payer, "comes_back", margin->payers[i].has, margin->payers[i].rho);
                json_object_array_add(list, payer);
        }
        json_object_object_add(object, "payers", list);
        return object;
}

static enum exit_code margin_run(struct call *call)
{
        own(fetched_signal) struct fetched_signal fetched = { 0 };
        struct margin *margin;
        struct rate own = { 0, 1 };
        enum exit_code code = take_margin(call, &own);

        if (!code)
                code = signal_fetch(call, &fetched);
        if (code)
                return code;
        margin = malloc(sizeof(*margin));
        if (!margin)
                return say_failure(-ENOMEM, "the margin");
        margin_of(fetched.view.signal, fetched.sum, margin);
        if (out_wants_json(call->out)) {
                out_document(call->out, "margin",
                             margin_object(&fetched, margin, exact_of_rate(own)));
        } else {
                put_payers(call->out, fetched.sum, margin);
                if (out_format(call->out) == FORMAT_TABLE || out_format(call->out) == FORMAT_WIDE)
                        put_sentences(out_stream(call->out), &fetched, margin,
                                      exact_of_rate(own));
        }
        free(margin);
        return EXIT_DONE;
}

const struct verb verb_signal_margin = {
        .noun = "signal",
        .name = "margin",
        .usage = "",
        .says = "compare what avoided care pays with one's own margin on it, here and nowhere else",
        .more = "Of a dollar of total cost that is avoided, a part comes back by the contracts: of "
                "each payer what one dollar less for each member pays at the central forecast, and "
                "over payers the mean by revenue. A provider gains from avoiding the dollar when "
                "that is more than its own margin on it under fee-for-service. The margin is a "
                "provider's own affair: it is read and compared on this machine, and no message to "
                "the hub contains it or depends on it. What stands on a command line others on the "
                "machine can see, so --file is the safer way: one line, such as 38.5%.",
        .prints = true,
        .options = {
                { "margin", "RATE", "one's own margin on a dollar of fee-for-service: 38.5%", 0 },
                { "file", "FILE", "a file with that one line", 0 },
                AS_OF_OPTION,
        },
        .run = margin_run,
};
