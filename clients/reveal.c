/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/reveal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clients/cli.h"
#include "clients/csv_rows.h"
#include "clients/terms-file.h"
#include "core/own.h"
#include "proof/hex.h"
#include "proof/keys.h"

#define MEMBERS_MAX ((size_t)20000000)

void reveal_cleanup(struct reveal *reveal)
{
        if (reveal->list)
                secret_wipe(reveal->list, reveal->room * sizeof(*reveal->list));
        free(reveal->list);
}

struct reading {
        struct reveal *reveal;
        const struct member_key *key;
        struct complaints *to;
};

static int read_header(struct reading *reading, const struct csv_row *header)
{
        bool has = csv_has(header, "pseudonym");

        if (!csv_has(header, "member"))
                complaints_add_at(reading->to, header->line, 0, "member",
                                  "is a column that the header lacks");
        if (!has && !reading->key)
                complaints_add_at(reading->to, header->line, 0, "pseudonym",
                                  "is a column that the header lacks: without it give --key");
        if (has)
                reading->key = NULL;
        return reading->to->count ? REFUSAL_MALFORMED : 0;
}

static int make_room(struct reveal *reveal)
{
        size_t room = reveal->room ? 2 * reveal->room : 4096;
        struct revealed *list;

        if (reveal->count < reveal->room)
                return 0;
        if (reveal->count == MEMBERS_MAX)
                return -E2BIG;
        list = calloc(room, sizeof(*list));
        if (!list)
                return -ENOMEM;
        if (reveal->count)
                memcpy(list, reveal->list, reveal->count * sizeof(*list));
        reveal_cleanup(reveal);
        reveal->list = list;
        reveal->room = room;
        return 0;
}

static int on_row(const struct csv_row *row, void *data)
{
        struct reading *reading = data;
        struct reveal *reveal = reading->reveal;
        struct bytes number;
        struct revealed *one;
        int r;

        if (!row->header)
                return read_header(reading, row);
        r = make_room(reveal);
        if (r)
                return r;
        one = &reveal->list[reveal->count];
        number = csv_field(row, "member");
        if (number.size == 0 || number.size > REVEAL_NUMBER_MAX) {
                complaints_add_at(reading->to, row->line, 0, "member",
                                  "must have 1 to 64 characters");
                return 0;
        }
        if (reading->key)
                pseudonym_make(reading->key, number, one->member);
        else if (!hex_parse(csv_field(row, "pseudonym"), one->member, PSEUDONYM_SIZE)) {
                complaints_add_at(reading->to, row->line, 0, "pseudonym",
                                  "must be 32 hexadecimal digits");
                return 0;
        }
        memcpy(one->number, number.data, number.size);
        one->number[number.size] = '\0';
        reveal->count++;
        return 0;
}

static int by_member(const void *a, const void *b)
{
        return memcmp(((const struct revealed *)a)->member, ((const struct revealed *)b)->member,
                      PSEUDONYM_SIZE);
}

enum exit_code reveal_read(const char *path, const struct member_key *key, struct reveal *ret)
{
        own(complaints) struct complaints *complaints = calloc(1, sizeof(*complaints));
        struct reading reading = { ret, key, complaints };
        int fd = complaints ? open(path, O_RDONLY | O_CLOEXEC) : -1, r;

        if (fd < 0)
                return say_failure(complaints ? -errno : -ENOMEM, "%s", path);
        r = csv_file(fd, ',', on_row, &reading, complaints);
        close(fd);
        if (r < 0)
                return say_failure(r, "%s", path);
        complaints_print(complaints, path, stderr);
        if (r || complaints->count)
                return EXIT_REFUSED;
        if (ret->count)
                qsort(ret->list, ret->count, sizeof(*ret->list), by_member);
        return EXIT_DONE;
}

const char *reveal_number(const struct reveal *reveal, const uint8_t member[PSEUDONYM_SIZE])
{
        struct revealed wanted;
        const struct revealed *found = NULL;

        memcpy(wanted.member, member, PSEUDONYM_SIZE);
        if (reveal->count)
                found = bsearch(&wanted, reveal->list, reveal->count, sizeof(*reveal->list),
                                by_member);
        return found ? found->number : NULL;
}
