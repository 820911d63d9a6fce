#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Breaks accord on purpose, one way after the other, and asks the tests whether they notice.

    tests/mutants/mutants.py SOURCE SCRATCH [MUTANT...]

Each FILE.sed here is a mutant: a sed script (-E) whose comments say why, which file it changes, and
which tests are to notice, the likeliest first.  SOURCE is copied to SCRATCH and built there; the
named tests must pass as it is; then each mutant is applied, built, and tried until a test fails.
Ends with 1 when one survives, does not apply or does not build.
"""

import filecmp
import json
import os
import re
import shutil
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PATIENCE = 0.5          # of the tests' own time limits: a broken hub may hang
HEAD = re.compile(r'^# (why|file|tests): (.*)$', re.M)


class Mutant:
    def __init__(self, path):
        with open(path, encoding='utf-8') as file:
            head = dict(HEAD.findall(file.read()))
        self.path = path
        self.name = os.path.basename(path)[:-len('.sed')]
        self.why, self.file, self.tests = head['why'], head['file'], head['tests'].split()


def run(words, **more):
    return subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          stdin=subprocess.DEVNULL, check=False, **more)


def must_run(words, **more):
    done = run(words, **more)
    if done.returncode:
        sys.exit(f'{" ".join(words[:4])}: {done.returncode}\n{done.stdout[-3000:]}')
    return done.stdout


def copy_source(source, tree):
    names = must_run(['git', '-C', source, 'ls-files', '-z', '--cached', '--others',
                      '--exclude-standard']).split('\0')
    for name in filter(None, names):
        origin, target = os.path.join(source, name), os.path.join(tree, name)
        # Only what differs, and with a time of now: what was built of it before must be built anew.
        if os.path.isfile(origin) and not (os.path.exists(target) and
                                           filecmp.cmp(origin, target, shallow=False)):
            os.makedirs(os.path.dirname(target), exist_ok=True)
            shutil.copy(origin, target)


class Build:
    """A build of the copy, and what each test of it needs."""

    def __init__(self, scratch):
        self.tree = os.path.join(scratch, 'tree')
        self.directory = os.path.join(scratch, 'build')
        if not os.path.exists(os.path.join(self.directory, 'build.ninja')):
            must_run(['meson', 'setup', self.directory, self.tree, '-Dmalice=enabled'])
        tests = json.loads(must_run(['meson', 'introspect', '--tests', self.directory]))
        files = json.loads(must_run(['meson', 'introspect', '--targets', self.directory]))
        made = {target['id']: target['filename'][0] for target in files}
        self.needs = {}
        for test in tests:
            paths = [made[target] for target in test['depends'] if target in made]
            paths += [word for word in test['cmd'] if word.startswith(self.directory + os.sep)]
            self.needs[test['name']] = [os.path.relpath(path, self.directory) for path in paths]

    def make(self, tests):
        targets = sorted({need for test in tests for need in self.needs[test]})
        return run(['ninja', '-C', self.directory, *targets])

    def results(self, tests, patience):
        """OK, FAIL, TIMEOUT, SKIP ... by the name of each test."""
        run(['meson', 'test', '-C', self.directory, '--no-rebuild', '--num-processes', '1',
             '--timeout-multiplier', str(patience), *tests])
        log = os.path.join(self.directory, 'meson-logs', 'testlog.json')
        with open(log, encoding='utf-8') as file:
            lines = [json.loads(line) for line in file]
        return {line['name'].split(' / ')[-1]: line['result'] for line in lines}


def judge(build, mutant, usable):
    """(whether it was noticed, what to say of it)."""
    target = os.path.join(build.tree, mutant.file)
    with open(target, encoding='utf-8') as file:
        before = file.read()
    try:
        must_run(['sed', '-E', '-i', '-f', mutant.path, target])
        with open(target, encoding='utf-8') as file:
            if file.read() == before:
                return False, 'DOES NOT APPLY'
        made = build.make(mutant.tests)
        if made.returncode:
            return False, 'DOES NOT BUILD: ' + made.stdout[-600:]
        for test in mutant.tests:
            if test in usable:
                result = build.results([test], PATIENCE).get(test)
                if result not in ('OK', 'SKIP'):
                    return True, f'noticed by {test} ({result})'
        return False, 'SURVIVES ' + ' '.join(mutant.tests)
    finally:
        with open(target, 'w', encoding='utf-8') as file:
            file.write(before)


def main(words):
    if len(words) < 2:
        sys.exit(__doc__)
    source, scratch, wanted = os.path.abspath(words[0]), os.path.abspath(words[1]), words[2:]
    mutants = [Mutant(os.path.join(HERE, name)) for name in sorted(os.listdir(HERE))
               if name.endswith('.sed')]
    unknown = set(wanted) - {mutant.name for mutant in mutants}
    if unknown:
        sys.exit('there is no mutant ' + ' '.join(sorted(unknown)))
    mutants = [mutant for mutant in mutants if not wanted or mutant.name in wanted]
    copy_source(source, os.path.join(scratch, 'tree'))
    build = Build(scratch)
    tests = sorted({test for mutant in mutants for test in mutant.tests})
    missing = [test for test in tests if test not in build.needs]
    if missing:
        sys.exit('there is no test ' + ' '.join(missing))
    made = build.make(tests)
    if made.returncode:
        sys.exit('as it is, it does not build: ' + made.stdout[-2000:])
    results = build.results(tests, 1)
    usable = {test for test in tests if results.get(test) == 'OK'}
    for test in tests:
        if test not in usable:
            print(f'{test} does not pass as it is ({results.get(test)}): not asked', flush=True)
    survived = 0
    for mutant in mutants:
        began = time.monotonic()
        noticed, says = judge(build, mutant, usable)
        survived += not noticed
        print(f'{mutant.name:30} {time.monotonic() - began:4.0f}s  {says}  [{mutant.why}]',
              flush=True)
    print(f'{len(mutants)} mutants: {len(mutants) - survived} noticed, {survived} not')
    return 1 if survived else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
