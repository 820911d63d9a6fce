/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/lib/fail.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct {
        enum accord_code code;
        const char *says;
} codes[] = {
        { ACCORD_DONE, "done" },
#define X(name, number, says) { ACCORD_##name, says },
        ACCORD_CODES(X)
#undef X
};

const char *accord_code_says(enum accord_code code)
{
        for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
                if (codes[i].code == code)
                        return codes[i].says;
        return "no such code";
}

enum accord_code accord_code_of_refusal(unsigned int refusal)
{
        switch (refusal) {
        case 0:
                return ACCORD_DONE;
        case REFUSAL_NO_SUCH_THING:
                return ACCORD_NO_SUCH_THING;
        case REFUSAL_UNKNOWN_NODE:
        case REFUSAL_REVOKED_NODE:
        case REFUSAL_BAD_SIGNATURE:
        case REFUSAL_WRONG_SENDER:
        case REFUSAL_NOT_PERMITTED:
        case REFUSAL_NOT_DELEGATED:
                return ACCORD_NOT_PERMITTED;
        case REFUSAL_EQUIVOCATION:
        case REFUSAL_ALREADY_EXISTS:
        case REFUSAL_TERMS_DIFFER:
        case REFUSAL_OFFER_CLOSED:
        case REFUSAL_NO_PREDECESSOR:
        case REFUSAL_STALE_PREDECESSOR:
        case REFUSAL_PLAN_STALE:
        case REFUSAL_STATEMENT_CLOSED:
                return ACCORD_CONFLICT;
        case REFUSAL_BUSY:
                return ACCORD_UNREACHABLE;
        default:
                return ACCORD_REFUSED;
        }
}

static void set(struct accord_error *error, enum accord_code code, const char *format, va_list args)
{
        *error = (struct accord_error) { .code = code };
        vsnprintf(error->text, sizeof(error->text), format, args);
}

int fail_with(struct accord_error *error, enum accord_code code, const char *format, ...)
{
        va_list args;

        if (!error)
                return (int)code;

        va_start(args, format);
        set(error, code, format, args);
        va_end(args);
        return (int)code;
}

int fail_errno(struct accord_error *error, int r, const char *format, ...)
{
        va_list args;
        char reason[128];
        size_t length;

        if (!error)
                return ACCORD_FAILED;

        va_start(args, format);
        set(error, ACCORD_FAILED, format, args);
        va_end(args);

        error->cause = r < 0 ? -r : r;
        length = strlen(error->text);
        snprintf(error->text + length, sizeof(error->text) - length, ": %s",
                 strerror_r(error->cause, reason, sizeof(reason)));
        return ACCORD_FAILED;
}

int fail_refused(struct accord_error *error, const struct wire_fault *fault, const char *what)
{
        enum accord_code code = accord_code_of_refusal(fault->code);
        const char *name = refusal_name(fault->code);
        int says = fault->says.size > 300 ? 300 : (int)fault->says.size;
        int field = fault->field.size > 60 ? 60 : (int)fault->field.size;

        fail_with(error, code, "%s: %s%s%.*s%s%.*s", what, name ? name : "refused",
                  field ? " at " : "", field, (const char *)fault->field.data, says ? ": " : "",
                  says, (const char *)fault->says.data);
        if (error)
                error->refusal = fault->code;
        return (int)code;
}
