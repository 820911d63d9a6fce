/* SPDX-License-Identifier: Apache-2.0 */
/* From what we owe to a file of payment instructions. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/own.h"
#include "proof/hash.h"
#include "proof/hex.h"
#include "clients/figure.h"
#include "clients/files.h"
#include "clients/money-open.h"
#include "clients/publish.h"
#include "clients/remit-accounts.h"
#include "clients/take.h"
#include "clients/verbs.h"

static const struct {
        const char *name;
        const char *(*write)(FILE *to, const struct remit *remit, size_t *ret_at);
        bool accounts;                  /* it cannot do without */
} forms[] = {
        { "csv", remit_write_csv, false },
        { "json", remit_write_json, false },
        { "pain.001", remit_write_pain, true },
        { "nacha", remit_write_nacha, true },
};

struct exporting {
        struct call *call;
        struct reach reach;
        struct open_list open;
        struct remit_accounts accounts;
        struct remit_account *names;    /* where there is no file of accounts: names alone */
        struct remit_payment *list;
        struct remit remit;
        size_t form, not_ours, known;
};

static void exporting_cleanup(struct exporting *exporting)
{
        reach_cleanup(&exporting->reach);
        open_list_cleanup(&exporting->open);
        remit_accounts_cleanup(&exporting->accounts);
        free(exporting->names);
        free(exporting->list);
}

/* ---- what is owed */

/* How many payments the hub knows already whose trace is of this run: the next is one more. */
struct counting {
        uint64_t run;
        int64_t sent;                   /* said to be sent, and not cleared yet */
        unsigned int traces;
};

static int count_payment(void *with, const struct payment_row *row)
{
        struct counting *counting = with;
        const struct payment *sent = &row->sent.payment;
        struct bytes trace = item_bytes(&row->trace), found;
        uint64_t run;

        if (remit_trace_find(trace, &run, &found) && run == counting->run)
                counting->traces++;
        if (!row->has_sent || row->entry)
                return 0;
        for (uint32_t i = 0; i < sent->part_count; i++)
                if (sent->parts[i].run == counting->run)
                        counting->sent += sent->parts[i].cents;
        return 0;
}

static enum exit_code name_trace(struct exporting *exporting, const struct open_item *item,
                                 struct remit_payment *ret)
{
        struct counting counting = { .run = item->run };
        struct accord_error error = { 0 };

        if (accord_query_payments(exporting->reach.session, &item->contract, count_payment,
                          &counting, &error))
                return reach_failed(&error);
        remit_trace(item->run, counting.traces + 1, ret->trace);
        if (counting.sent) {
                say_note(exporting->call->cli, "run %" PRIu64 ": a payment was stated as sent and "
                         "is not confirmed yet: left out", item->run);
                exporting->known++;
                ret->cents = 0;
        }
        return EXIT_DONE;
}

static enum exit_code add_payment(struct exporting *exporting, const struct open_item *item)
{
        struct remit *remit = &exporting->remit;
        struct remit_payment *one = &exporting->list[remit->count];
        const struct name *payee = open_item_payee(item);
        enum exit_code code;

        *one = (struct remit_payment) {
                .contract = item->contract, .period = item->period, .run = item->run,
                .cents = item->cents > 0 ? item->cents : -item->cents,
                .payee = remit_account_of(&exporting->accounts, payee),
        };
        if (!one->payee && forms[exporting->form].accounts) {
                say_error("%s has no section [%s]", call_value(exporting->call, "accounts"),
                          payee->text);
                return EXIT_ABSENT;
        }
        if (!one->payee) {
                exporting->names[remit->count].party = *payee;
                one->payee = &exporting->names[remit->count];
        }
        code = name_trace(exporting, item, one);
        if (code || one->cents == 0)
                return code;
        if (one->cents > MONEY_MAX - remit->total)
                return say_failure(-EOVERFLOW, "the sum of the payments");
        remit->total += one->cents;
        remit->count++;
        return EXIT_DONE;
}

static enum exit_code read_open(struct exporting *exporting)
{
        const struct call *call = exporting->call;
        struct contract_id contract;
        enum exit_code code = EXIT_DONE;

        for (size_t i = 0; !code && i < call->word_count; i++) {
                code = take_contract(call, i, &contract);
                for (size_t k = 0; !code && k < i; k++)
                        if (strcmp(call->words[i], call->words[k]) == 0)
                                code = call_misused(call, "%s is named twice", call->words[i]);
                if (!code)
                        code = open_list_read(call, &exporting->reach, &contract,
                                              &exporting->open);
        }
        return code;
}

static enum exit_code collect(struct exporting *exporting, const struct name *party)
{
        enum exit_code code = EXIT_DONE;
        size_t count = exporting->open.count;

        exporting->list = calloc(count + 1, sizeof(*exporting->list));
        exporting->names = calloc(count + 1, sizeof(*exporting->names));
        exporting->remit.list = exporting->list;
        if (!exporting->list || !exporting->names)
                return say_failure(-ENOMEM, "the payments");
        for (size_t i = 0; !code && i < count; i++)
                if (open_item_owes(&exporting->open.items[i], party))
                        code = add_payment(exporting, &exporting->open.items[i]);
                else
                        exporting->not_ours++;
        return code;
}

/* ---- the file */

/* The same payments on the same day have the same name, which banks know double files by. */
static enum exit_code name_file(struct remit *remit)
{
        own(hasher) struct hasher *hasher = NULL;
        char *text = NULL;
        size_t size = 0, at;
        FILE *to = open_memstream(&text, &size);
        struct digest digest;
        struct bytes span;
        char hex[2 * sizeof(digest.octets) + 1];
        int r = to ? hasher_new(&hasher) : -ENOMEM;

        if (!r) {
                fprintf(to, "%d\n", remit->day);
                remit_write_csv(to, remit, &at);
        }
        if (to && fclose(to))
                r = -ENOMEM;
        if (!r) {
                span = (struct bytes) { text, size };
                hash_spans(hasher, &span, 1, &digest);
                hex_print((struct bytes) { digest.octets, sizeof(digest.octets) }, hex);
                snprintf(remit->id, sizeof(remit->id), "ACCORD-%.16s", hex);
        }
        free(text);
        return r ? say_failure(r, "the file") : EXIT_DONE;
}

static enum exit_code write_file(struct exporting *exporting, const char *path)
{
        const struct remit *remit = &exporting->remit;
        size_t size = 0, at = 0;
        char *text = NULL;
        FILE *to = open_memstream(&text, &size);
        enum exit_code code = EXIT_DONE;
        const char *says;

        if (!to)
                return say_failure(-ENOMEM, "%s", path);
        says = forms[exporting->form].write(to, remit, &at);
        if (fclose(to))
                code = say_failure(-ENOMEM, "%s", path);
        if (says) {
                say_error("[%s] %s", (at < remit->count ? remit->list[at].payee : remit->payer)
                          ->party.text, says);
                code = EXIT_REFUSED;
        }
        if (!code && !call_has(exporting->call, "dry-run"))
                code = file_write_new(path, (struct bytes) { text, size });
        free(text);
        return code;
}

static const struct column columns[] = {
        COLUMN("trace", "TRACE"),
        COLUMN("contract", "CONTRACT"),
        COLUMN("period_from", "FROM"),
        COLUMN("period_through", "THROUGH"),
        COLUMN_RIGHT("run", "RUN"),
        COLUMN("payee", "PAYEE"),
        COLUMN("account", "ACCOUNT"),
        COLUMN_WIDE("tin", "TIN"),
        COLUMN("day", "DAY"),
        COLUMN_RIGHT("amount", "AMOUNT"),
        COLUMNS_END
};

static void show(struct exporting *exporting)
{
        const struct remit *remit = &exporting->remit;

        out_begin(exporting->call->out, "payment-instruction", columns);
        for (size_t i = 0; i < remit->count; i++) {
                const struct remit_payment *one = &remit->list[i];
                const struct remit_account *payee = one->payee;
                char contract[CONTRACT_ID_MAX + 1], account[48], tin[48];

                contract_id_print(&one->contract, contract);
                remit_mask(*payee->iban ? payee->iban : payee->number, account);
                remit_mask(payee->tin, tin);
                out_row(exporting->call->out, (struct cell[]) {
                        cell_text(one->trace), cell_text(contract), cell_day(one->period.from),
                        cell_day(one->period.until - 1), cell_id(one->run),
                        cell_text(payee->party.text), *account ? cell_text(account) : cell_none(),
                        *tin ? cell_text(tin) : cell_none(), cell_day(remit->day),
                        cell_money(one->cents) });
        }
        out_end(exporting->call->out);
}

static enum exit_code export_to(struct exporting *exporting, const char *path)
{
        struct remit *remit = &exporting->remit;
        enum exit_code code = name_file(remit);
        char total[FIGURE_TEXT_MAX];

        if (!code)
                code = write_file(exporting, path);
        if (code)
                return code;
        show(exporting);
        if (exporting->not_ours)
                say_note(exporting->call->cli, "%zu open amount%s owed to us: left out",
                         exporting->not_ours, exporting->not_ours == 1 ? " is" : "s are");
        say_note(exporting->call->cli, "%s: %zu payment%s, %s US dollars%s", path, remit->count,
                 remit->count == 1 ? "" : "s", money_print(remit->total, total),
                 call_has(exporting->call, "dry-run") ? "; nothing was written" : "");
        return EXIT_DONE;
}

/* ---- the call */

static enum exit_code take_form(const struct call *call, size_t *ret)
{
        const char *format = call_value(call, "format");

        for (*ret = 0; *ret < sizeof(forms) / sizeof(forms[0]); (*ret)++)
                if (strcmp(forms[*ret].name, format) == 0)
                        break;
        if (*ret == sizeof(forms) / sizeof(forms[0]))
                return call_misused(call, "--format %s is not csv, json, pain.001 or nacha",
                                    format);
        if (forms[*ret].accounts && !call_has(call, "accounts"))
                return call_misused(call, "--format %s needs --accounts FILE", format);
        return EXIT_DONE;
}

static enum exit_code take_call(struct exporting *exporting)
{
        const struct call *call = exporting->call;
        struct remit *remit = &exporting->remit;
        enum exit_code code = take_form(call, &exporting->form);

        remit->made = time_now();
        remit->day = day_today();
        remit->description = call_has(call, "description") ? call_value(call, "description")
                                                           : "SETTLEMENT";
        if (!code && (!*remit->description ||
                      strlen(remit->description) > REMIT_DESCRIPTION_MAX))
                code = call_misused(call, "--description has 1 to %d characters",
                                    REMIT_DESCRIPTION_MAX);
        if (!code)
                code = take_day_option(call, "day", &remit->day);
        if (!code && call_has(call, "accounts"))
                code = remit_accounts_read(call_value(call, "accounts"), &exporting->accounts);
        return code;
}

static enum exit_code find_payer(struct exporting *exporting, const struct name *party,
                                 struct remit_account *nobody)
{
        const struct remit_account *payer = remit_account_of(&exporting->accounts, party);

        nobody->party = *party;
        exporting->remit.payer = payer ? payer : nobody;
        if (payer || !forms[exporting->form].accounts)
                return EXIT_DONE;
        say_error("%s has no section [%s]: who pays needs one too",
                  call_value(exporting->call, "accounts"), party->text);
        return EXIT_ABSENT;
}

static enum exit_code export_run(struct call *call)
{
        own(exporting) struct exporting exporting = { .call = call };
        struct remit_account nobody = { 0 };
        struct accord_about about;
        const struct name *party = NULL;
        enum exit_code code = take_call(&exporting);

        if (!code)
                code = publish_about(call, NULL, &about);
        if (!code)
                code = read_open(&exporting);
        if (code)
                return code;
        party = reach_party(&exporting.reach, &about);
        code = find_payer(&exporting, party, &nobody);
        if (!code)
                code = collect(&exporting, party);
        return code ? code : export_to(&exporting, call_value(call, "out"));
}

const struct verb verb_remit_export = {
        .noun = "remit",
        .name = "export",
        .usage = "CONTRACT...",
        .says = "write what we owe as payment instructions: csv, json, pain.001 or nacha",
        .more = "Of what is posted and not paid. Whose accounts they are stands in a file of your "
                "own: accord help remittance. Nothing is sent anywhere and no money moves; the "
                "file is yours to give to your bank. Payments that were stated as sent and are "
                "not confirmed yet are left out.",
        .words_least = 1,
        .words_most = 256,
        .prints = true,
        .options = {
                { "format", "csv|json|pain.001|nacha", "the form of the file", OPTION_NEEDED },
                { "out", "FILE", "where to (-O); one that is there is left alone", OPTION_NEEDED },
                { "accounts", "FILE", "names and accounts; needed for pain.001 and nacha", 0 },
                { "day", "DAY", "when it is to be carried out; today unless given", 0 },
                { "description", "TEXT", "of the ACH batch; SETTLEMENT unless given", 0 },
                { "dry-run", NULL, "check everything, write nothing", 0 },
        },
        .run = export_run,
};
