# SPDX-License-Identifier: Apache-2.0
# why: what of a payer's benefits does not go with its contracts is shown to the provider
# file: daemon/query_community.c
# tests: hub-community 161-benefits
s/return b->phase != OWN \|\| !row->current$/return !row->current/
