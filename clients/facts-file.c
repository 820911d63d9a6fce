/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/facts-file.h"

#include <errno.h>
#include <stdlib.h>

#include "core/own.h"
#include "clients/cli.h"
#include "clients/files.h"
#include "clients/report_json.h"
#include "clients/terms-file.h"

#define FACTS_FILE_MOST (64u << 20)
#define FACTS_MOST 20000        /* each is held against all others */

static void report_cleanup(struct report *report)
{
        report_free(report);
}

void facts_list_cleanup(struct facts_list *list)
{
        free(list->facts);
}

static int add(struct facts_list *list, const struct fact *fact)
{
        if (list->count == list->room) {
                size_t room = list->room ? 2 * list->room : 64;
                struct fact *facts = reallocarray(list->facts, room, sizeof(*facts));

                if (!facts)
                        return -ENOMEM;
                list->facts = facts;
                list->room = room;
        }
        list->facts[list->count++] = *fact;
        return 0;
}

/* The same figure of the same side; NULL when the list has none. */
static const struct fact *find(const struct facts_list *list, const struct fact *fact)
{
        for (size_t i = 0; i < list->count; i++)
                if (list->facts[i].side == fact->side &&
                    fact_key_equal(&list->facts[i].key, &fact->key))
                        return &list->facts[i];
        return NULL;
}

static int take_figure(const struct report *report, size_t place, uint64_t number,
                       const struct terms *terms, struct facts_list *list, struct complaints *to)
{
        const struct fact_event *event = &report->figures[place];
        enum side record = terms_of_record(terms, event->key.kind);
        const struct fact fact = {
                .key = event->key,
                .value = event->value,
                .index = number,
                .event = (uint32_t)report->lines[place],
                .side = report->side && record != SIDE_NEITHER ? report->side : record,
        };
        const struct fact *other = find(list, &fact);

        if (!name_empty(&event->key.segment) && !terms_has_segment(terms, &event->key.segment))
                return complaints_add_at(to, report->lines[place], 0, "segment",
                                         "the terms have no segment %s", event->key.segment.text);
        if (other)
                return complaints_add_at(to, report->lines[place], 0, "",
                                         "says again what line %u of %s says: one figure, one row",
                                         other->event,
                                         other->index == number ? "this file" : "another file");
        return add(list, &fact);
}

static int take_figures(const struct report *report, uint64_t number, const struct terms *terms,
                        struct facts_list *list, struct complaints *to)
{
        char mine[CONTRACT_ID_MAX + 1], theirs[CONTRACT_ID_MAX + 1];
        int r = report->rejected ? REFUSAL_BAD_VALUE : 0;

        contract_id_print(&terms->contract, mine);
        contract_id_print(&report->contract, theirs);
        if (!contract_id_empty(&report->contract) &&
            !contract_id_equal(&report->contract, &terms->contract))
                return complaints_add(to, "contract", "is about %s, and the terms are those of %s",
                                      theirs, mine);
        if (list->count + report->count > FACTS_MOST)
                return complaints_add(to, "", "has more figures than a settlement can take: %d",
                                      FACTS_MOST);
        for (size_t i = 0; i < report->count && r >= 0; i++) {
                int bad = take_figure(report, i, number, terms, list, to);

                r = bad ? bad : r;
        }
        return r;
}

enum exit_code facts_file_read(const char *path, uint64_t number, const struct terms *terms,
                               struct facts_list *list)
{
        own(file) struct file file = { 0 };
        own(report) struct report report = { 0 };
        own(complaints) struct complaints *to = calloc(1, sizeof(*to));
        enum exit_code code;
        int r;

        if (!to)
                return say_failure(-ENOMEM, "%s", path);
        code = file_read(path, FACTS_FILE_MOST, &file);
        if (code)
                return code;
        r = report_from_text(file_bytes(&file), &report, to);
        if (!r)
                r = take_figures(&report, number, terms, list, to);
        if (r < 0)
                return say_failure(r, "%s", path);
        complaints_print(to, path, stderr);
        return r ? EXIT_REFUSED : EXIT_DONE;
}
