/* SPDX-License-Identifier: Apache-2.0 */
/* blocks.json: which blocks of a folder are current. */
#include "clients/blocks.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "proof/hex.h"

static int put_text(struct json_object *to, const char *key, const char *text)
{
        return json_put_member(to, key, json_object_new_string(text));
}

static int block_to_json(const struct kept_block *block, struct json_object **ret)
{
        own(json_object) struct json_object *object = json_object_new_object();
        char hex[DIGEST_TEXT_MAX + 1];
        int r = object ? 0 : -ENOMEM;

        hex_print(BYTES_OF(block->sha256.octets), hex);
        if (!r)
                r = json_put_member(object, "number", json_object_new_int64(block->number));
        if (!r)
                r = json_put_member(object, "rows", json_object_new_int64(block->rows));
        if (!r)
                r = json_put_member(object, "allowed", json_of_money(block->cents));
        if (!r)
                r = put_text(object, "sha256", hex);
        if (!r)
                *ret = give(object);
        return r;
}

static int lists_to_json(const struct kept_blocks *kept, struct json_object *to)
{
        struct json_object *categories = json_object_new_array(), *blocks;
        int r = json_put_member(to, "categories", categories);

        for (uint32_t i = 0; !r && i < kept->category_count; i++)
                r = json_put_element(categories, json_object_new_string(kept->categories[i].text));
        blocks = json_object_new_array();
        r = r ? (json_object_put(blocks), r) : json_put_member(to, "blocks", blocks);
        for (uint32_t i = 0; !r && i < kept->count; i++) {
                struct json_object *block = NULL;

                r = block_to_json(&kept->list[i], &block);
                if (!r)
                        r = json_put_element(blocks, block);
        }
        return r;
}

int kept_blocks_to_json(const struct kept_blocks *kept, struct json_object **ret)
{
        own(json_object) struct json_object *object = json_object_new_object();
        char contract[CONTRACT_ID_MAX + 1];
        int r = object ? put_text(object, "schema", BLOCKS_SCHEMA) : -ENOMEM;

        contract_id_print(&kept->contract, contract);
        if (!r)
                r = put_text(object, "contract", contract);
        if (!r && !name_empty(&kept->segment))
                r = put_text(object, "segment", kept->segment.text);
        if (!r)
                r = json_put_member(object, "period", json_of_period(kept->period));
        if (!r && kept->paid_through != DATE_NONE)
                r = json_put_member(object, "paid_through", json_of_date(kept->paid_through));
        if (!r)
                r = json_put_member(object, "key_generation",
                                    json_object_new_int64(kept->generation));
        if (!r)
                r = lists_to_json(kept, object);
        if (!r)
                *ret = give(object);
        return r;
}

/* ---- and back; each answers 0 or a refusal, having complained */

static int name_in(const struct json_place *of, const char *key, struct name *ret,
                   struct complaints *to)
{
        const struct json_place place = json_member(of, key);
        struct bytes text = { NULL, 0 };
        int bad = json_want_text(&place, false, &text, to);

        if (bad || !text.data || name_parse(text, ret))
                return bad;
        return json_complain(to, &place, "is no name");
}

static int contract_in(const struct json_place *of, struct contract_id *ret, struct complaints *to)
{
        const struct json_place place = json_member(of, "contract");
        struct bytes text = { NULL, 0 };
        int bad = json_want_text(&place, true, &text, to);

        if (bad || contract_id_parse(text, ret))
                return bad;
        return json_complain(to, &place, "must be a contract: BEARER/EARNER/LABEL");
}

static int digest_in(const struct json_place *of, struct sha256 *ret, struct complaints *to)
{
        const struct json_place place = json_member(of, "sha256");
        struct bytes text = { NULL, 0 };
        int bad = json_want_text(&place, true, &text, to);

        if (bad || hex_parse(text, ret->octets, sizeof(ret->octets)))
                return bad;
        return json_complain(to, &place, "must be 64 hexadecimal digits");
}

static int whole_in(const struct json_place *of, const char *key, int64_t least, int64_t most,
                    uint32_t *ret, struct complaints *to)
{
        const struct json_place place = json_member(of, key);
        int64_t value = least;
        int bad = json_want_whole(&place, true, least, most, &value, to);

        *ret = (uint32_t)value;
        return bad;
}

static int block_in(const struct json_place *place, uint32_t after, struct kept_block *ret,
                    struct complaints *to)
{
        static const char *const keys[] = { "number", "rows", "allowed", "sha256", NULL };
        const struct json_place allowed = json_member(place, "allowed");
        int bad = json_want_object(place, keys, to);

        if (bad)
                return bad;
        bad |= whole_in(place, "number", after + 1, BLOCK_NUMBER_MAX, &ret->number, to);
        bad |= whole_in(place, "rows", 1, BLOCK_ROWS_MAX, &ret->rows, to);
        bad |= json_want_money(&allowed, true, &ret->cents, to);
        bad |= digest_in(place, &ret->sha256, to);
        return bad;
}

static int blocks_in(const struct json_place *document, struct kept_blocks *ret,
                     struct complaints *to)
{
        const struct json_place list = json_member(document, "blocks");
        size_t count;
        int bad = json_want_array(&list, BLOCK_NUMBER_MAX, true, &count, to);

        if (bad)
                return bad;
        ret->list = calloc(count + 1, sizeof(*ret->list));
        if (!ret->list)
                return -ENOMEM;
        for (size_t i = 0; i < count && !bad; i++) {
                const struct json_place place = json_element(&list, i);

                bad = block_in(&place, i ? ret->list[i - 1].number : 0, &ret->list[i], to);
        }
        ret->count = (uint32_t)count;
        return bad;
}

static int categories_in(const struct json_place *document, struct kept_blocks *ret,
                         struct complaints *to)
{
        const struct json_place list = json_member(document, "categories");
        size_t count;
        int bad = json_want_array(&list, CATEGORIES_MAX, true, &count, to);

        for (size_t i = 0; i < count && !bad; i++) {
                const struct json_place place = json_element(&list, i);
                struct bytes text = { NULL, 0 };

                bad = json_want_text(&place, true, &text, to);
                if (!bad && (!text.size || !item_parse(text, &ret->categories[i])))
                        bad = json_complain(to, &place, "is no category");
        }
        ret->category_count = (uint32_t)count;
        return bad;
}

static int set_in(const struct json_place *document, struct kept_blocks *ret, struct complaints *to)
{
        static const char *const keys[] = { "schema", "contract", "segment", "period",
                                            "paid_through", "key_generation", "categories",
                                            "blocks", NULL };
        const struct json_place period = json_member(document, "period");
        const struct json_place paid = json_member(document, "paid_through");
        int bad = json_want_object(document, keys, to);

        if (bad)
                return bad;
        bad = json_want_schema(document, BLOCKS_SCHEMA, to);
        if (bad)
                return bad;
        bad |= contract_in(document, &ret->contract, to);
        bad |= name_in(document, "segment", &ret->segment, to);
        bad |= json_want_period(&period, true, &ret->period, to);
        bad |= json_want_date(&paid, false, &ret->paid_through, to);
        bad |= whole_in(document, "key_generation", 1, UINT32_MAX, &ret->generation, to);
        bad |= categories_in(document, ret, to);
        return bad ? REFUSAL_BAD_VALUE : blocks_in(document, ret, to);
}

int kept_blocks_from_json(struct bytes text, struct kept_blocks *ret, struct complaints *to)
{
        own(json_object) struct json_object *object = NULL;
        struct json_place document;
        int r = json_read(text, &object, to);

        if (r)
                return r;
        ret->paid_through = DATE_NONE;
        document = json_root(object);
        return set_in(&document, ret, to);
}
