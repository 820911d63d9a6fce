#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reads an ACH file as a bank does, by position, and adds everything up again.

    check_nacha.py FILE TOTAL-IN-CENTS [TRACE...]

Knows nothing of the program that wrote it.  Ends with 1 and says what is wrong.
"""

import sys


def routing_fits(nine):
    return sum(int(d) * w for d, w in zip(nine, [3, 7, 1] * 3)) % 10 == 0


def want(what, is_, should):
    if is_ != should:
        sys.exit(f'{what}: {is_!r}, not {should!r}')


def main(path, total, *traces):
    data = open(path, 'rb').read()
    want('octets beyond ASCII', [c for c in data if c > 126], [])
    want('end', data[-2:], b'\r\n')
    records = data.decode().split('\r\n')[:-1]
    want('lengths', {len(r) for r in records}, {94})
    want('whole blocks', len(records) % 10, 0)
    real = [r for r in records if r != '9' * 94]
    want('filler stands at the end', set(records[len(real):]) <= {'9' * 94}, True)
    kinds = ''.join(r[0] for r in real)
    entries = len(traces)
    want('order of records', kinds, '15' + '67' * entries + '89')
    first, batch, control, last = real[0], real[1], real[-2], real[-1]

    want('file header', (first[1:4], first[33:40]), ('01 ', 'A094101'))
    if not routing_fits(first[4:13]):
        sys.exit('the destination is no routing number')
    want('time', first[23:33].isdigit(), True)
    want('batch header', (batch[1:4], batch[50:53], batch[78]), ('220', 'CCD', '1'))
    want('days', (batch[63:69].isdigit(), batch[69:75].isdigit()), (True, True))
    want('settlement day, for the bank to fill in', batch[75:78], '   ')
    if not batch[53:63].strip() or batch[53:63].strip() == 'HCCLAIMPMT':
        sys.exit(f'entry description: {batch[53:63]!r}')
    bank = batch[79:87]
    want('our bank', bank, first[4:12])

    hash_, cents, found = 0, 0, []
    for number, (entry, addendum) in enumerate(zip(real[2:-2:2], real[3:-2:2]), 1):
        want('transaction code', entry[1:3] in ('22', '32'), True)
        if not routing_fits(entry[3:12]):
            sys.exit(f'entry {number}: the check digit of {entry[3:12]} does not fit')
        hash_ += int(entry[3:11])
        cents += int(entry[29:39])
        want('addendum follows', entry[78], '1')
        want('trace number', entry[79:94], bank + f'{number:07}')
        want('addendum', (addendum[1:3], addendum[83:87], addendum[87:94]),
             ('05', '0001', f'{number:07}'))
        parts = addendum[3:83].rstrip().split('*')
        want('TRN', (parts[0], parts[1], len(parts)), ('TRN', '1', 4))
        want('who pays', (parts[3][0], parts[3][1:-1].isdigit(), len(parts[3]), parts[3][-1]),
             ('1', True, 11, '~'))
        found.append(parts[2])
        if entry[39:54].strip().lower() not in parts[2]:
            sys.exit(f'entry {number}: {entry[39:54]!r} is not of {parts[2]!r}')
    want('traces', found, list(traces))
    want('sum', cents, int(total))

    count = 2 * entries
    sums = f'{hash_ % 10**10:010}' + '0' * 12 + f'{cents:012}'
    want('batch control', control[1:44], '220' + f'{count:06}' + sums[:34])
    want('batch control, the rest', control[44:54], batch[40:50])
    want('batch control, batch', control[54:94], ' ' * 25 + bank + batch[87:94])
    want('file control', last[1:55],
         '000001' + f'{len(records) // 10:06}' + f'{count:08}' + sums)
    want('file control, reserved', last[55:], ' ' * 39)


main(*sys.argv[1:])
