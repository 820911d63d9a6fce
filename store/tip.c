/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <string.h>

#include "store/tip.h"

#define ROOT_AT 9
#define FRONTIER_AT (ROOT_AT + DIGEST_SIZE)

struct bytes tip_write(const struct log_tip *tip, const struct frontier *frontier,
                       uint8_t record[TIP_RECORD_MAX])
{
        size_t size = frontier_write(frontier, record + FRONTIER_AT);

        record[0] = TIP_FORMAT;
        for (unsigned int i = 0; i < 8; i++)
                record[1 + i] = (uint8_t)((uint64_t)tip->time >> (56 - 8 * i));
        memcpy(record + ROOT_AT, tip->root.octets, DIGEST_SIZE);
        return (struct bytes) { record, FRONTIER_AT + size };
}

int tip_read(struct bytes record, struct log_tip *ret, struct frontier *ret_frontier)
{
        const uint8_t *at = record.data;
        uint64_t time = 0;

        if (record.size < FRONTIER_AT || at[0] < TIP_FORMAT)
                return -EILSEQ;
        if (at[0] > TIP_FORMAT)
                return -EPROTONOSUPPORT;

        for (unsigned int i = 0; i < 8; i++)
                time = time << 8 | at[1 + i];
        memcpy(ret->root.octets, at + ROOT_AT, DIGEST_SIZE);
        if (!frontier_read((struct bytes) { at + FRONTIER_AT, record.size - FRONTIER_AT },
                           ret_frontier))
                return -EILSEQ;

        ret->time = (int64_t)time;
        ret->size = ret_frontier->size;
        return 0;
}
