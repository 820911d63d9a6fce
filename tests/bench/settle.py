#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Member rows to figures: Accord beside SQLite and DuckDB, on the same rows, to the same answer.

    settle.py [--rows N] [--rounds N] [--directory DIR] BENCH-SETTLE [NODE-MODULES]

Every engine has its own best way to hold the rows, which it loads before it is timed, and one
statement for the same figures: by member the annualised cost, truncated, by category the members,
their months, cost, what was truncated, and risk.  Each run is a process of its own, the engines by
turns.  Ends with 1 when answers differ.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile

TRUNCATE = 25_000_000       # cents
RUNS = 3                    # in one process, after one that does not count
DUCKDB = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'settle_duckdb.js')

FIGURES = f'''
    select category, count(*), sum(months),
           sum(case when paid * 12 > {TRUNCATE} * months
                    then {TRUNCATE} * months else paid * 12 end),
           sum(case when paid * 12 > {TRUNCATE} * months
                    then paid * 12 - {TRUNCATE} * months else 0 end),
           sum(risk)
    from (%s) group by category order by category'''

# DuckDB's sums are of 128 bits unless told that 64 will do.
DUCKDB_SQL = FIGURES % '''
    select any_value(category) as category, count(*)::bigint as months,
           sum(cents)::bigint as paid, sum(risk)::bigint as risk
    from rows group by member'''

SQLITE_SQL = FIGURES % '''
    select category, count(*) as months, sum(cents) as paid, sum(risk) as risk
    from rows group by hi, lo'''

# In order of members a table that is itself the index; in order of arrival as the rows came.
SQLITE_TABLE = {
    'in-order': 'create table rows (hi, lo, month, category, risk, cents,'
                ' primary key (hi, lo, month)) without rowid;',
    'any-order': 'create table rows (hi, lo, month, category, risk, cents);',
}

WAYS = {'in-order': ('by-member', 'in order of members'),
        'any-order': ('shuffled', 'in order of arrival')}


class Result:
    """What one process said."""

    def __init__(self, text):
        words = [line.split() for line in text.splitlines() if line]
        self.seconds = [float(w[1]) for w in words if w[0] == 'seconds']
        self.kib = [int(w[1]) for w in words if w[0] == 'KiB'][0]
        self.answer = [tuple(map(int, w[1:])) for w in words if w[0] == 'answer']

    def median(self):
        """Without the first, which warms up, where there are others."""
        return statistics.median(self.seconds[1:] or self.seconds)


class Accord:
    rounds = 5

    def __init__(self, program, files):
        self.program, self.files = program, files

    def run(self, way):
        return Result(output([self.program, 'fold', self.files[way], way, str(RUNS + 1),
                              str(TRUNCATE)]))


class DuckDB:
    rounds = 5

    def __init__(self, modules, directory):
        self.environment = dict(os.environ, NODE_PATH=modules)
        self.directory = directory

    def database(self, way):
        return os.path.join(self.directory, way + '.duckdb')

    def load(self, way, csv):
        output(['node', DUCKDB, 'load', self.database(way), csv], env=self.environment)

    def run(self, way):
        return Result(output(['node', DUCKDB, 'run', self.database(way), DUCKDB_SQL,
                              str(RUNS + 1)], env=self.environment))


class SQLite:
    rounds = 1      # it takes as long as all the others together

    def __init__(self, directory):
        self.directory = directory

    def shell(self, way, script):
        database = os.path.join(self.directory, way + '.sqlite')
        return output(['sqlite3', '-batch', database], input=script)

    def load(self, way, csv):
        self.shell(way, 'pragma journal_mode = off; pragma synchronous = off;\n'
                        f'{SQLITE_TABLE[way]}\n.mode csv\n.import {csv} rows\n')

    def run(self, way):
        text = self.shell(way, '.mode list\n.separator " "\n.timer on\n' + SQLITE_SQL + ';\n'
                               '.timer off\n.shell grep -e VmHWM -e RssFile /proc/$PPID/status\n')
        return Result(translated(text))


def translated(text):
    """What the sqlite3 shell prints, as bench-settle has it."""
    lines, status = [], {}
    for words in (line.split() for line in text.splitlines()):
        if words[:2] == ['Run', 'Time:']:
            lines.append('seconds ' + words[3])
        elif words and words[0].endswith(':'):
            status[words[0]] = int(words[1])
        elif words:
            lines.append('answer ' + ' '.join(words))
    return '\n'.join(lines + [f'KiB {status["VmHWM:"] - status["RssFile:"]}'])


def output(command, **options):
    return subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE, **options).stdout


def prepare(arguments, directory):
    """The rows, once, and every engine's own copy of them."""
    files = {way: os.path.join(directory, way + '.rows') for way in WAYS}
    engines = {'accord': Accord(arguments.program, files)}
    if shutil.which('sqlite3'):
        engines['sqlite'] = SQLite(directory)
    if arguments.modules and shutil.which('node'):
        engines['duckdb'] = DuckDB(arguments.modules, directory)
    csv = os.path.join(directory, 'csv')
    for way, (order, _) in WAYS.items():
        output([arguments.program, 'write', files[way], str(arguments.rows), order])
        with open(csv, 'wb') as file:
            subprocess.run([arguments.program, 'csv', files[way]], check=True, stdout=file)
        for engine in engines.values():
            if hasattr(engine, 'load'):
                engine.load(way, csv)
    os.unlink(csv)
    return engines


def measure(engines, way, rounds):
    """All engines by turns: what is next to each other in time is compared."""
    results = {name: [] for name in engines}
    for i in range(rounds):
        for name, engine in engines.items():
            if i < engine.rounds:
                results[name].append(engine.run(way))
    return results


def ratio(others, ours):
    """How many times as long as we they took, in the same round; the median of rounds."""
    return statistics.median(other.median() / our.median() for other, our in zip(others, ours))


def show(title, results, rows):
    print(f'{title}:')
    for name, runs in results.items():
        seconds = statistics.median(run.median() for run in runs)
        kib = max(run.kib for run in runs)
        times = '' if name == 'accord' else f'{ratio(runs, results["accord"]):10.1f} x as long'
        print(f'  {name:8}{seconds:10.4f} s {rows / seconds / 1e6:10.1f} M rows/s'
              f'{kib / 1024:10.1f} MiB{times}')


def differ(all_results):
    answers = {(name, way): run.answer for way, results in all_results.items()
               for name, runs in results.items() for run in runs}
    expected = next(iter(answers.values()))
    wrong = [key for key, answer in answers.items() if answer != expected or not answer]
    for name, way in wrong:
        print(f'settle: {name}, {way}: another answer', file=sys.stderr)
    return bool(wrong)


def parse():
    parser = argparse.ArgumentParser(description='member rows to figures, beside SQL engines')
    parser.add_argument('--rows', type=int, default=10_000_000)
    parser.add_argument('--rounds', type=int, default=5)
    parser.add_argument('--directory', default='/var/tmp')
    parser.add_argument('program')
    parser.add_argument('modules', nargs='?')
    return parser.parse_args()


def main():
    arguments = parse()
    with tempfile.TemporaryDirectory(prefix='accord-settle.', dir=arguments.directory) as directory:
        engines = prepare(arguments, directory)
        for name in ('sqlite', 'duckdb'):
            if name not in engines:
                print(f'skipped: no {name}')
        members = -(-arguments.rows // 12)
        print(f'{arguments.rows} rows of {members} members; load {os.getloadavg()[0]:.1f}; memory '
              'at the peak, without files that are mapped')
        results = {}
        for way, (_, title) in WAYS.items():
            results[way] = measure(engines, way, arguments.rounds)
            show(title, results[way], arguments.rows)
    return 1 if differ(results) else 0


if __name__ == '__main__':
    sys.exit(main())
