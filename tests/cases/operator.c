/* SPDX-License-Identifier: Apache-2.0 */
/* What the operator and the world do: parties and nodes, runs, time, the worker, a crash. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/cases/case.h"

void come_to(struct play *play, int r, const char *says)
{
        enum refusal code;
        const char *word;

        must(r < 0 ? r : 0, "the hub");
        if (!words_take(play->words, "->")) {
                if (r)
                        wrong(play, "refused: %s: %s", refusal_name((unsigned int)r), says);
                return;
        }
        word = want(play, "a refusal");
        if (!read_refusal(word, &code))
                wrong(play, "'%s' is no refusal", word);
        if (r != (int)code)
                wrong(play, "is %s: %s", r ? refusal_name((unsigned int)r) : "done", says);
        if (words_take(play->words, "saying") && strcmp(want(play, "what it says"), says) != 0)
                wrong(play, "says \"%s\"", says);
}

/* ROLE [from DAY] [until DAY] ..., "absent", "two-nodes RIGHTS" */
static void read_party(struct play *play, struct party_admission *ret)
{
        struct role *role = NULL;
        const char *word;

        while ((word = words_peek(play->words)) && strcmp(word, "->") != 0) {
                words_next(play->words);
                if (strcmp(word, "absent") == 0) {
                        ret->present = false;
                } else if (strcmp(word, "two-nodes") == 0) {
                        if (!read_rights(want(play, "rights"), &ret->two_nodes_for))
                                wrong(play, "no such rights");
                } else if (role && strcmp(word, "from") == 0) {
                        role->from = want_day(play);
                } else if (role && strcmp(word, "until") == 0) {
                        role->until = want_day(play);
                } else {
                        role = &ret->roles[ret->role_count++];
                        *role = (struct role) { ROLE_OBSERVER, DATE_FIRST, DATE_NONE };
                        if (ret->role_count == ROLES_PER_PARTY_MAX || !read_role(word, &role->kind))
                                wrong(play, "'%s' is no role", word);
                }
        }
}

void line_party(struct play *play)
{
        struct party_admission admission = { .party = want_name(play), .present = true };
        const char *says = "";
        uint64_t index;
        int r;

        snprintf(admission.title.text, sizeof(admission.title.text), "%s", admission.party.text);
        read_party(play, &admission);
        batch_begin(play);
        r = hub_admit_party(play->stage.hub, &admission, &index, &says);
        batch_end(play);
        come_to(play, r, says);
}

static struct case_player *new_player(struct play *play, const struct node_path *path)
{
        struct case_player *player = &play->players[play->player_count++];

        if (play->player_count == PLAYERS_MAX)
                wrong(play, "too many nodes");
        player_make(&player->player, path->party.text, path->node.text);
        return player;
}

/* node PATH RIGHTS [with-key-of PATH]; without rights nobody admits it: a stranger */
void line_node(struct play *play)
{
        const char *word = want(play, "a node"), *rights = want(play, "rights"), *says = "";
        struct node_admission admission = { 0 };
        struct case_player *player, *other;
        uint64_t index;
        int r;

        if (!read_path(word, &admission.node))
                wrong(play, "'%s' is no PARTY/NODE", word);
        player = player_named(play, word);
        if (!player)
                player = new_player(play, &admission.node);
        if (strcmp(rights, "stranger") == 0)
                return;
        if (!read_rights(rights, &admission.rights))
                wrong(play, "'%s' are no rights", rights);
        other = words_take(play->words, "with-keys-of") ? want_player(play) : player;
        memcpy(admission.transport_key, other->player.keys.public.transport, 32);
        memcpy(admission.signing_key, other->player.keys.public.signing, 32);
        memcpy(admission.sealing_key, other->player.keys.public.sealing, 32);
        batch_begin(play);
        r = hub_admit_node(play->stage.hub, &admission, &index, &says);
        batch_end(play);
        if (r == 0)
                player->rights = admission.rights;
        come_to(play, r, says);
}

/* revoke PATH [because "reason"] */
void line_revoke(struct play *play)
{
        const char *word = want(play, "a node"), *says = "";
        struct node_revocation revocation = { .reason = { "it is gone" } };
        struct case_player *player = player_named(play, word);
        uint64_t index;
        int r;

        if (!read_path(word, &revocation.node))
                wrong(play, "'%s' is no PARTY/NODE", word);
        if (words_take(play->words, "because"))
                snprintf(revocation.reason.text, sizeof(revocation.reason.text), "%s",
                         want(play, "a reason"));
        batch_begin(play);
        r = hub_revoke_node(play->stage.hub, &revocation, &index, &says);
        batch_end(play);
        if (r == 0 && player)
                player->revoked = true;
        come_to(play, r, says);
}

/* succeed PATH RIGHTS [with-keys-of PATH] [at MOMENT]: a succession is announced */
void line_succeed(struct play *play)
{
        const char *word = want(play, "a node"), *rights = want(play, "rights"), *says = "";
        struct succession said = { .document = { "a letter" } };
        struct case_player *player, *other;
        int r;

        if (!read_path(word, &said.node.node) || !read_rights(rights, &said.node.rights))
                wrong(play, "'%s %s' is no PARTY/NODE with rights", word, rights);
        player = player_named(play, word);
        if (!player)
                player = new_player(play, &said.node.node);
        other = words_take(play->words, "with-keys-of") ? want_player(play) : player;
        memcpy(said.node.transport_key, other->player.keys.public.transport, 32);
        memcpy(said.node.signing_key, other->player.keys.public.signing, 32);
        memcpy(said.node.sealing_key, other->player.keys.public.sealing, 32);
        if (words_take(play->words, "at"))
                said.effective = want_moment(play);
        batch_begin(play);
        r = hub_announce_succession(play->stage.hub, &said, &play->succession, &says);
        batch_end(play);
        if (r == 0 && player == other)
                player->rights = said.node.rights, player->revoked = true;
        come_to(play, r, says);
}

/* contract ALIAS BEARER/EARNER/LABEL */
void line_contract(struct play *play)
{
        struct case_contract *contract = &play->contracts[play->contract_count++];
        const char *word;

        if (play->contract_count == CONTRACTS_MAX)
                wrong(play, "too many contracts");
        snprintf(contract->alias, sizeof(contract->alias), "%s", want(play, "an alias"));
        word = want(play, "BEARER/EARNER/LABEL");
        if (!contract_id_parse((struct bytes) { word, strlen(word) }, &contract->id))
                wrong(play, "'%s' is no BEARER/EARNER/LABEL", word);
}

/* clock MOMENT: time goes on to there, or is set back, and what is due takes effect */
void line_clock(struct play *play)
{
        play->stage.now = want_moment(play);
        batch_begin(play);
        batch_end(play);
}

/* run KIND CONTRACT PERIOD payment DAY [-> CODE]: as the operator orders it */
void line_run(struct play *play)
{
        struct run_request request = { .kind = want_run_kind(play) };
        const struct contract_id id = want_contract(play)->id;
        const char *says = "";
        uint64_t index;
        int r;

        request.period = want_period(play);
        if (!words_take(play->words, "payment"))
                wrong(play, "'payment' and a day should follow");
        request.payment = want_day(play);
        batch_begin(play);
        r = hub_order_run(play->stage.hub, &id, &request, &index, &says);
        batch_end(play);
        come_to(play, r, says);
}

/* worker rests | worker works | worker goes-once */
void line_worker(struct play *play)
{
        const char *word = want(play, "rests, works or goes-once");

        if (strcmp(word, "rests") == 0) {
                play->rests = true;
        } else if (strcmp(word, "works") == 0) {
                play->rests = false;
                while (stage_work(&play->stage))
                        batch_after(play);
        } else if (strcmp(word, "goes-once") == 0) {
                if (!stage_work(&play->stage))
                        wrong(play, "there is nothing for the worker to do");
                batch_after(play);
        } else {
                wrong(play, "'%s' is not what a worker does", word);
        }
}

/* The batch that is open is lost, and with it everything that was said in it. */
void line_crash(struct play *play)
{
        if (play->together) {
                for (unsigned int i = play->batch_first; i < play->said_count; i++)
                        play->said[i]->lost = true;
                play->together = false;
        }
        stage_reopen(&play->stage);
}

/* skip signals: what was told so far is of no interest */
void line_skip(struct play *play)
{
        const char *word = want(play, "signals");

        if (strcmp(word, "signals") != 0)
                wrong(play, "'%s' cannot be skipped", word);
        for (unsigned int i = 0; i < play->heard_count; i++)
                play->heard[i].taken = true;
}

/* hub rotates-key [-> REFUSAL]: reopened with the new one, and without the old */
static void rotate_hub_key(struct play *play)
{
        struct keys *next = &play->hub_keys[play->hub_key_count];
        const struct text reason = { "the old one is old" };
        const char *says = "";
        struct player player;
        char name[16];
        uint64_t index;
        int r;

        if (play->hub_key_count == HUB_KEYS)
                wrong(play, "too many keys of the hub");
        snprintf(name, sizeof(name), "key%u", ++play->hub_key_count);
        player_make(&player, "hub", name);
        *next = *play->stage.options.keys;
        memcpy(next->public.signing, player.keys.public.signing, sizeof(next->public.signing));
        memcpy(next->secret.signing, player.keys.secret.signing, sizeof(next->secret.signing));
        batch_begin(play);
        r = hub_rotate_key(play->stage.hub, next, &reason, 0, &index, &says);
        batch_end(play);
        if (r == 0)
                play->stage.options.keys = next;
        come_to(play, r, says);
        stage_reopen(&play->stage);
}

/* hub window N | hub rate N | hub quota N: reopened with that */
void line_hub(struct play *play)
{
        const char *word = want(play, "window, rate, quota or rotates-key");
        uint64_t number;

        if (strcmp(word, "rotates-key") == 0) {
                rotate_hub_key(play);
                return;
        }
        number = want_number(play);
        if (strcmp(word, "window") == 0)
                play->stage.options.window = (uint32_t)number;
        else if (strcmp(word, "rate") == 0)
                play->stage.options.rate = (uint32_t)number;
        else if (strcmp(word, "quota") == 0)
                play->stage.options.quota = number;
        else
                wrong(play, "the hub has no '%s'", word);
        stage_reopen(&play->stage);
}
