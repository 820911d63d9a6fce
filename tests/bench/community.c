/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/bench/community.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/check.h"
#include "core/forecast.h"
#include "core/inputs.h"
#include "daemon/hub_private.h"
#include "proof/hash.h"
#include "proof/keys.h"
#include "proof/random.h"
#include "proof/setup.h"
#include "proof/sign.h"
#include "proto/wire.h"

#define MEASURES 6
#define ROUND 7                         /* contracts of a provider are with payers so far apart */

struct speaker {
        struct keys keys;
        struct node_path path;
        struct stream_id stream;
        uint64_t sequence;
};

struct community {
        char directory[256], ledger[300];
        struct community_size size;
        struct keys hub_keys;
        struct hub *hub;
        struct speaker *payers, *providers;
        uint64_t *said;                 /* by contract: the entry with its last figures */
        struct terms terms;
        struct event facts[COMMUNITY_FACTS_MAX];
        unsigned int fact_count;
        struct sink terms_bytes, body, frame;
        struct scratch scratch;
        struct hasher *hasher;
        uint64_t drawn;
};

static void must(int r, const char *what)
{
        if (!r)
                return;
        fprintf(stderr, "bench: %s: %s (%d)\n", what,
                r < 0 ? strerrordesc_np(-r) : refusal_name((unsigned int)r), r);
        exit(1);
}

static instant now_us(void)
{
        struct timespec now;

        clock_gettime(CLOCK_REALTIME, &now);
        return (instant)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static struct name name_of(const char *text)
{
        struct name name;

        must(name_parse((struct bytes) { text, strlen(text) }, &name) ? 0 : -EINVAL, text);
        return name;
}

static struct name numbered(const char *prefix, unsigned int number)
{
        char text[NAME_MAX_LENGTH + 1];

        snprintf(text, sizeof(text), "%s%u", prefix, number);
        return name_of(text);
}

/* ---- who there is */

static void admit(struct community *c, struct speaker *speaker, struct name party,
                  enum role_kind role)
{
        struct party_admission admission = {
                .party = party, .title = { "made for measuring" }, .role_count = 1,
                .roles = { { role, DATE_FIRST, DATE_NONE } }, .present = true,
        };
        struct node_admission node = { .node = { party, name_of("n") }, .rights = RIGHTS_ALL };
        const char *says = "";
        uint64_t index;

        keys_generate(KEY_KIND_NODE, &speaker->keys);
        speaker->path = node.node;
        random_stream_id(&speaker->stream);
        memcpy(node.transport_key, speaker->keys.public.transport, 32);
        memcpy(node.signing_key, speaker->keys.public.signing, 32);
        memcpy(node.sealing_key, speaker->keys.public.sealing, 32);
        must(hub_admit_party(c->hub, &admission, &index, &says), says);
        must(hub_admit_node(c->hub, &node, &index, &says), says);
}

static void admit_all(struct community *c)
{
        community_begin(c);
        for (unsigned int i = 0; i < c->size.payers; i++)
                admit(c, &c->payers[i], numbered("payer", i), ROLE_PAYER);
        for (unsigned int i = 0; i < c->size.providers; i++)
                admit(c, &c->providers[i], numbered("practice", i), ROLE_PROVIDER);
        community_commit(c);
}

/* ---- what they say */

static unsigned int payer_of(const struct community *c, unsigned int number)
{
        const unsigned int provider = number % c->size.providers;

        return (provider + number / c->size.providers * ROUND) % c->size.payers;
}

static struct contract_id contract_of(const struct community *c, unsigned int number)
{
        return (struct contract_id) {
                numbered("payer", payer_of(c, number)),
                numbered("practice", number % c->size.providers), numbered("c", number),
        };
}

static void say(struct community *c, struct speaker *speaker, const struct contract_id *contract,
                const struct event *events, uint32_t count)
{
        const struct submission submission = {
                .format = FORMAT_MOST, .hub = hub_id(c->hub), .sender = speaker->path,
                .contract = *contract, .stream = speaker->stream, .sequence = ++speaker->sequence,
                .made_at = now_us(), .events = events, .event_count = count,
        };
        struct signature signature;
        struct bytes body;

        sink_reset(&c->body);
        sink_reset(&c->frame);
        must(wire_write_submission_body(&c->body, &submission), "body");
        body = sink_bytes(&c->body);
        must(sign_spans(DOMAIN_SUBMISSION, &body, 1, speaker->keys.secret.signing, c->scratch,
                        &signature),
             "signature");
        must(wire_write_signed_submission(&c->frame, body, BYTES_OF(signature.octets)), "frame");
        must(hub_ingest(c->hub, sink_bytes(&c->frame), 0), "ingest");
}

/* ---- contracts */

static struct step *add_step(struct terms *terms, const char *kind)
{
        struct step *step = &terms->steps[terms->step_count++];

        *step = (struct step) { .kind = name_of(kind), .version = 1 };
        return step;
}

static struct param *add_param(struct step *step, const char *name, enum param_type type)
{
        struct param *param = &step->params[step->param_count++];

        *param = (struct param) { .name = name_of(name), .type = type };
        return param;
}

static void add_measures(struct terms *terms)
{
        static const char *const names[MEASURES] = { "cbp", "bcs", "hbd", "col", "dep", "fua" };

        for (size_t i = 0; i < MEASURES; i++) {
                struct step *step = add_step(terms, "measure");

                add_param(step, "measure", PARAM_WORD)->word = name_of(names[i]);
                add_param(step, "worst", PARAM_RATE)->rate = (struct rate) { 50, 100 };
                add_param(step, "best", PARAM_RATE)->rate = (struct rate) { 80, 100 };
        }
        add_param(add_step(terms, "composite"), "source", PARAM_WORD)->word = name_of("measures");
}

static void add_rule(struct terms *terms, enum fact_kind kind)
{
        terms->rules[terms->rule_count++] = (struct fact_rule) {
                .kind = kind, .of_record = SIDE_BEARER, .other = REPORT_NONE,
        };
}

/* Half of all savings, and a fee at the risk of quality. */
static void make_terms(struct community *c, unsigned int number)
{
        struct terms *terms = &c->terms;
        struct step *step;
        int year, month, day;

        date_split((date)(now_us() / INT64_C(86400000000)), &year, &month, &day);
        memset(terms, 0, sizeof(*terms));
        *terms = (struct terms) {
                .contract = contract_of(c, number), .version = 1, .title = { "savings, quality" },
                .applies = APPLIES_WHOLE_PERIOD, .standing = STANDING_BINDING,
                .runout_months = 3, .period_count = 1,
        };
        terms->agreement = (struct period) { date_of(year, 1, 1), date_of(year + 1, 1, 1) };
        terms->periods[0] = terms->agreement;
        terms->signed_on = terms->effective = terms->agreement.from;
        add_rule(terms, FACT_MEASURE_NUMERATOR);
        add_rule(terms, FACT_MEASURE_DENOMINATOR);
        add_step(terms, "attribute");
        add_step(terms, "expenditure");
        add_step(terms, "target");
        add_step(terms, "savings");
        add_measures(terms);
        add_param(add_step(terms, "corridor-gate"), "minimum", PARAM_WORD)->word = name_of("none");
        add_param(add_step(terms, "share"), "up", PARAM_RATE)->rate = (struct rate) { 1, 2 };
        step = add_step(terms, "fee");
        add_param(step, "flat", PARAM_CENTS)->cents = 25000000;
        add_param(step, "at_risk", PARAM_RATE)->rate = (struct rate) { 1, 1 };
        add_step(terms, "post");
}

static void make_contract(struct community *c, unsigned int number)
{
        struct event offer = { .kind = EVENT_OFFER }, acceptance = { .kind = EVENT_ACCEPTANCE };
        struct digest digest;

        make_terms(c, number);
        sink_reset(&c->terms_bytes);
        must(wire_write_terms(&c->terms_bytes, &c->terms), "terms");
        offer.offer.terms = sink_bytes(&c->terms_bytes);
        hash_spans(c->hasher, &offer.offer.terms, 1, &digest);
        say(c, &c->payers[payer_of(c, number)], &c->terms.contract, &offer, 1);
        acceptance.acceptance.version = 1;
        memcpy(acceptance.acceptance.terms_sha256.octets, digest.octets, 32);
        say(c, &c->providers[number % c->size.providers], &c->terms.contract, &acceptance, 1);
}

/* ---- figures */

static int64_t draw(struct community *c, int64_t least, int64_t most)
{
        c->drawn = c->drawn * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        return least + (int64_t)((c->drawn >> 33) % (uint64_t)(most - least + 1));
}

static int64_t value_of(struct community *c, enum fact_kind kind)
{
        switch (kind) {
        case FACT_EXPENDITURE:
                return draw(c, 800000000, 1000000000);
        case FACT_BENCHMARK:
                return 1000000000;
        case FACT_MEASURE_NUMERATOR:
                return draw(c, 450, 850);
        default:
                return fact_kind_info(kind)->unit == UNIT_COUNT ? 1000 : 1;
        }
}

/* What the terms always read, through the end of the third quarter where it grows. */
static void make_facts(struct community *c)
{
        static struct input inputs[INPUTS_MAX];
        const struct period year = c->terms.periods[0];
        size_t count = terms_inputs(&c->terms, inputs);

        for (size_t i = 0; i < count; i++) {
                const struct fact_kind_info *info = fact_kind_info(inputs[i].kind);

                if (inputs[i].need != READ_ALWAYS || c->fact_count == COMMUNITY_FACTS_MAX)
                        continue;
                c->facts[c->fact_count++] = (struct event) {
                        .kind = EVENT_FACT,
                        .fact = {
                                .key = {
                                        .scope = SCOPE_CONTRACT, .kind = inputs[i].kind,
                                        .item = inputs[i].item, .period = year,
                                        .paid_through = fact_kind_accrues(inputs[i].kind)
                                                ? date_add_months(year.from, 9) - 1 : DATE_NONE,
                                },
                                .value = { info->unit, 1, 1 },
                        },
                };
        }
}

void community_say(struct community *c, unsigned int number)
{
        const struct contract_id contract = contract_of(c, number);
        const uint64_t index = hub_size(c->hub);

        for (unsigned int i = 0; i < c->fact_count; i++) {
                struct fact_event *fact = &c->facts[i].fact;

                fact->value.num = value_of(c, fact->key.kind);
                fact->has_supersedes = c->said[number] > 0;
                fact->supersedes = c->said[number];
        }
        say(c, &c->payers[payer_of(c, number)], &contract, c->facts, c->fact_count);
        c->said[number] = index;
}

static void make_all(struct community *c)
{
        for (unsigned int i = 0; i < c->size.contracts; i++) {
                if (i % 100 == 0)
                        community_begin(c);
                make_contract(c, i);
                if (i == 0)
                        make_facts(c);
                community_say(c, i);
                if (i % 100 == 99 || i + 1 == c->size.contracts)
                        community_commit(c);
        }
}

/* ---- the whole */

struct community *community_new(const char *parent, struct community_size size)
{
        struct community *c = calloc(1, sizeof(*c));
        struct hub_options options = { .window = 1000000 };

        must(c ? 0 : -ENOMEM, "memory");
        must(proof_setup(), "randomness");
        snprintf(c->directory, sizeof(c->directory), "%s/accord-bench.XXXXXX", parent);
        must(mkdtemp(c->directory) ? 0 : -errno, c->directory);
        snprintf(c->ledger, sizeof(c->ledger), "%s/ledger", c->directory);
        c->size = size;
        c->payers = calloc(size.payers, sizeof(*c->payers));
        c->providers = calloc(size.providers, sizeof(*c->providers));
        c->said = calloc(size.contracts, sizeof(*c->said));
        c->scratch.size = sign_room(DOMAIN_SUBMISSION, 65536);
        c->scratch.data = malloc(c->scratch.size);
        must(c->payers && c->providers && c->said && c->scratch.data ? 0 : -ENOMEM, "memory");
        must(sink_new(&c->terms_bytes, 65536, 131072), "memory");
        must(sink_new(&c->body, 65536, 131072), "memory");
        must(sink_new(&c->frame, 65536, 131072), "memory");
        must(hasher_new(&c->hasher), "hash");
        keys_generate(KEY_KIND_HUB, &c->hub_keys);
        options.directory = c->ledger;
        options.keys = &c->hub_keys;
        must(hub_create(&options, "bench", "bench.example/accord", now_us()), "ledger");
        must(hub_open(&c->hub, &options), "ledger");
        admit_all(c);
        make_all(c);
        return c;
}

void community_free(struct community *c)
{
        char command[300];

        hub_close(c->hub);
        snprintf(command, sizeof(command), "rm -rf -- '%s'", c->directory);
        if (system(command))
                fprintf(stderr, "bench: %s is left\n", c->directory);
        sink_free(&c->terms_bytes);
        sink_free(&c->body);
        sink_free(&c->frame);
        hasher_free(c->hasher);
        free(c->scratch.data);
        free(c->payers);
        free(c->providers);
        free(c->said);
        free(c);
}

struct hub *community_hub(struct community *c)
{
        return c->hub;
}

unsigned int community_facts(const struct community *c)
{
        return c->fact_count;
}

uint32_t community_provider(const struct community *c, unsigned int number)
{
        return c->size.payers + number % c->size.providers + 1;
}

void community_begin(struct community *c)
{
        must(hub_begin(c->hub, now_us()), "begin");
}

void community_commit(struct community *c)
{
        must(hub_commit(c->hub), "commit");
}
