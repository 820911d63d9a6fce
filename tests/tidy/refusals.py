#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""docs/PROTOCOL.md explains every refusal of core/outcome.h, in its order, in its words.

    tests/tidy/refusals.py [DIRECTORY]
"""

import os
import re
import sys

ROW = re.compile(r'X\((\w+),\s*(\d+),\s*(FREE|TAKEN),[\s\\]*"([^"]*)"\)')
HEADING = re.compile(r'^### (\d+) (\w+) \((\w+)\)$')


def table(text):
    """(number, name, sequence) in order, and the sentence of each number."""
    begin = text.index('#define REFUSALS(X)')
    rows = ROW.findall(text[begin:text.index('enum refusal_sequence', begin)])
    return ([(number, name, sequence) for name, number, sequence, _ in rows],
            {number: says for _, number, _, says in rows})


def sections(text):
    """(number, name, sequence) of each heading in order, and what stands below each number."""
    headings, below = [], {}
    for line in text.split('\n'):
        heading = HEADING.match(line)
        if heading:
            headings.append(heading.groups())
            below[heading[1]] = ''
        elif line.startswith('#'):
            heading = None
        elif headings:
            below[headings[-1][0]] += line + ' '
    return headings, below


def check(code, document):
    """What is wrong, one sentence each."""
    rows, says = table(code)
    headings, below = sections(document)
    wrong = [f'has no heading "### {n} {name} ({s})"' for n, name, s in rows
             if (n, name, s) not in headings]
    wrong += [f'heading "### {n} {name} ({s})" is none of core/outcome.h'
              for n, name, s in headings if (n, name, s) not in rows]
    if not rows:
        wrong.append('core/outcome.h has no row that this test can read')
    if not wrong and headings != rows:
        wrong.append('the headings are not in the order of core/outcome.h')
    wrong += [f'{name} is not explained in the words of core/outcome.h: "{says[n]}"'
              for n, name, _ in rows
              if n in below and f'"{says[n]}"' not in re.sub(r'\s+', ' ', below[n])]
    return wrong


def main(arguments):
    root = arguments[0] if arguments else os.path.join(os.path.dirname(__file__), '..', '..')
    with open(os.path.join(root, 'core', 'outcome.h'), encoding='utf-8') as file:
        code = file.read()
    with open(os.path.join(root, 'docs', 'PROTOCOL.md'), encoding='utf-8') as file:
        document = file.read()
    wrong = check(code, document)
    for what in wrong:
        print('docs/PROTOCOL.md:', what)
    print(f'{len(table(code)[0])} refusals, {len(wrong)} findings')
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
