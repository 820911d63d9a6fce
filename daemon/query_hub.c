/* SPDX-License-Identifier: Apache-2.0 */
/* How long the log is, and what a party was told. */
#include <errno.h>
#include <string.h>

#include "daemon/checkpoint.h"
#include "daemon/query.h"

int ask_tip(struct asked *asked)
{
        struct tip *tip = rows_new(asked, 1, sizeof(*tip));
        const struct hub_checkpoint *told = checkpoint_told(asked->hub);
        const struct log_tip now = log_tip(asked->hub->log);

        if (!tip)
                return -ENOMEM;
        tip->size = now.size;
        tip->time = now.time;
        memcpy(tip->root.octets, now.root.octets, sizeof(tip->root.octets));
        tip->checkpoint = checkpoint_note(told);
        tip->epoch = asked->hub->epoch > 1 ? asked->hub->epoch : 0;
        asked->answer->tip = tip;
        return 0;
}

int ask_signals(struct asked *asked)
{
        uint32_t most = rows_wanted(asked, SIGNALS_MAX), party_no = asked->node->state.party_no;
        struct record_entry *rows = rows_new(asked, most, sizeof(*rows));
        struct answer *answer = asked->answer;
        struct log_entry entry;
        uint64_t index;
        int r = rows ? state_signal_last(asked->hub->txn, party_no, &answer->last_signal) : -ENOMEM;

        answer->signals = rows;
        answer->has_last_signal = true;
        for (uint64_t number = asked->query->since + 1;
             !r && number <= answer->last_signal && answer->signal_count < most; number++) {
                r = state_signal(asked->hub->txn, party_no, number, &index);
                if (!r)
                        r = log_read_proved(asked->hub->txn, NULL, index, &entry);
                if (!r)
                        rows[answer->signal_count++] =
                                (struct record_entry) { index, entry.header.time, entry.bytes };
        }
        return r;
}
