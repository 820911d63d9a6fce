/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A provider with twenty payers: what does not go together is found, told to it alone, and once;
 * what parties say of themselves comes in pages of any size; who is given which entry.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/community.h"
#include "daemon/hub_private.h"
#include "daemon/released.h"
#include "tests/hub/rewarded.h"
#include "tests/proof/run.h"

#define PAYERS 20

static struct rewarded play;
static struct stage *stage = &play.scene.stage;
static struct voice payers[PAYERS], clinic;
static struct contract_id contracts[PAYERS];
static struct terms terms;

static struct name name_of(const char *text)
{
        struct name name = { "" };

        ck_assert(name_parse((struct bytes) { text, strlen(text) }, &name));
        return name;
}

static void voice_make(struct voice *voice, const char *party, enum role_kind role)
{
        memset(voice, 0, sizeof(*voice));
        player_make(&voice->player, party, "a");
        memcpy(voice->stream.octets, voice->player.keys.public.signing,
               sizeof(voice->stream.octets));
        must(stage_admit_party(stage, party, role, true, 0), party);
        must(stage_admit_node(stage, &voice->player, RIGHTS_ALL), party);
}

static void set_up(void)
{
        char party[24];

        memset(&play, 0, sizeof(play));
        stage_set_up(stage, NULL);
        stage_begin(stage);
        voice_make(&clinic, "clinic", ROLE_PROVIDER);
        for (int i = 0; i < PAYERS; i++) {
                snprintf(party, sizeof(party), "payer%02d", i);
                voice_make(&payers[i], party, ROLE_PAYER);
                contracts[i] = (struct contract_id) {
                        name_of(party), name_of("clinic"), name_of("quality"),
                };
        }
        stage_commit(stage);
}

static void tear_down(void)
{
        stage_tear_down(stage);
}

/* One measure; every other payer wants less of it. */
static void agree(int i, uint32_t version, bool less)
{
        static const char *const measures[] = { "cbp", NULL };

        reward_terms(&terms, &contracts[i], version, measures);
        terms.agreement.until = date_of(2027, 1, 1);
        if (less) {
                terms.steps[0].params[1].rate = (struct rate) { 70, 100 };
                terms.steps[0].params[2].rate = (struct rate) { 60, 100 };
        }
        reward_agree(&play, &payers[i], &clinic, &terms);
}

static void agree_all(void)
{
        for (int i = 0; i < PAYERS; i++)
                agree(i, 1, i % 2);
}

/* ---- asking, in pages */

static struct answer ask(struct voice *voice, enum query_kind kind, struct bytes after,
                         uint32_t most)
{
        const struct query query = { .id = 1, .kind = kind, .after = after, .most = most };
        static struct hub_frame frame;

        stage_begin(stage);
        stage_ask(stage, &voice->player, &query, 9);
        stage_commit(stage);
        stage_answer(stage, 9, &frame);
        ck_assert_int_eq(frame.kind, HUB_ANSWER);
        ck_assert(!frame.answer.refused);
        return frame.answer;
}

static uint32_t rows_of(const struct answer *answer)
{
        return answer->conflict_count + answer->benefit_count + answer->capability_count +
               answer->publication_count;
}

/* Indices of all rows, or of a publication its contract's first letters, one behind the other. */
static size_t all_rows(struct voice *voice, enum query_kind kind, uint32_t most, uint64_t *ret)
{
        uint8_t cursor[WIRE_CURSOR_MAX];
        struct bytes after = { NULL, 0 };
        size_t count = 0;

        do {
                struct answer answer = ask(voice, kind, after, most);

                ck_assert_uint_le(rows_of(&answer), most);
                for (uint32_t i = 0; i < answer.conflict_count; i++)
                        ret[count++] = answer.conflicts[i].index;
                for (uint32_t i = 0; i < answer.benefit_count; i++)
                        ret[count++] = answer.benefits[i].index * 2 + answer.benefits[i].current;
                for (uint32_t i = 0; i < answer.capability_count; i++)
                        ret[count++] = answer.capabilities[i].index;
                for (uint32_t i = 0; i < answer.publication_count; i++)
                        ret[count++] = (uint64_t)atoi(
                                answer.publications[i].contract.bearer.text + 5);
                ck_assert_uint_lt(count, 1000);
                memcpy(cursor, answer.next.data ? answer.next.data : "", answer.next.size);
                after = (struct bytes) { cursor, answer.next.size };
        } while (after.size);
        return count;
}

static size_t same_in_pages(struct voice *voice, enum query_kind kind)
{
        static uint64_t whole[1000], pages[1000];
        size_t count = all_rows(voice, kind, 1000, whole);

        for (uint32_t most = 1; most < 12; most += 3) {
                ck_assert_uint_eq(all_rows(voice, kind, most, pages), count);
                ck_assert_int_eq(memcmp(whole, pages, count * sizeof(whole[0])), 0);
        }
        return count;
}

/* ---- conflicts */

/* How many records there are, each the provider's alone; and that they are told to nobody else. */
static unsigned int conflict_records(unsigned int *ret_ended)
{
        struct arena *arena = &stage->arena;
        unsigned int found = 0;

        *ret_ended = 0;
        stage_begin(stage);
        for (uint64_t i = 0; i < stage_entries(stage); i++) {
                struct log_entry entry;
                struct concern concern;
                struct record record;
                struct fault fault;

                must(log_read(stage->hub->txn, i, &entry), "log_read");
                if (entry.header.kind != ENTRY_CONFLICT && entry.header.kind != ENTRY_SIGNAL)
                        continue;
                arena_reset(arena);
                must(wire_read_record(entry.bytes, arena, &record, &fault), "wire_read_record");
                must(released_concern(stage->hub->txn, &entry, arena, &concern), "concern");
                ck_assert(!concern.everybody);
                ck_assert(contract_id_empty(&concern.contract));
                if (record.kind == ENTRY_SIGNAL &&
                    record.signal.kind != SIGNAL_CONFLICT_FOUND &&
                    record.signal.kind != SIGNAL_CONFLICT_ENDED)
                        continue;
                ck_assert_str_eq(concern.parties[0].text, "clinic");
                if (record.kind == ENTRY_SIGNAL)
                        continue;
                if (record.conflict.ended)
                        ++*ret_ended;
                else
                        found++;
        }
        stage_commit(stage);
        return found;
}

START_TEST(each_conflict_is_found_once_and_told_to_the_provider)
{
        unsigned int ended;
        const char *finding;

        agree_all();
        ck_assert_uint_eq(same_in_pages(&clinic, QUERY_CONFLICTS), PAYERS / 2 * (PAYERS / 2));
        ck_assert_uint_eq(conflict_records(&ended), PAYERS / 2 * (PAYERS / 2));
        ck_assert_uint_eq(ended, 0);
        for (int i = 0; i < PAYERS; i++)
                ck_assert_uint_eq(rows_of(&(struct answer[]) {
                        ask(&payers[i], QUERY_CONFLICTS, (struct bytes) { NULL, 0 }, 10),
                }[0]), 0);

        /* The same terms once more: nothing is new, nothing is gone. */
        agree(0, 2, false);
        ck_assert_uint_eq(conflict_records(&ended), PAYERS / 2 * (PAYERS / 2));
        ck_assert_uint_eq(ended, 0);

        /* It turns: what it had with ten ends, what it has with nine others begins. */
        agree(0, 3, true);
        ck_assert_uint_eq(conflict_records(&ended), PAYERS / 2 * (PAYERS / 2) + PAYERS / 2 - 1);
        ck_assert_uint_eq(ended, PAYERS / 2);
        ck_assert_uint_eq(same_in_pages(&clinic, QUERY_CONFLICTS),
                          PAYERS / 2 * (PAYERS / 2) - 1);
        finding = stage_finding(stage);
        ck_assert_msg(!finding, "%s", finding);
}
END_TEST

/* ---- publications */

static uint64_t publish(int i, bool measures, bool methods)
{
        const struct event event = {
                .kind = EVENT_PUBLICATION, .publication = { measures, methods },
        };
        uint64_t index;

        ck_assert_int_eq(voice_said(stage, &payers[i], &contracts[i], &event, 1, &index),
                         HUB_RECEIPT);
        return index;
}

START_TEST(what_is_public_comes_in_pages_to_everybody)
{
        agree_all();
        for (int i = 0; i < PAYERS; i++)
                publish(PAYERS - 1 - i, true, i % 3);
        ck_assert_uint_eq(same_in_pages(&clinic, QUERY_PUBLICATIONS), PAYERS);
        ck_assert_uint_eq(same_in_pages(&payers[3], QUERY_PUBLICATIONS), PAYERS);
        for (int i = 0; i < PAYERS; i += 2)
                publish(i, false, false);
        ck_assert_uint_eq(same_in_pages(&payers[3], QUERY_PUBLICATIONS), PAYERS / 2);
}
END_TEST

static bool is_everybodys(uint64_t index)
{
        struct log_entry entry;
        struct concern concern;

        stage_begin(stage);
        must(log_read(stage->hub->txn, index, &entry), "log_read");
        arena_reset(&stage->arena);
        must(released_concern(stage->hub->txn, &entry, &stage->arena, &concern), "concern");
        stage_commit(stage);
        return concern.everybody;
}

START_TEST(what_opens_is_everybodys_and_nothing_beside_it)
{
        struct event events[2] = { { .kind = EVENT_PUBLICATION, .publication = { true, true } } };
        uint64_t index;

        agree(0, 1, false);
        ck_assert(is_everybodys(publish(0, true, false)));
        ck_assert(is_everybodys(publish(0, false, true)));
        ck_assert(!is_everybodys(publish(0, false, false)));
        events[1] = fact_event(FACT_HEAD_COUNT, 5, "");
        ck_assert_int_eq(voice_said(stage, &payers[0], &contracts[0], events, 2, &index),
                         HUB_RECEIPT);
        ck_assert(!is_everybodys(index));
}
END_TEST

/* ---- benefits and capabilities */

static void treat(int i, const char *service, uint32_t tier)
{
        struct event event = {
                .kind = EVENT_BENEFIT,
                .benefit = {
                        .provider = name_of("clinic"), .tier = tier, .tiers = 3,
                        .from = date_of(2024, 1, 1), .until = DATE_NONE,
                },
        };

        if (service)
                event.benefit.service = name_of(service);
        ck_assert_int_eq(voice_said(stage, &payers[i], NULL, &event, 1, NULL), HUB_RECEIPT);
}

START_TEST(benefits_come_in_pages_with_what_they_contradict_to_the_payer_alone)
{
        struct answer answer;

        agree(1, 1, false);
        for (int i = 0; i < 5; i++) {
                treat(i, NULL, 2);
                treat(i, "imaging", 3);
                treat(i, NULL, 3);
        }
        ck_assert_uint_eq(same_in_pages(&clinic, QUERY_BENEFITS), 15);
        ck_assert_uint_eq(same_in_pages(&payers[1], QUERY_BENEFITS), 3);
        ck_assert_uint_eq(same_in_pages(&payers[7], QUERY_BENEFITS), 0);
        answer = ask(&payers[1], QUERY_BENEFITS, (struct bytes) { NULL, 0 }, 10);
        for (uint32_t i = 0; i < answer.benefit_count; i++)
                ck_assert_int_eq(answer.benefits[i].contradicts.text[0] != '\0',
                                 answer.benefits[i].current);
        answer = ask(&clinic, QUERY_BENEFITS, (struct bytes) { NULL, 0 }, 100);
        for (uint32_t i = 0; i < answer.benefit_count; i++)
                ck_assert_str_eq(answer.benefits[i].contradicts.text, "");
}
END_TEST

START_TEST(capabilities_come_in_pages)
{
        struct event event = {
                .kind = EVENT_CAPABILITY,
                .capability = { .from = date_of(2024, 1, 1), .until = DATE_NONE },
        };

        for (unsigned int i = 0; i < 24; i++) {
                event.capability.kind = (enum capability_kind)(1 + i % 8);
                event.capability.has = i % 3;
                ck_assert_int_eq(voice_said(stage, &clinic, NULL, &event, 1, NULL), HUB_RECEIPT);
        }
        ck_assert_uint_eq(same_in_pages(&clinic, QUERY_CAPABILITIES), 24);
        ck_assert_uint_eq(same_in_pages(&payers[0], QUERY_CAPABILITIES), 0);
}
END_TEST

/* Two managers said at entry 10 for days 100 to 199, none at 20 from day 150 on, three at 30. */
static const struct {
        uint64_t cut;
        date day;
        enum capability_said said;
        uint64_t count;
} moments[] = {
        { 9, 150, CAPABILITY_NOT_SAID, 0 },     { 10, 99, CAPABILITY_NOT_SAID, 0 },
        { 10, 100, CAPABILITY_HAS, 2 },         { 10, 199, CAPABILITY_HAS, 2 },
        { 10, 200, CAPABILITY_HAS_NOT, 0 },     { 20, 149, CAPABILITY_NOT_SAID, 0 },
        { 20, 150, CAPABILITY_HAS_NOT, 0 },     { 30, 300, CAPABILITY_HAS, 3 },
        { UINT64_MAX, 9999, CAPABILITY_HAS, 3 },
};

START_TEST(a_capability_is_had_as_said_last_at_the_cut)
{
        struct capability_state states[] = {
                { 7, 10, 0, { CAPABILITY_CARE_MANAGERS, true, true, 2, 100, 200, { "", 0 } } },
                { 7, 20, 1, { .kind = CAPABILITY_CARE_MANAGERS, .from = 150,
                              .until = DATE_NONE, .says = { "", 0 } } },
                { 7, 30, 0, { CAPABILITY_CARE_MANAGERS, true, true, 3, 150, DATE_NONE,
                              { "", 0 } } },
                { 8, 5, 0, { .kind = CAPABILITY_CARE_MANAGERS, .from = 1, .until = DATE_NONE } },
        };
        enum capability_said said;
        uint64_t count;

        stage_begin(stage);
        for (int i = 0; i < COUNT_OF(states); i++)
                must(state_capability_put(stage->hub->txn, &states[i]), "state_capability_put");
        must(community_has(stage->hub->txn, 7, CAPABILITY_CARE_MANAGERS, moments[_i].day,
                           moments[_i].cut, &said, &count), "community_has");
        ck_assert_int_eq(said, moments[_i].said);
        ck_assert_uint_eq(count, moments[_i].count);
        must(community_has(stage->hub->txn, 7, CAPABILITY_REGISTRY, 150, UINT64_MAX, &said,
                           &count), "community_has");
        ck_assert_int_eq(said, CAPABILITY_NOT_SAID);
}
END_TEST

/* A cursor is anybody's to make up: it leads nowhere that is not the party's own. */
START_TEST(cursors_that_were_made_up_show_nothing_of_others)
{
        static const enum query_kind kinds[] = {
                QUERY_CONFLICTS, QUERY_BENEFITS, QUERY_CAPABILITIES,
        };
        uint8_t cursor[40];

        agree(0, 1, false);
        agree(1, 1, true);
        treat(0, NULL, 2);
        treat(1, NULL, 2);
        for (int kind = 0; kind < COUNT_OF(kinds); kind++)
                for (size_t size = 0; size <= sizeof(cursor); size += 3)
                        for (unsigned int octet = 0; octet < 4; octet++) {
                                const struct query query = {
                                        .id = 1, .kind = kinds[kind], .after = { cursor, size },
                                };
                                struct hub_frame frame;

                                memset(cursor, octet == 3 ? 0xff : (int)octet, sizeof(cursor));
                                if (size)
                                        cursor[0] = (uint8_t)octet;
                                stage_begin(stage);
                                stage_ask(stage, &payers[9].player, &query, 9);
                                stage_commit(stage);
                                stage_answer(stage, 9, &frame);
                                ck_assert_int_eq(frame.kind, HUB_ANSWER);
                                ck_assert_uint_eq(rows_of(&frame.answer), 0);
                        }
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("community");

        tcase_add_checked_fixture(tests, set_up, tear_down);
        tcase_set_timeout(tests, 60);
        tcase_add_test(tests, each_conflict_is_found_once_and_told_to_the_provider);
        tcase_add_test(tests, what_is_public_comes_in_pages_to_everybody);
        tcase_add_test(tests, what_opens_is_everybodys_and_nothing_beside_it);
        tcase_add_test(tests, benefits_come_in_pages_with_what_they_contradict_to_the_payer_alone);
        tcase_add_test(tests, capabilities_come_in_pages);
        tcase_add_loop_test(tests, a_capability_is_had_as_said_last_at_the_cut, 0,
                            COUNT_OF(moments));
        tcase_add_test(tests, cursors_that_were_made_up_show_nothing_of_others);
        return run_case(tests, "hub-community");
}
