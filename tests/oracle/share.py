# SPDX-License-Identifier: Apache-2.0
"""Which savings and losses are shared, at which rate, within which limits."""

from ground import F, MONEY_MAX, Stop, cents, decimals, marginal, root, table
from panel import quality_of


def credibility(g):
    n = g.held('panel')
    if g.word('method', 'limited') == 'limited':
        z = min(F(1), root(n * 10 ** 12 / g.rate('full')) / 10 ** 6)
    else:
        z = decimals(n / (n + g.rate('k')), 9)
    g.say('credibility', z)
    if g.has('complement_item'):
        complement = g.need('reference_rate', g.step['complement_item'])
    else:
        complement = g.rate('complement')
    other = cents(complement * g.held('benchmark'))
    g.say('credited_savings', cents(other + z * (g.held('savings') - other)), feeds='savings')


def minimum(g):
    kind, panel = g.word('minimum', 'table'), g.held('panel')
    flat = kind in ('flat', 'elected')
    if kind == 'none':
        return F(0)
    if flat and g.count('flat_least_panel', 0) and panel < g.count('flat_least_panel', 0):
        kind = 'table'
    if kind == 'table':
        rate = table(g.step['bands'], panel, 'count')
        if rate is None:
            raise Stop('the table says nothing for so many people')
        return rate
    if kind == 'flat':
        return g.rate('rate')
    if kind == 'elected':
        chosen = g.find('election', g.step['election'])
        if chosen is None:
            chosen = g.carried.get(('election', g.step['election']))
        if chosen is None:
            raise Stop('nothing was chosen')
        return chosen
    if panel == 0:
        raise Stop('no people')
    width = decimals(g.rate('z') * g.rate('cv'), 9)
    return root(width * width * 10 ** 12 / panel) / 10 ** 6


def corridor_gate(g):
    s, b, rate = g.held('savings'), g.held('benchmark'), minimum(g)
    losses = g.word('losses', 'none')
    g.say('minimum_savings_rate', rate)
    loss_rate = {'same': rate, 'own': g.rate('loss_rate', 0)}.get(losses, F(0))
    first = g.flag('first_dollar', True)
    x = F(0)
    if s > 0:
        x = gain(g, s, b, rate, first)
    elif s < 0 and losses != 'none' and -s >= loss_rate * b:
        x = s if first else s + loss_rate * b
    g.say('generated', x, feeds='generated')


def gain(g, s, b, rate, first):
    if s >= rate * b:
        return s if first else s - rate * b
    below = g.word('below', 'none')
    if below == 'none' or g.held('panel') < g.count('below_least_panel', 0):
        return F(0)
    if below == 'low_revenue':
        so = g.need('low_revenue')
    else:
        so = g.find('reduced_sharing')
    if not so:
        return F(0)
    g.say('reduced_fraction', g.rate('below_fraction'), feeds='fraction')
    return s


def guardrail(g):
    if g.find('guardrail_applies') and g.held('generated') > 0:
        g.say('generated', 0, feeds='generated')


def linear(g, low, high):
    return decimals(g.rate(low) + (g.rate(high) - g.rate(low)) * quality_of(g), 9)


def share(g):
    x = g.held('generated')
    unknown = 'quality' not in g.whole and g.find('quality_score') is None
    if x == 0 and (g.word('of', 'savings') == 'rate' or
                   (g.word('gain', 'rate') == 'quality' and unknown)):
        g.say('shared', g.held('amount'), feeds='amount')
        return
    if x >= 0:
        rate = gain_rate(g, x)
        if rate is None:
            g.say('shared', g.held('amount'), feeds='amount')
            return
        way, bands = g.word('gain', 'rate'), 'up_bands'
    else:
        rate = loss_rate_of(g)
        way, bands = g.word('down', 'none'), 'down_bands'
    base = x
    if way == 'bands':
        base = decimals(marginal(g.step[bands], x, 'share', g.held('benchmark')), 4)
    elif g.word('of', 'savings') == 'rate' and way != 'none':
        base = decimals(x / g.held('benchmark') * g.need('participant_revenue') *
                        g.rate('most') / g.rate('full_at'), 4)
        if abs(base) > MONEY_MAX:
            raise Stop('more is at stake than money can be')
    part = base * rate
    if g.has('decimals'):
        part = decimals(part, g.count('decimals', 0))
    g.say('shared', g.held('amount') + part, feeds='amount')


def gain_rate(g, x):
    factor = g.held('factor', 1)
    if g.scaled:
        if x == 0:
            return None
        factor *= quality_of(g)
    way = g.word('gain', 'rate')
    top = {'rate': lambda: g.rate('up'), 'bands': lambda: F(1),
           'quality': lambda: linear(g, 'up_low', 'up_high')}[way]()
    return top * factor * g.held('fraction', 1)


def loss_rate_of(g):
    way = g.word('down', 'none')
    if way == 'none':
        return F(0)
    if way == 'fixed':
        return g.rate('down_rate')
    if way == 'bands':
        return F(1)
    if way == 'quality':
        return linear(g, 'down_low', 'down_high')
    if way == 'complement':
        return 1 - linear(g, 'up_low', 'up_high')
    ceiling = g.rate('down_ceiling', 1)
    if g.quality_failed:
        return ceiling
    return max(g.rate('down_floor', 0), min(ceiling, 1 - g.rate('up') * quality_of(g)))


def base_of(g):
    base = g.word('base', 'benchmark')
    if base == 'benchmark':
        return g.held('benchmark')
    if base == 'expenditure':
        return max(g.held('expenditure'), F(0))
    return None


def limit(g):
    on = g.word('on', 'amount')
    x = g.held(on)
    if x > 0:
        x = hold_gain(g, x)
    elif x < 0:
        x = hold_loss(g, x)
    g.say('limited' if on == 'amount' else 'limited_generated', x, feeds=on)


def hold_gain(g, x):
    base = g.word('base', 'benchmark')
    if base == 'fixed':
        return min(x, g.money('gain_cents')) if g.has('gain_cents') else x
    if not g.has('gain'):
        return x
    whole = base_of(g)
    if whole is None:
        whole = asked(g, base)
        if whole is None:
            return x
    return min(x, g.rate('gain') * whole)


def asked(g, base):
    kind = 'participant_revenue' if base == 'revenue' else 'premium_revenue'
    found = g.find(kind)
    if found is None:
        g.open = True
    return found


def hold_loss(g, x):
    base, most = g.word('base', 'benchmark'), []
    if base == 'fixed':
        if g.has('loss_cents'):
            most.append(g.money('loss_cents'))
    elif g.has('loss'):
        whole = base_of(g)
        if whole is None:
            whole = asked(g, base)
        if whole is not None:
            most.append(g.rate('loss') * whole)
    revenue = g.word('revenue', 'none')
    if revenue == 'always' or (revenue == 'reported' and g.find('revenue_limit_applies')):
        found = asked(g, 'revenue')
        if found is not None:
            most.append(g.rate('revenue_rate') * found)
    return max(x, -min(most)) if most else x
