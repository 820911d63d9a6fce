/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/settle-versions.h"

#include <errno.h>
#include <stdlib.h>

#include "core/match.h"
#include "core/own.h"
#include "core/versions.h"

struct settling {
        const struct terms *terms;
        const struct run *run;
        const struct settle_inputs *inputs;
        struct match_inputs in;
        struct match *matches;          /* the next four are owned */
        const struct match **held;
        struct fact *facts;
        struct statement *sides[2];
        size_t match_count, held_count;
};

static void settling_cleanup(struct settling *s)
{
        free(s->matches);
        free(s->held);
        free(s->facts);
        free(s->sides[0]);
        free(s->sides[1]);
}

static int make_room(struct settling *s)
{
        size_t count = s->in.fact_count + 1;

        s->matches = calloc(count, sizeof(*s->matches));
        s->held = calloc(count, sizeof(*s->held));
        s->facts = calloc(count, sizeof(*s->facts));
        for (size_t i = 0; i < 2; i++)
                s->sides[i] = calloc(1, sizeof(*s->sides[i]));
        return s->matches && s->held && s->facts && s->sides[0] && s->sides[1] ? 0 : -ENOMEM;
}

static bool is_said_by(const struct used_fact *used, const struct fact *fact)
{
        return used->index == fact->index && used->event == fact->event;
}

/* A fact that was taken in the place of that of record stands there as whose it is. */
static void name_sides(const struct settling *s, struct statement *ret)
{
        for (size_t i = 0; i < s->match_count; i++)
                for (size_t j = 0; match_holds(&s->matches[i]) && j < ret->fact_count; j++) {
                        if (is_said_by(&ret->facts[j], s->matches[i].bearer))
                                ret->facts[j].side = SIDE_BEARER;
                        if (is_said_by(&ret->facts[j], s->matches[i].earner))
                                ret->facts[j].side = SIDE_EARNER;
                }
}

static void settle_side(const struct settling *s, enum side side, struct statement *ret)
{
        struct settle_inputs inputs = *s->inputs;

        inputs.facts = s->facts;
        inputs.fact_count = match_choose(s->terms, &s->in, s->matches, s->match_count, side,
                                         s->facts);
        settle(s->terms, s->run, &inputs, ret);
        name_sides(s, ret);
}

static bool reads(const struct statement *statement, const struct fact *fact)
{
        for (size_t i = 0; i < statement->fact_count; i++)
                if (is_said_by(&statement->facts[i], fact))
                        return true;
        return false;
}

/* What no version has read changes nothing, and holds nothing. */
static void find_held(struct settling *s)
{
        for (size_t i = 0; i < s->match_count; i++) {
                const struct match *match = &s->matches[i];

                if (match_holds(match) && (reads(s->sides[0], match->bearer) ||
                                           reads(s->sides[1], match->earner)))
                        s->held[s->held_count++] = match;
        }
}

int settle_by_versions(const struct terms *terms, const struct run *run,
                       const struct settle_inputs *inputs, struct statement *ret)
{
        own(settling) struct settling s = {
                .terms = terms, .run = run, .inputs = inputs,
                .in = { .facts = inputs->facts, .fact_count = inputs->fact_count },
        };
        int r = make_room(&s);

        if (r)
                return r;
        s.match_count = match_all(terms, &s.in, s.matches);
        settle_side(&s, SIDE_NEITHER, ret);
        settle_side(&s, SIDE_BEARER, s.sides[0]);
        settle_side(&s, SIDE_EARNER, s.sides[1]);
        find_held(&s);
        if (s.held_count)
                versions_say(s.held, s.held_count, s.sides[0], s.sides[1], ret);
        return 0;
}
