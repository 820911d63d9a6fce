#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds the core's settlements against an independent calculation, on contracts drawn by chance.

    run.py SETTLE-STREAM [--contracts N] [--seed S] [--show]

Every line that the oracle makes, and what is earned and payable, must be the core's exactly. Ends
with 1 at the first difference, with the contract; with 2 when something was never exercised.
"""

import argparse
import json
import os
import random
import subprocess
import sys
from collections import Counter

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import draw                     # noqa: E402  (the folder must be on the path first)
import rules                    # noqa: E402
from ground import F            # noqa: E402

UNITS_WHOLE = 10 ** 9


def contract(seed):
    r = random.Random(seed)
    terms, facts, carried = draw.terms(r), draw.facts(r), draw.carried(r)
    payment = r.choice(['2025-03-15', '2025-10-15'])
    return terms, facts, carried, payment


def period_of(terms, year):
    if year:
        return f'{year}-01-01', f'{year + 1}-01-01'
    through = terms['periods'][0]['through']
    return terms['periods'][0]['from'], \
        f'{draw.YEAR + 1}-01-01' if through.endswith('12-31') else f'{draw.YEAR}-07-01'


def asked(terms, facts, carried, payment):
    rows = [[kind, item, *period_of(terms, year), value.numerator, value.denominator]
            for (kind, item, year), value in facts.items()]
    carries = [[name, item, value.numerator, value.denominator]
               for (name, item), value in carried.items()]
    return json.dumps({'terms': terms, 'facts': rows, 'carried': carries, 'payment': payment},
                      separators=(',', ':'))


def difference(core, status, reason, ground):
    """NULL of both worlds: None when they agree, else the first difference in words."""
    if core['status'] != status:
        return f'core: {core["status"]} {core["reason"]}; oracle: {status} {reason}'
    have = {}
    for step, name, item, num, den in core['lines']:
        have[(step, name, item)] = F(int(num), int(den))
    mine = {}
    for step, name, item, value in ground.lines:
        mine[(step, name, item)] = value
    for key, value in mine.items():
        if key not in have:
            return f'step {key[0] + 1}: the core has no line {key[1]}[{key[2]}]; oracle: {value}'
        if have[key] != value:
            return f'step {key[0] + 1}: {key[1]}[{key[2]}] core {have[key]}, oracle {value}'
    if status == 'calculated' and (core['earned'] != ground.earned or
                                   core['payable'] != ground.payable):
        return f'earned {core["earned"]}, {core["payable"]}; oracle {ground.earned}, ' \
               f'{ground.payable}'
    return None


class Coverage:
    """What was exercised in settlements that came to something."""

    def __init__(self):
        self.seen, self.outcomes = Counter(), Counter()

    def note(self, terms, status, earned):
        self.outcomes[status] += 1
        if status != 'calculated':
            return
        self.outcomes['gain' if earned > 0 else 'loss' if earned < 0 else 'nothing'] += 1
        for step in terms['steps']:
            self.seen[step['step']] += 1
            for key, value in step.items():
                if key != 'step' and isinstance(value, str) and not value[0].isdigit() and \
                        value[0] not in '-':
                    self.seen[f'{step["step"]} {key} {value}'] += 1

    def missing(self):
        lacking = [step for step in rules.STEPS if not self.seen[step]]
        return lacking + [word for word in ('gain', 'loss', 'nothing', 'not_calculable')
                          if not self.outcomes[word]]


def main():
    words = argparse.ArgumentParser()
    words.add_argument('program')
    words.add_argument('--contracts', type=int, default=2000)
    words.add_argument('--seed', type=int, default=1)
    words.add_argument('--show', action='store_true')
    words = words.parse_args()
    coverage, failed = Coverage(), 0
    with subprocess.Popen([words.program], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          text=True) as core:
        for n in range(words.contracts):
            terms, facts, carried, payment = contract(words.seed * UNITS_WHOLE + n)
            core.stdin.write(asked(terms, facts, carried, payment) + '\n')
            core.stdin.flush()
            answer = json.loads(core.stdout.readline())
            if 'refused' in answer:
                coverage.outcomes['refused'] += 1
                if words.show:
                    print(answer['refused'][0])
                continue
            months = 12 if terms['periods'][0]['through'].endswith('12-31') else 6
            status, reason, ground = rules.settle(terms, facts, carried, payment, months,
                                                  draw.YEAR)
            coverage.note(terms, answer['status'], answer.get('earned', 0))
            why = difference(answer, status, reason, ground)
            if why:
                failed += 1
                print(f'contract {n}: {why}')
                if failed == 1:
                    print(json.dumps(terms['steps'], indent=1))
                if failed >= 10:
                    break
        core.stdin.close()
    print(', '.join(f'{count} {word}' for word, count in coverage.outcomes.most_common()))
    if words.show:
        for word, count in sorted(coverage.seen.items()):
            print(f'{count:8} {word}')
    lacking = coverage.missing()
    if lacking and not failed:
        print('never exercised: ' + ', '.join(lacking))
    return 1 if failed else 2 if lacking else 0


if __name__ == '__main__':
    sys.exit(main())
