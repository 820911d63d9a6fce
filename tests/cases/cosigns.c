/* SPDX-License-Identifier: Apache-2.0 */
/* Witnesses: what they cosign, and what the hub makes of it. */
#include <stdlib.h>
#include <string.h>

#include "tests/cases/case.h"
#include "tests/hub/cosign.h"

static void forge(struct play *play, struct stage_note *ret)
{
        const struct digest root = { { 1, 2, 3 } };

        stage_forged(&play->stage, stage_entries(&play->stage), &root, ret);
}

static void take(struct play *play, const struct case_player *player, const struct stage_note *note,
                 struct hub_frame *ret)
{
        batch_begin(play);
        stage_take_cosign(&play->stage, &player->player, note, 1);
        stage_commit(&play->stage);
        stage_answer(&play->stage, 1, ret);
}

static void check(struct play *play, const struct hub_frame *frame)
{
        const char *word = want(play, "what comes of it");
        bool is_refused = frame->kind != HUB_COSIGNED || frame->cosigned.refused;
        enum refusal is = 0, code;

        if (frame->kind == HUB_REFUSAL)
                is = frame->refusal.faults[0].code;
        else if (is_refused)
                is = frame->cosigned.fault.code;
        if (strcmp(word, "taken") == 0 && is_refused)
                wrong(play, "it is refused: %s", refusal_name(is));
        if (strcmp(word, "taken") != 0 && !read_refusal(word, &code))
                wrong(play, "'%s' is no refusal", word);
        if (strcmp(word, "taken") != 0 && (!is_refused || code != is))
                wrong(play, "it is %s", is_refused ? refusal_name(is) : "taken");
}

void line_cosign(struct play *play, struct case_player *player)
{
        const struct case_player *named = player;
        struct stage_note note;
        struct hub_frame frame;
        int64_t ahead = 0;

        if (play->together)
                wrong(play, "a witness cosigns what is committed");
        if (words_take(play->words, "another-root"))
                forge(play, &note);
        else
                stage_note(&play->stage, &note);
        if (words_take(play->words, "as"))
                named = want_player(play);
        if (words_take(play->words, "ahead"))
                ahead = (int64_t)want_number(play);
        if (!words_take(play->words, "->"))
                wrong(play, "'->' and what comes of it should follow");
        stage_cosign(&play->stage, &named->player, ahead, &note);
        take(play, player, &note, &frame);
        check(play, &frame);
        batch_after(play);
        want_end(play);
}
