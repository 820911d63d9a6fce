/* SPDX-License-Identifier: Apache-2.0 */
#include "docs/gen-uses.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clients/template_library.h"

/* The family of the library's n-th text: that of any template in it. */
static const char *family_of(size_t family)
{
        for (size_t i = 0; i < template_row_count; i++)
                if (template_rows[i].family == family)
                        return template_rows[i].info.family;
        return NULL;
}

void print_templates(const char *name, unsigned int version)
{
        const char *before = "- templates: ", *family;
        char step[64];

        snprintf(step, sizeof(step), "\"%s@%u\"", name, version);
        for (size_t i = 0; (family = family_of(i)); i++) {
                const struct bytes text = template_families[i].text;

                if (!memmem(text.data, text.size, step, strlen(step)))
                        continue;
                printf("%s%s", before, family);
                before = ", ";
        }
        if (before[0] == ',')
                printf("\n");
}

static bool mentions(const char *path, const char *word)
{
        static char text[1 << 20];
        FILE *file = fopen(path, "r");
        size_t size = file ? fread(text, 1, sizeof(text), file) : 0;

        if (file)
                fclose(file);
        return memmem(text, size, word, strlen(word)) != NULL;
}

/* As C code and as vectors name it: "share", "share@1". */
void print_tests(const char *name, char *const *tests)
{
        const char *before = "- tests: ";
        char quoted[64], versioned[64];

        snprintf(quoted, sizeof(quoted), "\"%s\"", name);
        snprintf(versioned, sizeof(versioned), "%s@1", name);
        for (; *tests; tests++) {
                const char *slash = strrchr(*tests, '/');

                if (!mentions(*tests, quoted) && !mentions(*tests, versioned))
                        continue;
                printf("%s%s", before, slash ? slash + 1 : *tests);
                before = ", ";
        }
        if (before[0] == ',')
                printf("\n");
}
