# SPDX-License-Identifier: Apache-2.0
"""Reading C well enough to judge it: what is comment, what is code, what is a function."""

import re

TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?:"([^"\n]+)"|<([^>\n]+)>)', re.M)
DIRECTIVE = re.compile(r'^[ \t]*#(?:[^\n]*\\\n)*[^\n]*', re.M)
NAME_BEFORE_PAREN = re.compile(r'([A-Za-z_]\w*)\s*\(')


def spaces(text):
    """As many blanks, on the same lines."""
    return re.sub(r'[^\n]', ' ', text)


def without_comments(text):
    return TOKEN.sub(lambda m: spaces(m[0]) if m[0][0] == '/' else m[0], text)


def code_only(text):
    """Comments and what strings say are blanked; every line stays where it was."""
    def blank(match):
        token = match[0]
        return spaces(token) if token[0] == '/' else token[0] + spaces(token[1:-1]) + token[-1]
    return TOKEN.sub(blank, text)


def line_of(text, offset):
    return text.count('\n', 0, offset) + 1


def includes(text):
    """(line, name, quoted) of each #include."""
    text = without_comments(text)
    return [(line_of(text, m.start(1) if m[1] else m.start(2)), m[1] or m[2], bool(m[1]))
            for m in INCLUDE.finditer(text)]


def calls(code, names):
    """(line, name) of each call of one of the names; not of a member that has the same name."""
    pattern = re.compile(r'(?<![\w.>])(' + '|'.join(map(re.escape, names)) + r')\s*\(')
    return [(line_of(code, m.start(1)), m[1]) for m in pattern.finditer(code)]


def function_name(head):
    """The match of `name(` in `static int name(...)`; None when the brace opens something else."""
    if not head.rstrip().endswith(')'):
        return None
    flat, depth = [], 0                         # the head with what is in parentheses blanked
    for char in head:
        depth -= char == ')'
        flat.append(' ' if depth > 0 and char != '\n' else char)
        depth += char == '('
    flat = ''.join(flat)
    names = [match for match in NAME_BEFORE_PAREN.finditer(flat)
             if match[1] not in ('__attribute__', '_Alignas', 'alignas')]
    return names[-1] if names and '=' not in flat else None


def functions(code):
    """(line, name, number of lines) of each function; None last when braces do not pair."""
    code = DIRECTIVE.sub(lambda m: spaces(m[0]), code)
    found, depth, head_at, start = [], 0, 0, None
    for match in re.finditer(r'[{};]', code):
        at, char = match.start(), match[0]
        if char == '{':
            if depth == 0:
                name = function_name(code[head_at:at])
                start = (head_at + name.start(1), name) if name else None
            depth += 1
        elif char == '}':
            depth -= 1
            if depth == 0 and start:
                first = line_of(code, start[0])
                found.append((first, spoken_name(code, start), line_of(code, at) - first + 1))
        if depth == 0:
            head_at = at + 1
    return found + ([None] if depth else [])


def spoken_name(code, start):
    """Check's START_TEST(name) is called by the name in it."""
    offset, match = start
    if match[1].isupper():
        inner = re.compile(r'\s*\(\s*(\w+)').match(code, offset + len(match[1]))
        return inner[1] if inner else match[1]
    return match[1]
