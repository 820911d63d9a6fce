#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Breaks each rule once, in a small tree of its own, and expects tidy to say so and no more."""

import contextlib
import io
import os
import sys
import tempfile

import tidy

C = '/* SPDX-License-Identifier: Apache-2.0 */\n'
HASH = '# SPDX-License-Identifier: Apache-2.0\n'
BUILD = HASH + "sources = files('a.c')\n"

# A tree in order; each case changes some files of it.
GOOD = {
    'core/meson.build': BUILD,
    'core/a.h': C + 'int a(int x); /* no float, malloc(3) or "printf" */\n',
    'core/a.c': C + '#include "core/a.h"\n#include <stdint.h>\n'
                    'int a(int x)\n{\n        return x; // 1.5 times\n}\n',
    'proto/meson.build': BUILD,
    'proto/a.c': C + '#include "core/a.h"\n#include "proto/accord.pb-c.h"\n',
    'proto/accord.proto': '// SPDX-License-Identifier: Apache-2.0\nsyntax = "proto2";\n'
                          'message M {\n        optional bytes id = 1; // 16 bytes\n'
                          '        // cents\n        optional int64 paid = 2;\n}\n',
    'store/meson.build': BUILD,
    'store/a.c': C + '#include <lmdb.h>\n',
    'daemon/meson.build': HASH + "libhub_sources = files('hub.c')\n"
                                 "sources = files('bus.c', 'loop.c')\n",
    'daemon/hub.c': C + '#include "daemon/hub.h"\n#include "daemon/view.h"\n',
    'daemon/hub.h': C,
    'daemon/view.h': C,
    'daemon/bus.c': C + '#include "daemon/bus.h"\n#include <zmq.h>\n#include <event2/event.h>\n',
    'daemon/bus.h': C,
    'daemon/loop.c': C + '#include <time.h>\nlong f(void) { return time(0); }\n',
    'clients/meson.build': HASH + "sources = files('ledger-stat.c', 'verb.c')\n",
    'clients/ledger-stat.c': C + '#include "daemon/hub.h"\n#include "daemon/view.h"\n',
    'clients/verb.c': C + '#include "proto/wire.h"\ndouble simulated = 0.5;\n',
    'tests/meson.build': HASH + "foreach t : ['store/test_a']\nendforeach\n",
    'tests/store/test_a.c': C + '#include <lmdb.h>\n#include <zmq.h>\n#include "daemon/bus.h"\n',
}

LONG = C + 'START_TEST(long_one)\n{\n' + '        f();\n' * 58 + '}\nEND_TEST\n'
PROTO = '// SPDX-License-Identifier: Apache-2.0\n'

# name: (files changed, None = removed; what must be found, as the beginning of each finding)
CASES = {
    'a tree in order': ({}, []),
    'core includes proto': (
        {'core/a.c': C + '#include "proto/wire.h"\n'}, ['core/a.c:2: core/ includes proto/wire.h']),
    'store includes proto': (
        {'store/a.c': C + '#include "proto/wire.h"\n'}, ['store/a.c:2: store/ includes']),
    'proto includes store': (
        {'proto/a.c': C + '#include "store/a.h"\n'}, ['proto/a.c:2: proto/ includes']),
    'a verb includes the daemon': (
        {'clients/verb.c': C + '#include "daemon/hub.h"\n'}, ['clients/verb.c:2: clients/ inc']),
    'a ledger verb includes what is not libhub': (
        {'clients/ledger-stat.c': C + '#include "daemon/bus.h"\n'}, ['clients/ledger-stat.c:2: ']),
    'the source includes a test': (
        {'store/a.c': C + '#include "tests/x.h"\n'}, ['store/a.c:2: store/ includes tests/x.h']),
    'libhub includes the bus': (
        {'daemon/hub.c': C + '#include "daemon/bus.h"\n#include "daemon/view.h"\n'},
        ['daemon/hub.c:2: libhub includes daemon/bus.h']),
    'libhub includes the loop': (
        {'daemon/hub.h': C + '#include <event2/event.h>\n'}, ['daemon/hub.h:2: libhub includes']),
    'a bare header of libhub includes a socket': (
        {'daemon/view.h': C + '#include <sys/socket.h>\n'}, ['daemon/view.h:2: libhub includes']),
    'libhub reads the clock': (
        {'daemon/hub.c': C + '#include "daemon/view.h"\nlong f(void) { return time(0); }\n'},
        ['daemon/hub.c:3: time() reads the clock']),
    'libhub is not listed': (
        {'daemon/meson.build': HASH + "x = files('hub.c', 'bus.c', 'loop.c')\n",
         'clients/ledger-stat.c': C},
        ['daemon/meson.build:1: has no list of libhub']),
    'zmq in the store': (
        {'store/a.c': C + '#include <zmq.h>\n'}, ['store/a.c:2: <zmq.h> does not belong']),
    'lmdb in a client': (
        {'clients/verb.c': C + '#include <lmdb.h>\n'}, ['clients/verb.c:2: <lmdb.h> does not']),
    'sodium in the daemon': (
        {'daemon/loop.c': C + '#include <sodium.h>\n'}, ['daemon/loop.c:2: <sodium.h> does not']),
    'openssl in the store': (
        {'store/a.c': C + '#include <openssl/evp.h>\n'}, ['store/a.c:2: <openssl/evp.h> does']),
    'generated code outside proto': (
        {'daemon/loop.c': C + '#include "proto/accord.pb-c.h"\n'},
        ['daemon/loop.c:2: <proto/accord.pb-c.h> does not belong']),
    'the journal in a client': (
        {'clients/verb.c': C + '#include <systemd/sd-journal.h>\n'}, ['clients/verb.c:2: <sys']),
    'json in the daemon': (
        {'daemon/loop.c': C + '#include <json-c/json.h>\n'}, ['daemon/loop.c:2: <json-c/json.h>']),
    'a header without its folder': (
        {'store/a.c': C + '#include "a.h"\n'}, ['store/a.c:2: includes "a.h" without its folder']),
    'stdio in core': (
        {'core/a.c': C + '#include <stdio.h>\n'}, ['core/a.c:2: core/ includes <stdio.h>']),
    'core allocates': (
        {'core/a.c': C + 'void *f(void) { return malloc(1); }\n'}, ['core/a.c:2: malloc() alloc']),
    'core asks the locale': (
        {'core/a.c': C + 'int f(int c) { return isdigit (c); }\n'}, ['core/a.c:2: isdigit() dep']),
    'a member called time': (
        {'core/a.c': C + 'long f(struct s *s) { return s->time(s) + s->t.time(0); }\n'}, []),
    'the store logs': (
        {'store/a.c': C + 'void f(void) { fprintf(stderr, "no"); }\n'},
        ['store/a.c:2: uses stderr']),
    'an unsafe call': (
        {'clients/verb.c': C + 'void f(char *a) { strcpy(a, "b"); }\n'},
        ['clients/verb.c:2: strcpy() is unbounded']),
    'a float in the store': (
        {'store/a.c': C + 'static float rate;\n'}, ['store/a.c:2: floating point (float)']),
    'a floating constant in the daemon': (
        {'daemon/loop.c': C + 'int a[] = { [0 ... 3] = 0x1e5, 1e3 };\n'},
        ['daemon/loop.c:2: floating point (1e3)']),
    'a double on the wire': (
        {'proto/accord.proto': PROTO + 'message M {\n  optional double d = 1; // $\n}\n'},
        ['proto/accord.proto:3: floating point (double)']),
    'a function of 61 lines': (
        {'tests/store/test_a.c': LONG}, ['tests/store/test_a.c:2: long_one() has 61 lines']),
    'a function of 60 lines': (
        {'tests/store/test_a.c': LONG.replace('        f();\n', '', 1)}, []),
    'a long table is no function': (
        {'core/a.c': C + 'static const int t[] = {\n' + '        1,\n' * 80 + '};\n'}, []),
    'a file of 601 lines': (
        {'core/a.c': C + '\n' * 600}, ['core/a.c:601: file of 601 lines']),
    'a header of 200 lines': (
        {'core/a.h': C + '\n' * 199}, ['core/a.h:200: file of 200 lines']),
    'a line of 101 columns': (
        {'core/a.h': C + '/* ' + 'x' * 98 + '\n*/\n'}, ['core/a.h:2: line of 101 columns']),
    'no licence': ({'core/a.h': '\n'}, ['core/a.h:1: no licence line']),
    'no licence on a script': (
        {'scripts/run': '#!/bin/sh\n'},
        ['scripts/run:1: no licence line', 'scripts/run:1: begins with #!']),
    'headers in a circle': (
        {'core/a.h': C + '#include "core/b.h"\n', 'core/b.h': C + '#include "core/a.h"\n'},
        ['core/a.h:1: headers include each other: core/a.h -> core/b.h -> core/a.h']),
    'folders in a circle': (
        {'core/a.c': C + '#include "proto/b.h"\n', 'proto/b.h': C},
        ['core/a.c:2: core/ includes proto/b.h', 'core/meson.build:1: folders include each other']),
    'a field without a word': (
        {'proto/accord.proto': PROTO + 'message M {\n  optional int64 a = 1; // cents\n'
                                       '                        // of a dollar\n'
                                       '  optional int64 b = 2;\n}\n'},
        ['proto/accord.proto:5: M.b does not say']),
    'a field of a oneof without a word': (
        {'proto/accord.proto': PROTO + 'message M {\n  oneof what {\n    int64 a = 1;\n  }\n}\n'},
        ['proto/accord.proto:4: M.a does not say']),
    'a message that holds itself through another': (
        {'proto/accord.proto': PROTO + 'message M {\n  message N {\n    optional M m = 1; // up\n'
                                       '  }\n  repeated N n = 1; // down\n}\n'},
        ['proto/accord.proto:6: recursive message: M -> M.N -> M']),
    'a file that nobody builds': (
        {'core/b.c': C}, ['core/b.c:1: no meson.build names it']),
    'an empty tree': (dict.fromkeys(GOOD), ['tidy: no C file found']),
}


def findings(changes):
    with tempfile.TemporaryDirectory() as root:
        for path, text in {**GOOD, **changes}.items():
            if text is not None:
                os.makedirs(os.path.join(root, os.path.dirname(path)), exist_ok=True)
                with open(os.path.join(root, path), 'w', encoding='utf-8') as file:
                    file.write(text)
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            status = tidy.main([root])
    lines = output.getvalue().splitlines()[:-1]
    assert status == (1 if lines else 0), 'exit status does not follow the findings'
    return lines


def main():
    wrong = 0
    for name, (changes, expected) in CASES.items():
        got = findings(changes)
        if len(got) != len(expected) or not all(map(str.startswith, got, expected)):
            wrong += 1
            print(f'{name}:\n  expected {expected}\n  got      {got}')
    print(f'{len(CASES)} cases, {wrong} wrong')
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
