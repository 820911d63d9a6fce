/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/disclosure/releases.h"

#include <errno.h>
#include <string.h>

static void add(struct received *to, const struct record_entry *entry)
{
        struct record record;
        struct fault fault;

        must(wire_read_record(entry->record, &to->arena, &record, &fault), "wire_read_record");
        for (size_t i = 0; i < to->count; i++)
                if (to->releases[i].number == record.release.number)
                        return;
        must(to->count < RELEASES_MAX ? 0 : -E2BIG, "releases");
        to->times[to->count] = entry->time;
        to->releases[to->count++] = record.release;
}

void releases_received(const struct region *region, size_t party, struct received *ret)
{
        struct hub_frame frame;
        struct fault fault;

        memset(ret, 0, sizeof(*ret));
        must(arena_new(&ret->arena, (size_t)64 << 20), "arena_new");
        for (size_t i = 0; i < region->heard_count; i++) {
                const struct heard *heard = &region->heard[i];
                size_t used = ret->arena.used, count = ret->count;

                if (heard->party != party || heard->as != HEARD_REPLY)
                        continue;
                must(wire_read_hub_frame(heard->bytes, &ret->arena, &frame, &fault),
                     "wire_read_hub_frame");
                for (uint32_t j = 0; frame.kind == HUB_ANSWER && j < frame.answer.release_count;
                     j++)
                        add(ret, &frame.answer.releases[j]);
                if (ret->count == count)
                        ret->arena.used = used;
        }
}

void received_free(struct received *received)
{
        arena_free(&received->arena);
}

const struct release_figure *figure_shown(const struct release *release, enum figure_code figure,
                                          const char *item)
{
        for (uint32_t i = 0; i < release->figure_count; i++)
                if (release->figures[i].figure == figure &&
                    release->figures[i].decision == SHOWN &&
                    strcmp(release->figures[i].item.text, item) == 0)
                        return &release->figures[i];
        return NULL;
}
