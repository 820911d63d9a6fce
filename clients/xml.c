/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/xml.h"

void xml_text(FILE *to, const char *text)
{
        for (; *text; text++)
                switch (*text) {
                case '&':
                        fputs("&amp;", to);
                        break;
                case '<':
                        fputs("&lt;", to);
                        break;
                case '>':
                        fputs("&gt;", to);
                        break;
                default:
                        fputc(*text, to);
                }
}
