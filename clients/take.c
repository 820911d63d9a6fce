/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/take.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "clients/figure.h"
#include "clients/look.h"
#include "proof/keyfile.h"

static struct bytes bytes_of(const char *text)
{
        return (struct bytes) { text, strlen(text) };
}

enum exit_code take_contract(const struct call *call, size_t word, struct contract_id *ret)
{
        if (contract_id_parse(bytes_of(call->words[word]), ret))
                return EXIT_DONE;
        return call_misused(call, "%s is no contract: BEARER/EARNER/LABEL", call->words[word]);
}

enum exit_code take_name(const struct call *call, size_t word, struct name *ret)
{
        if (name_parse(bytes_of(call->words[word]), ret))
                return EXIT_DONE;
        return call_misused(call, "%s is no name: a-z 0-9 - . _, the first a letter or digit",
                            call->words[word]);
}

static bool number_parse(const char *text, uint64_t most, uint64_t *ret)
{
        char *end;

        if (*text < '0' || *text > '9')
                return false;
        errno = 0;
        *ret = strtoull(text, &end, 10);
        return !errno && !*end && *ret <= most;
}

enum exit_code take_number(const struct call *call, size_t word, uint64_t *ret)
{
        if (number_parse(call->words[word], UINT64_MAX - 1, ret))
                return EXIT_DONE;
        return call_misused(call, "%s is no number", call->words[word]);
}

enum exit_code take_period(const struct call *call, size_t word, struct period *ret)
{
        if (period_parse(call->words[word], ret))
                return EXIT_DONE;
        return call_misused(call, "%s is no period: 2025, 2025Q3, 2025-07 or FIRST..LAST",
                            call->words[word]);
}

enum exit_code take_number_option(const struct call *call, const char *option, uint64_t most,
                                  uint64_t *ret)
{
        const char *value = call_value(call, option);

        if (!value || number_parse(value, most, ret))
                return EXIT_DONE;
        return call_misused(call, "--%s %s is no number up to %" PRIu64, option, value, most);
}

enum exit_code take_money(const struct call *call, const char *option, const char *text,
                          int64_t *ret)
{
        const char *fault = money_parse(bytes_of(text), ret);

        if (!fault)
                return EXIT_DONE;
        return call_misused(call, "--%s %s %s", option, text, fault);
}

enum exit_code take_day_option(const struct call *call, const char *option, date *ret)
{
        const char *value = call_value(call, option);

        if (!value || date_parse(bytes_of(value), ret))
                return EXIT_DONE;
        return call_misused(call, "--%s %s is no day: YYYY-MM-DD", option, value);
}

enum exit_code take_time_option(const struct call *call, const char *option, instant *ret)
{
        const char *value = call_value(call, option);

        if (!value || time_parse(value, ret))
                return EXIT_DONE;
        return call_misused(call, "--%s %s is no moment: 2025-01-31T08:00:00Z, or a day", option,
                            value);
}

enum exit_code take_period_option(const struct call *call, const char *option, struct period *ret)
{
        const char *value = call_value(call, option);

        if (!value || period_parse(value, ret))
                return EXIT_DONE;
        return call_misused(call, "--%s %s is no period: 2025, 2025Q3, 2025-07 or FIRST..LAST",
                            option, value);
}

enum exit_code take_name_option(const struct call *call, const char *option, struct name *ret)
{
        const char *value = call_value(call, option);

        if (!value || name_parse(bytes_of(value), ret))
                return EXIT_DONE;
        return call_misused(call, "--%s %s is no name: a-z 0-9 - . _", option, value);
}

enum exit_code take_word_option(const struct call *call, const char *option,
                                const struct word *words, int *ret)
{
        const char *value = call_value(call, option);
        char list[200];

        if (!value || word_parse(words, bytes_of(value), ret))
                return EXIT_DONE;
        return call_misused(call, "--%s %s is not %s", option, value, words_list(words, list));
}

static const struct { uint32_t bit; const char *word; } right_rows[] = {
#define X(name, bit, word, says) { bit, word },
        RIGHTS(X)
#undef X
};

#define RIGHT_ROWS (sizeof(right_rows) / sizeof(right_rows[0]))

enum exit_code take_rights(const struct call *call, const char *text, uint32_t *ret)
{
        *ret = 0;
        while (*text) {
                size_t length = strcspn(text, ","), i;

                for (i = 0; i < RIGHT_ROWS; i++)
                        if (strlen(right_rows[i].word) == length &&
                            memcmp(right_rows[i].word, text, length) == 0)
                                break;
                if (i == RIGHT_ROWS)
                        return call_misused(call, "%.*s is no right: facts, terms, settlement, "
                                            "vote, read", (int)length, text);
                *ret |= right_rows[i].bit;
                text += length + (text[length] == ',');
        }
        return EXIT_DONE;
}

char *print_rights(uint32_t rights, char ret[64])
{
        ret[0] = '\0';
        for (size_t i = 0; i < RIGHT_ROWS; i++)
                if (rights & right_rows[i].bit)
                        snprintf(ret + strlen(ret), 64 - strlen(ret), "%s%s", *ret ? "," : "",
                                 right_rows[i].word);
        if (!*ret)
                snprintf(ret, 64, "none");
        return ret;
}

instant time_now(void)
{
        struct timespec now;

        clock_gettime(CLOCK_REALTIME, &now);
        return (instant)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

date day_today(void)
{
        return (date)(time_now() / (INT64_C(86400) * 1000000));
}

enum exit_code take_keys(const char *path, struct node_admission *ret)
{
        struct public_keys keys;
        int r = keyfile_load_public(path, &keys);

        if (r == -EBADMSG) {
                say_error("%s is no file of public keys: accord key generate makes FILE.pub", path);
                return EXIT_REFUSED;
        }
        if (r)
                return say_failure(r, "%s", path);
        memcpy(ret->transport_key, keys.transport, sizeof(ret->transport_key));
        memcpy(ret->signing_key, keys.signing, sizeof(ret->signing_key));
        memcpy(ret->sealing_key, keys.sealing, sizeof(ret->sealing_key));
        return EXIT_DONE;
}
