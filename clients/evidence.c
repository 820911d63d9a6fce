/* SPDX-License-Identifier: Apache-2.0 */
/* The file: accord.evidence.v1, both ways. */
#include "clients/evidence.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "clients/json.h"
#include "core/record.h"
#include "proof/base64.h"

const struct word evidence_kind_words[] = {
        { "equivocation", EVIDENCE_EQUIVOCATION },
        { "forked-checkpoint", EVIDENCE_FORKED_CHECKPOINT },
        { "forked-entry", EVIDENCE_FORKED_ENTRY },
        { "not-continued", EVIDENCE_NOT_CONTINUED },
        { "bad-receipt", EVIDENCE_BAD_RECEIPT },
        { "wrong-statement", EVIDENCE_WRONG_STATEMENT },
        { "broken-epoch", EVIDENCE_BROKEN_EPOCH },
        { NULL, 0 },
};

#define SCHEMA "accord.evidence.v1"

void evidence_cleanup(struct evidence *evidence)
{
        free(evidence->entries);
        arena_free(&evidence->arena);
}

int evidence_add(struct evidence *evidence, const struct kept_entry *entry)
{
        if (evidence->count == evidence->room) {
                size_t room = evidence->room ? 2 * evidence->room : 16;
                struct kept_entry *list = reallocarray(evidence->entries, room, sizeof(*list));

                if (!list)
                        return -ENOMEM;
                evidence->entries = list;
                evidence->room = room;
        }
        evidence->entries[evidence->count++] = *entry;
        return 0;
}

/* ---- reading */

static int want_octets(const struct json_place *place, struct arena *arena, bool required,
                       struct bytes *ret, struct complaints *to)
{
        struct bytes text = { NULL, 0 };
        size_t size;
        void *data;
        int r = json_want_text(place, required, &text, to);

        if (r || !text.data)
                return r;
        data = arena_take(arena, text.size + 1);
        if (!data)
                return -ENOMEM;
        if (!base64_parse(text, data, text.size, &size))
                return json_complain(to, place, "is no base64");
        *ret = (struct bytes) { data, size };
        return 0;
}

static int want_hash(const struct json_place *place, void *ret, struct complaints *to)
{
        struct bytes text = { NULL, 0 };
        int r = json_want_text(place, true, &text, to);

        if (!r && !base64_parse_exactly(text, ret, 32))
                return json_complain(to, place, "is not 32 octets in base64");
        return r;
}

static int want_path(const struct json_place *of, struct digest *ret, uint32_t *ret_count,
                     struct complaints *to)
{
        struct json_place list = json_member(of, "path");
        size_t count = 0;
        int r = json_want_array(&list, MERKLE_PROOF_MAX, false, &count, to);

        for (size_t i = 0; !r && i < count; i++) {
                struct json_place one = json_element(&list, i);

                r = want_hash(&one, ret[i].octets, to);
        }
        *ret_count = (uint32_t)count;
        return r;
}

static int want_number(const struct json_place *of, const char *key, bool required, int64_t most,
                       int64_t *ret, struct complaints *to)
{
        struct json_place place = json_member(of, key);

        return json_want_whole(&place, required, 0, most, ret, to);
}

static int want_entry(const struct json_place *place, struct evidence *ret, struct complaints *to)
{
        static const char *const keys[] = {
                "index", "time", "kind", "leaf", "bytes", "checkpoint", "path", NULL,
        };
        struct kept_entry entry = { .path_count = 0 };
        struct json_place leaf = json_member(place, "leaf"), bytes = json_member(place, "bytes");
        int64_t index = 0, kind = 0, at = 0;
        int r = json_want_object(place, keys, to);

        if (!r)
                r = want_number(place, "index", true, INT64_MAX, &index, to);
        if (!r)
                r = want_number(place, "time", true, INT64_MAX, &entry.time, to);
        if (!r)
                r = want_number(place, "kind", true, ENTRY_KIND_LAST, &kind, to);
        if (!r)
                r = want_number(place, "checkpoint", false, ret->note_count, &at, to);
        if (!r)
                r = want_hash(&leaf, entry.leaf.octets, to);
        if (!r)
                r = want_octets(&bytes, &ret->arena, false, &entry.bytes, to);
        if (!r)
                r = want_path(place, entry.path, &entry.path_count, to);
        entry.index = (uint64_t)index;
        entry.kind = (uint32_t)kind;
        entry.tree.size = (uint64_t)at;
        return r ? r : evidence_add(ret, &entry);
}

static int want_entries(const struct json_place *of, struct evidence *ret, struct complaints *to)
{
        struct json_place list = json_member(of, "entries");
        size_t count = 0;
        int r = json_want_array(&list, EVIDENCE_ENTRIES_MAX, false, &count, to);

        for (size_t i = 0; !r && i < count; i++) {
                struct json_place one = json_element(&list, i);

                r = want_entry(&one, ret, to);
        }
        return r;
}

static int want_pair(const struct json_place *of, const char *key, struct evidence *evidence,
                     struct bytes ret[2], uint32_t *ret_count, struct complaints *to)
{
        struct json_place list = json_member(of, key);
        size_t count = 0;
        int r = json_want_array(&list, 2, false, &count, to);

        for (size_t i = 0; !r && i < count; i++) {
                struct json_place one = json_element(&list, i);

                r = want_octets(&one, &evidence->arena, true, &ret[i], to);
        }
        *ret_count = (uint32_t)count;
        return r;
}

static int want_head(const struct json_place *root, struct evidence *ret, struct complaints *to)
{
        static const char *const keys[] = {
                "schema", "kind", "hub_key", "run", "checkpoints", "entries", "submissions", "path",
                NULL,
        };
        struct json_place kind = json_member(root, "kind"), key = json_member(root, "hub_key");
        struct bytes word = { NULL, 0 };
        int64_t run = 0;
        int number = 0, r = json_want_object(root, keys, to);

        if (!r)
                r = json_want_schema(root, SCHEMA, to);
        if (!r)
                r = json_want_text(&kind, true, &word, to);
        if (!r && !word_parse(evidence_kind_words, word, &number))
                r = json_complain(to, &kind, "is no kind of evidence");
        if (!r)
                r = want_hash(&key, ret->key, to);
        if (!r)
                r = want_number(root, "run", false, INT64_MAX, &run, to);
        ret->kind = (enum evidence_kind)number;
        ret->run = (uint64_t)run;
        return r;
}

int evidence_read(struct bytes text, struct evidence *ret, struct complaints *to)
{
        own(json_object) struct json_object *object = NULL;
        struct json_place root;
        int r = json_read(text, &object, to);

        if (!r)
                r = arena_new(&ret->arena, text.size + 4096);
        if (r)
                return r;
        root = json_root(object);
        r = want_head(&root, ret, to);
        if (!r)
                r = want_pair(&root, "checkpoints", ret, ret->notes, &ret->note_count, to);
        if (!r)
                r = want_pair(&root, "submissions", ret, ret->said, &ret->said_count, to);
        if (!r)
                r = want_path(&root, ret->path, &ret->path_count, to);
        return r ? r : want_entries(&root, ret, to);
}

/* ---- writing */

static struct json_object *of_octets(struct bytes octets)
{
        char *text = malloc(BASE64_SIZE(octets.size) + 1);
        struct json_object *ret = NULL;

        if (text) {
                base64_print(octets, text);
                ret = json_object_new_string(text);
        }
        free(text);
        return ret;
}

static int put_octets(struct json_object *to, const char *key, struct bytes octets)
{
        return json_put_member(to, key, of_octets(octets));
}


static int put_list(struct json_object *to, const char *key, const struct bytes *list, size_t count)
{
        struct json_object *array = count ? json_object_new_array() : NULL;
        int r = count && !array ? -ENOMEM : 0;

        for (size_t i = 0; !r && i < count; i++)
                r = json_put_element(array, of_octets(list[i]));
        if (r)
                json_object_put(array);
        else if (count)
                r = json_put_member(to, key, array);
        return r;
}

static int put_path(struct json_object *to, const struct digest *path, uint32_t count)
{
        struct bytes spans[MERKLE_PROOF_MAX];

        for (uint32_t i = 0; i < count; i++)
                spans[i] = (struct bytes) { path[i].octets, DIGEST_SIZE };
        return put_list(to, "path", spans, count);
}

static int put_number(struct json_object *to, const char *key, int64_t number)
{
        return json_put_member(to, key, json_object_new_int64(number));
}

static int put_entry(struct json_object *to, const struct kept_entry *entry)
{
        int r = put_number(to, "index", (int64_t)entry->index);

        if (!r)
                r = put_number(to, "time", entry->time);
        if (!r)
                r = put_number(to, "kind", entry->kind);
        if (!r)
                r = put_octets(to, "leaf", BYTES_OF(entry->leaf.octets));
        if (!r && entry->bytes.size)
                r = put_octets(to, "bytes", entry->bytes);
        if (!r && entry->tree.size)
                r = put_number(to, "checkpoint", (int64_t)entry->tree.size);
        return r ? r : put_path(to, entry->path, entry->path_count);
}

static int put_entries(struct json_object *to, const struct evidence *evidence)
{
        struct json_object *array = json_object_new_array(), *one;
        int r = array ? 0 : -ENOMEM;

        for (size_t i = 0; !r && i < evidence->count; i++) {
                one = json_object_new_object();
                r = one ? put_entry(one, &evidence->entries[i]) : -ENOMEM;
                if (r)
                        json_object_put(one);
                else
                        r = json_put_element(array, one);
        }
        if (r) {
                json_object_put(array);
                return r;
        }
        return json_put_member(to, "entries", array);
}

struct json_object *evidence_object(const struct evidence *evidence)
{
        struct json_object *object = json_object_new_object();
        const char *word = word_of(evidence_kind_words, (int)evidence->kind);
        int r = object ? json_put_member(object, "schema", json_object_new_string(SCHEMA))
                       : -ENOMEM;

        if (!r)
                r = json_put_member(object, "kind", json_object_new_string(word));
        if (!r)
                r = put_octets(object, "hub_key", BYTES_OF(evidence->key));
        if (!r && evidence->run)
                r = put_number(object, "run", (int64_t)evidence->run);
        if (!r)
                r = put_list(object, "checkpoints", evidence->notes, evidence->note_count);
        if (!r)
                r = put_list(object, "submissions", evidence->said, evidence->said_count);
        if (!r)
                r = put_path(object, evidence->path, evidence->path_count);
        if (!r)
                r = put_entries(object, evidence);
        if (!r)
                return object;
        json_object_put(object);
        return NULL;
}
