#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes every figure of an explained statement again, from its text and nothing else.

    accord settle explain RUN | tests/clients/recompute.py
    tests/clients/recompute.py [-v] FILE...

Reads what `accord settle explain` prints. A line that was reported, carried or computed from member
rows must be what the facts, or the earlier statement, at the end of the page say it is; every other
line must be, exactly, what the formula beside it makes of the lines above it. Prints each line that
is not, and how many were looked at. Written from the description of formulas in core/lines.h alone.

Exit status: 0, all lines agree; 1, some do not; 2, a text is no such page.
"""

import datetime
import re
import sys
from fractions import Fraction
from math import isqrt


class Wrong(Exception):
    """Something that the page says cannot be."""


# ---- figures as they are printed

FIGURE = re.compile(r'(?:≈ )?(-?)(\$ )?([0-9,]+(?:\.[0-9]+)?)( %)?$')
EXACT = re.compile(r' \(exact (-?[0-9]+(?:/[0-9]+)?)(?: cents)?\)$')


def figure(text):
    """Money is counted in cents, a percentage is the fraction, a day the days since 1970."""
    exact = EXACT.search(text)
    if exact:
        return Fraction(exact.group(1))
    if text in ('yes', 'no'):
        return Fraction(text == 'yes')
    if re.fullmatch(r'\d{4}-\d\d-\d\d', text):
        day = datetime.date.fromisoformat(text) - datetime.date(1970, 1, 1)
        return Fraction(day.days)
    parts = FIGURE.match(text)
    if not parts or text.startswith('≈'):
        raise Wrong(f'{text!r} is no figure, or one without its fraction')
    value = Fraction(parts.group(3).replace(',', ''))
    if parts.group(2):
        value *= 100
    if parts.group(4):
        value /= 100
    return -value if parts.group(1) else value


# ---- the page

class Table:
    def __init__(self):
        self.bands = []         # from, until, until is in it, rate at from, rate at until


class Line:
    def __init__(self, number, name, item, value, step):
        self.number, self.name, self.item, self.value, self.step = number, name, item, value, step
        self.feeds = self.formula = None
        self.defaults, self.facts = {}, []
        self.carried = self.members = False


class Page:
    def __init__(self, text):
        self.lines, self.facts, self.carried, self.steps, self.run = [], {}, {}, {}, {}
        self.step = self.table = None
        for row in unfold(text):
            self.read(row)
        if not self.lines and '\nNot calculable: ' not in text:
            raise Wrong('it has no lines')

    def read(self, row):
        for pattern, take in ROWS:
            match = pattern.match(row)
            if match:
                take(self, *match.groups())
                return

    def take_period(self, first, last):
        self.run['months'] = months(first, last)

    def take_payment(self, day):
        self.run['payment'] = figure(day)

    def take_step(self, number):
        self.step, self.table = {}, None
        self.steps[int(number)] = self.step

    def take_given(self, name, value):
        self.table = Table() if value.startswith('a table by') else None
        self.step[name] = self.table or value

    def take_not_given(self, rest):
        # With --step each stands alone, with what it is behind a colon.
        for one in [rest] if ': ' in rest else rest.split('; '):
            name, value = one.split(': ')[0].split(' = ', 1)
            if value != 'nothing':
                self.step[name.removeprefix('terms.')] = value

    def take_band(self, first, word, last, rate, until):
        self.table.bands.append((figure(first), figure(last), word == 'through', figure(rate),
                                 figure(until or rate)))

    def take_line(self, number, name, item, value):
        self.lines.append(Line(int(number), name, item, figure(value), self.step))

    def take_formula(self, formula):
        self.lines[-1].formula = formula

    def take_default(self, name, value):
        self.lines[-1].defaults[name] = Fraction(value)

    def take_feed(self, name):
        self.lines[-1].feeds = name

    def take_fact(self, number):
        self.lines[-1].facts.append(int(number))

    def take_carried(self, name):
        self.lines[-1].carried = name

    def take_members(self):
        self.lines[-1].members = True

    def take_said(self, number, value):
        self.facts[int(number)] = figure(value)

    def take_handed_on(self, name, item, value):
        self.carried[name, item] = figure(value)


ROWS = [(re.compile(pattern), take) for pattern, take in (
    (r'  what for +(\S+) through (\S+)$', Page.take_period),
    (r'  payment +(\S+)$', Page.take_payment),
    (r'Step (\d+)  ', Page.take_step),
    (r' {7}terms\.(\w+) = (.+?)(?:  .*)?$', Page.take_given),
    (r' {7}not given, so (.+)$', Page.take_not_given),
    (r' {11}(.+) (through|up to) (.+?): (.+?)(?: to (.+))?$', Page.take_band),
    (r' {0,6}(\d+)  (\w+)(?:\[(.+?)\])? = (.+)$', Page.take_line),
    (r' {10}by (.+)$', Page.take_formula),
    (r' {10}where (\w+) = (\d): ', Page.take_default),
    (r' {10}it is the (\w+) from here on$', Page.take_feed),
    (r' {10}(?:reported as|and) .*\(fact (\d+)\)$', Page.take_fact),
    (r' {10}carried as (\w+) from ', Page.take_carried),
    (r' {10}computed from .* member rows', Page.take_members),
    (r'  fact (\d+)  .*? = (.+?), of ', Page.take_said),
    (r'  (\w+)(?:\[(.+?)\])? = (.+), in the statement ', Page.take_handed_on),
)]


def unfold(text):
    """Long rows go on two columns further in."""
    rows = []
    for row in text.split('\n'):
        indent = len(row) - len(row.lstrip(' '))
        if rows and indent in (9, 12) and row.strip():
            rows[-1] += ' ' + row.strip()
        else:
            rows.append(row)
    return rows


def months(first, last):
    """Whole months from the first day to the day after the last, else 0."""
    start = datetime.date.fromisoformat(first)
    end = datetime.date.fromisoformat(last) + datetime.timedelta(days=1)
    count = 12 * (end.year - start.year) + end.month - start.month
    return Fraction(count if start.day == end.day else 0)


# ---- formulas

TOKEN = re.compile(r' *(>=|<=|[-+*/(),<>=]|[0-9]+(?:\.[0-9]+)?|[a-z_][a-z_0-9.]*)')
FUNCTIONS = ('min', 'max', 'sum', 'cents', 'dollars', 'decimals', 'rounded', 'floor', 'isqrt',
             'table', 'bands', 'portion')


def tokens(text):
    found, at = [], 0
    while at < len(text):
        match = TOKEN.match(text, at)
        if not match:
            raise Wrong(f'{text[at:]!r} is no part of a formula')
        found.append(match.group(1))
        at = match.end()
    return found


class Reader:
    """A formula as nested tuples, an operator first."""

    LEVELS = (('or',), ('and',), None, ('>=', '<=', '>', '<', '='), ('+', '-'), ('*', '/'))

    def __init__(self, text):
        self.tokens = tokens(text)
        self.tree = self.level(0)
        if self.tokens:
            raise Wrong(f'{self.tokens[0]!r} stands behind the end')

    def next(self, *which):
        return self.tokens.pop(0) if self.tokens and self.tokens[0] in which else None

    def level(self, depth):
        if depth == len(self.LEVELS):
            return self.unary()
        if self.LEVELS[depth] is None:
            return ('not', self.level(depth + 1)) if self.next('not') else self.level(depth + 1)
        left = self.level(depth + 1)
        while True:
            sign = self.next(*self.LEVELS[depth])
            if not sign:
                return left
            left = (sign, left, self.level(depth + 1))

    def unary(self):
        return ('neg', self.one()) if self.next('-') else self.one()

    def one(self):
        if self.next('('):
            inside = self.level(0)
            if not self.next(')'):
                raise Wrong('a bracket is not closed')
            return inside
        if not self.tokens:
            raise Wrong('something is missing')
        word = self.tokens.pop(0)
        if word[0].isdigit():
            return ('number', Fraction(word))
        if word in FUNCTIONS and self.next('('):
            arguments = [self.level(0)]
            while self.next(','):
                arguments.append(self.level(0))
            if not self.next(')'):
                raise Wrong('a bracket is not closed')
            return (word, *arguments)
        return ('name', word)


def first_name(tree):
    if tree[0] == 'name' and not tree[1].startswith(('terms.', 'run.')):
        return tree[1]
    if tree[0] in ('name', 'number'):
        return None
    return next(filter(None, map(first_name, tree[1:])), None)


# ---- rounding

def floor(value):
    return value.numerator // value.denominator


def nearest(value, unit=1, mode='half_away'):
    """A whole number of units."""
    size = abs(value) / unit
    low, rest = floor(size), size - floor(size)
    half = Fraction(1, 2)
    up = {'half_away': rest >= half,
          'half_up': rest > half if value < 0 else rest >= half,
          'half_even': rest > half or (rest == half and low % 2 == 1),
          'toward_zero': False}[mode]
    return Fraction((low + up) * unit * (-1 if value < 0 else 1))


def decimals(value, count):
    scale = 10 ** int(count)
    return nearest(value * scale) / scale


# ---- one line made again

class Maker:
    def __init__(self, page, line):
        self.page, self.line = page, line
        self.above = [other for other in page.lines if other.number < line.number]

    def lines_of(self, name):
        return [other for other in self.above if name in (other.name, other.feeds)]

    def named(self, name, item):
        """The latest with the same item, else the latest without one; of lines alone else any."""
        lines = self.lines_of(name)
        for wanted in (item, None):
            for other in reversed(lines):
                if other.item == wanted:
                    return other.value
        if name in self.line.defaults:
            return self.line.defaults[name]
        if not lines:
            raise Wrong(f'there is no {name} above')
        return lines[-1].value

    def param(self, name):
        value = self.line.step.get(name.removeprefix('terms.'))
        if value is None:
            raise Wrong(f'{name} is not given')
        return value

    def items(self, tree):
        found = []
        for other in self.lines_of(first_name(tree)):
            if other.item and other.item not in found:
                found.append(other.item)
        return found

    def value(self, tree, item):
        if tree[0] == 'number':
            return tree[1]
        if tree[0] == 'name':
            if tree[1].startswith('terms.'):
                return figure(self.param(tree[1]))
            if tree[1].startswith('run.'):
                return self.page.run[tree[1].removeprefix('run.')]
            return self.named(tree[1], item)
        if tree[0] in SPECIAL:
            return SPECIAL[tree[0]](self, item, *tree[1:])
        return PLAIN[tree[0]](*(self.value(part, item) for part in tree[1:]))

    def make(self):
        return self.value(Reader(self.line.formula).tree, self.line.item)

    def sum(self, _, tree):
        return sum((self.value(tree, one) for one in self.items(tree)), Fraction(0))

    def rounded(self, item, tree, unit, mode):
        return nearest(self.value(tree, item), 100 if self.param(unit[1]) == 'dollar' else 1,
                       self.param(mode[1]))

    def table(self, item, tree, name):
        at = self.value(tree, item)
        for first, last, closed, rate, until in self.param(name[1]).bands:
            if first <= at < last or (closed and at == last):
                return rate if rate == until else (
                    rate + (until - rate) * (at - first) / (last - first))
        raise Wrong(f'{name[1]} says nothing at {at}')

    def bands(self, item, tree, *rest):
        value, base = self.value(tree, item), Fraction(1)
        if len(rest) == 2:
            base = self.value(rest[0], item)
        total = Fraction(0)
        for first, last, _, rate, _ in self.param(rest[-1][1]).bands:
            inside = min(abs(value), last * base) - first * base
            total += max(inside, Fraction(0)) * rate
        return -total if value < 0 else total

    def portion(self, item, tree, weight):
        whole = self.value(tree, item)
        if whole == 0:
            return whole
        weights = {one: self.value(weight, one) for one in self.items(weight)}
        exact = {one: abs(whole) * part / sum(weights.values()) for one, part in weights.items()}
        left = abs(whole) - sum(floor(part) for part in exact.values())
        order = sorted(exact, key=lambda one: (floor(exact[one]) - exact[one], one.encode()))
        mine = Fraction(floor(exact[item]) + (order.index(item) < left))
        return -mine if whole < 0 else mine


SPECIAL = {name: getattr(Maker, name) for name in ('sum', 'rounded', 'table', 'bands', 'portion')}

PLAIN = {
    '+': lambda a, b: a + b,
    '-': lambda a, b: a - b,
    '*': lambda a, b: a * b,
    '/': lambda a, b: a / b,
    '>=': lambda a, b: Fraction(a >= b),
    '<=': lambda a, b: Fraction(a <= b),
    '>': lambda a, b: Fraction(a > b),
    '<': lambda a, b: Fraction(a < b),
    '=': lambda a, b: Fraction(a == b),
    'and': lambda a, b: Fraction(bool(a and b)),
    'or': lambda a, b: Fraction(bool(a or b)),
    'not': lambda a: Fraction(not a),
    'neg': lambda a: -a,
    'min': min,
    'max': max,
    'cents': nearest,
    'dollars': lambda a: nearest(a, 100),
    'decimals': decimals,
    'floor': lambda a: Fraction(floor(a)),
    'isqrt': lambda a: Fraction(isqrt(floor(a))),
}


def expected(page, line):
    """What the line must be, and how that is known; None: nothing says so."""
    if line.facts:
        return sum((page.facts[number] for number in line.facts), Fraction(0)), 'its facts'
    if line.carried:
        return page.carried[line.carried, line.item], 'the earlier statement'
    if line.members:
        return line.value, 'member rows'
    if not line.formula:
        raise Wrong('it says neither how it was made nor what it came from')
    return Maker(page, line).make(), line.formula


def check(name, text, verbose):
    """How many lines agree, and how many do not."""
    page = Page(text)
    good = bad = 0
    for line in page.lines:
        what = f'{name}: line {line.number} {line.name}' + (f'[{line.item}]' if line.item else '')
        try:
            value, by = expected(page, line)
        except (Wrong, KeyError, ZeroDivisionError, ValueError) as fault:
            print(f'{what}: {fault}')
            bad += 1
            continue
        if value == line.value:
            good += 1
            if verbose:
                print(f'{what} = {value} by {by}')
        else:
            print(f'{what} is {line.value}; {by} makes it {value}')
            bad += 1
    return good, bad


def main(arguments):
    verbose = '-v' in arguments
    names = [name for name in arguments if name != '-v'] or ['-']
    good = bad = 0
    for name in names:
        try:
            if name == '-':
                text = sys.stdin.read()
            else:
                with open(name, encoding='utf-8') as file:
                    text = file.read()
            agree, differ = check(name, text, verbose)
        except (Wrong, OSError) as fault:
            print(f'{name}: {fault}', file=sys.stderr)
            return 2
        good, bad = good + agree, bad + differ
    print(f'{good + bad} lines, {bad} that differ')
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
