/* SPDX-License-Identifier: Apache-2.0 */
/* The manual says of settings and messages what their tables say, no more and no less. */
#include <stdio.h>
#include <string.h>

#include "daemon/config.h"
#include "daemon/log.h"
#include "tests/daemon/run.h"

#define PAGE_MAX 65536

static char page[PAGE_MAX];

static void read_page(const char *variable)
{
        const char *path = getenv(variable);
        FILE *in;
        size_t size;

        ck_assert_msg(path != NULL, "%s names the page", variable);
        in = fopen(path, "r");
        ck_assert_ptr_nonnull(in);
        size = fread(page, 1, sizeof(page) - 1, in);
        ck_assert_uint_lt(size, sizeof(page) - 1);
        page[size] = '\0';
        fclose(in);
}

/* scdoc takes * and _ for emphasis. */
static const char *escaped(const char *text, char ret_text[512])
{
        size_t length = 0;

        for (; *text && length < 510; text++) {
                if (*text == '*' || *text == '_')
                        ret_text[length++] = '\\';
                ret_text[length++] = *text;
        }
        ret_text[length] = '\0';
        return ret_text;
}

/* @text at @at or after it; the place after it. */
static const char *then(const char *at, const char *text)
{
        const char *found = strstr(at, text);

        ck_assert_msg(found != NULL, "the page does not say, or not in this order: %s", text);
        return found + strlen(text);
}

static int count_of(const char *text)
{
        int count = 0;

        for (const char *at = page; (at = strstr(at, text)); at++)
                count++;
        return count;
}

START_TEST(accordd_conf_5_has_every_setting_as_it_is)
{
        char line[1024], key[512], value[512], says[512];
        const char *at, *section = "";
        struct setting row;
        int settings = 0;

        read_page("PAGE_ACCORDD_CONF");
        at = then(page, "# SETTINGS\n");
        for (size_t i = 0; config_setting(i, &row); i++, settings++) {
                if (strcmp(section, row.section) != 0) {
                        snprintf(line, sizeof(line), "## [%s]\n", row.section);
                        at = then(at, line);
                }
                section = row.section;
                snprintf(line, sizeof(line), "*%s* =%s%s\n\t%s\n", escaped(row.key, key),
                         *row.value ? " " : "", escaped(row.value, value),
                         escaped(row.says, says));
                at = then(at, line);
        }
        ck_assert_int_eq(count_of("* ="), settings);
}
END_TEST

START_TEST(accordd_8_has_every_message_as_it_is)
{
        static const char *const urgency[] = {
                "emergency", "alert", "critical", "error", "warning", "notice", "info", "debug",
        };
        char line[1024], says[512];
        struct log_message row;
        const char *at;
        int messages = 0;

        read_page("PAGE_ACCORDD");
        at = then(page, "# MESSAGES\n");
        for (size_t i = 0; log_message(i, &row); i++, messages++) {
                snprintf(line, sizeof(line), "*%s*\n\t%s, %s%s\n", escaped(row.says, says),
                         urgency[row.priority], row.id, row.limited ? ", limited" : "");
                at = then(at, line);
        }
        ck_assert_int_eq(count_of("*\n\terror, ") + count_of("*\n\twarning, ") +
                         count_of("*\n\tnotice, ") + count_of("*\n\tinfo, ") +
                         count_of("*\n\tcritical, "), messages);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("pages");

        tcase_add_test(tests, accordd_conf_5_has_every_setting_as_it_is);
        tcase_add_test(tests, accordd_8_has_every_message_as_it_is);
        return run_case(tests, "pages", 20);
}
