# SPDX-License-Identifier: Apache-2.0
"""The people, what their care cost, what it was expected to cost, the savings."""

from ground import F, MONEY_MAX, Stop, cents, decimals, marginal, table

COUNTS = {'people': ('head_count', 'panel', 'head_count'),
          'person_years': ('person_years', 'years', 'person_years'),
          'member_months': ('member_months', 'months', 'months_attributed'),
          'episodes': ('episodes', 'episodes', 'episodes')}


def attribute(g):
    kind, feed, line = COUNTS[g.word('count', 'people')]
    category = g.word('category', '')
    if g.word('source', 'reported') == 'categories':
        g.say(line, sum(g.part.get(feed, {}).values(), F(0)), feeds=feed)
        return
    value = g.need(kind, category)
    if category:
        g.declare(category)
        if kind == 'person_years':
            value = decimals(value, 6)
    g.say(line, value, category, feed)


def counted(g, kind, feed, category=''):
    """What was counted before, else what is reported."""
    have = g.part.get(feed, {}).get(category) if category else g.whole.get(feed)
    if have is not None:
        return have
    value = g.need(kind, category)
    return decimals(value, 6) if category and kind == 'person_years' else value


def too_much(x):
    if abs(x) > MONEY_MAX:
        raise Stop('more than money can be')
    return x


def years_of(g):
    return {k: counted(g, 'person_years', 'years', k) for k in g.categories}


def weighted(each, years, places):
    whole = sum(years.values(), F(0))
    if not whole:
        raise Stop('no person-years')
    return decimals(sum((each[k] * years[k] for k in each), F(0)) / whole, places)


def expenditure(g):
    unit, places = g.word('unit', 'total'), g.count('decimals', 6) - 2
    if g.word('by', 'whole') == 'whole':
        if unit == 'total':
            x = g.need('expenditure')
        elif unit == 'per_capita':
            x = too_much(cents(g.need('expenditure_per_capita') *
                               counted(g, 'person_years', 'years')))
        else:
            x = too_much(cents(g.need('expenditure_pmpm') *
                               counted(g, 'member_months', 'months')))
        g.say('expenditure', x, feeds='expenditure')
        return
    if unit == 'per_capita':
        each = {k: g.need('expenditure_per_capita', k) for k in g.categories}
        years = years_of(g)
        for k in each:
            g.say('expenditure', too_much(cents(each[k] * years[k])), k, 'expenditure')
        x = weighted(each, years, places)
        g.say('expenditure_per_capita', x)
        whole = g.whole.get('years', sum(years.values(), F(0)))
        g.say('expenditure', too_much(cents(x * whole)), feeds='expenditure')
        return
    for k in g.categories:
        x = g.need('expenditure', k) if unit == 'total' else too_much(
            cents(g.need('expenditure_pmpm', k) * counted(g, 'member_months', 'months', k)))
        g.say('expenditure', x, k, 'expenditure')
    g.say('expenditure', too_much(sum((g.part['expenditure'][k] for k in g.categories), F(0))),
          feeds='expenditure')


def stop_loss(g):
    claims = {i: v for (kind, i, year), v in g.facts.items()
              if kind == 'stoploss_claim' and not year}
    paid = F(0)
    for item, claim in claims.items():
        if g.has('bands'):
            part = cents(marginal(g.step['bands'], claim, 'cents'))
        else:
            part = cents(max(claim - g.money('attach'), F(0)) * g.rate('share', 0))
        g.say('stoploss_payout', part, item)
        paid += part
    charge = F(0)
    if g.money('charge_pmpm', 0):
        charge += g.money('charge_pmpm') * counted(g, 'member_months', 'months')
    if g.rate('charge_rate', 0):
        charge += g.rate('charge_rate') * g.held('benchmark')
    charge = cents(charge)
    if g.word('to', 'expenditure') == 'expenditure':
        g.say('expenditure_after_stoploss', g.held('expenditure') - paid + charge,
              feeds='expenditure')
    else:
        g.say('amount_with_stoploss', g.held('amount') + paid - charge, feeds='amount')


EACH = {'per_capita': ('benchmark_per_capita', 'person_years', 'years'),
        'pmpm': ('benchmark_pmpm', 'member_months', 'months'),
        'episode': ('episode_price', 'episodes', 'episodes')}


def one_target(g, category):
    """The benchmark of the whole, or of a category."""
    unit, source = g.word('unit', 'total'), g.word('source', 'reported')
    places = g.count('decimals', 6) - 2
    risk = g.need('risk_score', category) if g.flag('risk') else None
    if unit in EACH:
        each, volume = price(g, category, unit, source, places, risk), EACH[unit]
        return too_much(cents(each * counted(g, volume[1], volume[2], category)))
    if unit == 'premium':
        x = cents(g.need('premium_revenue', category) * g.rate('rate'))
    elif unit == 'budget' or source == 'baseline':
        x = cents(base(g, category))
    elif source == 'terms':
        x = g.money('amount')
    else:
        x = g.need('benchmark', category)
    return too_much(cents(x * risk) if risk is not None else x)


def base(g, category):
    if category and category in g.part.get('baseline', {}):
        return g.part['baseline'][category]
    return g.held('baseline')


def price(g, category, unit, source, places, risk):
    if source == 'reported':
        each = g.need(EACH[unit][0], category)
    elif source == 'terms':
        each = g.money('amount')
    else:
        each = decimals(base(g, category), places)
    return decimals(each * risk, places) if risk is not None else each


def benchmark_is(g, x):
    if too_much(x) <= 0:
        raise Stop('the benchmark is not above zero')
    g.say('benchmark', x, feeds='benchmark')


def target(g):
    if g.has('category'):
        category = g.step['category']
        g.declare(category)
        g.say('benchmark', one_target(g, category), category, 'benchmark')
        # One cell may be nothing: the savings step asks for more than nothing of them all.
        g.say('benchmark', too_much(sum(g.part['benchmark'].values(), F(0))), feeds='benchmark')
    elif g.word('by', 'whole') == 'whole':
        benchmark_is(g, one_target(g, ''))
    elif g.word('unit', 'total') == 'per_capita':
        places = g.count('decimals', 6) - 2
        each = {k: price(g, k, 'per_capita', g.word('source', 'reported'), places,
                         g.need('risk_score', k) if g.flag('risk') else None)
                for k in g.categories}
        years = years_of(g)
        for k in each:
            g.say('benchmark', too_much(cents(each[k] * years[k])), k, 'benchmark')
        x = weighted(each, years, places)
        g.say('benchmark_per_capita', x)
        whole = g.whole.get('years', sum(years.values(), F(0)))
        benchmark_is(g, cents(x * whole))
    else:
        for k in g.categories:
            g.say('benchmark', one_target(g, k), k, 'benchmark')
        benchmark_is(g, sum(g.part['benchmark'].values(), F(0)))


def savings(g):
    if g.held('benchmark') <= 0:
        raise Stop('the benchmark is not above zero')
    for k in g.categories:
        if k in g.part.get('benchmark', {}) and k in g.part.get('expenditure', {}):
            g.say('savings', g.part['benchmark'][k] - g.part['expenditure'][k], k, 'savings')
    x = g.say('savings', g.held('benchmark') - g.held('expenditure'), feeds='savings')
    g.say('savings_rate', x / g.held('benchmark'))


def discount(g):
    rate = g.rate('rate')
    if g.has('bands'):
        rate = table(g.step['bands'], quality_of(g), 'share')
        if rate is None:
            raise Stop('the table says nothing for the score')
    for k in g.categories:
        if k in g.part.get('benchmark', {}):
            g.say('benchmark_discounted', cents(g.part['benchmark'][k] * (1 - rate)), k,
                  'benchmark')
    g.say('benchmark_discounted', cents(g.held('benchmark') * (1 - rate)), feeds='benchmark')


def quality_of(g):
    if 'quality' not in g.whole:
        g.say('quality_score', g.need('quality_score'), feeds='quality')
    return g.whole['quality']


def withhold(g):
    reported = g.word('base', 'benchmark') == 'reported'
    whole = g.need('fee_base') if reported else g.held('benchmark')
    held = cents(whole * g.rate('rate'))
    g.say('withheld', held)
    earnback = g.word('earnback', 'quality')
    if earnback == 'quality':
        back = cents(held * quality_of(g))
    elif earnback == 'retention':
        back = held if g.find('retained') else F(0)
    else:
        back = F(0)
    g.say('earned_back', back)
    if g.word('from', 'benchmark') == 'benchmark':
        left = g.held('benchmark') - held + back
        if left <= 0:
            raise Stop('nothing is left of the benchmark')
        g.say('benchmark_after_withhold', left, feeds='benchmark')
    else:
        g.say('amount_with_earned_back', g.held('amount') + back, feeds='amount')
