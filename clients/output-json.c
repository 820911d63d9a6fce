/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/output-writers.h"

#define PLAIN (JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE)
#define PRETTY (JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_SPACED | JSON_C_TO_STRING_NOSLASHESCAPE)

static struct json_object *with_schema(const char *thing)
{
        struct json_object *object = json_object_new_object();
        char schema[64];

        snprintf(schema, sizeof(schema), "accord.%s.v1", thing);
        json_object_object_add(object, "schema", json_object_new_string(schema));
        return object;
}

static void add_cells(struct out *out, struct json_object *object, const struct cell *cells)
{
        for (size_t i = 0; i < out->column_count; i++)
                json_object_object_add(object, out->columns[i].key, cell_object(&cells[i]));
}

static void put(struct out *out, struct json_object *object, int flags, const char *end)
{
        const char *text = object ? json_object_to_json_string_ext(object, flags) : NULL;

        if (text)
                fprintf(out->stream, "%s%s", text, end);
        else
                out->hurt = true;
        json_object_put(object);
}

/* ---- json: one document; items are written as they come, so that a long list needs no memory */

static void json_begin(struct out *out)
{
        fprintf(out->stream, "{\"schema\":\"accord.%s-list.v1\",\"items\":[", out->thing);
}

static void json_row(struct out *out, const struct cell *cells)
{
        struct json_object *object = json_object_new_object();

        add_cells(out, object, cells);
        fputs(out->rows ? ",\n" : "\n", out->stream);
        put(out, object, PLAIN, "");
}

static void json_end(struct out *out)
{
        fputs(out->rows ? "\n]}\n" : "]}\n", out->stream);
}

static void json_record(struct out *out, const struct cell *cells)
{
        struct json_object *object = with_schema(out->thing);

        add_cells(out, object, cells);
        put(out, object, PRETTY, "\n");
}

const struct writer writer_json = {
        .begin = json_begin,
        .row = json_row,
        .end = json_end,
        .record = json_record,
};

/* ---- ndjson: every line a document */

static void ndjson_begin(struct out *out)
{
        (void)out;
}

static void ndjson_row(struct out *out, const struct cell *cells)
{
        struct json_object *object = with_schema(out->thing);

        add_cells(out, object, cells);
        put(out, object, PLAIN, "\n");
}

const struct writer writer_ndjson = {
        .begin = ndjson_begin,
        .row = ndjson_row,
        .record = ndjson_row,
};

/* The schema comes first, where a reader looks for it. */
void out_document(struct out *out, const char *thing, struct json_object *object)
{
        struct json_object *document = with_schema(thing);

        json_object_object_foreach(object, key, value)
                if (document && json_object_object_get_ex(document, key, NULL) == 0)
                        json_object_object_add(document, key, json_object_get(value));
        json_object_put(object);
        put(out, document, out->format == FORMAT_JSON ? PRETTY : PLAIN, "\n");
}
