/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Ownership in two words.
 *
 *   own(thing) struct thing *t = NULL;     released by thing_cleanup() on every way out ...
 *   return use(give(t));                   ... but where it is given away
 */
#ifndef ACCORD_CORE_OWN_H
#define ACCORD_CORE_OWN_H

#define own(type) __attribute__((cleanup(type##_cleanup)))

#define give(thing)                                    \
        __extension__({                                \
                __typeof__(thing) given_ = (thing);    \
                (thing) = NULL;                        \
                given_;                                \
        })

#endif
