/* SPDX-License-Identifier: Apache-2.0 */
#include "proto/field.h"
#include "proto/wire.h"

#define FRAME_SUBMISSION 2
#define SIGNED_BODY 1
#define SIGNED_SIGNATURE 2

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
               find(submission, SIGNED_BODY, ret_body) &&
               find(submission, SIGNED_SIGNATURE, ret_signature);
}
