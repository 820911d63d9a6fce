#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""core links with nothing: what its library asks of others must be on the list below.

    tests/tidy/pure.py NM LIBRARY
"""

import re
import subprocess
import sys

ALLOWED = re.compile(
    r'(mem(chr|cmp|cpy|move|set)|str(n?len|n?cmp|chr|rchr|spn|cspn|pbrk|str))$'     # pure
    r'|__(mem|str)\w+_chk$|__stack_chk_fail$|__assert_fail$|abort$'                 # our mistakes
    r'|__(u?div|u?mod|mul|u?divmod)ti\w*$'                                          # 128 bits
    r'|_GLOBAL_OFFSET_TABLE_$|__(asan|ubsan|tsan|gcov|llvm)_\w+$|__sanitizer_\w+$')


def symbols(nm, library):
    """What it defines, and {what it asks for: the object that asks}."""
    listing = subprocess.run([nm, '-P', '-g', library], check=True, text=True,
                             stdout=subprocess.PIPE).stdout
    defined, asked, member = set(), {}, library
    for line in listing.splitlines():
        heading = re.match(r'.*\[(.*)\]:$', line)
        words = line.split()
        if heading:
            member = heading[1]
        elif len(words) >= 2 and words[1] in 'UwW' and len(words) == 2:
            asked.setdefault(words[0], member)
        elif len(words) >= 2:
            defined.add(words[0])
    return defined, asked


def main(nm, library):
    defined, asked = symbols(nm, library)
    foreign = {name: member for name, member in asked.items()
               if name not in defined and not ALLOWED.match(name)}
    for name, member in sorted(foreign.items()):
        print(f'{member}: asks for {name}; define it in core, or take its result as an argument')
    print(f'{len(defined)} symbols defined, {len(asked)} asked for, {len(foreign)} not allowed')
    return 1 if foreign or not defined else 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
