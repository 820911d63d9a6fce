/* SPDX-License-Identifier: Apache-2.0 */
#include "core/ident.h"

#include <string.h>

static bool first_of_word(char c)
{
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static bool in_word(char c)
{
        return first_of_word(c) || c == '-' || c == '.' || c == '_';
}

static bool word(const char *text, size_t size, size_t most)
{
        if (size == 0 || size > most || !first_of_word(text[0]))
                return false;
        for (size_t i = 1; i < size; i++)
                if (!in_word(text[i]))
                        return false;
        return true;
}

bool name_parse(struct bytes text, struct name *ret)
{
        memset(ret, 0, sizeof(*ret));
        if (!word(text.data, text.size, NAME_MAX_LENGTH))
                return false;
        memcpy(ret->text, text.data, text.size);
        return true;
}

bool item_parse(struct bytes text, struct item *ret)
{
        const char *c = text.data;

        memset(ret, 0, sizeof(*ret));
        if (text.size == 0)
                return true;
        if (text.size > ITEM_MAX_LENGTH || !first_of_word(c[0]))
                return false;
        for (size_t i = 1; i < text.size; i++)
                if (!in_word(c[i]) && c[i] != '/' && c[i] != ':')
                        return false;
        memcpy(ret->text, text.data, text.size);
        return true;
}

/* The part of *rest before the next '/', or all of it; *rest is moved behind the slash. */
static struct bytes part_before_slash(struct bytes *rest, bool *ret_slash)
{
        const char *at = rest->size ? memchr(rest->data, '/', rest->size) : NULL;
        struct bytes part = *rest;

        *ret_slash = at != NULL;
        if (at) {
                part.size = (size_t)(at - (const char *)rest->data);
                rest->data = at + 1;
                rest->size -= part.size + 1;
        } else {
                rest->size = 0;
        }
        return part;
}

bool contract_id_parse(struct bytes text, struct contract_id *ret)
{
        bool first, second, third;
        struct bytes bearer = part_before_slash(&text, &first);
        struct bytes earner = part_before_slash(&text, &second);
        struct bytes label = part_before_slash(&text, &third);

        memset(ret, 0, sizeof(*ret));
        if (first && second && !third && name_parse(bearer, &ret->bearer) &&
            name_parse(earner, &ret->earner) && name_parse(label, &ret->label))
                return true;
        memset(ret, 0, sizeof(*ret));
        return false;
}

bool node_path_parse(struct bytes text, struct name *ret_party, struct name *ret_node)
{
        bool first, second;
        struct bytes party = part_before_slash(&text, &first);
        struct bytes node = part_before_slash(&text, &second);

        memset(ret_node, 0, sizeof(*ret_node));
        return name_parse(party, ret_party) && first && !second && name_parse(node, ret_node);
}

static size_t put(char *to, const struct name *name)
{
        size_t size = strlen(name->text);

        memcpy(to, name->text, size);
        return size;
}

size_t contract_id_print(const struct contract_id *id, char ret_text[CONTRACT_ID_MAX + 1])
{
        size_t at = put(ret_text, &id->bearer);

        ret_text[at++] = '/';
        at += put(ret_text + at, &id->earner);
        ret_text[at++] = '/';
        at += put(ret_text + at, &id->label);
        ret_text[at] = '\0';
        return at;
}

bool name_equal(const struct name *a, const struct name *b)
{
        return memcmp(a->text, b->text, sizeof(a->text)) == 0;
}

bool name_empty(const struct name *name)
{
        return name->text[0] == '\0';
}

bool item_equal(const struct item *a, const struct item *b)
{
        return memcmp(a->text, b->text, sizeof(a->text)) == 0;
}

bool contract_id_equal(const struct contract_id *a, const struct contract_id *b)
{
        return name_equal(&a->bearer, &b->bearer) && name_equal(&a->earner, &b->earner) &&
               name_equal(&a->label, &b->label);
}

bool contract_id_empty(const struct contract_id *id)
{
        return name_empty(&id->label);
}
