/* SPDX-License-Identifier: Apache-2.0 */
/* The reader of remittance advices, fed with anything: it answers, and what it takes adds up. */
#include <stdlib.h>
#include <string.h>

#include "clients/era.h"
#include "clients/x12.h"
#include "core/check.h"
#include "core/limits.h"
#include "tests/fuzz/fuzz.h"

static const char plain[] =
        "ISA*00*          *00*          *ZZ*PAYER          *ZZ*PAYEE          *260115*1200*^*00501*"
        "000000001*0*P*:~GS*HP*PAYER*PAYEE*20260115*1200*1*X*005010X221A1~ST*835*0001~"
        "BPR*I*150.00*C*ACH*CCP*01*021000021*DA*1*1123456789**01*011401533*DA*2*20260116~"
        "TRN*1*accord-17*1123456789~N1*PR*ACME~N1*PE*CLINIC*XX*1234567893~"
        "CLP*C1*1*200*100**12*1~CAS*CO*45*100~PLB*1234567893*20261231*LS:accord-17*-50~"
        "SE*8*0001~GE*1*1~IEA*1*000000001~";

static const char lines[] =
        "ISA|00|          |00|          |ZZ|PAYER          |ZZ|PAYEE          |260115|1200|^|00501|"
        "000000001|0|P|>\n\nST|835|1\nBPR|I|0|C|NON\nTRN|1|x|1\nPLB|1|2|WO>r|1.5|FB|-1.50\n"
        "SE|5|1\n";

static void keep_to_bounds(const struct era *era)
{
        for (size_t i = 0; i < era->count; i++) {
                const struct era_payment *payment = &era->payments[i];
                int64_t adjusted = 0;

                assert(payment->first + payment->count <= era->adjustment_count);
                assert(payment->cents <= MONEY_MAX && payment->cents >= -MONEY_MAX);
                assert(*payment->trace);
                assert(strlen(payment->trace) <= ERA_TEXT_MAX && strlen(payment->method) <= 3);
                for (size_t k = 0; k < payment->count; k++)
                        adjusted += era->adjustments[payment->first + k].cents;
                assert(adjusted == payment->adjusted);
                assert(payment->balances ==
                       (payment->claims_paid - adjusted == payment->cents));
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        static struct complaints complaints;
        struct era era = { 0 };
        int r;

        memset(&complaints, 0, sizeof(complaints));
        r = era_read((struct bytes) { data, size }, &era, &complaints);
        assert(r >= 0 && (r == 0) == (complaints.count == 0));
        if (!r)
                keep_to_bounds(&era);
        era_cleanup(&era);
        return 0;
}

void fuzz_seeds(fuzz_seed_fn *take, void *context)
{
        take(context, (struct bytes) { plain, sizeof(plain) - 1 });
        take(context, (struct bytes) { lines, sizeof(lines) - 1 });
}
