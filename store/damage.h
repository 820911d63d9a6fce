/* SPDX-License-Identifier: Apache-2.0 */
/*
 * LMDB believes its file. Where a page's own structure is damaged it reads what is not there, and
 * the process is sent SIGSEGV, SIGBUS or SIGFPE, or LMDB asserts: started again, it would meet the
 * same page again. What a program does then it says here; a fault that has nothing to do with the
 * file of an open ledger is what it always was.
 */
#ifndef ACCORD_STORE_DAMAGE_H
#define ACCORD_STORE_DAMAGE_H

/*
 * Says where the program can be told, and leaves the process: never returns. Called from a signal
 * handler of any thread, in the middle of anything.
 */
typedef void store_damage(const char *says);

/* For the whole process, before a ledger is opened; handlers of others stay behind ours. */
void store_on_damage(store_damage *leave);

struct store_env;

/* An environment that LMDB has just opened, or is about to close. Returns: 0; -errno. */
int damage_watch(struct store_env *env);
void damage_unwatch(struct store_env *env);

#endif
