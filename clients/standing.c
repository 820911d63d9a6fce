/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/standing.h"

#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

#include "clients/look.h"

const struct word life_words[] = {
        { "issued", LIFE_ISSUED },
        { "disputed", LIFE_DISPUTED },
        { "accepted", LIFE_ACCEPTED },
        { "lapsed", LIFE_LAPSED },
        { "replaced", LIFE_REPLACED },
        { NULL, 0 },
};

const struct word match_words[] = {
        { "agreed", MATCH_AGREED },
        { "within", MATCH_WITHIN },
        { "disputed", MATCH_DISPUTED },
        { "bearer_only", MATCH_BEARER_ONLY },
        { "earner_only", MATCH_EARNER_ONLY },
        { "decided", MATCH_DECIDED },
        { NULL, 0 },
};

const struct word due_words[] = {
        { "offer_lapses", DUE_OFFER_LAPSES },
        { "delegation_begins", DUE_DELEGATION_BEGINS },
        { "delegation_ends", DUE_DELEGATION_ENDS },
        { "runout_ends", DUE_RUNOUT_ENDS },
        { "fact_window_ends", DUE_FACT_WINDOW_ENDS },
        { "dispute_window_ends", DUE_DISPUTE_WINDOW_ENDS },
        { "payment_overdue", DUE_PAYMENT_OVERDUE },
        { "witness_window_ends", DUE_WITNESS_WINDOW_ENDS },
        { "ballot_closes", DUE_BALLOT_CLOSES },
        { "charter_begins", DUE_CHARTER_BEGINS },
        { "release", DUE_RELEASE },
        { "departure", DUE_DEPARTURE },
        { NULL, 0 },
};

const struct word dispute_what_words[] = {
        { "dispute", DISPUTE_OF_STATEMENT },
        { "resolution", DISPUTE_RESOLUTION },
        { "determination", DISPUTE_DETERMINATION },
        { NULL, 0 },
};

const struct word dispute_state_words[] = {
        { "open", DISPUTE_OPEN },
        { "in_force", DISPUTE_IN_FORCE },
        { "ended", DISPUTE_ENDED },
        { NULL, 0 },
};

const struct word journal_state_words[] = {
        { "pending", JOURNAL_PENDING },
        { "posted", JOURNAL_POSTED },
        { "voided", JOURNAL_VOIDED },
        { NULL, 0 },
};

const struct word differs_words[] = {
        { "input", DIFFERS_BY_INPUT },
        { "terms_version", DIFFERS_BY_TERMS },
        { "order", DIFFERS_BY_ORDER },
        { "rounding", DIFFERS_BY_ROUNDING },
        { "arithmetic", DIFFERS_BY_ARITHMETIC },
        { "follows", DIFFERS_BY_LINE_ABOVE },
        { "not_said", DIFFERS_BY_SILENCE },
        { NULL, 0 },
};

const char *side_name(const struct contract_id *contract, enum side side)
{
        if (side == SIDE_BEARER)
                return contract->bearer.text;
        return side == SIDE_EARNER ? contract->earner.text : "neither side";
}

char *who_names(const struct contract_id *contract, uint32_t sides, char ret[WHO_MAX])
{
        const char *const names[] = { contract->bearer.text, contract->earner.text,
                                      "the arbiter" };

        ret[0] = '\0';
        for (size_t i = 0; i < 3; i++)
                if (sides & (1u << i))
                        snprintf(ret + strlen(ret), WHO_MAX - strlen(ret), "%s%s",
                                 *ret ? " and " : "", names[i]);
        return ret;
}

const char *who_words(uint32_t sides, char ret[WHO_MAX])
{
        static const char *const names[] = { "bearer", "earner", "arbiter" };

        ret[0] = '\0';
        for (size_t i = 0; i < 3; i++)
                if (sides & (1u << i))
                        snprintf(ret + strlen(ret), WHO_MAX - strlen(ret), "%s%s", *ret ? "," : "",
                                 names[i]);
        return *ret ? ret : NULL;
}

const char *final_words(enum witnessing witness, uint32_t sides, char ret[FINAL_MAX])
{
        static const char *const by[] = { "", "bearer", "earner", "bearer and earner" };

        switch (witness) {
        case WITNESSING_NONE:
                return NULL;
        case WITNESSING_AWAITED:
                if (sides & 3)
                        snprintf(ret, FINAL_MAX, "final, awaiting witnesses (%s's seen)",
                                 by[sides & 3]);
                else
                        snprintf(ret, FINAL_MAX, "final, awaiting witnesses");
                return ret;
        case WITNESSING_SEEN:
                return "final, witnessed";
        case WITNESSING_WITHOUT:
                snprintf(ret, FINAL_MAX, "final, unwitnessed by %s", by[~sides & 3]);
                return ret;
        }
        return NULL;
}

const char *due_says(enum due_kind kind)
{
        switch (kind) {
        case DUE_OFFER_LAPSES:
                return "the offer lapses";
        case DUE_DELEGATION_BEGINS:
                return "a delegation begins";
        case DUE_DELEGATION_ENDS:
                return "a delegation ends";
        case DUE_RUNOUT_ENDS:
                return "claims have run out: the final settlement may be run";
        case DUE_FACT_WINDOW_ENDS:
                return "the time to answer a figure of the other side ends";
        case DUE_DISPUTE_WINDOW_ENDS:
                return "the time to dispute the statement ends, then it counts as accepted";
        case DUE_PAYMENT_OVERDUE:
                return "what is owed should have been paid, then it is overdue";
        case DUE_SUCCESSION:
                return "nobody objected: the party's new node takes over";
        case DUE_WITNESS_WINDOW_ENDS:
                return "the statement is final, witnessed or not";
        case DUE_BALLOT_CLOSES:
                return "votes on the proposed charter are counted";
        case DUE_CHARTER_BEGINS:
                return "the charter that was passed takes effect";
        case DUE_RELEASE:
                return "community figures are released";
        case DUE_DEPARTURE:
                return "a party leaves: its contracts stay, its seats are empty";
        }
        return "a moment that a newer hub keeps";
}

/* ---- a statement */

static void add(char ret[STANDS_MAX], const char *format, ...)
        __attribute__((format(printf, 2, 3)));

static void add(char ret[STANDS_MAX], const char *format, ...)
{
        size_t length = strlen(ret);
        va_list arguments;

        va_start(arguments, format);
        vsnprintf(ret + length, STANDS_MAX - length, format, arguments);
        va_end(arguments);
}

static void say_issued(const struct statement_row *row, char ret[STANDS_MAX])
{
        uint32_t left = 3 & ~row->accepted_by;
        char who[WHO_MAX], when[LOOK_MAX];

        add(ret, "Issued: pending until both sides accept it. ");
        if (row->accepted_by)
                add(ret, "%s has accepted, %s has not. ",
                    side_name(&row->contract, row->accepted_by & 1 ? SIDE_BEARER : SIDE_EARNER),
                    who_names(&row->contract, left, who));
        if (row->answer_until)
                add(ret, "It may be disputed until %s; undisputed it counts as accepted then.",
                    look_minute(row->answer_until, when));
        else
                add(ret, "There is no day on which it would count as accepted by itself.");
}

char *statement_stands(const struct statement_row *row, char ret[STANDS_MAX])
{
        char money[LOOK_MAX], final[FINAL_MAX];

        ret[0] = '\0';
        switch (row->life) {
        case LIFE_NONE:
                add(ret, "It posts nothing and needs no answer.");
                break;
        case LIFE_ISSUED:
                say_issued(row, ret);
                break;
        case LIFE_DISPUTED:
                add(ret, "Disputed: what nobody disputes is posted, the rest is held until the "
                    "dispute is withdrawn or decided.");
                break;
        case LIFE_ACCEPTED:
                add(ret, "Accepted by both sides: posted.");
                break;
        case LIFE_LAPSED:
                add(ret, "Nobody disputed it in time: it counts as accepted, and is posted.");
                break;
        case LIFE_REPLACED:
                add(ret, "Replaced by a later statement, which posts the difference.");
                break;
        }
        if (row->has_held && row->held && row->life != LIFE_REPLACED)
                add(ret, " Held: %s.", look_money(row->held < 0 ? -row->held : row->held, money));
        if (final_words(row->witness, row->witness_sides, final))
                add(ret, " It is %s.", final_words(row->witness, row->witness_sides, final));
        return ret;
}
