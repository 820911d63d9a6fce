/* SPDX-License-Identifier: Apache-2.0 */
#include "store/damage.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <ucontext.h>

#include "store/mdb.h"

/* A row may claim as much as its size has bits for, beyond the end of the map. */
#define CLAIM_MAX (UINT64_C(1) << 32)

#define WATCHED_MAX 8           /* ledger and blocks, and those of a copy that is compared */

struct watched {
        atomic_uintptr_t from, to;      /* where its map lies; 0: unused */
        struct store_env *env;
};

/* Of the process, as signals are. */
static store_damage *leave;
static struct watched watched[WATCHED_MAX];
static struct sigaction before[3];
static const int signals[3] = { SIGSEGV, SIGBUS, SIGFPE };
static atomic_uintptr_t code_from, code_to;     /* where LMDB's own code lies */

static uintptr_t place_of(const void *context)
{
        const ucontext_t *at = context;

#if defined(__x86_64__)
        return (uintptr_t)at->uc_mcontext.gregs[REG_RIP];
#elif defined(__aarch64__)
        return (uintptr_t)at->uc_mcontext.pc;
#else
        (void)at;
        return 0;
#endif
}

/* Taken for what it is not, a row leads LMDB to pointers that it never made. */
static bool within_code(uintptr_t place)
{
        return place >= atomic_load(&code_from) && place < atomic_load(&code_to);
}

static bool within_file(uintptr_t address)
{
        for (size_t i = 0; i < WATCHED_MAX; i++) {
                uintptr_t from = atomic_load(&watched[i].from);

                if (from && address >= from && address - CLAIM_MAX < atomic_load(&watched[i].to))
                        return true;
        }
        return false;
}

/* What is not ours comes again, and meets who was there before us. */
static void on_signal(int number, siginfo_t *info, void *context)
{
        if (within_file((uintptr_t)info->si_addr) || within_code(place_of(context)))
                leave("a page points to where there is nothing");
        for (size_t i = 0; i < 3; i++)
                if (signals[i] == number)
                        sigaction(number, &before[i], NULL);
}

static void on_assertion(MDB_env *env, const char *says)
{
        (void)env;
        leave(says);
}

struct mapping {
        uintptr_t from, to;
        uint64_t device, inode;
};

static bool is_of_file(const struct mapping *mapping, const void *file_)
{
        const struct stat *file = file_;

        return mapping->inode == file->st_ino && mapping->device == file->st_dev;
}

static bool has_code(const struct mapping *mapping, const void *code)
{
        const uintptr_t *place = code;

        return *place >= mapping->from && *place < mapping->to;
}

/* LMDB does not say where it has mapped its file; the kernel does. */
static int find_mapping(bool (*is_it)(const struct mapping *mapping, const void *with),
                        const void *with, struct mapping *ret)
{
        FILE *maps = fopen("/proc/self/maps", "re");
        char line[4352];
        bool found = false;

        if (!maps)
                return -errno;
        while (!found && fgets(line, sizeof(line), maps)) {
                unsigned int high, low;

                if (sscanf(line, "%" SCNxPTR "-%" SCNxPTR " %*s %*x %x:%x %" SCNu64, &ret->from,
                           &ret->to, &high, &low, &ret->inode) != 5)
                        continue;
                ret->device = makedev(high, low);
                found = is_it(ret, with);
        }
        fclose(maps);
        return found ? 0 : -ENOENT;
}

/* Where it is not found, only what lies in the map is known for the file's. */
static void find_code(void)
{
        const uintptr_t place = (uintptr_t)mdb_env_open;
        struct mapping mapping;

        if (find_mapping(has_code, &place, &mapping))
                return;
        atomic_store(&code_to, mapping.to);
        atomic_store(&code_from, mapping.from);
}

void store_on_damage(store_damage *how)
{
        struct sigaction action = { .sa_sigaction = on_signal, .sa_flags = SA_SIGINFO };

        if (!leave) {
                find_code();
                for (size_t i = 0; i < 3; i++)
                        sigaction(signals[i], &action, &before[i]);
        }
        leave = how;
}

static struct watched *room_for(void)
{
        for (size_t i = 0; i < WATCHED_MAX; i++)
                if (atomic_load(&watched[i].from) == 0)
                        return &watched[i];
        return NULL;
}

int damage_watch(struct store_env *env)
{
        struct watched *place = room_for();
        struct mapping mapping;
        struct stat file;
        int r, fd;

        if (!leave || !place)
                return 0;
        r = from_mdb(mdb_env_set_assert(env->mdb, on_assertion));
        if (!r)
                r = from_mdb(mdb_env_get_fd(env->mdb, &fd));
        if (!r && fstat(fd, &file) < 0)
                r = -errno;
        if (!r)
                r = find_mapping(is_of_file, &file, &mapping);
        /* A file system of many devices has another number in the maps: then as without us. */
        if (r)
                return r == -ENOENT ? 0 : r;
        place->env = env;
        atomic_store(&place->to, mapping.to);
        atomic_store(&place->from, mapping.from);
        return 0;
}

void damage_unwatch(struct store_env *env)
{
        for (size_t i = 0; i < WATCHED_MAX; i++) {
                if (watched[i].env != env)
                        continue;
                atomic_store(&watched[i].from, 0);
                watched[i].env = NULL;
        }
}
