/* SPDX-License-Identifier: Apache-2.0 */
/* A submission: sealed, sent, and what came of it held against what should have. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "proof/hash.h"
#include "tests/cases/case.h"

struct case_stream *want_stream(struct play *play, struct case_player *player, const char *name)
{
        struct case_stream *stream;
        struct hasher *hasher;
        struct digest digest;
        const struct bytes spans[] = {
                BYTES_OF(player->player.path.party.text), BYTES_OF(player->player.path.node.text),
                { name, strlen(name) },
        };

        for (unsigned int i = 0; i < player->stream_count; i++)
                if (strcmp(player->streams[i].name, name) == 0)
                        return &player->streams[i];
        if (player->stream_count == PLAYER_STREAMS_MAX)
                wrong(play, "too many streams");
        stream = &player->streams[player->stream_count++];
        snprintf(stream->name, sizeof(stream->name), "%s", name);
        stream->next = 1;
        must(hasher_new(&hasher), "hasher_new");
        hash_spans(hasher, spans, 3, &digest);
        hasher_free(hasher);
        memcpy(stream->id.octets, digest.octets, sizeof(stream->id.octets));
        return stream;
}

/* What a line may say of how something is said. */
struct manner {
        struct case_player *signer, *through, *named;
        struct case_stream *stream;
        bool has_sequence, other_hub, by_file;
        uint64_t sequence;
};

static bool read_manner(struct play *play, struct manner *m, struct submission *submission)
{
        struct words *words = play->words;

        if (words_take(words, "on-behalf-of"))
                submission->on_behalf_of = want_name(play);
        else if (words_take(words, "stream"))
                m->stream = want_stream(play, m->through, want(play, "a stream"));
        else if (words_take(words, "sequence"))
                m->has_sequence = true, m->sequence = want_number(play);
        else if (words_take(words, "signed-by"))
                m->signer = want_player(play);
        else if (words_take(words, "through"))
                m->through = want_player(play);
        else if (words_take(words, "as-sender"))
                m->named = want_player(play);
        else if (words_take(words, "for-another-hub"))
                m->other_hub = true;
        else if (words_take(words, "by-file"))
                m->by_file = true;
        else if (words_take(words, "about-nothing"))
                submission->contract = (struct contract_id) { 0 };
        else if (words_take(words, "about"))
                submission->contract = want_contract(play)->id;
        else
                return false;
        return true;
}

static struct said *new_said(struct play *play, struct case_player *player, const char *label)
{
        struct said *said = calloc(1, sizeof(*said));

        must(said ? 0 : -1, "calloc");
        if (play->said_count == SAID_MAX)
                wrong(play, "too much was said");
        snprintf(said->label, sizeof(said->label), "%s", label);
        said->line = play->words->line;
        said->player = &player->player;
        return said;
}

/* What must follow ->: words kept for after the commit. */
static void keep_expectation(struct play *play, struct said *said)
{
        if (!words_take(play->words, "->"))
                wrong(play, "'%s' where '->' and what comes of it should be",
                      words_peek(play->words) ? words_peek(play->words) : "the end");
        want(play, "what comes of it");
        play->words->at--;
        said->words = *play->words;
        for (unsigned int i = 0; i < said->words.count; i++)
                said->words.word[i] = said->words.text + (play->words->word[i] - play->words->text);
}

/* A number is used up by an entry and by nothing else. */
static bool will_take_number(struct said *said)
{
        struct words words = said->words;
        const char *word = words_next(&words);
        enum refusal code;

        if (strcmp(word, "recorded") == 0)
                return true;
        if (strcmp(word, "for") == 0)
                word = words_peek(&words);
        return word && read_refusal(word, &code) && refusal_takes_sequence(code);
}

static void take_number(struct said *said)
{
        if (will_take_number(said) && said->sequence == said->stream->next)
                said->stream->next++;
}

static void send(struct play *play, struct said *said)
{
        struct stage_tables before, after;
        bool alone = !play->together;

        batch_begin(play);
        if (alone)
                stage_tables(&play->stage, &before);
        said->session = play->said_count + 1;
        play->said[play->said_count++] = said;
        if (said->by_file)
                must(hub_ingest(play->stage.hub, said->bytes, said->session), "hub_ingest");
        else
                stage_take_submission(&play->stage, said->player, said->bytes, said->session);
        if (!alone)
                return;
        stage_commit(&play->stage);
        stage_tables(&play->stage, &after);
        said_check(play, said);
        said_check_tables(play, said, &before, &after);
        batch_after(play);
        while (!play->rests && stage_work(&play->stage))
                batch_after(play);
}

/* Who sends it, and by which way: what is not said is as usual. */
static void sign(struct play *play, struct case_player *player, struct manner *m,
                 struct submission *submission, struct said *said)
{
        if (!m->stream)
                m->stream = want_stream(play, player, "its-own");
        said->player = &m->through->player;
        said->by_file = m->by_file;
        submission->sender = m->named->player.path;
        submission->stream = m->stream->id;
        submission->sequence = m->has_sequence ? m->sequence : m->stream->next;
        submission->made_at = play->stage.now;
        submission->hub = hub_id(play->stage.hub);
        submission->hub.octets[0] ^= m->other_hub;
        said->stream = m->stream;
        said->sequence = submission->sequence;
        take_number(said);
        said->bytes = stage_sign(&play->stage, &m->signer->player, submission);
}

static void say(struct play *play, struct case_player *player, const char *label)
{
        static struct event events[EVENTS_MAX];
        struct submission submission = { .format = 1, .events = events };
        struct manner m = { .signer = player, .through = player, .named = player };
        struct said *said = new_said(play, player, label);
        struct offered offered = { 0 };

        memset(events, 0, sizeof(events));
        submission.event_count = read_events(play, player, events, &submission, &offered);
        while (read_manner(play, &m, &submission))
                ;
        keep_expectation(play, said);
        said->decisions = offered.decisions;
        if (offered.becomes && strcmp(words_peek(&said->words), "recorded") == 0) {
                said->rotates = &player->player;
                said->becomes = *offered.becomes;
        }
        sign(play, player, &m, &submission, said);
        for (unsigned int i = 0; i < submission.event_count; i++)
                if (events[i].kind == EVENT_OFFER)
                        free((void *)events[i].offer.terms.data);
        if (offered.contract && strcmp(words_peek(&said->words), "recorded") == 0) {
                offered.contract->version = offered.version;
                offered.contract->digests[offered.version] = offered.digest;
        }
        player->last = said;
        send(play, said);
}

/* again [LABEL] [through NODE] [by-file] */
static void say_again(struct play *play, struct case_player *player)
{
        struct manner m = { .signer = player, .through = player, .named = player };
        struct said *said = new_said(play, player, ""), *first = player->last;
        struct submission none = { 0 };
        const char *word = words_peek(play->words);
        void *copy;

        if (word && said_as(play, word))
                first = said_as(play, words_next(play->words));
        if (!first)
                wrong(play, "nothing was said yet");
        while (read_manner(play, &m, &none))
                ;
        keep_expectation(play, said);
        copy = malloc(first->bytes.size);
        must(copy ? 0 : -1, "malloc");
        memcpy(copy, first->bytes.data, first->bytes.size);
        said->bytes = (struct bytes) { copy, first->bytes.size };
        said->player = &m.through->player;
        said->by_file = m.by_file;
        said->first = first;
        said->stream = first->stream;
        said->sequence = first->sequence;
        take_number(said);
        send(play, said);
}

void line_said(struct play *play, struct case_player *player, const char *label)
{
        if (words_take(play->words, "again"))
                say_again(play, player);
        else if (words_take(play->words, "asks"))
                line_ask(play, player);
        else if (words_take(play->words, "plans"))
                line_plan(play, player);
        else if (words_take(play->words, "cosigns"))
                line_cosign(play, player);
        else
                say(play, player, label);
}
