# SPDX-License-Identifier: Apache-2.0
"""Contracts drawn by chance, seeded: arrangements of every kind with every parameter, facts with
edges, figures carried from the period before."""

from ground import F

YEAR = 2024
BASES = [2021, 2022, 2023]
LADDER = [('0%', '30%', '0'), ('30%', '60%', '0.5'), ('60%', '100%', '1')]


def pick(r, *choices):
    return r.choice(choices)


def maybe(r, step, chance, **params):
    if r.random() < chance:
        step.update(params)
    return step


def rate(r, low=0, high=100, places=2):
    """A percentage as text."""
    n = r.randint(low * 10 ** places, high * 10 ** places)
    return f'{n // 10 ** places}.{n % 10 ** places:0{places}d}%' if places else f'{n}%'


def money(r, low, high):
    return f'{r.randint(low, high)}.{r.randint(0, 99):02d}'


def share_bands(r, low=0, high=1, top=True):
    """Flat bands of shares of one, contiguous from nothing."""
    edges = sorted(r.sample(range(1, 60), r.randint(1, 3)))
    bands, at = [], 0
    for edge in edges:
        bands.append({'from': f'{at}%', 'to': f'{edge}%', 'rate': rate(r, low * 100, high * 100)})
        at = edge
    if top:
        bands.append({'from': f'{at}%', 'rate': rate(r, low * 100, high * 100)})
    return bands


def score_bands(r, low, high):
    """Bands that hold every score, some on a line."""
    edges = [0] + sorted(r.sample(range(5, 96), r.randint(1, 3))) + [100]
    bands = []
    for a, b in zip(edges, edges[1:]):
        band = {'from': f'{a}%', 'to': f'{b}%'}
        if r.random() < 0.5:
            band['rate'] = rate(r, low, high)
        else:
            band.update(at_from=rate(r, low, high), at_to=rate(r, low, high))
        bands.append(band)
    return bands


def size_bands():
    rows = [(1, 499, '27.4%', '12.2%'), (500, 999, '12.2%', '8.7%'), (1000, 2999, '8.7%', '5.0%'),
            (3000, 4999, '5.0%', '3.9%'), (5000, 5999, '3.9%', '3.6%'),
            (6000, 19999, '3.6%', '2.5%')]
    bands = [dict(zip(('from', 'through', 'at_from', 'at_through'), row)) for row in rows]
    return bands + [{'from': 20000, 'rate': '2.0%'}]


def sequestration(r):
    return [{'from': '1900-01-01', 'through': '2025-06-30', 'rate': '0%'},
            {'from': '2025-07-01', 'rate': pick(r, '2%', '1%', '0.5%')}]


# ---- parts of arrangements


def counts(r, categories, kinds):
    steps = []
    for kind in kinds:
        for k in categories:
            steps.append({'step': 'attribute@1', 'count': kind, 'category': k})
        if categories:
            steps.append({'step': 'attribute@1', 'count': kind, 'source': 'categories'})
        else:
            steps.append({'step': 'attribute@1', 'count': kind})
    return steps


def quality(r):
    """Steps that make a quality score, and the measures among them."""
    way = pick(r, 'reported', 'measures', 'points', 'domains')
    if way == 'reported':
        return [{'step': 'composite@1', 'source': 'reported'}], []
    if way == 'points':
        step = {'step': 'composite@1', 'source': 'points', 'lowest': '1', 'highest': '5'}
        return [maybe(r, step, 0.3, bonus=True, bonus_most=rate(r, 0, 20))], []
    names = ['m%d' % i for i in range(r.randint(1, 4))]
    domains = ['care', 'cost'] if way == 'domains' else []
    steps = [measure(r, name, pick(r, *domains) if domains else None) for name in names]
    for domain in domains:
        step = {'step': 'composite@1', 'source': 'measures', 'domain': domain,
                'weight': r.randint(1, 5)}
        if any(s.get('domain') == domain for s in steps):
            steps.append(step)
    step = {'step': 'composite@1', 'source': way}
    maybe(r, step, 0.2, least_measures=r.randint(1, len(names)))
    maybe(r, step, 0.2, bonus=True, bonus_most=rate(r, 0, 20))
    return steps + [step], names


def measure(r, name, domain):
    scale = pick(r, 'linear', 'table', 'attainment', 'improvement', 'better', 'relative',
                 'reported')
    step = {'step': 'measure@1', 'measure': name, 'weight': r.randint(1, 9), 'scale': scale}
    if domain:
        step['domain'] = domain
    if scale == 'linear':
        worst, best = r.sample(range(0, 101), 2)
        step.update(worst=f'{worst}%', best=f'{best}%')
    if scale == 'table' or (scale == 'relative' and r.random() < 0.5):
        step.update(bands=score_bands(r, 0, 200), most='2')
    if scale in ('attainment', 'improvement', 'better'):
        step.update(benchmark=f'{r.randint(60, 100)}%')
    if scale in ('attainment', 'better'):
        step.update(threshold=f'{r.randint(20, 55)}%')
    if scale not in ('reported',):
        maybe(r, step, 0.4, least_denominator=pick(r, 20, 30, 400), few=pick(r, 'drop', 'zero'))
    maybe(r, step, 0.3, missing=pick(r, 'drop', 'zero', 'neutral'), neutral='50%')
    if step.get('missing') != 'neutral':
        step.pop('neutral', None)
    return step


def gates(r, names):
    steps = []
    for _ in range(pick(r, 1, 1, 1, 2)):
        kind = pick(r, 'reported', 'least', 'none', 'growth', 'carried', 'scored', 'measure')
        step = {'step': 'gate@1', 'standard': kind, 'met': pick(r, 'full', 'scaled')}
        if kind in ('least', 'carried'):
            step['least'] = rate(r, 0, 100)
        if kind == 'carried':
            step['first'] = pick(r, 'stop', 'met', 'failed')
        if kind == 'growth':
            step.update(rate=rate(r, 0, 9, 2), years=r.randint(1, 5))
        if kind in ('scored', 'measure'):
            if not names:
                continue
            step.update({'least_count': r.randint(1, len(names))} if kind == 'scored' else
                        {'measure': pick(r, *names), 'least': rate(r, 0, 100)})
        if kind == 'reported':
            maybe(r, step, 0.4, alternative='scaled')
            maybe(r, step, 0.3, reporting=True)
        if kind != 'none':
            maybe(r, step, 0.2, failed='rate', failed_rate=rate(r, 0, 100))
        steps.append(step)
    return steps


def gate_of_savings(r):
    kind = pick(r, 'table', 'flat', 'none', 'interval', 'elected')
    step = {'step': 'corridor-gate@1', 'minimum': kind,
            'losses': pick(r, 'none', 'same', 'own', 'all')}
    if kind == 'table' or (kind in ('flat', 'elected') and r.random() < 0.4):
        step['bands'] = size_bands()
    if kind == 'flat':
        step['rate'] = rate(r, 0, 4)
    if kind in ('flat', 'elected') and 'bands' in step:
        step['flat_least_panel'] = pick(r, 5000, 1000)
    if kind == 'elected':
        step['election'] = 'msr'
    if kind == 'interval':
        step.update(z='1.645', cv='1.68')
    if step['losses'] == 'own':
        step['loss_rate'] = rate(r, 0, 4)
    maybe(r, step, 0.2, first_dollar=False)
    if r.random() < 0.3:
        step.update(below=pick(r, 'low_revenue', 'reported'), below_fraction=pick(r, '1/2', '30%'))
        maybe(r, step, 0.5, below_least_panel=5000)
    return step


def sharing(r, scored):
    gain = pick(r, 'rate', 'bands', 'quality') if scored else pick(r, 'rate', 'bands')
    downs = ['none', 'fixed', 'bands'] + (['inverse', 'quality', 'complement'] if scored else [])
    down = pick(r, *downs)
    step = {'step': 'share@1', 'gain': gain, 'down': down}
    if gain == 'rate' or down == 'inverse':
        step['up'] = rate(r, 0, 100)
    if gain == 'bands':
        step['up_bands'] = share_bands(r, top=r.random() < 0.7)
    if gain == 'quality' or down == 'complement':
        step.update(up_low=rate(r, 0, 50), up_high=rate(r, 50, 100))
    if down == 'fixed':
        step['down_rate'] = rate(r, 0, 100)
    if down == 'bands':
        step['down_bands'] = share_bands(r, top=r.random() < 0.7)
    if down == 'inverse':
        step.update(down_floor=rate(r, 0, 40), down_ceiling=rate(r, 40, 100))
    if down == 'quality':
        step.update(down_low=rate(r, 0, 50), down_high=rate(r, 50, 100))
    if gain != 'bands' and down != 'bands' and r.random() < 0.15:
        step.update(of='rate', full_at='3%', most='1%')
    return maybe(r, step, 0.9, decimals=pick(r, 4, 4, 4, 0, 2))


def limits(r):
    base = pick(r, 'benchmark', 'benchmark', 'revenue', 'premium', 'expenditure', 'fixed')
    step = {'step': 'limit@1', 'base': base}
    if base == 'fixed':
        step.update(gain_cents=money(r, 0, 5000000), loss_cents=money(r, 0, 5000000))
    else:
        step.update(gain=rate(r, 0, 20), loss=rate(r, 0, 20))
    if base != 'revenue' and r.random() < 0.3:
        step.update(revenue=pick(r, 'always', 'reported'), revenue_rate=rate(r, 0, 10))
    return step


def endings(r, scored, categories):
    """From an amount to payment, in some order."""
    steps = []
    if r.random() < 0.5:
        steps.append({'step': 'sequester@1', 'bands': sequestration(r),
                      'on': pick(r, 'gain', 'loss', 'both')})
    if r.random() < 0.5:
        steps.append(limits(r))
    if scored and r.random() < 0.25:
        steps.append(adjusting(r))
    if r.random() < 0.25:
        steps.append({'step': 'relief@1', 'basis': pick(r, 'amount', 'share'),
                      'full_year': pick(r, True, False)})
    if r.random() < 0.2:
        steps.append({'step': 'prorate@1', 'of_months': pick(r, 12, 24),
                      'on': pick(r, 'both', 'gain', 'loss')})
    if r.random() < 0.25:
        steps.append({'step': 'overlap@1', 'item': 'other', 'kind': pick(r, 'overlap', 'other'),
                      'sign': pick(r, 'subtract', 'add'), 'need': pick(r, 'if_reported', 'always')})
    if r.random() < 0.2:
        steps.append({'step': 'carry-forward@1', 'losses': pick(r, 'carry', 'pay')})
    r.shuffle(steps)
    if categories and r.random() < 0.6:
        step = {'step': 'pool@1', 'basis': pick(r, 'savings', 'benchmark', 'head_count', 'score',
                                                'equal', 'member_months'),
                'scope': pick(r, 'members', 'payers'), 'legal_basis': 'statute'}
        steps.append(maybe(r, step, 0.3, least_members=r.randint(1, 3)))
    if r.random() < 0.2:
        steps.append({'step': 'advance@1', 'most': rate(r, 0, 100), 'paid': pick(r, True, False),
                      'forgiven': pick(r, True, False)})
    if r.random() < 0.2:
        for party in r.sample(['north', 'south', 'east'], r.randint(1, 3)):
            steps.append({'step': 'payee@1', 'party': party, 'weight': r.randint(1, 999)})
    return steps + [post(r)]


def post(r):
    step = {'step': 'post@1', 'unit': pick(r, 'cent', 'cent', 'dollar'),
            'rounding': pick(r, 'half_away', 'half_up', 'half_even', 'toward_zero')}
    return maybe(r, step, 0.2, least_payment=money(r, 0, 100000))


def adjusting(r):
    kind = pick(r, 'amount', 'multiplier', 'table', 'factor')
    step = {'step': 'quality-adjust@1', 'formula': kind, 'on': pick(r, 'both', 'gain', 'loss')}
    if kind == 'amount':
        step.update(most_gain=rate(r, 0, 30), most_loss=rate(r, 0, 30))
    if kind == 'table':
        step['bands'] = score_bands(r, -10, 30)
    return step


def fees(r, names):
    step = {'step': 'fee@1'}
    way = pick(r, 'flat', 'pmpm', 'tier', 'each', 'base')
    if way == 'flat':
        step['flat'] = money(r, 0, 900000)
    if way in ('pmpm', 'tier'):
        step['pmpm'] = money(r, 0, 40)
    if way == 'tier':
        step['category'] = 'tier'
    if way == 'each':
        step.update(each=money(r, 0, 200), measure='gap')
    if way == 'base':
        step.update(share=rate(r, 0, 100), base=pick(r, 'revenue', 'premium', 'upstream',
                                                     'reported'))
    step['prepaid'] = pick(r, 'none', 'all', 'reported')
    if r.random() < 0.6:
        by = pick(r, 'quality', 'measure', 'table')
        step.update(at_risk=rate(r, 1, 100), by=by)
        if by == 'measure':
            step['measure_score'] = pick(r, *(names + ['other']))
            if r.random() < 0.3:
                step['bands'] = score_bands(r, -10, 150)
        if by == 'table':
            step['bands'] = score_bands(r, -10, 150)
    return step


# ---- arrangements


def from_totals(r):
    categories = pick(r, [], [], ['a', 'b', 'c'])
    unit = pick(r, 'total', 'per_capita', 'pmpm')
    by = 'category' if categories else 'whole'
    kinds = ['people'] + (['person_years'] if unit == 'per_capita' else
                          ['member_months'] if unit == 'pmpm' else [])
    steps = counts(r, categories, kinds)
    steps.append({'step': 'expenditure@1', 'unit': unit, 'by': by})
    target = {'step': 'target@1', 'unit': unit, 'by': by}
    if unit != 'pmpm':
        maybe(r, target, 0.2, risk=True)
    if not categories and r.random() < 0.25:
        target = {'step': 'target@1', 'unit': 'premium', 'rate': rate(r, 50, 99)}
    steps.append(target)
    return steps, categories


def from_history(r):
    categories = pick(r, [], ['a', 'b'], ['a', 'b', 'c'])
    by = 'category' if categories else 'whole'
    steps = counts(r, categories, ['people', 'person_years'])
    weights = pick(r, ('10%', '30%', '60%'), ('1/3', '1/3', '1/3'))
    places = pick(r, 6, 4, 2)
    for year, weight in zip(BASES, weights):
        step = {'step': 'baseline@1', 'year': year, 'weight': weight, 'by': by,
                'decimals': places,
                'trend': 'none' if year == BASES[-1] else
                pick(r, 'none', 'national', 'regional', 'blend', 'rate'),
                'risk': pick(r, True, False)}
        if step['trend'] == 'rate':
            step['rate'] = rate(r, -5, 10)
        steps.append(step)
    candidates = r.random() < 0.4
    kinds = r.sample(['regional', 'prior_savings', 'per_capita'], r.randint(0, 3))
    for kind in kinds:
        step = {'step': 'adjust@1', 'kind': kind, 'by': by, 'decimals': places,
                'apply': 'candidate' if candidates else 'now'}
        if kind == 'regional':
            step.update(weight=rate(r, 0, 60), weight_dearer=rate(r, 0, 60))
        if kind == 'prior_savings':
            step.update(scale=rate(r, 0, 100))
        if kind == 'per_capita':
            maybe(r, step, 0.5, item='equity')
        maybe(r, step, 0.6, cap_up=rate(r, 0, 6))
        maybe(r, step, 0.4, cap_down=rate(r, 0, 6))
        steps.append(step)
    if candidates and kinds:
        step = {'step': 'adjust@1', 'kind': 'choose', 'by': by, 'decimals': places,
                'choose': pick(r, 'max', 'sum', 'first', 'offset')}
        steps.append(maybe(r, step, 0.5, cap_up=rate(r, 0, 6)))
    steps.append(updating(r, by, places))
    steps.append({'step': 'expenditure@1', 'unit': 'per_capita', 'by': by})
    steps.append({'step': 'target@1', 'unit': 'per_capita', 'source': 'baseline', 'by': by})
    return steps, categories


def updating(r, by, places):
    step = {'step': 'risk-update@1', 'by': by, 'decimals': places, 'risk': r.random() < 0.8,
            'update': pick(r, 'national', 'regional', 'blend', 'three_way', 'rate')}
    if step['update'] == 'rate':
        step['rate'] = rate(r, -5, 10)
    if step['update'] == 'three_way':
        step['prospective_weight'] = pick(r, '1/3', rate(r, 0, 100))
        maybe(r, step, 0.3, guardrail_up=rate(r, 0, 2))
        maybe(r, step, 0.3, guardrail_down=rate(r, 0, 2))
    if step['risk']:
        maybe(r, step, 0.7, cap_up=rate(r, 0, 5))
        maybe(r, step, 0.4, cap_down=rate(r, 0, 5))
        if 'cap_up' in step or 'cap_down' in step:
            maybe(r, step, 0.4, demographic=True)
            if r.random() < 0.5:
                step.update(scope='aggregate', beyond=pick(r, 'each', 'scaled'))
                if by == 'category':
                    step['mix'] = pick(r, 'people', 'dollars')
    return step


def from_budget(r):
    source = pick(r, 'terms', 'reported', 'carried')
    base = {'step': 'baseline@1', 'source': source,
            'trend': pick(r, 'none', 'rate', 'national', 'blend')}
    if source == 'terms' or (source == 'carried' and r.random() < 0.5):
        base['amount'] = money(r, 1000000, 90000000)
    if base['trend'] == 'rate':
        base['rate'] = rate(r, -5, 10)
    steps = [{'step': 'attribute@1'}, base]
    if r.random() < 0.5:
        steps.append({'step': 'adjust@1', 'kind': 'reference', 'item': 'update'})
    if r.random() < 0.3:
        steps.append({'step': 'adjust@1', 'kind': 'rate', 'rate': rate(r, -5, 5)})
    if r.random() < 0.5:
        steps.append({'step': 'adjust@1', 'kind': 'budget', 'item': 'shift'})
    return steps + [{'step': 'target@1', 'unit': 'budget', 'source': 'baseline',
                     'paid': 'prospective'},
                    {'step': 'expenditure@1', 'unit': 'total'}], []


def from_episodes(r):
    categories = ['a', 'b'][:r.randint(1, 2)]
    steps = counts(r, categories, ['episodes', 'people'])
    source = pick(r, 'reported', 'terms')
    if source == 'reported':
        steps.append({'step': 'target@1', 'unit': 'episode', 'by': 'category'})
    else:
        for k in categories:
            steps.append({'step': 'target@1', 'unit': 'episode', 'source': 'terms',
                          'category': k, 'amount': money(r, 1000, 90000)})
    return steps + [{'step': 'expenditure@1', 'unit': 'total'}], []


def from_cells(r):
    categories = ['a', 'b', 'c'][:r.randint(1, 3)]
    steps = [{'step': 'attribute@1'}]
    for k in categories:
        step = {'step': 'target@1', 'unit': 'pmpm', 'source': 'terms', 'category': k,
                'amount': money(r, 50, 900)}
        steps.append(maybe(r, step, 0.3, risk=True))
    return steps + [{'step': 'expenditure@1', 'unit': 'total'}], []


def compared(r):
    """What is held against a benchmark."""
    steps, categories = pick(r, from_totals, from_totals, from_history, from_history, from_budget,
                             from_episodes, from_cells)(r)
    scored, names = r.random() < 0.8, []
    if scored:
        made, names = quality(r)
        steps += made
    extra = []
    if r.random() < 0.3:
        step = {'step': 'discount@1'}
        step.update({'bands': score_bands(r, 0, 8)} if scored and r.random() < 0.5
                    else {'rate': rate(r, 0, 6)})
        extra.append(step)
    if r.random() < 0.3:
        way = pick(r, 'quality', 'retention', 'none') if scored else pick(r, 'retention', 'none')
        step = {'step': 'withhold@1', 'rate': rate(r, 0, 10), 'earnback': way,
                'from': pick(r, 'benchmark', 'payment'), 'base': pick(r, 'benchmark', 'reported')}
        extra.append(step)
    if r.random() < 0.25:
        extra.append(stop_loss(r, pick(r, 'expenditure', 'amount')))
    if r.random() < 0.2:
        extra.append({'step': 'overlap@1', 'item': 'other', 'kind': 'other',
                      'from': pick(r, 'benchmark', 'expenditure'), 'sign': pick(r, 'subtract',
                                                                                'add')})
    r.shuffle(extra)
    steps += extra + [{'step': 'savings@1'}]
    if r.random() < 0.2:
        steps.append(credible(r))
    if scored and r.random() < 0.7:
        steps += gates(r, names)
    steps.append(gate_of_savings(r))
    if r.random() < 0.2:
        steps.append({'step': 'guardrail@1'})
    if r.random() < 0.15:
        steps.append(dict(limits(r), on='generated'))
    if r.random() < 0.15:
        steps.append({'step': 'sequester@1', 'base': 'generated', 'bands': sequestration(r),
                      'on': pick(r, 'gain', 'loss', 'both')})
    steps.append(sharing(r, scored))
    if r.random() < 0.2:
        steps.append(fees(r, names))
    return steps + endings(r, scored, categories)


def stop_loss(r, to):
    step = {'step': 'stop-loss@1', 'attach': money(r, 0, 200000), 'to': to}
    if r.random() < 0.5:
        low = int(float(step['attach'])) + 1
        step['attach'] = f'{low}.00'
        step['bands'] = [{'from': f'{low}.00', 'to': f'{low + 150000}.00', 'rate': rate(r, 0, 100)},
                         {'from': f'{low + 150000}.00', 'rate': rate(r, 0, 100)}]
    else:
        step['share'] = rate(r, 0, 100)
    maybe(r, step, 0.5, charge_pmpm=money(r, 0, 30))
    return maybe(r, step, 0.3, charge_rate=rate(r, 0, 3))


def credible(r):
    step = {'step': 'credibility@1', 'method': pick(r, 'limited', 'buhlmann')}
    step.update({'full': '3054.99'} if step['method'] == 'limited' else {'k': '441'})
    step.update({'complement': rate(r, -3, 5)} if r.random() < 0.5
                else {'complement_item': 'pool'})
    return step


def paid(r):
    """Fees and performance, without a benchmark."""
    made, names = quality(r)
    steps = made + [fees(r, names) for _ in range(r.randint(1, 3))]
    if r.random() < 0.3:
        steps = [s for s in steps if s['step'] != 'gate@1']
        steps = made + gates(r, names) + steps[len(made):]
    return steps + [s for s in endings(r, True, [])
                    if s['step'] != 'limit@1' or s['base'] in ('revenue', 'premium', 'fixed')]


def terms(r):
    steps = compared(r) if r.random() < 0.8 else paid(r)
    if r.random() < 0.05:
        r.shuffle(steps)
    period = {'from': f'{YEAR}-01-01', 'through': f'{YEAR}-12-31' if r.random() < 0.9
              else f'{YEAR}-06-30'}
    agreement = {'from': f'{YEAR}-01-01', 'through': f'{YEAR}-12-31'}
    return {'schema': 'accord.terms.v1', 'contract': 'payer/provider/drawn', 'version': 1,
            'title': 'drawn', 'effective': f'{YEAR}-01-01', 'signed_on': f'{YEAR}-01-01',
            'agreement': agreement, 'periods': [period], 'applies': 'next_period',
            'standing': 'binding', 'lookback_months': 48, 'runout_months': 3, 'steps': steps}


# ---- facts

ITEMS = ['a', 'b', 'c']
MEASURES = ['m0', 'm1', 'm2', 'm3', 'gap', 'other']


def chance(r, low, high, places=4):
    return F(r.randint(int(low * 10 ** places), int(high * 10 ** places)), 10 ** places)


def flag(r):
    return F(r.randint(0, 1))


def whole(r, low, high):
    return F(r.randint(low, high))


def put(facts, r, kind, item, year, value, missing=0.01):
    if r.random() >= missing:
        facts[(kind, item, year)] = F(value)


def facts(r):
    found = {}
    people = pick(r, whole(r, 1, 600), whole(r, 600, 6000), whole(r, 6000, 80000), F(5000))
    each = whole(r, 300000, 3000000)
    level = chance(r, 0.85, 1.15)
    parts = {'': F(1), 'a': F(1, 2), 'b': F(3, 10), 'c': F(1, 5)}
    for k, part in parts.items():
        n = max(F(int(people * part)), F(pick(r, 0, 1)) if k else F(1))
        years = F(int(n * r.randint(90, 100)), 100)
        months = F(int(n * r.randint(10, 12)))
        put(found, r, 'head_count', k, 0, n)
        put(found, r, 'person_years', k, 0, years)
        put(found, r, 'member_months', k, 0, months)
        put(found, r, 'episodes', k, 0, whole(r, 0, 400))
        put(found, r, 'episode_price', k, 0, whole(r, 100000, 9000000))
        put(found, r, 'benchmark', k, 0, int(each * n))
        put(found, r, 'expenditure', k, 0, int(each * n * level))
        put(found, r, 'benchmark_per_capita', k, 0, each)
        put(found, r, 'expenditure_per_capita', k, 0, int(each * level))
        put(found, r, 'benchmark_pmpm', k, 0, int(each / 12))
        put(found, r, 'expenditure_pmpm', k, 0, int(each * level / 12))
        put(found, r, 'baseline_per_capita', k, 0, each)
        put(found, r, 'regional_per_capita', k, 0, int(each * chance(r, 0.9, 1.1)))
        put(found, r, 'national_per_capita', k, 0, int(each * chance(r, 0.9, 1.1)))
        put(found, r, 'pool_score', k, 0, chance(r, 0, 100, 3))
        for year in [0] + BASES:
            put(found, r, 'risk_score', k, year, chance(r, 0.7, 1.4, 3))
            put(found, r, 'demographic_risk_score', k, year, chance(r, 0.9, 1.1, 3))
            put(found, r, 'trend_national', k, year, chance(r, 0.95, 1.1, 3))
            put(found, r, 'trend_regional', k, year, chance(r, 0.95, 1.1, 3))
            if year:
                put(found, r, 'base_per_capita', k, year, int(each * chance(r, 0.85, 1.05)))
                put(found, r, 'person_years', k, year, max(years, F(1)))
        put(found, r, 'trend_prospective', k, 0, chance(r, 0.95, 1.1, 3))
        put(found, r, 'adjustment_per_capita', k, 0, whole(r, -50000, 50000), 0.1)
    scalars(found, r, each * people)
    measures(found, r)
    return found


def scalars(found, r, total):
    for year in [0] + BASES:
        put(found, r, 'national_weight', '', year, chance(r, 0, 1, 2))
        put(found, r, 'prior_savings_per_capita', '', year, whole(r, -60000, 90000), 0.2)
    for kind in ('quality_standard_met', 'alternative_standard_met', 'quality_reporting_only',
                 'revenue_limit_applies', 'low_revenue', 'guardrail_applies', 'reduced_sharing',
                 'retained'):
        put(found, r, kind, '', 0, flag(r), 0.1)
    put(found, r, 'quality_standard_met', '', 0, flag(r))
    put(found, r, 'low_revenue', '', 0, flag(r))
    put(found, r, 'quality_score', '', 0, pick(r, F(0), F(1), chance(r, 0, 1)), 0.03)
    put(found, r, 'quality_points', '', 0, chance(r, 0, 6, 2))
    put(found, r, 'quality_bonus', '', 0, chance(r, 0, 0.5), 0.3)
    put(found, r, 'quality_adjustment', '', 0, chance(r, -1, 1))
    put(found, r, 'prior_savings_part', '', 0, chance(r, 0, 1, 2), 0.4)
    put(found, r, 'premium_revenue', '', 0, int(total * chance(r, 0.9, 1.4)))
    put(found, r, 'participant_revenue', '', 0, int(total * chance(r, 0.1, 0.9)))
    put(found, r, 'disaster_relief', '', 0, whole(r, 0, 90000000), 0.4)
    put(found, r, 'disaster_months_share', '', 0, chance(r, 0, 1, 3), 0.3)
    put(found, r, 'disaster_member_share', '', 0, chance(r, 0, 1, 3), 0.3)
    put(found, r, 'advance_balance', '', 0, whole(r, 0, 90000000))
    put(found, r, 'advance_paid', '', 0, whole(r, 0, 9000000))
    put(found, r, 'advance_forgiven', '', 0, whole(r, 0, 90000000), 0.5)
    for item in ('', 'tier'):
        put(found, r, 'fee_base', item, 0, whole(r, 0, 900000000))
        put(found, r, 'fee_paid', item, 0, whole(r, 0, 9000000))
    put(found, r, 'member_months', 'tier', 0, whole(r, 0, 90000))
    for item in ('1:payable', '2:shared'):
        put(found, r, 'upstream_amount', item, 0, whole(r, -90000000, 90000000), 0.3)
    for item in ('x1', 'x2', 'x3'):
        put(found, r, 'stoploss_claim', item, 0, whole(r, 0, 90000000), 0.3)
    put(found, r, 'overlap_amount', 'other', 0, whole(r, -9000000, 9000000), 0.3)
    put(found, r, 'other_amount', 'other', 0, whole(r, -9000000, 9000000), 0.3)
    put(found, r, 'reference_amount', 'growth-base', 0, whole(r, 100000, 900000))
    put(found, r, 'reference_amount', 'growth-current', 0, whole(r, 100000, 1100000))
    put(found, r, 'reference_rate', 'pool', 0, chance(r, -0.1, 0.1))
    put(found, r, 'reference_rate', 'update', 0, chance(r, -0.1, 0.1))
    put(found, r, 'budget_adjustment', 'shift', 0, whole(r, -90000000, 90000000))
    put(found, r, 'adjustment_per_capita', 'equity', 0, whole(r, -50000, 50000))
    put(found, r, 'election', 'msr', 0, pick(r, F(0), F(1, 200), F(1, 100), F(1, 50)), 0.3)


def measures(found, r):
    for item in MEASURES:
        of = pick(r, F(0), whole(r, 1, 40), whole(r, 30, 900))
        met = whole(r, 0, int(of)) if r.random() < 0.99 else of + 1
        missing = 0.06
        put(found, r, 'measure_denominator', item, 0, of, missing)
        put(found, r, 'measure_numerator', item, 0, met, missing)
        put(found, r, 'measure_score', item, 0, chance(r, 0, 1, 3), missing)
        put(found, r, 'measure_baseline_rate', item, 0, chance(r, 0, 1, 3), 0.2)
        peers = whole(r, 0, 60)
        below = whole(r, 0, int(peers))
        put(found, r, 'peers', item, 0, peers, missing)
        put(found, r, 'peers_below', item, 0, below, missing)
        put(found, r, 'peers_equal', item, 0, whole(r, 0, int(peers - below)), missing)


def carried(r):
    found = {}
    if r.random() < 0.5:
        found[('advance_balance', '')] = chance(r, 0, 900000, 4) * 100
    if r.random() < 0.5:
        found[('deficit', '')] = chance(r, 0, 900000, 4) * 100
    if r.random() < 0.5:
        found[('unpaid', '')] = whole(r, -90000, 90000)
    if r.random() < 0.5:
        found[('budget', '')] = whole(r, 100000000, 9000000000)
    if r.random() < 0.5:
        found[('quality_score', '')] = chance(r, 0, 1)
    if r.random() < 0.5:
        found[('election', 'msr')] = pick(r, F(0), F(1, 200), F(1, 50))
    for item in MEASURES:
        if r.random() < 0.3:
            found[('measure_rate', item)] = chance(r, 0, 1)
    return found
