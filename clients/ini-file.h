/* SPDX-License-Identifier: Apache-2.0 */
/* Files of sections and settings, "[section]" and "name = value", with the line of each. */
#ifndef ACCORD_CLIENTS_INI_FILE_H
#define ACCORD_CLIENTS_INI_FILE_H

#include "clients/complaint.h"
#include "core/bytes.h"

struct ini_setting {
        const char *section, *name, *value;
        size_t line;
};

/* Complains itself of what it does not take; another answer than 0 ends the reading. */
typedef int ini_setting_fn(void *with, const struct ini_setting *setting, struct complaints *to);

/* 0; REFUSAL_MALFORMED having complained; what @take answered; -ENOMEM. */
int ini_read(struct bytes text, ini_setting_fn *take, void *with, struct complaints *to);

#endif
