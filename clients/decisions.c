/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/decisions.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "clients/disputed.h"
#include "clients/exact_read.h"
#include "clients/line-said.h"
#include "proto/wire.h"

static enum exit_code take_facts(const struct call *call, struct deciding *ret)
{
        enum exit_code code = EXIT_DONE;
        const char *text;
        size_t at = 0;

        while (!code && (text = call_next(call, "fact", &at))) {
                if (ret->decisions.fact_count == DECISIONS_MAX)
                        return call_misused(call, "there are more than %d facts", DECISIONS_MAX);
                code = take_decision(call, text, &ret->facts[ret->decisions.fact_count++]);
        }
        return code;
}

static enum exit_code take_disputes(const struct call *call, struct deciding *ret)
{
        const char *text;
        size_t at = 0;

        while ((text = call_next(call, "dispute", &at))) {
                struct dispute_end *end = &ret->disputes[ret->decisions.dispute_count];

                if (ret->decisions.dispute_count == DECISIONS_MAX)
                        return call_misused(call, "there are more than %d disputes", DECISIONS_MAX);
                if (!id_parse((struct bytes) { text, strlen(text) }, &end->dispute))
                        return call_misused(call, "--dispute %s is no number of an entry; accord "
                                            "settle disputes lists them", text);
                ret->decisions.dispute_count++;
        }
        return EXIT_DONE;
}

enum exit_code take_decisions(const struct call *call, const struct contract_id *contract,
                              struct deciding *ret)
{
        enum exit_code code;

        memset(ret, 0, sizeof(*ret));
        ret->decisions.contract = *contract;
        ret->decisions.facts = ret->facts;
        ret->decisions.disputes = ret->disputes;
        code = take_facts(call, ret);
        if (!code)
                code = take_disputes(call, ret);
        if (!code && !ret->decisions.fact_count && !ret->decisions.dispute_count)
                return call_misused(call, "what is decided? Give --fact, or --dispute to close one "
                                    "as the statement stands");
        return code;
}

enum exit_code decisions_encode(const struct decisions *decisions, struct sink *ret)
{
        int r = sink_new(ret, 4096, WIRE_DECISIONS_MAX);

        if (!r)
                r = wire_write_decisions(ret, decisions);
        return r ? say_failure(r, "what is decided") : EXIT_DONE;
}

void decisions_says(const struct decisions *decisions, decisions_tell *tell, void *with)
{
        char thing[THING_MAX], value[SAID_MAX], text[THING_MAX + SAID_MAX + 64];

        for (uint32_t i = 0; i < decisions->fact_count; i++) {
                const struct decision *fact = &decisions->facts[i];

                disputed_thing(fact->kind, &fact->item, &fact->segment, fact->period, thing);
                disputed_value(fact->kind, &fact->value, value);
                snprintf(text, sizeof(text), "%s is %s", thing, value);
                tell(with, text);
        }
        for (uint32_t i = 0; i < decisions->dispute_count; i++) {
                snprintf(text, sizeof(text), "the dispute of entry %" PRIu64 " is closed",
                         decisions->disputes[i].dispute);
                tell(with, text);
        }
}
