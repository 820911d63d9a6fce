/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/hub/rewarded.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct name name_of(const char *text)
{
        struct name name;

        must(name_parse((struct bytes) { text, strlen(text) }, &name) ? 0 : -EINVAL, text);
        return name;
}

static struct step *add_step(struct terms *terms, const char *kind)
{
        struct step *step = &terms->steps[terms->step_count++];

        step->kind = name_of(kind);
        step->version = 1;
        return step;
}

static struct param *add_param(struct step *step, const char *name, enum param_type type)
{
        struct param *param = &step->params[step->param_count++];

        param->name = name_of(name);
        param->type = type;
        return param;
}

void reward_terms(struct terms *terms, const struct contract_id *contract, uint32_t version,
                  const char *const *measures)
{
        struct step *step;

        stage_terms(terms, contract, version);
        terms->step_count = 0;
        memset(terms->steps, 0, sizeof(terms->steps));
        for (; *measures; measures++) {
                step = add_step(terms, "measure");
                add_param(step, "measure", PARAM_WORD)->word = name_of(*measures);
                add_param(step, "worst", PARAM_RATE)->rate = (struct rate) { 60, 100 };
                add_param(step, "best", PARAM_RATE)->rate = (struct rate) { 70, 100 };
        }
        step = add_step(terms, "composite");
        add_param(step, "source", PARAM_WORD)->word = name_of("measures");
        step = add_step(terms, "fee");
        add_param(step, "flat", PARAM_CENTS)->cents = POOL;
        add_param(step, "at_risk", PARAM_RATE)->rate = (struct rate) { 1, 1 };
        add_step(terms, "post");
}

void reward_agree(struct rewarded *rewarded, struct voice *bearer, struct voice *earner,
                  const struct terms *terms)
{
        struct stage *stage = &rewarded->scene.stage;
        struct event event = { .kind = EVENT_OFFER };
        struct sha256 sha256;
        struct sink sink;

        must(sink_new(&sink, 4096, 131072), "sink_new");
        must(wire_write_terms(&sink, terms), "wire_write_terms");
        event.offer.terms = sink_bytes(&sink);
        sha256 = sha256_of(event.offer.terms);
        ck_assert_int_eq(voice_said(stage, bearer, &terms->contract, &event, 1, NULL), HUB_RECEIPT);
        event = (struct event) {
                .kind = EVENT_ACCEPTANCE, .acceptance = { terms->version, sha256 },
        };
        ck_assert_int_eq(voice_said(stage, earner, &terms->contract, &event, 1, NULL), HUB_RECEIPT);
        sink_free(&sink);
}

uint64_t reward_fact(struct rewarded *rewarded, struct voice *voice,
                     const struct contract_id *contract, enum fact_kind kind, int64_t value,
                     const char *item)
{
        const struct event event = fact_event(kind, value, item);
        uint64_t index;

        ck_assert_int_eq(voice_said(&rewarded->scene.stage, voice, contract, &event, 1, &index),
                         HUB_RECEIPT);
        return index;
}

uint64_t reward_measured(struct rewarded *rewarded, struct voice *voice,
                         const struct contract_id *contract, const char *measure, int64_t met)
{
        reward_fact(rewarded, voice, contract, FACT_MEASURE_DENOMINATOR, 1000, measure);
        return reward_fact(rewarded, voice, contract, FACT_MEASURE_NUMERATOR, met, measure);
}

void reward_restated(struct rewarded *rewarded, int64_t met)
{
        struct event event = fact_event(FACT_MEASURE_NUMERATOR, met, "cbp");

        event.fact.has_supersedes = true;
        event.fact.supersedes = rewarded->own_cbp;
        ck_assert_int_eq(voice_said(&rewarded->scene.stage, &rewarded->unit, &rewarded->own,
                                    &event, 1, &rewarded->own_cbp), HUB_RECEIPT);
}

uint64_t reward_relates(struct rewarded *rewarded, struct voice *voice, enum relation_kind kind,
                        const char *other, date from, date until)
{
        const struct event event = {
                .kind = EVENT_RELATION,
                .relation = {
                        .kind = kind, .other = name_of(other), .from = from, .until = until,
                },
        };
        uint64_t index;

        ck_assert_int_eq(voice_said(&rewarded->scene.stage, voice, NULL, &event, 1, &index),
                         HUB_RECEIPT);
        return index;
}

void reward_joins(struct rewarded *rewarded, struct voice *unit, int64_t months)
{
        reward_relates(rewarded, unit, RELATION_PARTICIPATES_IN, "network", date_of(2024, 1, 1),
                       DATE_NONE);
        reward_fact(rewarded, &rewarded->scene.network, &rewarded->scene.contract,
                    FACT_UNIT_MEMBER_MONTHS, months, unit->player.path.party.text);
}

const struct incentive_signal *reward_asked(struct rewarded *rewarded, struct voice *voice,
                                            uint64_t as_of)
{
        struct stage *stage = &rewarded->scene.stage;
        const struct query query = {
                .id = 1, .kind = QUERY_INCENTIVE, .has_as_of = as_of != UINT64_MAX, .as_of = as_of,
        };
        static struct hub_frame frame;

        stage_begin(stage);
        stage_ask(stage, &voice->player, &query, 9);
        stage_commit(stage);
        stage_answer(stage, 9, &frame);
        ck_assert_int_eq(frame.kind, HUB_ANSWER);
        ck_assert(!frame.answer.refused);
        ck_assert_ptr_nonnull(frame.answer.incentive);
        return frame.answer.incentive;
}

const struct incentive_contract *reward_of_contract(const struct incentive_signal *signal,
                                                    const struct contract_id *contract)
{
        for (uint32_t i = 0; i < signal->contract_count; i++)
                if (contract_id_equal(&signal->contracts[i].contract, contract))
                        return &signal->contracts[i];
        return NULL;
}

const struct incentive *reward_row(const struct incentive_signal *signal,
                                   const struct contract_id *contract, const char *item)
{
        for (uint32_t i = 0; i < signal->row_count; i++) {
                const struct incentive_row *row = &signal->rows[i];

                if (contract_id_equal(&signal->contracts[row->contract].contract, contract) &&
                    strcmp(row->is.item.text, item) == 0)
                        return &row->is;
        }
        return NULL;
}

static void voice_new(struct voice *voice, const char *party)
{
        memset(voice, 0, sizeof(*voice));
        player_make(&voice->player, party, "x");
        memcpy(voice->stream.octets, voice->player.keys.public.signing,
               sizeof(voice->stream.octets));
}

static void admit(struct rewarded *rewarded)
{
        struct stage *stage = &rewarded->scene.stage;

        stage_begin(stage);
        must(stage_admit_party(stage, "unit", ROLE_PROVIDER, true, 0), "unit");
        must(stage_admit_party(stage, "sister", ROLE_PROVIDER, true, 0), "sister");
        must(stage_admit_party(stage, "absent", ROLE_PAYER, false, 0), "absent");
        must(stage_admit_node(stage, &rewarded->unit.player, RIGHTS_ALL), "unit/x");
        must(stage_admit_node(stage, &rewarded->sister.player, RIGHTS_ALL), "sister/x");
        stage_commit(stage);
}

static void agree_on(struct rewarded *rewarded, struct voice *bearer, struct voice *earner,
                     const struct contract_id *contract, const char *const *measures)
{
        struct terms *terms = calloc(1, sizeof(*terms));

        ck_assert_ptr_nonnull(terms);
        reward_terms(terms, contract, 1, measures);
        reward_agree(rewarded, bearer, earner, terms);
        free(terms);
}

void rewarded_set_up(struct rewarded *rewarded)
{
        struct scene *scene = &rewarded->scene;

        memset(rewarded, 0, sizeof(*rewarded));
        scene_set_up(scene, NULL);
        voice_new(&rewarded->unit, "unit");
        voice_new(&rewarded->sister, "sister");
        admit(rewarded);
        rewarded->own = (struct contract_id) { name_of("payer"), name_of("unit"), name_of("own") };
        rewarded->secret = (struct contract_id) {
                name_of("stranger"), name_of("network"), name_of("secret"),
        };
        agree_on(rewarded, &scene->payer, &scene->network, &scene->contract,
                 (const char *const[]) { "cbp", "bcs", NULL });
        agree_on(rewarded, &scene->payer, &rewarded->unit, &rewarded->own,
                 (const char *const[]) { "cbp", NULL });
        agree_on(rewarded, &scene->stranger, &scene->network, &rewarded->secret,
                 (const char *const[]) { "canary-measure", NULL });
        reward_measured(rewarded, &scene->network, &scene->contract, "cbp", 650);
        reward_measured(rewarded, &scene->network, &scene->contract, "bcs", 620);
        rewarded->own_cbp = reward_measured(rewarded, &rewarded->unit, &rewarded->own, "cbp", 640);
        reward_measured(rewarded, &scene->network, &rewarded->secret, "canary-measure", 650);
}

void rewarded_tear_down(struct rewarded *rewarded)
{
        scene_tear_down(&rewarded->scene);
}
