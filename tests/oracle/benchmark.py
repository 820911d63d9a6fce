# SPDX-License-Identifier: Apache-2.0
"""Base years, adjustments, and their update to the period (42 CFR 425.601, 425.605, 425.652)."""

from ground import F, Stop, decimals
from panel import years_of


def parts(g):
    return g.categories if g.word('by', 'whole') == 'category' else ['']


def base_years(g):
    return [s['year'] for s in g.terms['steps']
            if s['step'] == 'baseline@1' and s.get('source', 'base_year') == 'base_year']


def reference(g):
    years = base_years(g)
    return max(years) if years else 0


def blend(g, year, k, weight_year):
    weight = g.find('national_weight', k, weight_year) if k else None
    if weight is None:
        weight = g.need('national_weight', '', weight_year)
    return (weight * g.need('trend_national', k, year) +
            (1 - weight) * g.need('trend_regional', k, year))


def trend(g, k, year, places, weight_year):
    kind = g.word('trend', 'none')
    if kind == 'none':
        return None
    if kind == 'rate':
        x = 1 + g.rate('rate')
    elif kind == 'blend':
        x = blend(g, year, k, weight_year)
    else:
        x = g.need('trend_' + kind, k, year)
    return decimals(x, places)


def base_year(g, k):
    places, year, last = g.count('decimals', 6), g.step['year'], reference(g)
    x = g.need('base_per_capita', k, year)
    growth = trend(g, k, year, places, last)
    risk = None
    if g.flag('risk') and year != last:
        now, then = g.need('risk_score', k, last), g.need('risk_score', k, year)
        if then == 0:
            raise Stop('a risk score of zero')
        risk = now / then
    if growth is not None or risk is not None:
        x = decimals(x * (1 if growth is None else growth) * (1 if risk is None else risk),
                     places - 2)
    g.say('base_year_restated', x, k)
    before = g.part.get('weighed', {}).get(k, F(0)) if k else g.held('weighed')
    g.say('base_years_weighed', before + g.rate('weight') * x, k, 'weighed')


def later_base_year(g):
    return any(s['step'] == 'baseline@1' and s.get('source', 'base_year') == 'base_year'
               for s in g.terms['steps'][g.place + 1:])


def baseline(g):
    source, places = g.word('source', 'base_year'), g.count('decimals', 6)
    if source == 'base_year':
        for k in parts(g):
            base_year(g, k)
        if not later_base_year(g):
            for k in parts(g):
                total = g.part['weighed'][k] if k else g.held('weighed')
                g.say('historical_benchmark', decimals(total, places - 2), k, 'baseline')
        return
    for k in ([g.step['category']] if g.has('category') else parts(g)):
        if source == 'reported':
            x = g.say('baseline_reported', g.need('baseline_per_capita', k), k, 'baseline')
        elif source == 'terms':
            x = g.say('baseline_agreed', g.money('amount'), k, 'baseline')
        else:
            x = carried_budget(g, k)
        growth = trend(g, k, 0, places, 0)
        if growth is not None:
            g.say('baseline_trended', decimals(x * growth, places - 2), k, 'baseline')


def carried_budget(g, k):
    before = g.carried.get(('budget', k))
    if before is not None:
        return g.say('baseline_carried', before, k, 'baseline')
    if g.has('amount'):
        return g.say('baseline_agreed', g.money('amount'), k, 'baseline')
    return g.say('baseline_reported', g.need('baseline_per_capita', k), k, 'baseline')


def shares(g):
    last = reference(g)
    years = {k: decimals(g.need('person_years', k, last), 6) for k in g.categories}
    whole = sum(years.values(), F(0))
    if not whole:
        raise Stop('no person-years in the reference year')
    return {k: y / whole for k, y in years.items()}


def now(g, k):
    return g.part['baseline'][k] if k else g.held('baseline')


def capped(g, k, x, places):
    if g.has('cap_up') or g.has('cap_down'):
        national = g.need('national_per_capita', k)
    if g.has('cap_up'):
        x = min(x, decimals(g.rate('cap_up') * national, places))
    if g.has('cap_down'):
        x = max(x, -decimals(g.rate('cap_down') * national, places))
    return x


def regional(g, places):
    diff = {k: g.need('regional_per_capita', k) - now(g, k) for k in parts(g)}
    if g.word('by', 'whole') == 'category':
        part = shares(g)
        whole = sum((part[k] * diff[k] for k in diff), F(0))
    else:
        whole = diff['']
    weight = g.rate('weight') if whole >= 0 else g.rate('weight_dearer')
    return {k: capped(g, k, decimals(weight * d, places), places) for k, d in diff.items()}


def prior_savings(g, places):
    years = base_years(g)
    total = sum((g.find('prior_savings_per_capita', '', y) or F(0) for y in years), F(0))
    mean = total / len(years)
    share = g.find('prior_savings_part')
    x = F(0)
    if mean > 0:
        x = decimals(g.rate('scale') * mean * (1 if share is None else share), places)
    return {k: capped(g, k, x, places) for k in parts(g)}


def per_capita(g, places):
    if g.has('item'):
        named = g.need('adjustment_per_capita', g.step['item'])
        return {k: capped(g, k, named, places) for k in parts(g)}
    return {k: capped(g, k, g.need('adjustment_per_capita', k), places) for k in parts(g)}


NAMES = {'regional': 'regional_adjustment', 'prior_savings': 'prior_savings_adjustment',
         'per_capita': 'other_adjustment'}


def adjust(g):
    kind, places = g.word('kind', 'regional'), g.count('decimals', 6) - 2
    if kind in NAMES:
        found = {'regional': regional, 'prior_savings': prior_savings,
                 'per_capita': per_capita}[kind](g, places)
        for k, x in found.items():
            g.say(NAMES[kind], x, k)
        if g.word('apply', 'now') == 'candidate':
            g.candidates.append((kind, found))
        else:
            apply(g, found)
    elif kind == 'choose':
        apply(g, choose(g, places))
        g.candidates = []
    elif kind in ('rate', 'reference'):
        rate = g.rate('rate') if kind == 'rate' else g.need('reference_rate', g.step['item'])
        for k in parts(g):
            g.say('adjusted_baseline', decimals(now(g, k) * (1 + rate), places), k, 'baseline')
    else:
        amount = g.need('budget_adjustment', g.step['item'])
        for k in parts(g):
            g.say('adjusted_baseline', now(g, k) + amount, k, 'baseline')


def apply(g, found):
    for k, x in found.items():
        g.say('adjusted_baseline', now(g, k) + x, k, 'baseline')


def choose(g, places):
    by_category = g.word('by', 'whole') == 'category'
    part = shares(g) if by_category else {'': F(1)}
    total = [sum((part[k] * found[k] for k in found), F(0)) for _, found in g.candidates]
    how, keys = g.word('choose', 'max'), parts(g)
    none = {k: F(0) for k in keys}
    if how == 'sum':
        x = {k: sum((found[k] for _, found in g.candidates), F(0)) for k in keys}
    elif how == 'first':
        x = next((found for (_, found), t in zip(g.candidates, total) if t), none)
    else:
        best = max(range(len(total)), key=lambda i: (total[i], -i))
        x = dict(g.candidates[best][1])
        if how == 'offset':
            x = offset(g, total, best, x, keys)
    if g.has('cap_up'):
        x = {k: min(v, decimals(g.rate('cap_up') * g.need('national_per_capita', k), places))
             for k, v in x.items()}
    return x


def offset(g, total, best, x, keys):
    """The highest; where the regional is negative a positive other one is set against it."""
    for i, (kind, found) in enumerate(g.candidates):
        if kind == 'regional' and total[i] < 0:
            if i == best or total[best] <= 0:
                return dict(found)
            return {k: x[k] + found[k] for k in keys}
    return x


def ratio(g, kind, k, last, places):
    then = g.need(kind, k, last)
    if then == 0:
        raise Stop('a risk score of zero')
    return decimals(g.need(kind, k) / then, places)


def rhos(g, keys, places):
    last = g.count('reference_year', reference(g))
    rho = {k: ratio(g, 'risk_score', k, last, places) for k in keys}
    demographic = {k: ratio(g, 'demographic_risk_score', k, last, places) for k in keys} \
        if g.flag('demographic') else None
    if g.word('scope', 'category') == 'aggregate':
        return aggregate(g, keys, rho, demographic, places)
    return {k: held_to(g, r, demographic[k] if demographic else None, places)
            for k, r in rho.items()}


def bounds(g, middle):
    middle = F(1) if middle is None else middle
    cap = decimals(middle + g.rate('cap_up'), 9) if g.has('cap_up') else None
    floor = decimals(max(middle - g.rate('cap_down'), F(0)), 9) if g.has('cap_down') else None
    return cap, floor


def held_to(g, rho, middle, places):
    cap, floor = bounds(g, middle)
    x = rho
    if cap is not None:
        x = min(x, cap)
    if floor is not None:
        x = max(x, floor)
    return rho if cap is None and floor is None else decimals(x, places)


def aggregate(g, keys, rho, demographic, places):
    if g.word('by', 'whole') == 'category':
        years = years_of(g)
        whole = sum(years.values(), F(0))
        if not whole:
            raise Stop('no person-years')
        weight = {k: y / whole for k, y in years.items()}
        if g.word('mix', 'people') == 'dollars':
            money = sum((weight[k] * now(g, k) for k in keys), F(0))
            if money <= 0:
                raise Stop('no dollars to weigh by')
            weight = {k: decimals(weight[k] * now(g, k) / money, 9) for k in keys}
    else:
        weight = {'': F(1)}
    whole = decimals(sum((weight[k] * rho[k] for k in keys), F(0)), 9)
    middle = None
    if demographic:
        middle = decimals(sum((weight[k] * demographic[k] for k in keys), F(0)), 9)
    cap, floor = bounds(g, middle)
    above = cap is not None and whole > cap
    below = floor is not None and whole < floor
    if not above and not below:
        return rho
    if g.word('beyond', 'each') == 'scaled':
        edge = cap if above else floor
        if whole == 0:
            return rho
        return {k: decimals(r * edge / whole, places) for k, r in rho.items()}
    if above:
        return {k: decimals(min(r, cap), places) for k, r in rho.items()}
    return {k: decimals(max(r, floor), places) for k, r in rho.items()}


def growth(g, k, places):
    kind = g.word('update', 'none')
    if kind == 'none':
        return None
    if kind == 'rate':
        return decimals(1 + g.rate('rate'), places)
    if kind in ('national', 'regional'):
        return decimals(g.need('trend_' + kind, k), places)
    two = decimals(blend(g, 0, k, 0), places)
    if kind == 'blend':
        return two
    w = g.rate('prospective_weight')
    three = decimals(w * g.need('trend_prospective', k) + (1 - w) * two, places)
    x = three
    if g.has('guardrail_up'):
        x = min(x, two + g.rate('guardrail_up'))
    if g.has('guardrail_down'):
        x = max(x, two - g.rate('guardrail_down'))
    return decimals(x, places)


def risk_update(g):
    keys, places = parts(g), g.count('decimals', 6)
    rho = rhos(g, keys, places) if g.flag('risk', True) else {}
    for k in keys:
        factor = growth(g, k, places)
        if not rho and factor is None:
            continue
        x = now(g, k) * (rho[k] if rho else 1) * (1 if factor is None else factor)
        if rho:
            g.say('capped_risk_ratio', rho[k], k)
        g.say('updated_baseline', decimals(x, places - 2), k, 'baseline')
