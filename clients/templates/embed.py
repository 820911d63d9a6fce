#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The template library as one C file: the texts, and what can be listed without reading them.

    embed.py OUTPUT.c FAMILY.json ...

Refuses a figure without a source, or one that does not say how well it is known.
"""

import json
import sys

KNOWN = {frozenset(['confirmed']): 'confirmed', frozenset(['memory']): 'from memory',
         frozenset(['confirmed', 'memory']): 'partly from memory', frozenset(): 'from memory'}


def check(family, path):
    for name, rows in family['figures'].items():
        for row in rows:
            if not row.get('source') or row.get('known') not in ('confirmed', 'memory'):
                sys.exit(f'{path}: figure {name}: every row has a source, and says how well '
                         'it is known: confirmed or memory')


def known(family, template):
    """How well the figures are known that this template may use; a family may say so for all."""
    if 'known' in family:
        return KNOWN[frozenset([family['known']])]
    seen = {row['known'] for rows in family['figures'].values() for row in rows
            if template in row.get('for', [template])}
    return KNOWN[frozenset(seen)]


def quoted(text):
    return 'NULL' if text is None else json.dumps(text)


def octets(data):
    lines = [', '.join(str(b) for b in data[i:i + 24]) for i in range(0, len(data), 24)]
    return ',\n        '.join(lines)


def write(out, paths):
    families = []
    for path in paths:
        with open(path, 'rb') as file:
            data = file.read()
        family = json.loads(data)
        check(family, path)
        families.append((family, data))
    out.write('/* Made by clients/templates/embed.py. */\n'
              '#include "clients/template_library.h"\n\n')
    for number, (family, data) in enumerate(families):
        out.write(f'static const unsigned char text_{number}[] = {{\n        {octets(data)}\n}};\n')
        out.write(f'static const struct template_option options_{number}[] = {{\n')
        for option in family['options']:
            out.write(f'        {{ {quoted(option["key"])}, {quoted(option["says"])}, '
                      f'{quoted(option.get("otherwise", ""))}, '
                      f'{quoted(option.get("example"))} }},\n')
        out.write('        { NULL, NULL, NULL, NULL },\n};\n\n')
    out.write('const struct template_family template_families[] = {\n')
    for number in range(len(families)):
        out.write(f'        {{ {{ text_{number}, sizeof(text_{number}) }}, options_{number} }},\n')
    out.write('};\n\nconst struct template_row template_rows[] = {\n')
    for number, (family, _) in enumerate(families):
        for row in family['templates']:
            fields = [quoted(row['name']), quoted(family['family']), quoted(row['title']),
                      quoted(family['says']), quoted(known(family, row['name'])),
                      str(row['from']), str(row['through'])]
            out.write(f'        {{ {{ {", ".join(fields)} }}, {number} }},\n')
    out.write('};\n\nconst size_t template_row_count = '
              'sizeof(template_rows) / sizeof(template_rows[0]);\n')


if __name__ == '__main__':
    with open(sys.argv[1], 'w', encoding='utf-8') as output:
        write(output, sys.argv[2:])
