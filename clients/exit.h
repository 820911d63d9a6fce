/* SPDX-License-Identifier: Apache-2.0 */
/* How `accord` ends. These numbers are what scripts rely on: documented, never reused. */
#ifndef ACCORD_CLIENTS_EXIT_H
#define ACCORD_CLIENTS_EXIT_H

/*        code, number, what it means, what a script should do */
#define EXITS(X)                                                                                \
        X(DONE, 0, "done; also when the same bytes were there already", "go on")                \
        X(FAILED, 1, "failed; what failed stands on standard error", "stop")                    \
        X(USAGE, 2, "wrong usage", "fix the call")                                              \
        X(ABSENT, 3, "there is no such thing", "look at what there is")                         \
        X(RIGHTS, 4, "not let in, or the node has not the right", "ask for the right")          \
        X(REFUSED, 5, "refused: the data breaks a rule", "fix the data; do not send again")     \
        X(CONFLICT, 6, "conflict: it is there with other content, or something newer is",       \
          "look before doing anything")                                                         \
        X(UNREACHED, 7, "the hub was not reached; nothing was sent, what was said is kept",     \
          "send later: accord outbox flush")                                                    \
        X(IN_DOUBT, 8, "sent, but no answer came", "send the same again: accord outbox flush")  \
        X(INTEGRITY, 9, "a proof, a signature or the ledger does not hold", "wake somebody up") \
        X(PARTIAL, 10, "done in part: what was refused is in the --rejects file",               \
          "look at the rejects")

enum exit_code {
#define X(code, number, means, script) EXIT_##code = (number),
        EXITS(X)
#undef X
        EXIT_INTERRUPTED = 130, /* 128 + SIGINT; 143 for SIGTERM */
};

#endif
