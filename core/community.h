/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What parties say of themselves: what of their contracts may be public, how a payer's benefits
 * treat a provider, what a provider has to care with, that a party leaves. And what the hub tells a
 * provider of two contracts that do not go together.
 */
#ifndef ACCORD_CORE_COMMUNITY_H
#define ACCORD_CORE_COMMUNITY_H

#include "core/bytes.h"
#include "core/measure_key.h"
#include "core/moment.h"

/* By the bearer, of the contract in the header. The latest counts. */
struct publication {
        bool measures, methods;
};

struct benefit {
        struct name provider, service;  /* service empty: all */
        uint32_t tier, tiers;           /* 1 is the best for members */
        bool has_copayment;
        int64_t copayment;              /* cents a visit */
        bool has_coinsurance;
        struct rate coinsurance;
        date from, until;               /* until: DATE_NONE = no end yet */
};

/* Numbers are wire format. Of those that are COUNTED it can be said how many. */
#define CAPABILITIES(X)                                                                         \
        X(CARE_MANAGERS,       1, COUNTED, "care-managers",     "care managers")                \
        X(REGISTRY,            2, HAD,     "registry",                                          \
          "a registry of patients by condition")                                                \
        X(AFTER_HOURS,         3, HAD,     "after-hours",       "access after hours")           \
        X(BEHAVIORAL_HEALTH,   4, HAD,     "behavioral-health", "behavioral health on site")    \
        X(PHARMACIST,          5, COUNTED, "pharmacist",        "pharmacists in the team")      \
        X(COMMUNITY_WORKERS,   6, COUNTED, "community-workers", "community health workers")     \
        X(TRANSITIONS,         7, HAD,     "transitions",                                       \
          "follow-up after a stay in hospital")                                                 \
        X(TELEHEALTH,          8, HAD,     "telehealth",        "visits by telephone or video") \
        X(QUALITY_STAFF,       9, COUNTED, "quality-staff",     "staff who report quality")     \
        X(DATA_EXCHANGE,      10, HAD,     "data-exchange",                                     \
          "notices of admission and discharge")

enum capability_kind {
#define X(name, number, how, word, says) CAPABILITY_##name = (number),
        CAPABILITIES(X)
#undef X
};

const char *capability_word(unsigned int number);       /* NULL: there is no such kind */
const char *capability_says(unsigned int number);
bool capability_is_counted(unsigned int number);
/* The kind with that word; 0: there is none. */
unsigned int capability_of_word(struct bytes word);

struct capability {
        enum capability_kind kind;
        bool has;
        bool has_count;
        uint64_t count;
        date from, until;               /* until: DATE_NONE = no end yet */
        struct bytes says;
};

struct departure {
        date effective;
        struct name into;               /* empty: it leaves, and nobody goes on in its place */
        struct bytes reason;
};

/* Formulas F8: C1 to C6. */
enum conflict_type {
        CONFLICT_DIRECTION = 1,
        CONFLICT_TARGET = 2,
        CONFLICT_SPECIFICATION = 3,
        CONFLICT_PERIOD = 4,
        CONFLICT_GATE = 5,              /* information: a gate here, the measure absent there */
        CONFLICT_VOLUME = 6,            /* cost incentive here, volume there */
};

struct conflict {
        struct name party;
        enum conflict_type type;
        struct contract_id contract, against;
        struct name concept;            /* empty: total cost */
        uint64_t cause;
        bool ended;
};

/* ---- answers */

struct conflict_row {
        uint64_t index;
        instant time;
        struct conflict conflict;
};

struct public_measure {
        struct measure_key key;
        bool common;
};

struct publication_row {
        struct contract_id contract;
        bool relayed;
        const struct public_measure *measures;
        uint32_t measure_count;
        bool has_category;
        uint32_t category;              /* enum lan_category */
};

struct benefit_row {
        struct name payer;
        struct benefit benefit;
        uint64_t index;
        bool current;
        struct text contradicts;        /* empty: it does not, or it is not theirs to see */
};

struct capability_row {
        struct capability capability;
        uint64_t index;
        bool current;
};

#endif
