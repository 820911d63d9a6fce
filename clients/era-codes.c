/* SPDX-License-Identifier: Apache-2.0 */
/* Reasons of provider adjustments: PLB03-1. */
#include <string.h>

#include "clients/era.h"

static const struct { const char *code, *says; } codes[] = {
        { "50", "late charge" },                { "51", "interest penalty" },
        { "72", "authorized return" },          { "90", "early payment allowance" },
        { "AH", "origination fee" },            { "AM", "applied to the borrower's account" },
        { "AP", "acceleration of benefits" },   { "B2", "rebate" },
        { "B3", "recovery allowance" },         { "BD", "bad debt" },
        { "BN", "bonus" },                      { "C5", "temporary allowance" },
        { "CR", "capitation interest" },        { "CS", "adjustment" },
        { "CT", "capitation payment" },         { "CV", "capital pass-through" },
        { "CW", "nurse anesthetist pass-through" },
        { "DM", "direct medical education pass-through" },
        { "E3", "withhold" },                   { "FB", "balance carried forward" },
        { "FC", "fund allocation" },
        { "GO", "graduate medical education pass-through" },
        { "HM", "hemophilia clotting factor" }, { "IP", "incentive premium" },
        { "IR", "tax withheld" },               { "IS", "interim settlement" },
        { "J1", "not reimbursable" },           { "L3", "penalty" },
        { "L6", "interest owed" },              { "LE", "levy" },
        { "LS", "lump sum" },                   { "OA", "organ acquisition pass-through" },
        { "OB", "offset for affiliated providers" },
        { "PI", "periodic interim payment" },   { "PL", "final payment" },
        { "RA", "retroactive adjustment" },     { "RE", "return on equity" },
        { "SL", "student loan repayment" },     { "TL", "third party liability" },
        { "WO", "recovery of an overpayment" }, { "WU", "recovery, not specified" },
};

const char *era_code_says(const char *code)
{
        for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
                if (strcmp(codes[i].code, code) == 0)
                        return codes[i].says;
        return NULL;
}
