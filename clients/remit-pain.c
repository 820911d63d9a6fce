/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ISO 20022 pain.001.001.09, the parts that a credit transfer needs. Written and not built: the
 * document is flat, and its texts are escaped in one place.
 */
#include <inttypes.h>
#include <string.h>

#include "clients/figure.h"
#include "clients/remit.h"
#include "clients/xml.h"

static void put(FILE *to, int depth, const char *tag, const char *text)
{
        fprintf(to, "%*s<%s>", 2 * depth, "", tag);
        xml_text(to, text);
        fprintf(to, "</%s>\n", tag);
}

static void begin(FILE *to, int depth, const char *tag)
{
        fprintf(to, "%*s<%s>\n", 2 * depth, "", tag);
}

static void end(FILE *to, int depth, const char *tag)
{
        fprintf(to, "%*s</%s>\n", 2 * depth, "", tag);
}

static void put_party(FILE *to, int depth, const char *tag, const struct remit_account *account)
{
        begin(to, depth, tag);
        put(to, depth + 1, "Nm", account->name);
        end(to, depth, tag);
}

static void put_account(FILE *to, int depth, const char *tag, const struct remit_account *account)
{
        begin(to, depth, tag);
        begin(to, depth + 1, "Id");
        if (*account->iban) {
                put(to, depth + 2, "IBAN", account->iban);
        } else {
                begin(to, depth + 2, "Othr");
                put(to, depth + 3, "Id", account->number);
                end(to, depth + 2, "Othr");
        }
        end(to, depth + 1, "Id");
        end(to, depth, tag);
}

/* An agent must be named: by BIC, else by its ABA number, else as not known. */
static void put_agent(FILE *to, int depth, const char *tag, const struct remit_account *account)
{
        begin(to, depth, tag);
        begin(to, depth + 1, "FinInstnId");
        if (*account->bic)
                put(to, depth + 2, "BICFI", account->bic);
        if (*account->routing) {
                begin(to, depth + 2, "ClrSysMmbId");
                begin(to, depth + 3, "ClrSysId");
                put(to, depth + 4, "Cd", "USABA");
                end(to, depth + 3, "ClrSysId");
                put(to, depth + 3, "MmbId", account->routing);
                end(to, depth + 2, "ClrSysMmbId");
        }
        if (!*account->bic && !*account->routing) {
                begin(to, depth + 2, "Othr");
                put(to, depth + 3, "Id", "NOTPROVIDED");
                end(to, depth + 2, "Othr");
        }
        end(to, depth + 1, "FinInstnId");
        end(to, depth, tag);
}

static void put_sums(FILE *to, int depth, const struct remit *remit)
{
        char count[24], sum[FIGURE_TEXT_MAX];

        snprintf(count, sizeof(count), "%zu", remit->count);
        put(to, depth, "NbOfTxs", count);
        put(to, depth, "CtrlSum", money_print(remit->total, sum));
}

static void put_header(FILE *to, const struct remit *remit)
{
        char moment[40], day[11];
        int64_t seconds = remit->made / 1000000, of_day = seconds % 86400;

        date_print((date)(seconds / 86400), day);
        snprintf(moment, sizeof(moment), "%sT%02d:%02d:%02dZ", day, (int)(of_day / 3600),
                 (int)(of_day / 60 % 60), (int)(of_day % 60));
        begin(to, 2, "GrpHdr");
        put(to, 3, "MsgId", remit->id);
        put(to, 3, "CreDtTm", moment);
        put_sums(to, 3, remit);
        put_party(to, 3, "InitgPty", remit->payer);
        end(to, 2, "GrpHdr");
}

/* What the payee reads on its statement; at most 140 characters. */
static void put_remittance(FILE *to, const struct remit_payment *one)
{
        char contract[CONTRACT_ID_MAX + 1], from[11], through[11], text[200];

        contract_id_print(&one->contract, contract);
        date_print(one->period.from, from);
        date_print(one->period.until - 1, through);
        snprintf(text, sizeof(text), "%s %s..%s", one->trace, from, through);
        begin(to, 4, "RmtInf");
        put(to, 5, "Ustrd", text);
        put(to, 5, "Ustrd", contract);
        end(to, 4, "RmtInf");
}

static void put_transfer(FILE *to, const struct remit_payment *one)
{
        char amount[FIGURE_TEXT_MAX];

        begin(to, 3, "CdtTrfTxInf");
        begin(to, 4, "PmtId");
        put(to, 5, "InstrId", one->trace);
        put(to, 5, "EndToEndId", one->trace);
        end(to, 4, "PmtId");
        begin(to, 4, "Amt");
        fprintf(to, "%*s<InstdAmt Ccy=\"USD\">%s</InstdAmt>\n", 10, "",
                money_print(one->cents, amount));
        end(to, 4, "Amt");
        put_agent(to, 4, "CdtrAgt", one->payee);
        put_party(to, 4, "Cdtr", one->payee);
        put_account(to, 4, "CdtrAcct", one->payee);
        put_remittance(to, one);
        end(to, 3, "CdtTrfTxInf");
}

static void put_information(FILE *to, const struct remit *remit)
{
        char day[11];

        date_print(remit->day, day);
        begin(to, 2, "PmtInf");
        put(to, 3, "PmtInfId", remit->id);
        put(to, 3, "PmtMtd", "TRF");
        put_sums(to, 3, remit);
        begin(to, 3, "ReqdExctnDt");
        put(to, 4, "Dt", day);
        end(to, 3, "ReqdExctnDt");
        put_party(to, 3, "Dbtr", remit->payer);
        put_account(to, 3, "DbtrAcct", remit->payer);
        put_agent(to, 3, "DbtrAgt", remit->payer);
        for (size_t i = 0; i < remit->count; i++)
                put_transfer(to, &remit->list[i]);
        end(to, 2, "PmtInf");
}

static const char *lacks(const struct remit_account *account)
{
        if (!*account->name)
                return "has no name in the file of accounts";
        if (!*account->iban && !*account->number)
                return "has neither iban nor account in the file of accounts";
        return NULL;
}

const char *remit_write_pain(FILE *to, const struct remit *remit, size_t *ret_at)
{
        const char *says = lacks(remit->payer);

        *ret_at = remit->count;
        for (size_t i = 0; !says && i < remit->count; i++) {
                says = lacks(remit->list[i].payee);
                if (!says && strlen(remit->list[i].trace) > 35)
                        says = "has a trace of more than 35 characters";
                *ret_at = says ? i : remit->count;
        }
        if (says)
                return says;
        fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
              "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001.09\">\n", to);
        begin(to, 1, "CstmrCdtTrfInitn");
        put_header(to, remit);
        put_information(to, remit);
        end(to, 1, "CstmrCdtTrfInitn");
        end(to, 0, "Document");
        return NULL;
}
