/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a run says where facts are in dispute: it was settled by either side's version of them, and
 * what both agree on is paid.
 *
 *   they differ by less than is material   the statement of record; nothing is held
 *   both above 0, or both below            the one nearer to 0, with its lines; the rest is held
 *   else                                   nothing, with the lines of the side of record
 *
 * A version that cannot be calculated is no figure to be held against another: then the statement
 * of record is said, and the facts in dispute are named in it.
 */
#ifndef ACCORD_CORE_VERSIONS_H
#define ACCORD_CORE_VERSIONS_H

#include "core/match.h"
#include "core/statement.h"

/*
 * Whose version is said; neither: that of record.
 * @material:  cents; what moves less holds nothing. 0: every cent does
 * @of_record: whose lines are shown where no version is nearer to 0
 */
enum side versions_basis(int64_t by_bearer, int64_t by_earner, int64_t material,
                         enum side of_record);

/* What both versions have of the payable amount. */
int64_t versions_agreed(int64_t by_bearer, int64_t by_earner);

/*
 * versions_say() - the statement that is said
 * @matches: those that are held and were read by either version, in order; at least one
 * @bearer, @earner: by either side's version
 * @ret: that of record on entry; what is said on return, with both figures and the facts
 */
void versions_say(const struct match *const *matches, size_t count,
                  const struct statement *bearer, const struct statement *earner,
                  struct statement *ret);

#endif
