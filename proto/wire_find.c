/* SPDX-License-Identifier: Apache-2.0 */
#include "proto/field.h"
#include "proto/wire.h"

#define FRAME_SUBMISSION 2
#define SIGNED_BODY 1
#define SIGNED_SIGNATURE 2
#define SIGNED_BLOCKS 3
#define BODY_EVENTS 9

/* The first field of that number; false when there is none up to where the bytes can be read. */
static bool find(struct bytes in, uint32_t number, struct bytes *ret)
{
        struct cursor cursor = cursor_on(in);
        struct field field;

        while (!cursor_ended(&cursor) && cursor_next(&cursor, &field) == FLAW_NONE) {
                if (field.number != number || field.type != TYPE_BYTES)
                        continue;
                *ret = field.span;
                return true;
        }
        return false;
}

bool wire_find_signature(struct bytes frame, struct bytes *ret_body, struct bytes *ret_signature)
{
        struct bytes submission;

        return find(frame, FRAME_SUBMISSION, &submission) &&
               wire_find_signed(submission, ret_body, ret_signature);
}

bool wire_find_signed(struct bytes signed_submission, struct bytes *ret_body,
                      struct bytes *ret_signature)
{
        return find(signed_submission, SIGNED_BODY, ret_body) &&
               find(signed_submission, SIGNED_SIGNATURE, ret_signature);
}

uint32_t wire_count_events(struct bytes signed_submission)
{
        struct cursor cursor;
        struct field field;
        struct bytes body;
        uint32_t count = 0;

        if (!find(signed_submission, SIGNED_BODY, &body))
                return 0;
        cursor = cursor_on(body);
        while (!cursor_ended(&cursor) && cursor_next(&cursor, &field) == FLAW_NONE)
                count += field.number == BODY_EVENTS;
        return count;
}

struct bytes wire_without_blocks(struct bytes signed_submission)
{
        struct cursor cursor = cursor_on(signed_submission);
        const uint8_t *start = cursor.at, *at = cursor.at;
        struct field field;

        for (; !cursor_ended(&cursor); at = cursor.at) {
                if (cursor_next(&cursor, &field) != FLAW_NONE)
                        return signed_submission;
                if (field.number == SIGNED_BLOCKS)
                        return (struct bytes) { start, (size_t)(at - start) };
        }
        return signed_submission;
}
