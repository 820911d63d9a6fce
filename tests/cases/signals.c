/* SPDX-License-Identifier: Apache-2.0 */
/* What the parties are told: collected after each commit, held against what is expected. */
#include <stdio.h>
#include <string.h>

#include "tests/cases/case.h"

static void keep(struct play *play, const struct signal *signal)
{
        if (play->heard_count == HEARD_MAX)
                wrong(play, "too many signals");
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
                if (frame.is_heartbeat)
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

void batch_after(struct play *play)
{
        for (unsigned int i = 0; i < play->player_count; i++)
                collect(play, &play->players[i]);
}

static struct heard *next_for(struct play *play, const struct name *party)
{
        for (unsigned int i = 0; i < play->heard_count; i++)
                if (!play->heard[i].taken && name_equal(&play->heard[i].signal.party, party))
                        return &play->heard[i];
        return NULL;
}

static const char *const kinds[] = {
        [SIGNAL_CONTRACT_OFFERED] = "CONTRACT_OFFERED",
        [SIGNAL_CONTRACT_ACCEPTED] = "CONTRACT_ACCEPTED",
        [SIGNAL_CONTRACT_LAPSED] = "CONTRACT_LAPSED",
        [SIGNAL_CONTRACT_TERMINATED] = "CONTRACT_TERMINATED",
        [SIGNAL_RUN_ORDERED] = "RUN_ORDERED",
        [SIGNAL_STATEMENT_ISSUED] = "STATEMENT_ISSUED",
};

static void expect_more(struct play *play, const struct signal *signal)
{
        int64_t cents;

        for (;;) {
                if (words_take(play->words, "about")) {
                        if (!contract_id_equal(&want_contract(play)->id, &signal->contract))
                                wrong(play, "the signal is about another contract");
                } else if (words_take(play->words, "version")) {
                        if (want_number(play) != signal->version)
                                wrong(play, "the signal is about version %u", signal->version);
                } else if (words_take(play->words, "earned")) {
                        if (!read_money(want(play, "an amount"), &cents) || cents != signal->earned)
                                wrong(play, "the signal says earned %lld cents",
                                      (long long)signal->earned);
                } else if (words_take(play->words, "not-calculable")) {
                        if (signal->status != STATEMENT_NOT_CALCULABLE)
                                wrong(play, "the signal says it was calculated");
                } else {
                        return;
                }
        }
}

/* expect signal PARTY KIND [about CONTRACT] [version N] [earned X] [not-calculable] */
void expect_signal(struct play *play)
{
        struct name party = want_name(play);
        const char *kind = want(play, "a kind of signal");
        struct heard *heard = next_for(play, &party);
        unsigned int i;

        for (i = 1; i < sizeof(kinds) / sizeof(kinds[0]); i++)
                if (strcmp(kinds[i], kind) == 0)
                        break;
        if (i == sizeof(kinds) / sizeof(kinds[0]))
                wrong(play, "there is no signal '%s'", kind);
        if (!heard)
                wrong(play, "%s was told nothing more", party.text);
        if (heard->signal.kind != i)
                wrong(play, "%s was told %s", party.text, kinds[heard->signal.kind]);
        heard->taken = true;
        expect_more(play, &heard->signal);
}

/* expect no signal PARTY */
void expect_no_signal(struct play *play)
{
        struct name party = want_name(play);
        const struct heard *heard = next_for(play, &party);

        if (heard)
                wrong(play, "%s was told %s", party.text, kinds[heard->signal.kind]);
}
