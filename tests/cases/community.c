/* SPDX-License-Identifier: Apache-2.0 */
/* What parties say of themselves, and what the hub answers of it: publications to conflicts. */
#include <string.h>

#include "core/arrangement.h"
#include "tests/cases/reading.h"

/* opens CONTRACT measures|methods|both|nothing */
void read_publication(struct reading *r)
{
        const char *word;

        read_about(r);
        r->event->kind = EVENT_PUBLICATION;
        word = want(r->play, "measures, methods, both or nothing");
        r->event->publication = (struct publication) {
                .measures = strcmp(word, "measures") == 0 || strcmp(word, "both") == 0,
                .methods = strcmp(word, "methods") == 0 || strcmp(word, "both") == 0,
        };
        if (!r->event->publication.measures && !r->event->publication.methods &&
            strcmp(word, "nothing") != 0)
                wrong(r->play, "'%s' cannot be opened", word);
}

/* treats PARTY tier N of M [service S] [copayment X] [coinsurance R] [from DAY] [until DAY] */
void read_benefit(struct reading *r)
{
        struct benefit *benefit = &r->event->benefit;
        struct words *words = r->play->words;

        r->event->kind = EVENT_BENEFIT;
        benefit->provider = want_name(r->play);
        benefit->from = date_of(2024, 1, 1);
        benefit->until = DATE_NONE;
        if (!words_take(words, "tier"))
                wrong(r->play, "'tier' and a number should follow");
        benefit->tier = (uint32_t)want_number(r->play);
        if (!words_take(words, "of"))
                wrong(r->play, "'of' and how many should follow");
        benefit->tiers = (uint32_t)want_number(r->play);
        for (;;) {
                if (words_take(words, "service")) {
                        benefit->service = want_name(r->play);
                } else if (words_take(words, "copayment")) {
                        benefit->has_copayment = true;
                        benefit->copayment = want_money(r->play);
                } else if (words_take(words, "coinsurance")) {
                        benefit->has_coinsurance = true;
                        if (!read_rate(want(r->play, "a rate"), &benefit->coinsurance))
                                wrong(r->play, "that is no rate");
                } else if (words_take(words, "from")) {
                        benefit->from = want_day(r->play);
                } else if (words_take(words, "until")) {
                        benefit->until = want_day(r->play);
                } else {
                        return;
                }
        }
}

/* KIND, or kind:NUMBER for what there is not */
enum capability_kind want_capability(struct play *play)
{
        const char *word = want(play, "a capability");
        unsigned int kind = capability_of_word((struct bytes) { word, strlen(word) });
        uint64_t number;

        if (!kind && strncmp(word, "kind:", 5) == 0 && read_number(word + 5, &number))
                return (enum capability_kind)number;
        if (!kind)
                wrong(play, "there is no capability '%s'", word);
        return (enum capability_kind)kind;
}

static void read_capability(struct reading *r, bool has)
{
        struct capability *capability = &r->event->capability;
        struct words *words = r->play->words;

        r->event->kind = EVENT_CAPABILITY;
        capability->kind = want_capability(r->play);
        capability->has = has;
        capability->from = date_of(2024, 1, 1);
        capability->until = DATE_NONE;
        for (;;) {
                if (words_take(words, "count")) {
                        capability->has_count = true;
                        capability->count = want_number(r->play);
                } else if (words_take(words, "from")) {
                        capability->from = want_day(r->play);
                } else if (words_take(words, "until")) {
                        capability->until = want_day(r->play);
                } else if (words_take(words, "says")) {
                        capability->says = read_text(r->play, "what it says");
                } else {
                        return;
                }
        }
}

/* has KIND [count N] [from DAY] [until DAY] [says "words"] */
void read_capability_had(struct reading *r)
{
        read_capability(r, true);
}

/* lacks KIND [from DAY] [until DAY] [says "words"] */
void read_capability_lacked(struct reading *r)
{
        read_capability(r, false);
}

/* ---- expectations */

static void ask_of(struct play *play, const struct name *party, enum query_kind kind,
                   struct answer *ret)
{
        struct query query = {
                .kind = kind, .has_as_of = play->has_as_of, .as_of = play->as_of, .most = 64,
        };
        struct case_player *player = NULL;

        for (unsigned int i = 0; i < play->player_count && !player; i++)
                if ((!party || name_equal(&play->players[i].player.path.party, party)) &&
                    (play->players[i].rights & RIGHT_READ) && !play->players[i].revoked)
                        player = &play->players[i];
        if (!player)
                wrong(play, "nobody of it may read");
        ask_hub(play, player, &query, ret);
        if (ret->refused)
                wrong(play, "asked for, it is refused: %s", refusal_name(ret->fault.code));
}

static enum conflict_type want_conflict_type(struct play *play)
{
        static const char *const types[] = {
                [CONFLICT_DIRECTION] = "direction", [CONFLICT_TARGET] = "target",
                [CONFLICT_SPECIFICATION] = "specification", [CONFLICT_PERIOD] = "period",
                [CONFLICT_GATE] = "gate", [CONFLICT_VOLUME] = "volume",
        };
        const char *word = want(play, "a type of conflict");

        for (unsigned int i = 1; i < sizeof(types) / sizeof(types[0]); i++)
                if (strcmp(types[i], word) == 0)
                        return (enum conflict_type)i;
        wrong(play, "there is no conflict of '%s'", word);
}

/* expect conflict PARTY TYPE CONTRACT CONTRACT [of CONCEPT]; conflict PARTY none|N rows */
void expect_conflict(struct play *play)
{
        const struct name party = want_name(play);
        const struct name none = { "" };
        struct conflict wanted = { .party = party };
        struct answer answer;
        uint64_t rows;
        const char *word = words_peek(play->words);

        ask_of(play, &party, QUERY_CONFLICTS, &answer);
        if (word && read_number(word, &rows)) {
                words_next(play->words);
                if (!words_take(play->words, "rows") || answer.conflict_count != rows)
                        wrong(play, "there are %u conflicts", answer.conflict_count);
                return;
        }
        wanted.type = want_conflict_type(play);
        wanted.contract = want_contract(play)->id;
        wanted.against = want_contract(play)->id;
        wanted.concept = words_take(play->words, "of") ? want_name(play) : none;
        for (uint32_t i = 0; i < answer.conflict_count; i++) {
                const struct conflict *is = &answer.conflicts[i].conflict;

                if (is->type == wanted.type && name_equal(&is->party, &party) &&
                    contract_id_equal(&is->contract, &wanted.contract) &&
                    contract_id_equal(&is->against, &wanted.against) &&
                    name_equal(&is->concept, &wanted.concept) && is->cause && !is->ended)
                        return;
        }
        wrong(play, "there is no such conflict among %u", answer.conflict_count);
}

/* expect benefit PARTY PAYER PROVIDER [service S] tier N fits|"part of what it contradicts" */
void expect_benefit(struct play *play)
{
        const struct name asks = want_name(play), payer = want_name(play);
        const struct name provider = want_name(play);
        struct name service = { "" };
        struct answer answer;
        const char *says;
        uint64_t tier;

        if (words_take(play->words, "service"))
                service = want_name(play);
        if (!words_take(play->words, "tier"))
                wrong(play, "'tier' and a number should follow");
        tier = want_number(play);
        says = want(play, "fits, or part of what it contradicts");
        ask_of(play, &asks, QUERY_BENEFITS, &answer);
        for (uint32_t i = 0; i < answer.benefit_count; i++) {
                const struct benefit_row *row = &answer.benefits[i];

                if (!row->current || !name_equal(&row->payer, &payer) ||
                    !name_equal(&row->benefit.provider, &provider) ||
                    !name_equal(&row->benefit.service, &service))
                        continue;
                if (row->benefit.tier != tier)
                        wrong(play, "it is tier %u", row->benefit.tier);
                if (strcmp(says, "fits") == 0 ? *row->contradicts.text != '\0'
                                              : !strstr(row->contradicts.text, says))
                        wrong(play, "it says \"%s\"", row->contradicts.text);
                return;
        }
        wrong(play, "there is no such benefit");
}

/* expect capability PARTY KIND has|lacks [count N] */
void expect_capability(struct play *play)
{
        const struct name party = want_name(play);
        const enum capability_kind kind = want_capability(play);
        bool has = words_take(play->words, "has");
        uint64_t count = 0;
        struct answer answer;

        if (!has && !words_take(play->words, "lacks"))
                wrong(play, "'has' or 'lacks' should follow");
        if (words_take(play->words, "count"))
                count = want_number(play);
        ask_of(play, &party, QUERY_CAPABILITIES, &answer);
        for (uint32_t i = 0; i < answer.capability_count; i++) {
                const struct capability_row *row = &answer.capabilities[i];

                if (!row->current || row->capability.kind != kind)
                        continue;
                if (row->capability.has != has || row->capability.count != count)
                        wrong(play, "it is otherwise: %s, %llu", row->capability.has ? "has"
                              : "lacks", (unsigned long long)row->capability.count);
                return;
        }
        wrong(play, "nothing was said of it");
}

static void check_measure(struct play *play, const struct publication_row *row)
{
        const struct name concept = want_name(play);
        bool common = words_take(play->words, "common");

        for (uint32_t i = 0; i < row->measure_count; i++)
                if (name_equal(&row->measures[i].key.concept, &concept)) {
                        if (row->measures[i].common != common)
                                wrong(play, "it is %scommon", common ? "not " : "");
                        return;
                }
        wrong(play, "%s is not public", concept.text);
}

/* expect publication CONTRACT nothing | [relayed] [category X] [N measures] [measure C [common]] */
void expect_publication(struct play *play)
{
        const struct contract_id id = want_contract(play)->id;
        const struct publication_row *row = NULL;
        const char *category = NULL;
        struct answer answer;
        uint64_t measures;

        ask_of(play, NULL, QUERY_PUBLICATIONS, &answer);
        for (uint32_t i = 0; i < answer.publication_count; i++)
                if (contract_id_equal(&answer.publications[i].contract, &id))
                        row = &answer.publications[i];
        if (words_take(play->words, "nothing")) {
                if (row)
                        wrong(play, "something of it is public");
                return;
        }
        if (!row)
                wrong(play, "nothing of it is public");
        if (words_take(play->words, "relayed") != row->relayed)
                wrong(play, "it is %srelayed", row->relayed ? "" : "not ");
        if (words_take(play->words, "category"))
                category = want(play, "a category");
        if (row->has_category != (category != NULL) ||
            (category && strcmp(category, lan_category_word(row->category)) != 0))
                wrong(play, "its category is %s",
                      row->has_category ? lan_category_word(row->category) : "not public");
        if (words_peek(play->words) && read_number(words_peek(play->words), &measures)) {
                words_next(play->words);
                if (!words_take(play->words, "measures") || row->measure_count != measures)
                        wrong(play, "%u measures are public", row->measure_count);
        }
        while (words_take(play->words, "measure"))
                check_measure(play, row);
}
