/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/upkeep.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/check.h"
#include "daemon/backup.h"
#include "daemon/daemon.h"
#include "daemon/damage.h"
#include "daemon/operator.h"
#include "daemon/scrub.h"
#include "proto/wire.h"

static void say(struct control_answer *answer, unsigned int code, const char *says)
{
        answer->code = code;
        answer->says = (struct bytes) { says, strlen(says) };
}

static void scrub(struct daemon *daemon, struct operator_act *act)
{
        if (hub_condemned(daemon->hub))
                say(&act->answer, REFUSAL_BUSY, DAMAGE_BUSY);
        else if (scrub_now(daemon->scrub))
                say(&act->answer, 0, "the ledger is looked through now");
        else
                say(&act->answer, 0, "the ledger is being looked through, and now faster");
}

static bool backup(struct daemon *daemon, struct operator_act *act)
{
        int r = backup_begin(daemon->backup, act->session);

        if (!r) {
                control_hold(daemon->control, act->session);
                return true;
        }
        say(&act->answer, REFUSAL_BUSY, r == -EBUSY ? "a copy is being made already"
                                                    : "no thread could be made for it");
        return false;
}

bool upkeep_ask(struct daemon *daemon, struct operator_act *act)
{
        if (act->answer.code != 0)
                return false;
        if (act->kind == CONTROL_SCRUB)
                scrub(daemon, act);
        return act->kind == CONTROL_BACKUP && backup(daemon, act);
}

/* A copy that does not prove is the disk's fault, or the ledger's: so that is looked at. */
static void fail(struct daemon *daemon, const struct backup_result *result, char *ret_says,
                 size_t size)
{
        if (result->status == -EILSEQ) {
                snprintf(ret_says, size, "the copy does not prove: %s", result->made.says);
                scrub_now(daemon->scrub);
        } else {
                snprintf(ret_says, size, "%s", strerrordesc_np(-result->status));
        }
        log_say(&daemon->log, MESSAGE_BACKUP_FAILED, NULL, "%s", ret_says);
}

void upkeep_backed_up(void *daemon_, const struct backup_result *result)
{
        const struct backup_made *made = &result->made;
        struct daemon *daemon = daemon_;
        struct control_answer answer = { .code = 0 };
        char says[320];
        int r;

        if (result->status) {
                fail(daemon, result, says, sizeof(says));
                say(&answer, REFUSAL_BUSY, says);
        } else {
                snprintf(says, sizeof(says), "%" PRIu64 " entries are copied and proved",
                         made->tree.size);
                say(&answer, 0, says);
                answer.path = (struct bytes) { made->path, strlen(made->path) };
                answer.checkpoint = (struct bytes) { made->note, made->note_size };
                log_say(&daemon->log, MESSAGE_BACKED_UP, NULL, "%" PRIu64 " entries, %s",
                        made->tree.size, made->path);
        }
        sink_reset(&daemon->sink);
        r = wire_write_control_answer(&daemon->sink, &answer);
        assert(r == 0);
        control_answer(daemon->control, result->session, sink_bytes(&daemon->sink));
}
