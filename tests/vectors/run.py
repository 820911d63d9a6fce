#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Worked examples, through terms and facts as files and `accord settle preview`.

    run.py ACCORD [ID ...]

README.md says what a vector is. Ends with 1 when any figure differs.
"""

import json
import os
import subprocess
import sys
import tempfile

from fractions import Fraction

HERE = os.path.dirname(os.path.abspath(__file__))


class Differs(Exception):
    """What a vector expects is not what came."""


def accord(program, *words):
    done = subprocess.run([program, *words], capture_output=True, text=True, timeout=60,
                          check=False)
    if done.returncode:
        raise Differs(f'accord {" ".join(words)}: {done.stderr.strip()}')
    return done.stdout


def terms_of(program, vector):
    settings = {'bearer': 'payer', 'earner': 'provider', **vector.get('set', {})}
    words = [word for key, value in settings.items() for word in ('--set', f'{key}={value}')]
    terms = json.loads(accord(program, 'contract', 'new', '--template', vector['template'],
                              '--year', str(vector['year']), *words))
    if 'steps' in vector:
        terms['steps'] = vector['steps']
    for edit in vector.get('edit', []):
        change(terms['steps'], edit)
    return terms


def change(steps, edit):
    kind = edit.get('drop', edit.get('step'))
    place = [i for i, step in enumerate(steps) if step['step'] == kind][edit.get('nth', 0)]
    if 'drop' in edit:
        del steps[place]
    else:
        steps[place].update(edit['put'])


def figure_of(key, value, terms):
    name, _, year = key.partition('@')
    kind, _, item = name.partition(':')
    figure = {'kind': kind, 'value': value, 'segment': ''}
    if item:
        figure['item'] = item
    if year:
        figure['period'] = {'from': f'{year}-01-01', 'through': f'{year}-12-31'}
    return figure


def report_of(vector, terms):
    return {'schema': 'accord.report.v1', 'contract': terms['contract'],
            'period': terms['periods'][0],
            'figures': [figure_of(key, value, terms) for key, value in vector['facts'].items()]}


def settle(program, vector, terms, folder, before):
    paths = [os.path.join(folder, name) for name in ('terms.json', 'facts.json')]
    for path, document in zip(paths, (terms, report_of(vector, terms))):
        with open(path, 'w', encoding='utf-8') as file:
            json.dump(document, file)
    words = ['settle', 'preview', '--terms', paths[0], '--facts', paths[1],
             '--payment', vector['payment'], '-o', 'json']
    if before:
        words += ['--carried', before]
    text = accord(program, *words)
    path = os.path.join(folder, vector['id'] + '.json')
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)
    return path, json.loads(text)


def exact(line):
    """A figure of a statement; money in dollars."""
    if 'exact_cents' in line:
        return Fraction(line['exact_cents']) / 100
    if 'exact' in line:
        return Fraction(line['exact'])
    return Fraction(int(line['value']))


def expected(text):
    """The figure, and to how many decimals it is known: None, exactly."""
    about = text.startswith('~')
    text = text.lstrip('~')
    percent = text.endswith('%')
    text = text.rstrip('%')
    decimals = len(text.partition('.')[2]) if about else None
    return Fraction(text) / (100 if percent else 1), decimals, percent


def same(have, text):
    want, decimals, percent = expected(text)
    if decimals is None:
        return have == want
    if percent:
        have, want = have * 100, want * 100
    unit = Fraction(1, 10 ** decimals)
    return abs(have - want) <= unit / 2


def find(statement, key):
    name, _, number = key.partition('#')
    name, _, item = name.partition(':')
    found = [line for line in statement['lines']
             if line['line'] == name and (line.get('item') or '') == item]
    if not found:
        raise Differs(f'the statement has no line {key}')
    return found[int(number)] if number else found[-1]


def amount(statement, key):
    return Fraction(statement[key]['amount'])


def check(vector, statement):
    if 'reason' in vector:
        if vector['reason'] not in json.dumps(statement):
            raise Differs(f'the reason does not say "{vector["reason"]}"')
        return
    for key, text in vector.get('lines', {}).items():
        have = exact(find(statement, key))
        if not same(have, text):
            raise Differs(f'{key} is {have}, about {float(have):.6f}, not {text}')
    for key in ('earned', 'payable'):
        if key in vector and amount(statement, key) != Fraction(vector[key]):
            raise Differs(f'{key} is {float(amount(statement, key)):.2f}, not {vector[key]}')


def main():
    program, wanted = sys.argv[1], set(sys.argv[2:])
    vectors, paths, failed, done = [], {}, 0, 0
    for name in sorted(os.listdir(HERE)):
        if name.endswith('.json'):
            with open(os.path.join(HERE, name), encoding='utf-8') as file:
                vectors += json.load(file)
    with tempfile.TemporaryDirectory() as folder:
        for vector in vectors:
            if wanted and not any(vector['id'].startswith(word) for word in wanted):
                continue
            done += 1
            try:
                terms = terms_of(program, vector)
                before = paths.get(vector.get('after'))
                paths[vector['id']], statement = settle(program, vector, terms, folder, before)
                check(vector, statement)
            except Differs as why:
                failed += 1
                print(f'{vector["id"]}: {vector["says"]}\n    {why}')
    print(f'{done} vectors, {failed} failed')
    return 1 if failed or not done else 0


if __name__ == '__main__':
    sys.exit(main())
