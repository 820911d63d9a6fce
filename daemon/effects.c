/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/effects.h"

#include <errno.h>
#include <stdlib.h>

#include "core/check.h"

#define BYTES_FIRST (1024u * 1024u)
#define BYTES_MOST (256u * 1024u * 1024u)

int effects_new(struct effects *ret)
{
        *ret = (struct effects) { .room = 1024 };
        ret->rows = calloc(ret->room, sizeof(*ret->rows));
        if (!ret->rows)
                return -ENOMEM;
        return sink_new(&ret->bytes, BYTES_FIRST, BYTES_MOST);
}

void effects_free(struct effects *effects)
{
        free(effects->rows);
        sink_free(&effects->bytes);
}

void effects_reset(struct effects *effects)
{
        effects->count = 0;
        sink_reset(&effects->bytes);
}

int effects_begin(struct effects *effects, enum effect_kind kind, uint64_t session)
{
        if (effects->count == effects->room) {
                struct effect_row *more =
                        realloc(effects->rows, 2 * effects->room * sizeof(*more));

                if (!more)
                        return -ENOMEM;
                effects->rows = more;
                effects->room *= 2;
        }
        effects->rows[effects->count++] = (struct effect_row) {
                .kind = kind,
                .session = session,
                .offset = effects->bytes.size,
        };
        return 0;
}

void effects_end(struct effects *effects)
{
        struct effect_row *row = &effects->rows[effects->count - 1];

        assert(effects->count > 0);
        row->size = effects->bytes.size - row->offset;
}

void effects_begin_at(struct effects *effects, size_t row)
{
        assert(row < effects->count);
        effects->rows[row].offset = effects->bytes.size;
}

void effects_end_at(struct effects *effects, size_t row)
{
        effects->rows[row].size = effects->bytes.size - effects->rows[row].offset;
}

bool effects_at(const struct effects *effects, size_t i, struct effect *ret)
{
        const struct effect_row *row = &effects->rows[i];

        if (i >= effects->count)
                return false;
        *ret = (struct effect) {
                .kind = row->kind,
                .session = row->session,
                .bytes = { effects->bytes.data + row->offset, row->size },
        };
        return true;
}
