/* SPDX-License-Identifier: Apache-2.0 */
/* What the forms of payment instructions share, and the two that are lists. */
#include "clients/remit.h"

#include <csv.h>
#include <inttypes.h>
#include <json-c/json.h>
#include <string.h>

#include "clients/figure.h"
#include "core/own.h"
#include "clients/json.h"

/* ---- traces */

char *remit_trace(uint64_t run, unsigned int nth, char ret[48])
{
        if (nth > 1)
                snprintf(ret, 48, REMIT_TRACE "%" PRIu64 ".%u", run, nth);
        else
                snprintf(ret, 48, REMIT_TRACE "%" PRIu64, run);
        return ret;
}

static bool digit(char c)
{
        return c >= '0' && c <= '9';
}

static bool letter(char c)
{
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Banks print capitals, and put words of their own around it. */
static bool begins_trace(const char *at, size_t left)
{
        const size_t size = strlen(REMIT_TRACE);

        for (size_t i = 0; i < size; i++)
                if (i == left || (at[i] | 0x20) != (REMIT_TRACE[i] | 0x20))
                        return false;
        return left > size && digit(at[size]);
}

bool remit_trace_find(struct bytes text, uint64_t *ret_run, struct bytes *ret_trace)
{
        const size_t head = strlen(REMIT_TRACE);
        const char *at = text.data;

        for (size_t i = 0; i + head < text.size; i++) {
                size_t end = i + head;
                uint64_t run = 0;

                if ((i && (digit(at[i - 1]) || letter(at[i - 1]))) ||
                    !begins_trace(at + i, text.size - i))
                        continue;
                for (; end < text.size && digit(at[end]); end++)
                        if (__builtin_mul_overflow(run, 10, &run) ||
                            __builtin_add_overflow(run, (uint64_t)(at[end] - '0'), &run))
                                return false;
                if (end + 1 < text.size && at[end] == '.' && digit(at[end + 1]))
                        for (end++; end < text.size && digit(at[end]);)
                                end++;
                *ret_run = run;
                *ret_trace = (struct bytes) { at + i, end - i };
                return run > 0;
        }
        return false;
}

/* ---- check digits */

bool routing_valid(const char *text)
{
        static const int weights[] = { 3, 7, 1 };
        int sum = 0;

        for (int i = 0; i < 9; i++) {
                if (!digit(text[i]))
                        return false;
                sum += weights[i % 3] * (text[i] - '0');
        }
        return text[9] == '\0' && sum > 0 && sum % 10 == 0;
}

/* The first four characters go behind the others, letters count from 10: 1 modulo 97 (ISO 7064). */
bool iban_valid(const char *text)
{
        const size_t size = strlen(text);
        int rest = 0;

        if (size < 15 || size > 34 || !letter(text[0]) || !letter(text[1]) || !digit(text[2]) ||
            !digit(text[3]))
                return false;
        for (size_t i = 0; i < size; i++) {
                char c = text[(i + 4) % size];

                if (digit(c))
                        rest = (rest * 10 + (c - '0')) % 97;
                else if (c >= 'A' && c <= 'Z')
                        rest = (rest * 100 + (c - 'A' + 10)) % 97;
                else
                        return false;
        }
        return rest == 1;
}

/* ---- lists */

static char *print_period(struct period period, char ret[24])
{
        char from[11], through[11];

        date_print(period.from, from);
        date_print(period.until - 1, through);
        snprintf(ret, 24, "%s..%s", from, through);
        return ret;
}

static void put_field(FILE *to, const char *text, const char *end)
{
        if (strpbrk(text, ",\"\r\n"))
                csv_fwrite2(to, text, strlen(text), '"');
        else
                fputs(text, to);
        fputs(end, to);
}

/* A list for people: whose accounts they are stays in the file that they came from. */
const char *remit_write_csv(FILE *to, const struct remit *remit, size_t *ret_at)
{
        char day[11], amount[FIGURE_TEXT_MAX], contract[CONTRACT_ID_MAX + 1], period[24];

        *ret_at = remit->count;
        date_print(remit->day, day);
        fputs("trace,contract,period,run,payer,payer_name,payee,payee_name,day,amount,currency\r\n",
              to);
        for (size_t i = 0; i < remit->count; i++) {
                const struct remit_payment *one = &remit->list[i];

                contract_id_print(&one->contract, contract);
                fprintf(to, "%s,%s,%s,%" PRIu64 ",%s,", one->trace, contract,
                        print_period(one->period, period), one->run, remit->payer->party.text);
                put_field(to, remit->payer->name, ",");
                fprintf(to, "%s,", one->payee->party.text);
                put_field(to, one->payee->name, ",");
                fprintf(to, "%s,%s,USD\r\n", day, money_print(one->cents, amount));
        }
        return NULL;
}

static struct json_object *text_of(const char *text)
{
        return *text ? json_object_new_string(text) : NULL;
}

static struct json_object *money_of(int64_t cents)
{
        struct json_object *money = json_object_new_object();
        char amount[FIGURE_TEXT_MAX];

        json_object_object_add(money, "amount", text_of(money_print(cents, amount)));
        json_object_object_add(money, "currency", text_of("USD"));
        return money;
}

static struct json_object *account_of(const struct remit_account *account)
{
        struct json_object *object = json_object_new_object();

        json_object_object_add(object, "party", text_of(account->party.text));
        json_object_object_add(object, "name", text_of(account->name));
        json_object_object_add(object, "iban", text_of(account->iban));
        json_object_object_add(object, "bic", text_of(account->bic));
        json_object_object_add(object, "routing", text_of(account->routing));
        json_object_object_add(object, "account", text_of(account->number));
        return object;
}

static struct json_object *payment_of(const struct remit_payment *one)
{
        struct json_object *object = json_object_new_object();
        char contract[CONTRACT_ID_MAX + 1], run[24], from[11], through[11];

        contract_id_print(&one->contract, contract);
        snprintf(run, sizeof(run), "%" PRIu64, one->run);
        date_print(one->period.from, from);
        date_print(one->period.until - 1, through);
        json_object_object_add(object, "trace", text_of(one->trace));
        json_object_object_add(object, "contract", text_of(contract));
        json_object_object_add(object, "period_from", text_of(from));
        json_object_object_add(object, "period_through", text_of(through));
        json_object_object_add(object, "run", text_of(run));
        json_object_object_add(object, "amount", money_of(one->cents));
        json_object_object_add(object, "payee", account_of(one->payee));
        return object;
}

const char *remit_write_json(FILE *to, const struct remit *remit, size_t *ret_at)
{
        own(json_object) struct json_object *object = json_object_new_object();
        struct json_object *list = json_object_new_array();
        char day[11];
        const char *text;

        *ret_at = remit->count;
        date_print(remit->day, day);
        json_object_object_add(object, "schema", text_of("accord.remittance.v1"));
        json_object_object_add(object, "id", text_of(remit->id));
        json_object_object_add(object, "day", text_of(day));
        json_object_object_add(object, "payer", account_of(remit->payer));
        json_object_object_add(object, "total", money_of(remit->total));
        json_object_object_add(object, "payments", list);
        for (size_t i = 0; i < remit->count; i++)
                json_object_array_add(list, payment_of(&remit->list[i]));
        text = json_object_to_json_string_ext(object, JSON_C_TO_STRING_PRETTY |
                                              JSON_C_TO_STRING_SPACED |
                                              JSON_C_TO_STRING_NOSLASHESCAPE);
        if (!text)
                return "there is no memory for it";
        fprintf(to, "%s\n", text);
        return NULL;
}
