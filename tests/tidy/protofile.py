# SPDX-License-Identifier: Apache-2.0
"""Reading a .proto file: which message holds which, and which field says nothing of itself."""

import re

from source import code_only

OPENING = re.compile(r'\b(message|enum|oneof|extend|service|group)\b\s*(\w*)[^{};]*\{')
FIELD = re.compile(
    r'^\s*(?:(?:required|optional|repeated)\s+)?([.\w]+|map\s*<[^>]*>)\s+(\w+)\s*=\s*\d+\s*[;\[]')
NOT_A_TYPE = {'option', 'reserved', 'extensions', 'syntax', 'package', 'import', 'return'}


def blocks_by_line(code):
    """For each line, the stack of (kind, name) blocks that are open where it begins."""
    stack, result = [], []
    for line in code.split('\n'):
        result.append(list(stack))
        for match in re.finditer(OPENING.pattern + r'|\{|\}', line):
            if match[0] == '}':
                if stack:
                    stack.pop()
            else:
                stack.append((match[1] or '', match[2] or ''))
    return result


def fields(text):
    """(line, message, type, name) of each field; names of nested messages are joined by dots."""
    code = code_only(text)
    found = []
    for number, (line, stack) in enumerate(zip(code.split('\n'), blocks_by_line(code)), 1):
        opened = OPENING.search(line)
        if opened:                              # message M { optional bool ok = 1; }
            stack = stack + [(opened[1], opened[2])]
            line = line[opened.end():]
        kinds = [kind for kind, _ in stack]
        if 'message' not in kinds or kinds[-1] not in ('message', 'oneof'):
            continue
        match = FIELD.match(line)
        if match and match[1] not in NOT_A_TYPE:
            path = '.'.join(name for kind, name in stack if kind == 'message')
            found.append((number, path, match[1], match[2]))
    return found


def indent(line):
    return len(line) - len(line.lstrip())


def is_explained(lines, number):
    """Whether the field on this line has a comment at its end or one of its own right above."""
    line = lines[number - 1]
    if re.search(r'//\s*\S|/\*.*\S', code_free(line)):
        return True
    above = number - 2
    if above < 0:
        return False
    before = lines[above].strip()
    if before.startswith('//'):
        return indent(lines[above]) == indent(line) and len(before.strip('/ ')) > 0
    if not before.endswith('*/'):
        return False
    while above >= 0 and '/*' not in lines[above]:
        above -= 1
    return above >= 0 and lines[above].lstrip().startswith('/*') \
        and indent(lines[above]) == indent(line)


def code_free(line):
    """The line without its strings, so that "//" in a default is no comment."""
    return re.sub(r'"(?:\\.|[^"\\])*"', '""', line)


def messages(text):
    """Full names of all messages, in order."""
    code, names = code_only(text), []
    lines = code.split('\n')
    for line, stack in zip(lines, blocks_by_line(code)):
        for match in OPENING.finditer(line):
            if match[1] == 'message':
                names.append('.'.join([n for kind, n in stack if kind == 'message'] + [match[2]]))
    return names


def holds(text):
    """message -> {message it has a field of: line of the field}"""
    known = set(messages(text))
    graph = {name: {} for name in known}
    for number, path, kind, _ in fields(text):
        scope = path.split('.')
        last = kind.lstrip('.')
        while True:                             # the innermost scope that knows the name
            candidate = '.'.join(scope + [last])
            if candidate in known:
                graph[path].setdefault(candidate, number)
                break
            if scope:
                scope.pop()
            elif '.' in last:                   # package.Name
                last = last.split('.', 1)[1]
            else:
                break
    return graph
