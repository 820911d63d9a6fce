/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/core/aligning.h"

#include <stdio.h>
#include <string.h>

uint64_t aligning_draw(uint64_t *seed, uint64_t below)
{
        uint64_t z = *seed += UINT64_C(0x9e3779b97f4a7c15);

        z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
        z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
        return (z ^ (z >> 31)) % below;
}

struct align_row aligning_row(uint32_t payer, const char *concept, const char *version,
                              int64_t dollars, int target)
{
        struct align_row ret = {
                .payer = payer,
                .contract = payer,
                .key = { .direction = DIRECTION_MORE },
                .period = { date_of(2026, 1, 1), date_of(2027, 1, 1) },
                .has_target = target != 0,
                .target = { target, 100 },
                .dollars = dollars,
        };

        snprintf(ret.key.concept.text, sizeof(ret.key.concept.text), "%s", concept);
        snprintf(ret.key.version.text, sizeof(ret.key.version.text), "%s", version);
        return ret;
}

struct align aligning_worked(struct align_row *rows)
{
        static const struct align_payer payers[] = {
                { { "a" }, true, 40000000, true, { 2, 5 } },
                { { "b" }, true, 25000000, true, { 0, 1 } },
                { { "c" }, true, 35000000, true, { 1, 2 } },
        };
        const struct align_row all[] = {
                aligning_row(0, "cbp", "", 6000000, 70), aligning_row(0, "hbd", "", 4000000, 0),
                aligning_row(0, "pcr", "1", 5000000, 0), aligning_row(1, "cbp", "", 2000000, 70),
                aligning_row(1, "hbd", "", 3000000, 0), aligning_row(1, "bcs", "", 1000000, 0),
                aligning_row(2, "cbp", "", 5000000, 62), aligning_row(2, "bcs", "", 5000000, 0),
                aligning_row(2, "pcr", "2", 2000000, 0),
        };

        memcpy(rows, all, sizeof(all));
        return (struct align) { .payers = payers,
                                .payer_count = 3,
                                .rows = rows,
                                .row_count = sizeof(all) / sizeof(*all),
                                .tolerance = align_tolerance };
}

static struct align_row drawn_row(uint64_t *seed, uint32_t payer, uint32_t measure, int64_t most)
{
        char concept[16], version[4] = "";
        struct align_row row;

        snprintf(concept, sizeof(concept), "m%u", (unsigned int)measure);
        if (!aligning_draw(seed, 4))
                snprintf(version, sizeof(version), "%u", (unsigned int)aligning_draw(seed, 3));
        row = aligning_row(payer, concept, version,
                           aligning_draw(seed, 8) ? (int64_t)aligning_draw(seed, (uint64_t)most + 1)
                                                  : 0,
                           aligning_draw(seed, 3) ? 60 + (int)aligning_draw(seed, 12) : 0);
        row.key.direction = aligning_draw(seed, 9) ? DIRECTION_MORE : DIRECTION_LESS;
        row.gate = !aligning_draw(seed, 6);
        if (!aligning_draw(seed, 7))
                row.period.from = date_of(2026, 7, 1);
        return row;
}

struct align aligning_drawn(uint64_t *seed, struct align_row *rows, uint32_t payers,
                            uint32_t measures, int64_t most)
{
        static struct align_payer drawn[ALIGNING_PAYERS_MAX];
        uint32_t count = 0;

        for (uint32_t p = 0; p < payers; p++) {
                drawn[p] = (struct align_payer) {
                        .has_revenue = aligning_draw(seed, 10) != 0,
                        .revenue = (int64_t)aligning_draw(seed, (uint64_t)most + 1),
                        .has_keep = true,
                        .keep = exact_ratio((int64_t)aligning_draw(seed, 100), 100),
                };
                snprintf(drawn[p].name.text, sizeof(drawn[p].name.text), "p%u", (unsigned int)p);
                for (uint32_t m = 0; m < measures; m++)
                        if (aligning_draw(seed, 3))
                                rows[count++] = drawn_row(seed, p, m, most);
        }
        return (struct align) { .payers = drawn, .payer_count = payers, .rows = rows,
                                .row_count = count, .tolerance = align_tolerance };
}
