/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a verb's words and options mean. Each answers EXIT_DONE, or EXIT_USAGE having said what is
 * wrong.
 */
#ifndef ACCORD_CLIENTS_TAKE_H
#define ACCORD_CLIENTS_TAKE_H

#include "core/message.h"
#include "clients/verb.h"
#include "clients/words.h"

/* A word. */
enum exit_code take_contract(const struct call *call, size_t word, struct contract_id *ret);
enum exit_code take_name(const struct call *call, size_t word, struct name *ret);
enum exit_code take_number(const struct call *call, size_t word, uint64_t *ret);
enum exit_code take_period(const struct call *call, size_t word, struct period *ret);

/* Negative too; the sign says who pays: accord help units. */
enum exit_code take_money(const struct call *call, const char *option, const char *text,
                          int64_t *ret);

/* An option; when it is not given *ret is left as it is. */
enum exit_code take_day_option(const struct call *call, const char *option, date *ret);
enum exit_code take_time_option(const struct call *call, const char *option, instant *ret);
enum exit_code take_period_option(const struct call *call, const char *option, struct period *ret);
enum exit_code take_name_option(const struct call *call, const char *option, struct name *ret);
enum exit_code take_number_option(const struct call *call, const char *option, uint64_t most,
                                  uint64_t *ret);
enum exit_code take_word_option(const struct call *call, const char *option,
                                const struct word *words, int *ret);

/* "facts,terms": bits of enum right. */
enum exit_code take_rights(const struct call *call, const char *text, uint32_t *ret);
/* "facts,terms"; "none" for none. Returns @ret. */
char *print_rights(uint32_t rights, char ret[64]);

/* Now, by this machine's clock. */
instant time_now(void);
date day_today(void);

/* The keys of a node to be admitted, from its public file. */
enum exit_code take_keys(const char *path, struct node_admission *ret);

#endif
