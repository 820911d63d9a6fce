# SPDX-License-Identifier: Apache-2.0
"""What every rule stands on: exact figures, rounding, tables, facts, and what steps hand on.

Written from the published formulas and the documented parameters of the steps, in fractions, and
not from the core's code: two programs that agree are worth more than one.
"""

from fractions import Fraction as F
from math import isqrt

MONEY_MAX = 10 ** 15
EPOCH_YEARS = {}


class Stop(Exception):
    """Not calculable, and why."""


def half_away(x):
    """The whole number nearest to x, halves away from zero."""
    n = (abs(x) * 2 + 1) // 2
    return int(n) if x >= 0 else -int(n)


def rounded(x, unit, mode):
    """x to a multiple of unit."""
    x = F(x) / unit
    floor = x.numerator // x.denominator
    rest = x - floor
    if mode == 'half_away':
        n = half_away(x)
    elif mode == 'half_up':
        n = floor + (rest >= F(1, 2))
    elif mode == 'half_even':
        n = floor + (rest > F(1, 2) or (rest == F(1, 2) and floor % 2))
    else:
        n = floor if x >= 0 or rest == 0 else floor + 1
    return int(n) * unit


def cents(x):
    return F(half_away(x))


def decimals(x, n):
    return F(half_away(F(x) * 10 ** n), 10 ** n)


def root(x):
    """The whole number not above the square root of x."""
    return F(isqrt(int(F(x) // 1)))


def clamp(x, low, high):
    return max(low, min(high, x))


def parse(text):
    """A rate as terms have it: "2.5%", "1/3", "0.025"."""
    text = str(text)
    return F(text[:-1]) / 100 if text.endswith('%') else F(text)


def dollars(text):
    return F(text) * 100


def band_ends(band, axis):
    end = band.get('to', band.get('through'))
    if axis == 'share':
        return parse(band['from']), parse(end) if end is not None else F(100)
    if axis == 'cents':
        return dollars(band['from']), dollars(end) if end is not None else F(MONEY_MAX)
    if axis == 'date':
        return band['from'], end if end is not None else '9999-12-31'
    return F(band['from']), F(end) if end is not None else F(10 ** 9)


def band_rates(band):
    if 'rate' in band:
        return parse(band['rate']), parse(band['rate'])
    return parse(band['at_from']), parse(band.get('at_to', band.get('at_through')))


def table(bands, at, axis):
    """The rate at a figure; None where no band holds it."""
    for n, band in enumerate(bands):
        low, high = band_ends(band, axis)
        last = n == len(bands) - 1
        closed = axis in ('count', 'date') or last
        if low <= at and (at <= high if closed else at < high):
            first, second = band_rates(band)
            if first == second:
                return first
            return first + (second - first) * F(at - low) / (high - low)
    return None


def marginal(bands, a, axis, base=1):
    """Of a, what falls into each band, at its rate."""
    total = F(0)
    for band in bands:
        low, high = band_ends(band, axis)
        total += band_rates(band)[0] * max(F(0), min(abs(a), high * base) - low * base)
    return total if a >= 0 else -total


def portions(total, weights):
    """Largest remainder: {name: part}; leftover units to the largest rest, ties to the first."""
    size, whole = abs(int(total)), sum(weights.values())
    parts = {k: size * w // whole for k, w in weights.items()}
    rests = sorted(weights, key=lambda k: (-(size * weights[k] % whole), k))
    for k in rests[:size - sum(parts.values())]:
        parts[k] += 1
    return {k: v if total >= 0 else -v for k, v in parts.items()}


class Ground:
    """A settlement at work."""

    def __init__(self, terms, facts, carried, payment, months, year):
        self.terms, self.facts, self.carried = terms, facts, carried
        self.payment, self.months, self.year = payment, months, year
        self.place, self.step = 0, {}
        self.whole, self.part, self.categories = {}, {}, []
        self.lines = []
        self.measures, self.weights = {}, {}
        self.domains, self.candidates = {}, []
        self.quality_failed = self.scaled = self.open = False
        self.payees = {}
        self.earned = self.payable = 0

    # parameters
    def has(self, name):
        return name in self.step

    def word(self, name, otherwise):
        return self.step.get(name, otherwise)

    def rate(self, name, otherwise=None):
        if name in self.step:
            return parse(self.step[name])
        return None if otherwise is None else F(otherwise)

    def money(self, name, otherwise=None):
        if name in self.step:
            return dollars(self.step[name])
        return None if otherwise is None else F(otherwise)

    def count(self, name, otherwise):
        return int(self.step.get(name, otherwise))

    def flag(self, name, otherwise=False):
        return bool(self.step.get(name, otherwise))

    # facts: keys are (kind, item, year or 0)
    def find(self, kind, item='', year=0):
        return self.facts.get((kind, item, year))

    def need(self, kind, item='', year=0):
        value = self.find(kind, item, year)
        if value is None:
            raise Stop(f'no {kind} of {item}')
        return value

    # what is handed on
    def say(self, name, value, item='', feeds=None):
        value = F(value)
        self.lines.append((self.place, name, item, value))
        if feeds and item:
            self.part.setdefault(feeds, {})[item] = value
        elif feeds:
            self.whole[feeds] = value
        return value

    def held(self, feed, otherwise=0):
        return self.whole.get(feed, F(otherwise))

    def declare(self, category):
        if category not in self.categories:
            self.categories.append(category)
