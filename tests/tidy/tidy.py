#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The rules of the house that a compiler does not know.

    tests/tidy/tidy.py [DIRECTORY]

Prints each finding as file:line: what, what to do; then what was checked.  Ends with 1 when there
is a finding.  The rules are the tables below: a new one is a row, not a program.
"""

import fnmatch
import os
import re
import sys

import protofile
import source

# Who may include whom, by folder.
MAY_INCLUDE = {
    'core':    {'core'},
    'proof':   {'core', 'proof'},
    'proto':   {'core', 'proto'},
    'store':   {'core', 'proof', 'store'},
    'daemon':  {'core', 'proof', 'proto', 'store', 'daemon'},
    'clients': {'core', 'proof', 'proto', 'clients'},
}

# The one exception: these link libhub, so they may include its headers and the store it stands on.
MAY_INCLUDE_LIBHUB = ['clients/ledger-*.[ch]']

# What is not in a row is free; tests may include anything.  Patterns are of files, LIBHUB aside.
ONLY_IN = {
    'zmq.h':           ['daemon/bus*.[ch]', 'daemon/zap.[ch]', 'daemon/publish.[ch]',
                        'clients/lib/*'],
    'lmdb.h':          ['store/*'],
    'xxhash.h':        ['store/*'],
    'event2/*':        ['daemon/*'],
    'event.h':         [],
    'accord.pb-c.h':   ['proto/*'],
    '*/accord.pb-c.h': ['proto/*'],
    'protobuf-c/*':    ['proto/*'],
    'openssl/*':       ['proof/*'],
    'sodium.h':        ['proof/*'],
    'sodium/*':        ['proof/*'],
    'json-c/*':        ['clients/*'],
    'json.h':          [],
    'csv.h':           ['clients/*'],
    'libsmartcols/*':  ['clients/*'],
    'microhttpd.h':    ['clients/*web*.[ch]'],
    'ini.h':           ['daemon/config.c', 'clients/*'],
    'systemd/*':       ['daemon/log.c', 'daemon/notify.c'],
    'check.h':         [],
    'math.h':          ['clients/*'],
    'sys/socket.h':    ['daemon/*', 'clients/*'],
    'netinet/*':       ['daemon/*', 'clients/*'],
    'arpa/*':          ['daemon/*', 'clients/*'],
    'netdb.h':         ['daemon/*', 'clients/*'],
    'sys/un.h':        ['daemon/*', 'clients/*'],
}

# libhub is bytes, a transaction and a time in, what to send out.
NOT_IN_LIBHUB = ['zmq.h', 'event2/*', 'sys/socket.h', 'sys/un.h', 'netinet/*', 'arpa/*', 'netdb.h',
                 'systemd/*', 'ini.h', 'time.h', 'sys/time.h']

# core is rules only, so it can do with these.
CORE_HEADERS = {'assert.h', 'errno.h', 'inttypes.h', 'limits.h', 'stdalign.h', 'stdarg.h',
                'stdbool.h', 'stddef.h', 'stdint.h', 'stdnoreturn.h', 'string.h', 'sys/types.h'}

CLOCK = ['time', 'clock', 'clock_gettime', 'clock_getres', 'clock_nanosleep', 'gettimeofday',
         'timespec_get', 'sleep', 'usleep', 'nanosleep']
CALENDAR = ['localtime', 'localtime_r', 'gmtime', 'gmtime_r', 'mktime', 'timegm', 'strftime',
            'strptime', 'ctime', 'asctime']
ALLOCATION = ['malloc', 'calloc', 'realloc', 'reallocarray', 'free', 'strdup', 'strndup',
              'aligned_alloc', 'posix_memalign', 'alloca', 'asprintf', 'vasprintf', 'qsort']
PRINTING = ['printf', 'vprintf', 'fprintf', 'vfprintf', 'dprintf', 'sprintf', 'snprintf',
            'vsnprintf', 'vsprintf', 'puts', 'fputs', 'putchar', 'fputc', 'fwrite', 'perror',
            'sscanf', 'scanf', 'fscanf']
LOCALE = ['setlocale', 'newlocale', 'uselocale', 'localeconv', 'strcoll', 'strxfrm', 'isalpha',
          'isalnum', 'isdigit', 'isspace', 'isupper', 'islower', 'isprint', 'ispunct', 'isxdigit',
          'toupper', 'tolower', 'strtol', 'strtoll', 'strtoul', 'strtoull', 'strtod', 'strtof',
          'atoi', 'atol', 'atoll', 'atof', 'strcasecmp', 'strncasecmp']
OUTSIDE = ['getenv', 'secure_getenv', 'rand', 'random', 'srand', 'srandom', 'rand_r', 'getrandom',
           'open', 'openat', 'read', 'write', 'close', 'fopen', 'fclose', 'fread', 'exit', '_exit']
LOGGING = ['printf', 'vprintf', 'puts', 'putchar', 'perror', 'syslog', 'vsyslog', 'warn', 'warnx',
           'sd_journal_send', 'sd_journal_print', 'sd_journal_sendv', 'getenv', 'secure_getenv']
UNSAFE = ['gets', 'strcpy', 'strcat', 'stpcpy', 'sprintf', 'vsprintf', 'strtok', 'atoi', 'atol',
          'atoll', 'atof', 'alloca', 'system', 'popen', 'mktemp', 'tmpnam', 'localtime', 'gmtime',
          'ctime', 'asctime', 'strerror']

# (files, calls, what it is, what to do)
NO_CALLS = [
    (['core/*'], CLOCK + CALENDAR, 'reads the clock or its zone', 'take the time as an argument'),
    (['core/*'], ALLOCATION, 'allocates, or may', 'let the caller bring the memory'),
    (['core/*'], PRINTING, 'prints or scans', 'return the value; programs print'),
    (['core/*'], LOCALE, 'depends on the locale', 'write out the ASCII rule'),
    (['core/*'], OUTSIDE, 'touches the world outside', 'take what it gives as an argument'),
    (['proof/*', 'proto/*', 'store/*', 'LIBHUB'], CLOCK, 'reads the clock',
     'take the time as an argument; only programs read the clock'),
    (['proof/*', 'proto/*', 'store/*', 'LIBHUB'], LOGGING, 'logs or reads the environment',
     'return the answer; only programs log and are configured'),
    (['core/*', 'proof/*', 'proto/*', 'store/*', 'daemon/*', 'clients/*'], UNSAFE,
     'is unbounded, unchecked or not reentrant', 'use the call that is not'),
]

NO_FLOATS = ['core/*', 'proof/*', 'proto/*', 'store/*', 'daemon/*']

FUNCTION_LINES = 60
FILE_LINES = {'.c': 600, '.h': 199}
COLUMNS = 100
SPDX = 'SPDX-License-Identifier: Apache-2.0'
SOURCES = ('.c', '.h', '.py', '.sh', '.proto', '.js', '.css')
SKIPPED = {'.git', '__pycache__'}


class Tree:
    """The files, what was found in them, and what was looked at."""

    def __init__(self, root):
        self.root = root
        self.findings = []
        self.counts = {}
        self.text = {path: text for path, text in read_sources(root)}
        self.code = {path: source.code_only(text) for path, text in self.text.items()
                     if path.endswith(('.c', '.h'))}
        self.libhub = libhub_files(self)

    def find(self, path, line, what, remedy):
        self.findings.append(f'{path}:{line}: {what}; {remedy}')

    def count(self, what, number=1):
        self.counts[what] = self.counts.get(what, 0) + number

    def in_any(self, path, patterns):
        return any(path in self.libhub if p == 'LIBHUB' else fnmatch.fnmatchcase(path, p)
                   for p in patterns)


def is_source(name, path):
    if name.endswith(SOURCES) or name in ('meson.build', 'meson_options.txt'):
        return True
    if '.' in name:
        return False
    with open(path, 'rb') as file:
        return file.read(2) == b'#!'


def read_sources(root):
    """Every source, script and build file with its text, in order of name."""
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(f for f in folders if f not in SKIPPED
                            and not os.path.exists(os.path.join(folder, f, 'meson-private')))
        for name in sorted(names):
            path = os.path.join(folder, name)
            if os.path.isfile(path) and is_source(name, path):
                with open(path, encoding='utf-8', errors='replace') as file:
                    yield os.path.relpath(path, root), file.read()


def libhub_files(tree):
    """libhub's sources by daemon/meson.build, their headers, and headers without a .c they use."""
    build = tree.text.get('daemon/meson.build')
    if build is None:
        return set()
    listed = re.search(r'\blibhub_sources\s*=\s*files\(([^)]*)\)', re.sub(r'#[^\n]*', '', build))
    if not listed:
        tree.find('daemon/meson.build', 1, 'has no list of libhub',
                  "write libhub_sources = files('pipeline.c', ...)")
        return set()
    hub = {'daemon/' + name for name in re.findall(r"'([^']+)'", listed[1])}
    hub |= {path[:-2] + '.h' for path in hub if path.endswith('.c')} & set(tree.text)
    todo = sorted(hub)
    while todo:
        path = todo.pop()
        for _, name, _ in source.includes(tree.text.get(path, '')):
            bare = name.startswith('daemon/') and name[:-2] + '.c' not in tree.text
            if bare and name in tree.text and name not in hub:
                hub.add(name)
                todo.append(name)
    return hub


def check_includes(tree):
    for path in tree.code:
        folder = path.split('/')[0]
        for line, name, quoted in source.includes(tree.text[path]):
            tree.count('includes')
            target = name.split('/')[0]
            if target in MAY_INCLUDE and '/' in name and (quoted or name in tree.text):
                check_layer(tree, path, line, name)
            elif target == 'tests' and folder in MAY_INCLUDE:
                tree.find(path, line, f'{folder}/ includes {name}', 'nothing depends on the tests')
            elif quoted and folder in MAY_INCLUDE and not name.endswith('.pb-c.h'):
                tree.find(path, line, f'includes "{name}" without its folder',
                          f'write "{folder}/{name}", or <{name}> if it is the system\'s')
            if folder in MAY_INCLUDE:
                check_owner(tree, path, line, name, quoted)


def check_layer(tree, path, line, name):
    folder, target = path.split('/')[0], name.split('/')[0]
    if folder not in MAY_INCLUDE:
        return
    if tree.in_any(path, MAY_INCLUDE_LIBHUB) and (name in tree.libhub or target == 'store'):
        return
    if target not in MAY_INCLUDE[folder]:
        tree.find(path, line, f'{folder}/ includes {name}',
                  f'{folder}/ may include only ' + ', '.join(sorted(MAY_INCLUDE[folder])))
    elif path in tree.libhub and target == 'daemon' and name not in tree.libhub:
        tree.find(path, line, f'libhub includes {name}',
                  'hand it in as an argument, or add its .c to libhub_sources')


def check_owner(tree, path, line, name, quoted):
    folder = path.split('/')[0]
    for header, places in ONLY_IN.items():
        if fnmatch.fnmatchcase(name, header) and not tree.in_any(path, places):
            tree.find(path, line, f'<{name}> does not belong here',
                      'it is for ' + (', '.join(places) or 'tests') + ' only')
    if path in tree.libhub and any(fnmatch.fnmatchcase(name, h) for h in NOT_IN_LIBHUB):
        tree.find(path, line, f'libhub includes <{name}>',
                  'libhub has no socket, loop or clock: let accordd do it')
    if folder == 'core' and not quoted and name not in CORE_HEADERS and name not in tree.text:
        tree.find(path, line, f'core/ includes <{name}>',
                  'core/ is pure; it may use ' + ' '.join(sorted(CORE_HEADERS)))


def check_calls(tree):
    for path, code in tree.code.items():
        for places, names, what, remedy in NO_CALLS:
            if tree.in_any(path, places):
                for line, name in source.calls(code, names):
                    tree.find(path, line, f'{name}() {what}', remedy)
        if tree.in_any(path, ['core/*', 'proof/*', 'proto/*', 'store/*', 'LIBHUB']):
            for match in re.finditer(r'\b(stderr|stdout)\b', code):
                tree.find(path, source.line_of(code, match.start()), f'uses {match[1]}',
                          'return the answer; only programs print')


FLOAT = re.compile(r'\b(?:float|double|_Float\w+)\b|(?<![\w.])(?:\d+\.\d*|\.\d+|\d+[eE][+-]?\d)')


def check_floats(tree):
    for path in tree.text:
        if not tree.in_any(path, NO_FLOATS) or not path.endswith(('.c', '.h', '.proto')):
            continue
        code = source.code_only(tree.text[path])
        tree.count('files without floating point')
        for match in FLOAT.finditer(code):
            tree.find(path, source.line_of(code, match.start()),
                      f'floating point ({match[0].strip()})',
                      'use int64 cents, exact rationals or scaled integers')


def check_lengths(tree):
    for path, text in tree.text.items():
        lines = text.split('\n')
        for number, line in enumerate(lines, 1):
            columns = len(line.expandtabs(8))
            if columns > COLUMNS:
                tree.find(path, number, f'line of {columns} columns',
                          f'break it before column {COLUMNS}')
        tree.count('lines', text.count('\n'))
        limit = FILE_LINES.get(os.path.splitext(path)[1])
        if limit and text.count('\n') > limit:
            tree.find(path, limit + 1, f"file of {text.count(chr(10))} lines",
                      f'one file, one idea: part it, at most {limit} lines')


def check_functions(tree):
    for path, code in tree.code.items():
        for function in source.functions(code):
            if function is None:
                tree.find(path, 1, 'braces do not pair outside of #if',
                          'keep each branch of an #if whole')
                continue
            line, name, length = function
            tree.count('functions')
            if length > FUNCTION_LINES:
                tree.find(path, line, f'{name}() has {length} lines',
                          f'part it, at most {FUNCTION_LINES}')


def check_licence(tree):
    for path, text in tree.text.items():
        if SPDX not in '\n'.join(text.split('\n')[:5]):
            tree.find(path, 1, 'no licence line', f'write {SPDX} in a comment at the top')
        tree.count('licence lines')
        if text.startswith('#!') and not os.access(os.path.join(tree.root, path), os.X_OK):
            tree.find(path, 1, 'begins with #! but cannot be run', 'chmod +x, or take #! away')


def cycle(graph):
    """Some cycle of the graph, as a list that ends where it begins; None if there is none."""
    done = set()
    for start in sorted(graph):
        trail, iterators = [start], [iter(sorted(graph[start]))]
        while trail:
            node = next(iterators[-1], None)
            if node is None:
                iterators.pop()
                done.add(trail.pop())
            elif node in trail:
                return trail[trail.index(node):] + [node]
            elif node in graph and node not in done:
                trail.append(node)
                iterators.append(iter(sorted(graph[node])))
    return None


def check_cycles(tree):
    files, folders = {}, {}
    for path in tree.code:
        for _, name, _ in source.includes(tree.text[path]):
            if name in tree.code and name != path:
                files.setdefault(path, set()).add(name)
                if name.split('/')[0] != path.split('/')[0]:
                    folders.setdefault(path.split('/')[0], set()).add(name.split('/')[0])
    for what, graph in (('folders', folders), ('headers', files)):
        found = cycle(graph)
        if found:
            path = found[0] if what == 'headers' else found[0] + '/meson.build'
            tree.find(path, 1, f'{what} include each other: ' + ' -> '.join(found),
                      'move what both need below both')


def check_protos(tree):
    for path, text in tree.text.items():
        if not path.endswith('.proto'):
            continue
        lines = text.split('\n')
        for number, message, _, name in protofile.fields(text):
            tree.count('fields of messages')
            if not protofile.is_explained(lines, number):
                tree.find(path, number, f'{message}.{name} does not say its unit or meaning',
                          'put a comment at its end or right above it')
        graph = protofile.holds(text)
        tree.count('messages', len(graph))
        found = cycle(graph)
        if found:
            tree.find(path, graph[found[0]][found[1]], 'recursive message: ' + ' -> '.join(found),
                      'a decoder must not follow the sender down: use a list or an index')


def check_built(tree):
    """A .c file that no meson.build names is a file that nobody compiles."""
    quoted = {path[:-len('meson.build')]: set(re.findall(r"'([^'\n]+)'", text))
              for path, text in tree.text.items() if path.endswith('meson.build')}
    for path in tree.code:
        if not path.endswith('.c'):
            continue
        tree.count('.c files in a build')
        names = [(folder, path[len(folder):]) for folder in quoted if path.startswith(folder)]
        if not any({name, name[:-2]} & quoted[folder] for folder, name in names):
            tree.find(path, 1, 'no meson.build names it', 'list it, or delete it')


CHECKS = [check_includes, check_calls, check_floats, check_lengths, check_functions,
          check_licence, check_cycles, check_protos, check_built]


def main(arguments):
    root = arguments[0] if arguments else os.path.join(os.path.dirname(__file__), '..', '..')
    tree = Tree(root)
    for check in CHECKS:
        check(tree)
    for finding in tree.findings:
        print(finding)
    if not tree.code:
        print('tidy: no C file found; name the directory of the source')
    counts = ', '.join(f'{number} {what}' for what, number in tree.counts.items())
    print(f'tidy: {len(tree.findings)} findings; checked {len(tree.text)} files '
          f'({len(tree.libhub)} of libhub): {counts}')
    return 1 if tree.findings or not tree.code else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
