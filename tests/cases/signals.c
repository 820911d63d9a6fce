/* SPDX-License-Identifier: Apache-2.0 */
/* What the parties are told: collected after each commit, held against what is expected. */
#include <stdio.h>
#include <string.h>

#include "tests/cases/case.h"

static const char *const kinds[] = {
#define KIND(name) [SIGNAL_##name] = #name
        KIND(CONTRACT_OFFERED),   KIND(CONTRACT_ACCEPTED),   KIND(CONTRACT_LAPSED),
        KIND(CONTRACT_TERMINATED), KIND(RUN_ORDERED),        KIND(STATEMENT_ISSUED),
        KIND(BLOCKS_ERASED),      KIND(FACT_DISPUTED),       KIND(FACT_AGREED),
        KIND(STATEMENT_ACCEPTED), KIND(STATEMENT_DISPUTED),  KIND(DISPUTE_ENDED),
        KIND(RESOLUTION_PROPOSED), KIND(DECIDED),            KIND(DEADLINE_PASSED),
        KIND(FIGURE_DIFFERS),     KIND(PAYMENT_MATCHED),     KIND(PAYMENT_DIFFERS),
        KIND(PAYMENT_OVERDUE),    KIND(BOOKS_CHANGED),       KIND(SUCCESSION_ANNOUNCED),
        KIND(SUCCESSION_ENDED),   KIND(KEY_ROTATED),         KIND(STATEMENT_WITNESSED),
        KIND(CONTENT_READ),       KIND(BALLOT_OPENED),       KIND(BALLOT_DECIDED),
        KIND(CHARTER_CHANGED),    KIND(RELEASED),            KIND(CONFLICT_FOUND),
        KIND(CONFLICT_ENDED),     KIND(BENEFIT_CONTRADICTS), KIND(PARTY_LEAVES),
        KIND(COMMON_SET_DIFFERS),
#undef KIND
};

/* About a contract: for its sides; what is to be decided, for whom its terms may name as well. */
static void check_for_whom(struct play *play, const struct signal *signal)
{
        const struct contract_id *id = &signal->contract;
        bool to_decide = signal->kind == SIGNAL_FACT_DISPUTED ||
                         signal->kind == SIGNAL_STATEMENT_DISPUTED;

        if (!id->bearer.text[0] || name_equal(&signal->party, &id->bearer) ||
            name_equal(&signal->party, &id->earner))
                return;
        for (unsigned int i = 0; to_decide && i < play->terms_count; i++)
                if (name_equal(&play->terms[i].terms->reconciling.arbiter, &signal->party))
                        return;
        wrong(play, "%s was told %s of a contract that is not its own", signal->party.text,
              kinds[signal->kind]);
}

static void keep(struct play *play, const struct signal *signal)
{
        if (play->heard_count == HEARD_MAX)
                wrong(play, "too many signals");
        check_for_whom(play, signal);
        play->heard[play->heard_count++] = (struct heard) { .signal = *signal };
}

/* The first node of a party that listens stands for the party. */
static bool stands_for_party(const struct play *play, const struct case_player *player)
{
        for (const struct case_player *p = play->players; p < player; p++)
                if (name_equal(&p->player.path.party, &player->player.path.party) &&
                    (p->rights & RIGHT_READ) && !p->revoked)
                        return false;
        return true;
}

static void collect(struct play *play, struct case_player *player)
{
        struct signal_frame frame;
        struct record record;
        size_t at = 0;

        while (stage_heard(&play->stage, &player->player, &at, &frame, &record)) {
                if (frame.kind != FRAME_ENTRY)
                        continue;
                if (!(player->rights & RIGHT_READ) || player->revoked)
                        wrong(play, "a node that may not listen was told something");
                if (player->heard && record.signal.number != player->heard + 1)
                        wrong(play, "%s heard signal %llu after %llu",
                              player->player.path.party.text,
                              (unsigned long long)record.signal.number,
                              (unsigned long long)player->heard);
                player->heard = record.signal.number;
                if (stands_for_party(play, player))
                        keep(play, &record.signal);
        }
}

/* Keys that were taken in the batch are those in use from now on; whom it revoked hears no more. */
static void follow_keys(struct play *play)
{
        for (unsigned int i = play->batch_first; i < play->said_count; i++) {
                struct said *said = play->said[i];

                if (said->rotates && !said->lost)
                        said->rotates->keys = said->becomes;
                said->rotates = NULL;
        }
        for (unsigned int i = 0; i < play->player_count; i++) {
                struct case_player *player = &play->players[i];

                if (player->rights)
                        player->revoked = !hub_knows(play->stage.hub,
                                                     player->player.keys.public.transport, NULL);
        }
}

void batch_after(struct play *play)
{
        const char *finding = books_read(&play->books, &play->stage);

        follow_keys(play);

        if (!finding)
                finding = books_hold(&play->books, &play->stage);
        if (finding)
                wrong(play, "%s", finding);
        for (unsigned int i = 0; i < play->player_count; i++)
                collect(play, &play->players[i]);
}

/* @kind: 0: any */
static struct heard *next_for(struct play *play, const struct name *party, unsigned int kind)
{
        for (unsigned int i = 0; i < play->heard_count; i++)
                if (!play->heard[i].taken && name_equal(&play->heard[i].signal.party, party) &&
                    (!kind || play->heard[i].signal.kind == kind))
                        return &play->heard[i];
        return NULL;
}

static void expect_more(struct play *play, const struct signal *signal)
{
        const char *word;

        for (;;) {
                if (words_take(play->words, "about")) {
                        if (!contract_id_equal(&want_contract(play)->id, &signal->contract))
                                wrong(play, "the signal is about another contract");
                } else if (words_take(play->words, "version")) {
                        if (want_number(play) != signal->version)
                                wrong(play, "the signal is about version %u", signal->version);
                } else if (words_take(play->words, "earned")) {
                        if (want_money(play) != signal->earned)
                                wrong(play, "the signal says earned %lld cents",
                                      (long long)signal->earned);
                } else if (words_take(play->words, "payable")) {
                        if (want_money(play) != signal->payable)
                                wrong(play, "the signal says payable %lld cents",
                                      (long long)signal->payable);
                } else if (words_take(play->words, "saying")) {
                        word = want(play, "part of what it says");
                        if (!strstr(signal->says.text, word))
                                wrong(play, "the signal says \"%s\"", signal->says.text);
                } else if (words_take(play->words, "not-calculable")) {
                        if (signal->status != STATEMENT_NOT_CALCULABLE)
                                wrong(play, "the signal says it was calculated");
                } else {
                        return;
                }
        }
}

/*
 * expect signal PARTY KIND [about CONTRACT] [version N] [earned X] [payable X] [saying "part"]
 *                          [not-calculable]: the next one
 * expect signal PARTY among KIND ...: the next of that kind; what came before stays
 */
void expect_signal(struct play *play)
{
        struct name party = want_name(play);
        bool among = words_take(play->words, "among");
        const char *kind = want(play, "a kind of signal");
        struct heard *heard;
        unsigned int i;

        for (i = 1; i < sizeof(kinds) / sizeof(kinds[0]); i++)
                if (strcmp(kinds[i], kind) == 0)
                        break;
        if (i == sizeof(kinds) / sizeof(kinds[0]))
                wrong(play, "there is no signal '%s'", kind);
        heard = next_for(play, &party, among ? i : 0);
        if (!heard)
                wrong(play, "%s was told nothing %s", party.text, among ? "like that" : "more");
        if (heard->signal.kind != i)
                wrong(play, "%s was told %s", party.text, kinds[heard->signal.kind]);
        heard->taken = true;
        expect_more(play, &heard->signal);
}

/* expect no signal PARTY */
void expect_no_signal(struct play *play)
{
        struct name party = want_name(play);
        const struct heard *heard = next_for(play, &party, 0);

        if (heard)
                wrong(play, "%s was told %s", party.text, kinds[heard->signal.kind]);
}
