#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What people and broken disks hand to the real programs: each is answered with the documented
exit status and a sentence, nothing dies, nothing is logged, and the hub goes on.

    bad_input.py ACCORDD ACCORD
"""
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

CONF = """[ledger]
directory = {0}/ledger
[guard]
file = {0}/guard
[keys]
file = {0}/hub.key
[bus]
intake = tcp://127.0.0.1:*
signals = tcp://127.0.0.1:*
[runtime]
directory = {0}/run
[log]
level = warning
target = plain
"""
FLIPS = 40
CUTS = 16

TERMS = {
    'nothing': b'',
    'a word': b'null',
    'a list': b'[]',
    'a string without end': b'{"schema": "accord.terms.v1',
    'a NUL': b'{"schema": "accord.terms.v1\0"}',
    'no UTF-8': b'{"schema": "accord.terms.v1", "title": "\xff\xfe"}',
    'a key twice': b'{"schema": "accord.terms.v1", "schema": "accord.terms.v1"}',
    'no number': b'{"schema": "accord.terms.v1", "version": NaN}',
    'a number without end': b'{"schema": "accord.terms.v1", "version": ' + b'9' * 5000 + b'}',
    'depth': b'[' * 200000,
    'depth of objects': b'{"a":' * 100000,
    'something after the end': b'{"schema": "accord.terms.v1"} {}',
    'another schema': b'{"schema": "accord.terms.v9"}',
    'a byte order mark': b'\xef\xbb\xbf{"schema": "accord.terms.v1"}',
    'bytes of nothing': bytes(range(256)) * 64,
}
HEADER = b'contract,segment,kind,item,from,through,paid_through,value,supersedes\n'
ROW = b'payer/aco/c0,,head_count,,2024-01-01,2024-12-31,,1000,\n'
REPORTS = {
    'nothing': b'',
    'no header': ROW,
    'a NUL': HEADER + ROW.replace(b'1000', b'10\x0000'),
    'no UTF-8': HEADER + ROW.replace(b'c0', b'\xff\xff'),
    'a quote without end': HEADER + b'"' + ROW,
    'a quote in the middle': HEADER + ROW.replace(b'1000', b'1"0"00'),
    'a field without end': HEADER + ROW.replace(b'1000', b'1' * 3000000),
    'a field too many': HEADER + ROW.replace(b'1000', b'1000,1,2,3,4,5'),
    'a number beyond all': HEADER + ROW.replace(b'1000', b'9' * 40),
    'a day that is none': HEADER + ROW.replace(b'2024-12-31', b'2024-02-30'),
    'a column twice': HEADER.replace(b'item', b'kind') + ROW,
    'bytes of nothing': bytes(range(256)) * 64,
}


class World:
    def __init__(self, accordd, accord, directory):
        self.accordd, self.accord, self.directory = accordd, accord, directory
        self.checked = 0
        self.failed = []
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith('ACCORD_')}
        self.environment.update(HOME=directory, LC_ALL='C.UTF-8',
                                ACCORD_CONFIG_DIR=directory + '/config',
                                XDG_STATE_HOME=directory + '/state')

    def path(self, name):
        return os.path.join(self.directory, name)

    def run(self, *words):
        return subprocess.run([self.accord, *words], cwd=self.directory, env=self.environment,
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=120)

    def must(self, *words):
        done = self.run(*words)
        if done.returncode:
            sys.exit(f'accord {" ".join(words)}: {done.returncode}\n'
                     f'{done.stderr.decode(errors="replace")}')
        return done.stdout

    def expect(self, what, codes, *words):
        """Ends with one of @codes, by itself, and says why."""
        self.checked += 1
        done = self.run(*words)
        if done.returncode not in codes:
            self.failed.append(f'{what}: accord {" ".join(words)} ends with {done.returncode}, '
                               f'not {codes}: {done.stderr[:600].decode(errors="replace")}')
        elif not done.stderr.strip():
            self.failed.append(f'{what}: accord {" ".join(words)} does not say why')
        return done

    def write(self, name, content):
        with open(self.path(name), 'wb') as file:
            file.write(content)
        return name


def start_hub(world):
    """The hub's process; its keys are in hub.key.pub."""
    conf = world.path('accordd.conf')
    with open(conf, 'w', encoding='utf-8') as file:
        file.write(CONF.format(world.directory))
    os.mkdir(world.path('run'))
    subprocess.run([world.accordd, '--init', '--name', 'test', '--origin', 'hub.example/accord',
                    '-c', conf], check=True, capture_output=True, timeout=60)
    hub = subprocess.Popen([world.accordd, '--foreground', '-c', conf])
    end = time.monotonic() + 60
    while not os.path.exists(world.path('run/endpoints')):
        if hub.poll() is not None or time.monotonic() > end:
            hub.kill()
            sys.exit('the hub does not come up')
        time.sleep(0.01)
    return hub


def endpoint(world, name):
    with open(world.path('run/endpoints'), encoding='utf-8') as file:
        return dict(line.strip().split('=', 1) for line in file)[name]


def set_up(world):
    socket = world.path('run/control.sock')
    for party, role in (('payer', 'payer'), ('aco', 'provider'), ('gone', 'provider')):
        world.must('key', 'generate', f'{party}.key')
        world.must('hub', 'participants', 'add', party, '--title', 'a test', '--role', role,
                   '--node', 'n0', '--key', f'{party}.key.pub', '--rights',
                   'facts,terms,settlement,read', '--control', socket)
        world.must('profile', 'add', party, '--hub', endpoint(world, 'intake'), '--hub-key',
                   world.path('hub.key.pub'), '--as', f'{party}/n0', '--key-file',
                   world.path(f'{party}.key'))
    world.must('key', 'generate', 'other.key', '--kind', 'hub')
    world.must('key', 'generate', 'nobody.key')
    for name, hub, sender, key in (('foreign', 'other', 'payer', 'payer'),
                                   ('unknown', 'hub', 'nobody', 'nobody'),
                                   ('forged', 'hub', 'payer', 'nobody')):
        world.must('profile', 'add', name, '--hub', endpoint(world, 'intake'), '--hub-key',
                   world.path(f'{hub}.key.pub'), '--as', f'{sender}/n0', '--key-file',
                   world.path(f'{key}.key'))
    for name in ('payer', 'gone', 'foreign', 'unknown', 'forged'):
        world.must('-p', name, 'relation', 'publish', 'aco', '--kind', 'participates-in', '--from',
                   '2024-01-01', '--to', f'{name}.sub')
    world.must('hub', 'participants', 'revoke', 'gone/n0', '--reason', 'lost', '--yes',
               '--control', socket)


def ingest(world, what, codes, name):
    world.expect(what, codes, 'hub', 'ingest', name, '--control', world.path('run/control.sock'))


def log_size(world):
    world.must('profile', 'test', '-p', 'payer')
    time.sleep(1.1)                     # the statistics are renewed each second
    with open(world.path('run/stat.json'), encoding='utf-8') as file:
        return json.load(file)['ledger']['entries']


def bad_submissions(world):
    with open(world.path('payer.sub'), 'rb') as file:
        good = file.read()
    chance = random.Random(20240229)
    before = log_size(world)
    for i in range(CUTS):
        size = i * len(good) // CUTS
        ingest(world, f'cut to {size} bytes', {5}, world.write('bad.sub', good[:size]))
    for _ in range(FLIPS):
        at = chance.randrange(len(good))
        changed = bytearray(good)
        changed[at] ^= 1 << chance.randrange(8)
        ingest(world, f'byte {at} changed', {4, 5, 6}, world.write('bad.sub', bytes(changed)))
    ingest(world, 'with something behind it', {5}, world.write('bad.sub', good + b'\0'))
    ingest(world, 'twice in one file', {5}, world.write('bad.sub', good + good))
    ingest(world, 'larger than any', {1, 5}, world.write('bad.sub', bytes(1024 * 1024 + 1)))
    ingest(world, 'for another hub', {4, 5}, 'foreign.sub')
    ingest(world, 'of a node that is none', {4, 5}, 'unknown.sub')
    ingest(world, 'signed with another key', {4, 5}, 'forged.sub')
    ingest(world, 'of a revoked node', {4, 5}, 'gone.sub')
    ingest(world, 'a directory', {1, 5}, 'run')
    ingest(world, 'no file', {3}, 'none.sub')
    after = log_size(world)
    if before != after:
        world.failed.append(f'{after - before} of them made an entry')
    world.must('hub', 'ingest', 'payer.sub', '--control', world.path('run/control.sock'))


def keeps_secrets(world):
    with open(world.path('payer.key'), 'rb') as file:
        secrets = [line.split()[-1] for line in file if line.startswith(b'secret')]
    for verb in (('hub', 'ingest'), ('contract', 'validate'), ('perf', 'validate'),
                 ('replay', 'mssp')):
        done = world.expect('a key file', {5}, *verb, 'payer.key')
        if any(secret in done.stdout + done.stderr for secret in secrets):
            world.failed.append(f'accord {" ".join(verb)} prints the secrets of a key file')


def bad_files(world):
    for what, content in TERMS.items():
        name = world.write('bad.json', content)
        world.expect(f'terms: {what}', {5}, 'contract', 'validate', name)
        world.expect(f'terms: {what}', {5}, '-p', 'payer', 'contract', 'publish', name)
    for what, content in REPORTS.items():
        name = world.write('bad.csv', content)
        world.expect(f'report: {what}', {5}, 'perf', 'validate', name)
        world.expect(f'report: {what}', {5}, '-p', 'payer', 'perf', 'publish', name)
        world.expect(f'results: {what}', {5}, 'replay', 'mssp', name)


def main():
    accordd, accord = (os.path.abspath(word) for word in sys.argv[1:3])
    directory = tempfile.mkdtemp(prefix='accord-bad-')
    world = World(accordd, accord, directory)
    hub = start_hub(world)
    try:
        set_up(world)
        bad_submissions(world)
        keeps_secrets(world)
        before = log_size(world)
        bad_files(world)
        if log_size(world) != before:
            world.failed.append('a bad file made an entry')
        if hub.poll() is not None:
            world.failed.append(f'the hub has ended with {hub.returncode}')
        hub.send_signal(signal.SIGTERM)
        if hub.wait(60):
            world.failed.append(f'the hub ends with {hub.returncode}')
    finally:
        hub.kill()
        shutil.rmtree(directory)
    for line in world.failed:
        print('FAILED:', line)
    print(f'{world.checked} pieces of bad input, {len(world.failed)} failures')
    sys.exit(1 if world.failed else 0)


main()
