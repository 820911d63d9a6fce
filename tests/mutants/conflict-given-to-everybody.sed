# SPDX-License-Identifier: Apache-2.0
# why: what two payers ask of a provider is given to everybody
# file: daemon/released.c
# tests: hub-community
s/\[ENTRY_CONFLICT\] = \{ \.party = AT\(conflict\.party\) \}/[ENTRY_CONFLICT] = { .everybody = true }/
