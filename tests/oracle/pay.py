# SPDX-License-Identifier: Apache-2.0
"""From a shared amount to what is paid, and to whom."""

from ground import F, Stop, cents, decimals, portions, rounded, table
from panel import counted, quality_of


def touched(x, on):
    return x > 0 if on == 'gain' else x < 0 if on == 'loss' else x != 0


def sequester(g):
    rate = table(g.step['bands'], g.payment, 'date')
    if rate is None:
        raise Stop('the table says nothing for the day')
    base = g.word('base', 'amount')
    x = g.held(base)
    if not touched(x, g.word('on', 'gain')):
        rate = F(0)
    name = 'after_sequestration' if base == 'amount' else 'generated_after_sequestration'
    g.say(name, x - x * rate, feeds=base)


def relief(g):
    x = g.held('amount')
    if x >= 0:
        return
    if g.word('basis', 'amount') == 'share':
        months, members = g.find('disaster_months_share'), g.find('disaster_member_share')
        part = F(0) if months is None or members is None else decimals(months * members, 9)
        off = -x * part
    else:
        off = g.find('disaster_relief') or F(0)
        if off and g.flag('full_year', True):
            off = off * g.months / 12
        off = min(off, -x)
    g.say('after_relief', x + off, feeds='amount')


def prorate(g):
    x, whole = g.held('amount'), g.count('of_months', 12)
    if touched(x, g.word('on', 'both')) and g.months < whole:
        x = x * g.months / whole
    g.say('prorated', x, feeds='amount')


def fee(g):
    due, category = g.money('flat', 0), g.word('category', '')
    if g.money('pmpm', 0):
        months = counted(g, 'member_months', 'months', category) if category else \
            g.need('member_months')
        due += g.money('pmpm') * months
    if g.money('each', 0):
        due += g.money('each') * g.need('measure_numerator', g.word('measure', ''))
    if g.word('base', 'none') != 'none':
        due += cents(g.rate('share', 0) * fee_base(g, category))
    g.say('fee_at_most', due)
    risk = g.rate('at_risk', 0)
    earned = cents(due)
    if risk:
        earned = cents(due * (1 - risk + risk * factor(g)))
    g.say('fee', earned)
    prepaid = g.word('prepaid', 'none')
    before = cents(due) if prepaid == 'all' else \
        g.need('fee_paid', category) if prepaid == 'reported' else F(0)
    g.say('with_fee', g.held('amount') + earned - before, feeds='amount')


def fee_base(g, category):
    base = g.word('base', 'none')
    if base in ('benchmark', 'expenditure'):
        return g.held(base)
    if base == 'revenue':
        return g.need('participant_revenue')
    if base == 'premium':
        return g.need('premium_revenue')
    if base == 'reported':
        return g.need('fee_base', category)
    found = [v for (kind, _, year), v in g.facts.items()
             if kind == 'upstream_amount' and not year]
    if not found:
        raise Stop('no amount of an upstream statement')
    return sum(found, F(0))


def factor(g):
    by = g.word('by', 'quality')
    if by == 'measure':
        score = measured(g, g.step['measure_score'])
    else:
        score = quality_of(g)
    if by == 'quality' or not g.has('bands'):
        return score
    found = table(g.step['bands'], score, 'share')
    if found is None:
        raise Stop('the table says nothing for the score')
    return decimals(found, 9)


def measured(g, item):
    for rows in g.measures.values():
        for name, _, value, real in rows:
            if name == item and real:
                return value
    return g.need('measure_score', item)


def advance(g):
    before = g.carried.get(('advance_balance', ''))
    if before is None:
        before = g.find('advance_balance')
    if before is None:
        if not g.flag('paid'):
            raise Stop('no advance_balance')
        before = F(0)
    balance = cents(before)
    if g.flag('paid'):
        balance += g.need('advance_paid')
    if g.flag('forgiven') and g.find('advance_forgiven') is not None:
        balance = max(balance - g.find('advance_forgiven'), F(0))
    back = min(max(g.held('amount'), F(0)) * g.rate('most', 1), balance)
    g.say('recouped', back, feeds='recouped')
    g.say('advance_balance_left', balance - back)


def carry_forward(g):
    x = g.held('amount')
    before = cents(g.carried.get(('deficit', ''), F(0)))
    off = min(max(x, F(0)), before)
    left = before - off
    if g.word('losses', 'carry') == 'carry':
        left += max(-x, F(0))
        x = max(x, F(0)) - off
    else:
        x -= off
    g.say('deficit_left', left)
    g.say('after_deficit', x, feeds='amount')


def overlap(g):
    kind = 'overlap_amount' if g.word('kind', 'overlap') == 'overlap' else 'other_amount'
    found, place = g.find(kind, g.step['item']), g.word('from', 'amount')
    if found is None and g.word('need', 'if_reported') == 'always':
        raise Stop(f'no {kind} of {g.step["item"]}')
    x = g.held(place)
    if found is not None:
        x = x - found if g.word('sign', 'subtract') == 'subtract' else x + found
    g.say({'amount': 'after_overlap', 'benchmark': 'benchmark_after_overlap',
           'expenditure': 'expenditure_after_overlap'}[place], x, feeds=place)


def pool(g):
    total = cents(g.held('amount'))
    g.say('pool_amount', total, feeds='amount')
    basis, weights = g.word('basis', 'savings'), {}
    for k in g.categories:
        if basis == 'savings':
            s = g.part.get('savings', {}).get(k)
            if s is None:
                continue
            x = max(cents(s if total >= 0 else -s), F(0))
        elif basis == 'benchmark':
            if k not in g.part.get('benchmark', {}):
                continue
            x = max(cents(g.part['benchmark'][k]), F(0))
        elif basis == 'member_months':
            if k not in g.part.get('months', {}):
                continue
            x = g.part['months'][k]
        elif basis == 'head_count':
            if k not in g.part.get('panel', {}):
                continue
            x = g.part['panel'][k]
        elif basis == 'score':
            x = decimals(g.need('pool_score', k), 9) * 10 ** 9
        else:
            x = F(1)
        weights[k] = int(x)
    if not weights or len(weights) < g.count('least_members', 0):
        raise Stop('fewer members than there must be')
    if not total:
        parts = {k: 0 for k in weights}
    elif not sum(weights.values()):
        raise Stop('no member has a weight')
    else:
        parts = portions(total, weights)
    for k, x in parts.items():
        g.say('pool_share', x, k)


def payee(g):
    g.payees[g.step['party']] = g.count('weight', 1)


def post(g):
    unit = 100 if g.word('unit', 'cent') == 'dollar' else 1
    mode = g.word('rounding', 'half_away')
    earned = rounded(g.held('amount'), unit, mode)
    if g.open:
        raise Stop('a limit is missing')
    g.earned = g.say('earned', earned)
    due = F(rounded(g.held('amount') - g.held('recouped'), unit, mode))
    due += cents(g.carried.get(('unpaid', ''), F(0)))
    if abs(due) < g.money('least_payment', 0):
        g.say('unpaid', due)
        due = F(0)
    g.payable = g.say('payable', due)
    if g.payees:
        for k, x in portions(due, g.payees).items():
            g.say('payee_share', x, k)
