/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/world/node.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "proto/wire.h"
#include "tests/world/must.h"

#define FLUSH_MS 30000

struct name name_of(const char *text)
{
        struct name name;

        if (!name_parse((struct bytes) { text, strlen(text) }, &name))
                die("'%s' is no name", text);
        return name;
}

struct name name_numbered(const char *prefix, unsigned int number)
{
        char text[NAME_MAX_LENGTH + 1];

        snprintf(text, sizeof(text), "%s%u", prefix, number);
        return name_of(text);
}

void node_make(struct node *node, const struct accordd *accordd, struct name party,
               struct name name, bool durable)
{
        memset(node, 0, sizeof(*node));
        node->path = (struct node_path) { party, name };
        keys_generate(KEY_KIND_NODE, &node->keys);
        if (!durable)
                return;
        snprintf(node->directory, sizeof(node->directory), "%s/%s.%s", accordd->directory,
                 party.text, name.text);
        must_be(mkdir(node->directory, 0700) == 0, node->directory);
}

struct accord_profile node_profile(const struct node *node, const struct accordd *accordd)
{
        struct accord_profile profile = {
                .intake = accordd->intake, .signals = accordd->signals, .node = node->path,
                .keys = &node->keys, .directory = node->directory[0] ? node->directory : NULL,
                .program = "test",
        };

        memcpy(profile.hub_transport_key, accordd->keys.public.transport, 32);
        memcpy(profile.hub_signing_key, accordd->keys.public.signing, 32);
        memcpy(profile.hub_sealing_key, accordd->keys.public.sealing, 32);
        return profile;
}

void desk_open(struct desk *desk, const struct node *node, const struct accordd *accordd)
{
        const struct accord_profile profile = node_profile(node, accordd);
        struct accord_error *error = &desk->error;

        memset(desk, 0, sizeof(*desk));
        must_do(accord_outbox_open(&desk->outbox, &profile, error), error, "opening an outbox");
        must_do(accord_session_open(&desk->session, &profile, error), error, "opening a session");
}

void desk_close(struct desk *desk)
{
        accord_session_close(desk->session);
        accord_outbox_close(desk->outbox);
        memset(desk, 0, sizeof(*desk));
}

int desk_try(struct desk *desk, const struct contract_id *contract, const struct event *events,
             size_t count)
{
        const struct accord_about about = { .contract = *contract };
        int r = accord_outbox_add(desk->outbox, &about, events, count, NULL, &desk->error);

        return r ? r : accord_flush(desk->session, desk->outbox, FLUSH_MS, NULL, NULL,
                                    &desk->error);
}

void desk_say(struct desk *desk, const struct contract_id *contract, const struct event *events,
              size_t count)
{
        must_do(desk_try(desk, contract, events, count), &desk->error, "publishing");
}

void desk_offer(struct desk *desk, const struct terms *terms, struct sink *bytes)
{
        struct event event = { .kind = EVENT_OFFER };

        sink_reset(bytes);
        must(wire_write_terms(bytes, terms), "writing terms");
        event.offer.terms = sink_bytes(bytes);
        desk_say(desk, &terms->contract, &event, 1);
}

void desk_accept(struct desk *desk, const struct contract_id *contract)
{
        struct event event = { .kind = EVENT_ACCEPTANCE };
        const struct terms_row *row;

        must_do(accord_query_terms(desk->session, contract, 0, &row, &desk->error), &desk->error,
                "reading the offer");
        event.acceptance.version = row->version;
        event.acceptance.terms_sha256 = row->terms_sha256;
        desk_say(desk, contract, &event, 1);
}

static struct period year_2024(void)
{
        return (struct period) { date_of(2024, 1, 1), date_of(2025, 1, 1) };
}

void terms_of_fee(struct terms *terms, const struct contract_id *contract, int64_t cents)
{
        const struct period year = year_2024();

        memset(terms, 0, sizeof(*terms));
        terms->contract = *contract;
        terms->version = 1;
        strcpy(terms->title.text, "a fee per member and month");
        terms->signed_on = terms->effective = year.from;
        terms->applies = APPLIES_WHOLE_PERIOD;
        terms->standing = STANDING_BINDING;
        terms->agreement = year;
        terms->period_count = 1;
        terms->periods[0] = year;
        terms->step_count = 2;
        terms->steps[0] = (struct step) { .kind = name_of("fee"), .version = 1, .param_count = 1 };
        terms->steps[0].params[0] = (struct param) {
                .name = name_of("pmpm"), .type = PARAM_CENTS, .cents = cents,
        };
        terms->steps[1] = (struct step) { .kind = name_of("post"), .version = 1 };
}

struct event fact_of(enum fact_kind kind, const char *item, int64_t value)
{
        struct event event = {
                .kind = EVENT_FACT,
                .fact = { .key = { .scope = SCOPE_CONTRACT, .kind = kind, .period = year_2024(),
                                   .paid_through = DATE_NONE },
                          .value = { fact_kind_info((unsigned int)kind)->unit, value, 1 } },
        };

        snprintf(event.fact.key.item.text, sizeof(event.fact.key.item.text), "%s", item);
        return event;
}

struct event run_of(enum run_kind kind)
{
        return (struct event) {
                .kind = EVENT_RUN_REQUEST,
                .run_request = { year_2024(), kind, date_of(2025, 10, 15) },
        };
}
