/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/remit-accounts.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "clients/cli.h"
#include "clients/ini-file.h"
#include "clients/terms-file.h"
#include "core/own.h"
#include "proof/keyfile.h"
#include "proof/utf8.h"

#define FILE_SIZE_MOST (1u << 20)
#define ACCOUNTS_MAX 4096

void remit_accounts_cleanup(struct remit_accounts *accounts)
{
        if (accounts->list)
                secret_wipe(accounts->list, accounts->room * sizeof(*accounts->list));
        free(accounts->list);
}

const struct remit_account *remit_account_of(const struct remit_accounts *accounts,
                                             const struct name *party)
{
        for (size_t i = 0; i < accounts->count; i++)
                if (name_equal(&accounts->list[i].party, party))
                        return &accounts->list[i];
        return NULL;
}

char *remit_mask(const char *text, char ret[48])
{
        size_t size = strnlen(text, 47);

        for (size_t i = 0; i < size; i++)
                ret[i] = size > 4 && i + 4 >= size ? text[i] : '*';
        ret[size] = '\0';
        return ret;
}

/* ---- values */

/* Takes letters and digits, as capitals; blanks and hyphens between them do not count. */
static bool take_plain(const char *value, char *to, size_t room)
{
        size_t size = 0;

        for (; *value; value++) {
                char c = *value;

                if (c == ' ' || c == '-')
                        continue;
                if (c >= 'a' && c <= 'z')
                        c = (char)(c - 'a' + 'A');
                if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')) || size + 1 == room)
                        return false;
                to[size++] = c;
        }
        to[size] = '\0';
        return size > 0;
}

static bool take_text(const char *value, char *to, size_t room)
{
        size_t size = strlen(value);

        if (size == 0 || size >= room || !utf8_valid((struct bytes) { value, size }))
                return false;
        for (size_t i = 0; i < size; i++)
                if ((unsigned char)value[i] < ' ' || value[i] == 0x7f)
                        return false;
        memcpy(to, value, size + 1);
        return true;
}

static bool all_digits(const char *text, size_t count)
{
        return strlen(text) == count && strspn(text, "0123456789") == count;
}

/* NULL, or what is wrong; the value itself is not said again: it may be a person's number. */
static const char *take_value(struct remit_account *to, const char *name, const char *value)
{
        if (strcmp(name, "name") == 0)
                return take_text(value, to->name, sizeof(to->name)) ? NULL
                       : "must be a name of at most 140 characters";
        if (strcmp(name, "destination") == 0)
                return take_text(value, to->destination, sizeof(to->destination)) ? NULL
                       : "must be a name of at most 23 characters";
        if (strcmp(name, "iban") == 0)
                return take_plain(value, to->iban, sizeof(to->iban)) && iban_valid(to->iban)
                       ? NULL : "is no IBAN: its check digits do not fit";
        if (strcmp(name, "bic") == 0)
                return take_plain(value, to->bic, sizeof(to->bic)) &&
                       (strlen(to->bic) == 8 || strlen(to->bic) == 11)
                       ? NULL : "is no BIC: 8 or 11 letters and digits";
        if (strcmp(name, "routing") == 0)
                return take_plain(value, to->routing, sizeof(to->routing)) &&
                       routing_valid(to->routing)
                       ? NULL : "is no routing number: nine digits, and the check digit must fit";
        if (strcmp(name, "account") == 0)
                return take_plain(value, to->number, sizeof(to->number)) ? NULL
                       : "is no account number: at most 34 letters and digits";
        if (strcmp(name, "tin") == 0)
                return take_plain(value, to->tin, sizeof(to->tin)) && all_digits(to->tin, 9)
                       ? NULL : "is no TIN: nine digits";
        if (strcmp(name, "company-id") == 0)
                return take_plain(value, to->company_id, sizeof(to->company_id)) &&
                       strlen(to->company_id) == 10 ? NULL : "must have ten characters";
        if (strcmp(name, "type") == 0) {
                to->savings = strcmp(value, "savings") == 0;
                return to->savings || strcmp(value, "checking") == 0 ? NULL
                       : "must be checking or savings";
        }
        return "is not known here: name, iban, bic, routing, account, type, tin, company-id, "
               "destination";
}

/* ---- the file */

static struct remit_account *section(struct remit_accounts *accounts, const struct name *party)
{
        struct remit_account *account = NULL;

        for (size_t i = 0; i < accounts->count; i++)
                if (name_equal(&accounts->list[i].party, party))
                        return &accounts->list[i];
        if (accounts->count == accounts->room)
                return NULL;
        account = &accounts->list[accounts->count++];
        account->party = *party;
        return account;
}

static int on_setting(void *with, const struct ini_setting *setting, struct complaints *to)
{
        struct remit_accounts *accounts = with;
        struct remit_account *account;
        struct name party;
        const char *says;

        if (!name_parse((struct bytes) { setting->section, strlen(setting->section) }, &party)) {
                complaints_add_at(to, setting->line, 0, setting->name,
                                  "stands in no section named for a party: [acme]");
                return 0;
        }
        account = section(accounts, &party);
        if (!account) {
                complaints_add_at(to, setting->line, 0, "", "more than %d parties", ACCOUNTS_MAX);
                return REFUSAL_MALFORMED;
        }
        says = take_value(account, setting->name, setting->value);
        if (says)
                complaints_add_at(to, setting->line, 0, setting->name, "%s", says);
        return 0;
}

static enum exit_code load(const char *path, char *text, size_t *ret_size)
{
        int r = keyfile_load_secret(path, text, FILE_SIZE_MOST, ret_size);

        if (r == -EPERM) {
                say_error("%s can be read by others: it has account numbers, chmod 600 it", path);
                return EXIT_FAILED;
        }
        if (r == -EBADMSG) {
                say_error("%s is no file of accounts, or larger than %u bytes", path,
                          FILE_SIZE_MOST);
                return EXIT_REFUSED;
        }
        if (r == -ENOENT) {
                say_error("there is no file %s", path);
                return EXIT_ABSENT;
        }
        return r ? say_failure(r, "%s", path) : EXIT_DONE;
}

enum exit_code remit_accounts_read(const char *path, struct remit_accounts *ret)
{
        own(complaints) struct complaints *complaints = calloc(1, sizeof(*complaints));
        char *text = malloc(FILE_SIZE_MOST);
        enum exit_code code;
        size_t size = 0;
        int r = 0;

        ret->room = ACCOUNTS_MAX;
        ret->list = calloc(ret->room, sizeof(*ret->list));
        code = complaints && text && ret->list ? load(path, text, &size)
                                               : say_failure(-ENOMEM, "%s", path);
        if (!code)
                r = ini_read((struct bytes) { text, size }, on_setting, ret, complaints);
        if (text)
                secret_wipe(text, size);
        free(text);
        if (code)
                return code;
        if (r < 0)
                return say_failure(r, "%s", path);
        complaints_print(complaints, path, stderr);
        return r || complaints->count ? EXIT_REFUSED : EXIT_DONE;
}
