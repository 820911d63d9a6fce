/* SPDX-License-Identifier: Apache-2.0 */
#include "core/check.h"
#include "store/table.h"

enum keys { BYTES, NUMBER };
enum grows { ANY, APPEND };
enum kind { RECORD, STATE };
enum home { LEDGER = STORE_LEDGER, BLOCKS = STORE_BLOCKS };

static const struct {
        const char *name;
        enum keys keys;
        enum grows grows;
        enum kind kind;
        enum home home;
} tables[] = {
#define X(name, keys, grows, kind, home) [TABLE_##name] = { #name, keys, grows, kind, home },
        STORE_TABLES(X)
#undef X
};

const char *table_name(enum table table)
{
        assert(table < TABLE_COUNT);
        return tables[table].name;
}

bool table_is_state(enum table table)
{
        assert(table < TABLE_COUNT);
        return tables[table].kind == STATE;
}

bool table_by_number(enum table table)
{
        assert(table < TABLE_COUNT);
        return tables[table].keys == NUMBER;
}

bool table_only_appends(enum table table)
{
        assert(table < TABLE_COUNT);
        return tables[table].grows == APPEND;
}

enum store_home table_home(enum table table)
{
        assert(table < TABLE_COUNT);
        return (enum store_home)tables[table].home;
}
