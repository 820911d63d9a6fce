/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A region on a stage: payers, providers, contracts between them, and an ear at everybody's door.
 * Whatever leaves the hub for somebody, opened with that party's own keys, is kept under its name
 * with the number of the batch it left in. What goes wrong with the stage ends the program.
 */
#ifndef ACCORD_TESTS_DISCLOSURE_REGION_H
#define ACCORD_TESTS_DISCLOSURE_REGION_H

#include "tests/hub/stage.h"

#define REGION_PARTIES 32
#define REGION_DEALS 160
#define REGION_SAID 2048
#define REGION_EVERYBODY REGION_PARTIES

struct member {
        struct player player;
        struct stream_id stream;
        uint64_t said;
        enum role_kind role;
        uint64_t revenue_at;            /* entry of its own figure of all revenue; 0: none */
        int64_t revenue;
};

enum deal_kind {
        DEAL_QUALITY,                   /* 2C: a pool that measures earn */
        DEAL_SAVINGS,                   /* 3A: half of savings, by quality */
        DEAL_FEE,                       /* 2A: a fee for each member and month */
};

#define DEAL_MEASURES 2
#define DEAL_FACTS 8

/* A contract in force, and the entries that its current figures stand in. */
struct deal {
        size_t payer, provider;
        enum deal_kind kind;
        struct contract_id contract;
        const char *measures[DEAL_MEASURES];    /* NULL: fewer */
        int64_t pool;                   /* cents */
        struct rate best;
        const char *title;
        date through;                   /* that they are paid through */
        uint64_t at[DEAL_FACTS];
};

enum heard_as { HEARD_REPLY, HEARD_SIGNAL, HEARD_PUBLIC };

struct heard {
        size_t party;                   /* or REGION_EVERYBODY */
        enum heard_as as;
        uint32_t batch;
        struct bytes bytes;             /* in the clear */
};

/* What was said of a contract's revenue, and when. */
struct said_revenue {
        instant when;
        size_t deal;
        int64_t cents;
};

struct region {
        struct stage stage;
        size_t member_count, deal_count, heard_count, heard_room;
        struct member members[REGION_PARTIES];
        struct deal deals[REGION_DEALS];
        struct heard *heard;
        uint32_t batch;
        size_t said_count;
        struct said_revenue said[REGION_SAID];
        struct terms *terms;            /* to write in */
};

void region_set_up(struct region *region, instant begins);
void region_tear_down(struct region *region);

/* Its place. With one node of all rights. */
size_t region_admit(struct region *region, const char *party, enum role_kind role, bool present);
size_t region_party(const struct region *region, const char *party);

void region_begin(struct region *region);
/* And all that left with it is kept. */
void region_commit(struct region *region);
/* A batch of its own; the index of its entry, 0 when it was refused. @contract may be NULL. */
uint64_t region_say(struct region *region, size_t party, const struct contract_id *contract,
                    const struct event *events, uint32_t count);
/* The same, and it is taken. */
uint64_t region_said(struct region *region, size_t party, const struct contract_id *contract,
                     const struct event *event);
/* Moments pass, and the worker does all that there is to do. */
void region_until(struct region *region, date day);

/* Everything the party may ask, whether it has it or not; all of it in one batch. */
void region_ask_all(struct region *region, size_t party);

/* ---- contracts and figures: deals.c */

struct name region_name(const char *text);
/* Offered by the payer, accepted by the provider. Returns its place. */
size_t region_deal(struct region *region, const struct deal *deal);
/*
 * The provider and the payer say what there is by the day: all that the contract's settlement
 * reads, and the provider's revenue from it, of 2024 by claims paid until then.
 */
void region_report(struct region *region, size_t deal, date paid_through, int64_t revenue,
                   uint32_t met_of_thousand);
/* The provider's own figure of its revenue from everybody, for that year. */
void region_state_revenue(struct region *region, size_t provider, int year, int64_t cents);

#endif
