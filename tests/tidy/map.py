#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""docs/ARCHITECTURE.md says where every source file belongs, and names none that is gone.

    tests/tidy/map.py [DIRECTORY]

Looks at the table "Where to find what": each `pattern` in it must match a file, and each source
file of the folders must match a pattern.
"""

import fnmatch
import os
import re
import sys

FOLDERS = ['core', 'proof', 'proto', 'store', 'daemon', 'clients']
SOURCES = ('.c', '.h', '.proto')


def patterns(document):
    table = document[document.index('## Where to find what'):]
    return [p for p in re.findall(r'`([^`\n]+)`', table) if p.split('/')[0] in FOLDERS]


def files(root):
    for folder in FOLDERS:
        for where, _, names in os.walk(os.path.join(root, folder)):
            for name in names:
                yield os.path.relpath(os.path.join(where, name), root)


def check(document, paths):
    known = patterns(document)
    wrong = [f'{path} stands in no row' for path in sorted(paths)
             if path.endswith(SOURCES) and not any(fnmatch.fnmatchcase(path, p) for p in known)]
    return wrong + [f'no file is called {p}' for p in known if not fnmatch.filter(paths, p)]


def main(arguments):
    root = arguments[0] if arguments else os.path.join(os.path.dirname(__file__), '..', '..')
    with open(os.path.join(root, 'docs', 'ARCHITECTURE.md'), encoding='utf-8') as file:
        document = file.read()
    paths = list(files(root))
    wrong = check(document, paths)
    for what in wrong:
        print('docs/ARCHITECTURE.md, "Where to find what":', what)
    print(f'{len(paths)} files, {len(wrong)} findings')
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
