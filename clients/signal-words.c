/* SPDX-License-Identifier: Apache-2.0 */
/* Figures of a signal as they are said: rounded to what a person can use. */
#include <inttypes.h>
#include <string.h>

#include "clients/look.h"
#include "clients/signal-view.h"

#define FINE_BELOW 10000        /* cents: from a hundred dollars on cents say nothing */
#define NAMES_SAID 6

char *words_dollars(int64_t cents, char ret[SIGNAL_WORDS_MAX])
{
        bool fine = cents > -FINE_BELOW && cents < FINE_BELOW && cents % 100;
        int64_t shown = fine ? cents : (int64_t)exact_round(exact_of(cents), 100, ROUND_HALF_AWAY);
        char text[LOOK_MAX];
        size_t length;

        look_money(shown, text);
        length = strlen(text);
        if (!fine)
                text[length - strlen(".00")] = '\0';
        snprintf(ret, SIGNAL_WORDS_MAX, "%s", text);
        return ret;
}

char *words_percent(struct exact share, char ret[SIGNAL_WORDS_MAX])
{
        int64_t tenths = (int64_t)exact_round(exact_mul(share, exact_of(1000)), 1,
                                              ROUND_HALF_AWAY);

        if (tenths == 0 && exact_sign(share) > 0)
                snprintf(ret, SIGNAL_WORDS_MAX, "less than 0.1 %%");
        else if (tenths == 1000 && exact_cmp(share, exact_of(1)) < 0)
                snprintf(ret, SIGNAL_WORDS_MAX, "more than 99.9 %%");
        else if (tenths % 10 == 0)
                snprintf(ret, SIGNAL_WORDS_MAX, "%" PRId64 " %%", tenths / 10);
        else
                snprintf(ret, SIGNAL_WORDS_MAX, "%s%" PRId64 ".%" PRId64 " %%",
                         tenths < 0 ? "-" : "", tenths < 0 ? -tenths / 10 : tenths / 10,
                         tenths < 0 ? -tenths % 10 : tenths % 10);
        return ret;
}

static const char *month_of(int month)
{
        static const char *const months[] = {
                "January", "February", "March", "April", "May", "June", "July", "August",
                "September", "October", "November", "December",
        };

        return months[month - 1];
}

char *words_month(date day, char ret[SIGNAL_WORDS_MAX])
{
        int year, month, of;

        date_split(day, &year, &month, &of);
        snprintf(ret, SIGNAL_WORDS_MAX, "%s %d", month_of(month), year);
        return ret;
}

char *words_day(date day, char ret[SIGNAL_WORDS_MAX])
{
        int year, month, of;

        date_split(day, &year, &month, &of);
        snprintf(ret, SIGNAL_WORDS_MAX, "%d %s %d", of, month_of(month), year);
        return ret;
}

char *words_number(uint64_t number, char ret[SIGNAL_WORDS_MAX])
{
        static const char *const words[] = { "no", "one", "two", "three", "four", "five", "six",
                                             "seven", "eight", "nine", "ten" };

        if (number < sizeof(words) / sizeof(words[0]))
                snprintf(ret, SIGNAL_WORDS_MAX, "%s", words[number]);
        else
                look_count((int64_t)number, ret);
        return ret;
}

char *words_people(struct exact people, const char *one, const char *many,
                   char ret[SIGNAL_WORDS_MAX])
{
        int64_t whole = (int64_t)exact_round(people, 1, ROUND_HALF_AWAY);
        char number[LOOK_MAX];

        if (exact_sign(people) == 0)
                snprintf(ret, SIGNAL_WORDS_MAX, "no %s", many);
        else if (whole < 1)
                snprintf(ret, SIGNAL_WORDS_MAX, "less than one %s", one);
        else if (whole == 1)
                snprintf(ret, SIGNAL_WORDS_MAX, "about one %s", one);
        else
                snprintf(ret, SIGNAL_WORDS_MAX, "about %.60s %s", look_count(whole, number), many);
        return ret;
}

/* ---- names */

void names_add(struct names *names, const char *name)
{
        for (size_t i = 0; i < names->count; i++)
                if (strcmp(names->list[i], name) == 0)
                        return;
        if (names->count < SIGNAL_CONTRACTS_MAX)
                names->list[names->count++] = name;
}

void names_say(FILE *to, const struct names *names)
{
        size_t said = names->count > NAMES_SAID ? NAMES_SAID - 1 : names->count;

        for (size_t i = 0; i < said; i++)
                fprintf(to, "%s%s", i == 0 ? "" : i + 1 == names->count ? " and " : ", ",
                        names->list[i]);
        if (said < names->count)
                fprintf(to, " and %zu others", names->count - said);
}

void names_of_payers(const struct signal_view *view, const struct signal_concept *concept,
                     unsigned int direction, struct names *ret)
{
        ret->count = 0;
        for (uint16_t i = 0; i < concept->count; i++) {
                const struct incentive_row *row = signal_row(view->sum, view->signal, concept, i);

                if (!direction || row->is.key.direction == direction)
                        names_add(ret, view_contract(view, row)->contract.bearer.text);
        }
}
