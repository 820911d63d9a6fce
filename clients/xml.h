/* SPDX-License-Identifier: Apache-2.0 */
/* Text within a document of XML. */
#ifndef ACCORD_CLIENTS_XML_H
#define ACCORD_CLIENTS_XML_H

#include <stdio.h>

/*
 * xml_text() - writes @text such that a reader has it back as it is, between tags
 *
 * It is UTF-8 without control characters already; nothing is checked here.
 */
void xml_text(FILE *to, const char *text);

#endif
