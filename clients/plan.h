/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A plan: a run that was reviewed before it is ordered. The file, accord.plan.v1, has what is to be
 * run, what it would come to, and the digest by which the hub knows that it still would.
 */
#ifndef ACCORD_CLIENTS_PLAN_H
#define ACCORD_CLIENTS_PLAN_H

#include "core/submission.h"
#include "clients/settle-source.h"

#define PLAN_SCHEMA "accord.plan.v1"

/*
 * The plan as a document, without its schema; the caller's.
 * @planned: what a run of that kind would come to now
 */
enum exit_code plan_object(struct source *planned, struct json_object **ret);
/* Writes a file that was not there. */
enum exit_code plan_write(const char *path, struct source *planned);
/* What to ask for; says what is wrong with the file. */
enum exit_code plan_read(const char *path, struct contract_id *ret_contract,
                         struct run_request *ret);

#endif
