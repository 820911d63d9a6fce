/* SPDX-License-Identifier: Apache-2.0 */
/* What was released: everybody's to see, as it was said, the newest first. */
#include <errno.h>

#include "daemon/query.h"
#include "daemon/row.h"
#include "daemon/state_release.h"

/* Each can be some 200 KiB; one is always given. */
#define RELEASES_MAX 16u
#define RELEASES_BYTES_MAX (512u * 1024u)

/* The cursor is the number of the last one that was given; anything else begins anew. */
static int first_wanted(struct asked *asked, uint32_t *ret)
{
        struct row_reader reader = row_read(asked->query->after);
        struct releases_state releases;
        uint32_t number;
        int r = state_releases(asked->hub->txn, &releases);

        *ret = releases.said;
        if (r || asked->query->after.size == 0)
                return r;
        number = read_u32(&reader);
        if (row_done(&reader) == 0 && number > 0 && number <= releases.said)
                *ret = number - 1;
        return 0;
}

static int add_release(struct asked *asked, uint32_t number, struct record_entry *to, size_t *bytes)
{
        struct release_state release;
        struct log_entry entry;
        int r = state_release(asked->hub->txn, number, &release);

        if (!r)
                r = log_read_proved(asked->hub->txn, NULL, release.said, &entry);
        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        *to = (struct record_entry) {
                .index = release.said, .time = entry.header.time, .record = entry.bytes,
        };
        *bytes += entry.bytes.size;
        return 0;
}

int ask_releases(struct asked *asked)
{
        uint32_t wanted = rows_wanted(asked, RELEASES_MAX), number, count = 0;
        struct record_entry *rows = rows_new(asked, wanted, sizeof(*rows));
        size_t bytes = 0;
        ROW(key);
        int r = rows ? first_wanted(asked, &number) : -ENOMEM;

        if (r)
                return r;
        for (; !r && number && count < wanted && bytes < RELEASES_BYTES_MAX; number--)
                r = add_release(asked, number, &rows[count++], &bytes);
        if (r)
                return r;
        if (number) {
                row_u32(&key, number + 1);      /* what was given last */
                go_on_after(asked, row_span(&key));
        }
        asked->answer->releases = rows;
        asked->answer->release_count = count;
        return 0;
}
