/* SPDX-License-Identifier: Apache-2.0 */
/* What the operator does: admit, revoke, and prove the ledger. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clients/lib/control.h"
#include "core/own.h"
#include "daemon/replay.h"
#include "tests/world/must.h"
#include "tests/world/node.h"

#define ASK_MS 20000

static void ask(struct accordd *accordd, const struct control_request *request, const char *what)
{
        own(accord_control) struct accord_control *control = NULL;
        const struct control_answer *answer;
        struct accord_error error = { 0 };

        must_do(accord_control_open(&control, accordd->control, &error), &error, what);
        must_do(accord_control_ask(control, request, ASK_MS, &answer, &error), &error, what);
}

void accordd_admit_party(struct accordd *accordd, const struct name *party, enum role_kind role)
{
        const struct control_request request = {
                .kind = CONTROL_ADMIT_PARTY,
                .admit_party = {
                        .party = *party, .title = { "made for a test" }, .role_count = 1,
                        .roles = { { role, date_of(2000, 1, 1), DATE_NONE } }, .present = true,
                },
        };

        ask(accordd, &request, "admitting a party");
}

void accordd_admit_node(struct accordd *accordd, const struct node *node, uint32_t rights)
{
        struct control_request request = {
                .kind = CONTROL_ADMIT_NODE,
                .admit_node = { .node = node->path, .rights = rights },
        };

        memcpy(request.admit_node.transport_key, node->keys.public.transport, 32);
        memcpy(request.admit_node.signing_key, node->keys.public.signing, 32);
        memcpy(request.admit_node.sealing_key, node->keys.public.sealing, 32);
        ask(accordd, &request, "admitting a node");
}

void accordd_revoke_node(struct accordd *accordd, const struct node *node)
{
        const struct control_request request = {
                .kind = CONTROL_REVOKE_NODE,
                .revoke_node = { .node = node->path, .reason = { "for a test" } },
        };

        ask(accordd, &request, "revoking a node");
}

uint64_t accordd_last_signal(struct accordd *accordd, const struct name *party)
{
        own(accord_control) struct accord_control *control = NULL;
        const struct control_request request = { .kind = CONTROL_PARTICIPANTS };
        const struct control_answer *answer;
        struct accord_error error = { 0 };

        must_do(accord_control_open(&control, accordd->control, &error), &error, "participants");
        must_do(accord_control_ask(control, &request, ASK_MS, &answer, &error), &error,
                "participants");
        for (uint32_t i = 0; i < answer->party_count; i++)
                if (name_equal(&answer->parties[i].admission.party, party))
                        return answer->parties[i].last_signal;
        die("there is no party %s", party->text);
}

uint64_t accordd_figure(struct accordd *accordd, const char *name)
{
        own(accord_control) struct accord_control *control = NULL;
        const struct control_request request = { .kind = CONTROL_STAT };
        const struct control_answer *answer;
        struct accord_error error = { 0 };
        char key[64];
        const char *at;

        must_do(accord_control_open(&control, accordd->control, &error), &error, "statistics");
        must_do(accord_control_ask(control, &request, ASK_MS, &answer, &error), &error,
                "statistics");
        snprintf(key, sizeof(key), "\"%s\":", name);
        at = memmem(answer->stat.data, answer->stat.size, key, strlen(key));
        must_be(at != NULL, name);
        return strtoull(at + strlen(key), NULL, 10);
}

void accordd_await_figure(struct accordd *accordd, const char *name, uint64_t least, int ms)
{
        double until = now_s() + ms / 1e3;
        uint64_t figure;

        while ((figure = accordd_figure(accordd, name)) < least) {
                if (now_s() > until)
                        die("%s is %llu instead of %llu", name, (unsigned long long)figure,
                            (unsigned long long)least);
                usleep(20000);
        }
}

struct hub *accordd_ledger(const struct accordd *accordd, bool read_only)
{
        const struct hub_options options = {
                .directory = accordd->ledger, .keys = &accordd->keys, .read_only = read_only,
                .map_size = (size_t)16 << 30,
        };
        struct hub *hub = NULL;

        must(hub_open(&hub, &options), accordd->ledger);
        return hub;
}

static void proved(int r, const char *what, const struct replay_report *report)
{
        if (r || report->finding[0])
                die("%s: %d: %s", what, r, report->finding);
}

void accordd_prove(const struct accordd *accordd, bool say)
{
        struct replay_report report = { 0 };
        struct hub *hub = accordd_ledger(accordd, true);
        uint64_t entries, signatures, rows;
        char scratch[200];
        double begun = now_s();

        snprintf(scratch, sizeof(scratch), "%s/scratch", accordd->directory);
        proved(replay_verify(hub, NULL, NULL, &report), "verify", &report);
        entries = report.entries;
        memset(&report, 0, sizeof(report));
        proved(replay_rebuild(hub, scratch, NULL, NULL, &report), "rebuild", &report);
        signatures = report.signatures;
        rows = report.state_rows;
        memset(&report, 0, sizeof(report));
        proved(replay_recompute(hub, NULL, NULL, &report), "recompute", &report);
        if (say)
                printf("ledger: %llu entries, %llu signatures hold; %llu rows of state rebuilt "
                       "alike; %llu statements recomputed alike (%.1f s)\n",
                       (unsigned long long)entries, (unsigned long long)signatures,
                       (unsigned long long)rows, (unsigned long long)report.statements,
                       now_s() - begun);
        hub_close(hub);
}
