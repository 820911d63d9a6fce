# SPDX-License-Identifier: Apache-2.0
# why: the hub need not show that its log goes on
# file: clients/lib/prove.c
# tests: malice
/^int prove_ask_growth/,/^}/s/if \(!prove_is_due\(session, outbox\) \|\|/if (true || !prove_is_due(session, outbox) ||/
