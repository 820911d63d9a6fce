/* SPDX-License-Identifier: Apache-2.0 */
/*
 * JSON, strictly: one document, UTF-8, bounded depth, no key twice in an object, and no number but
 * whole ones of 64 bits: an amount or rate is a string, because a JSON number means a binary
 * fraction to most programs. Everything refused is refused with line and column, or the JSON
 * pointer, and what to write instead.
 */
#ifndef ACCORD_CLIENTS_JSON_H
#define ACCORD_CLIENTS_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include <json-c/json.h>

#include "clients/complaint.h"
#include "core/bytes.h"
#include "core/date.h"
#include "core/own.h"

#define JSON_DEPTH_MAX 16
#define JSON_SIZE_MAX (16u << 20)

static inline void json_object_cleanup(struct json_object **object)
{
        json_object_put(*object);
}

/* 0; REFUSAL_MALFORMED with the complaints; -ENOMEM. @ret is the caller's to json_object_put(). */
int json_read(struct bytes text, struct json_object **ret, struct complaints *to);

/* A place in a document: where complaints point. */
struct json_place {
        const struct json_place *parent; /* NULL: the document */
        const char *key;                 /* NULL: an element of an array */
        size_t index;
        struct json_object *object; /* what is there; NULL: nothing, or null */
};

struct json_place json_root(struct json_object *object);
struct json_place json_member(const struct json_place *of, const char *key);
struct json_place json_element(const struct json_place *of, size_t index);
/* "/steps/3/up"; the document itself is "". Returns @ret. */
char *json_pointer(const struct json_place *place, char ret[160]);
int json_complain(struct complaints *to, const struct json_place *place, const char *format, ...)
        __attribute__((format(printf, 3, 4)));

/*
 * Each answers 0 or REFUSAL_BAD_VALUE, having complained. Nothing there: complains when @required,
 * else leaves *ret alone and answers 0.
 */
int json_want_object(const struct json_place *place, const char *const *keys,
                     struct complaints *to);
int json_want_array(const struct json_place *place, size_t most, bool required, size_t *ret_length,
                    struct complaints *to);
int json_want_text(const struct json_place *place, bool required, struct bytes *ret,
                   struct complaints *to);
int json_want_whole(const struct json_place *place, bool required, int64_t least, int64_t most,
                    int64_t *ret, struct complaints *to);
int json_want_flag(const struct json_place *place, bool required, bool *ret, struct complaints *to);
int json_want_date(const struct json_place *place, bool required, date *ret, struct complaints *to);
/* {"from": "2024-01-01", "through": "2024-12-31"}: the last day is part of it. */
int json_want_period(const struct json_place *place, bool required, struct period *ret,
                     struct complaints *to);
/* "1234.56", or {"amount": "1234.56", "currency": "USD"}. */
int json_want_money(const struct json_place *place, bool required, int64_t *ret_cents,
                    struct complaints *to);

/* {"schema": @schema}: refused unless it is the one expected. */
int json_want_schema(const struct json_place *document, const char *schema, struct complaints *to);

/* New values; NULL when there is no memory. */
struct json_object *json_of_date(date day);
struct json_object *json_of_period(struct period period);
struct json_object *json_of_money(int64_t cents);
/* Takes @value; -ENOMEM also when it is NULL. */
int json_put_member(struct json_object *to, const char *key, struct json_object *value);
int json_put_element(struct json_object *to, struct json_object *value);

#endif
