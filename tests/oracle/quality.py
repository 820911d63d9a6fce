# SPDX-License-Identifier: Apache-2.0
"""Measures and their scales, composites, gates, and what a score does to an amount."""

from ground import F, Stop, clamp, decimals, half_away, table
from panel import quality_of


def measure(g):
    item, scale = g.step['measure'], g.word('scale', 'linear')
    score = scored(g, item, scale)
    weight = g.count('weight', 1)
    if score is None:
        return
    real, value = score
    g.say('measure_score' if real else 'measure_score_assumed', value, item)
    g.measures.setdefault(g.word('domain', ''), []).append((item, weight, value, real))


def instead(g, how):
    if how == 'stop':
        raise Stop('a measure is not reported')
    if how == 'drop':
        return None
    return False, F(0) if how == 'zero' else decimals(g.rate('neutral'), 9)


def scored(g, item, scale):
    if scale == 'reported':
        value = g.find('measure_score', item)
        return instead(g, g.word('missing', 'stop')) if value is None \
            else (True, decimals(value, 9))
    if scale == 'relative':
        return relative(g, item)
    met, of = g.find('measure_numerator', item), g.find('measure_denominator', item)
    if met is None or of is None:
        return instead(g, g.word('missing', 'stop'))
    if met > of:
        raise Stop('more met it than were eligible')
    if of == 0 or of < g.count('least_denominator', 0):
        return instead(g, g.word('few', 'drop'))
    rate = met / of
    if scale == 'linear':
        worst, best = g.rate('worst'), g.rate('best')
        return True, decimals(clamp((rate - worst) / (best - worst), F(0), F(1)), 9)
    if scale == 'table':
        return by_table(g, rate)
    return by_points(g, item, rate, scale)


def by_table(g, at):
    points = table(g.step['bands'], at, 'share')
    if points is None:
        raise Stop('the table says nothing for the rate')
    return True, decimals(points / g.rate('most', 1), 9)


def by_points(g, item, rate, scale):
    """Hospital value-based purchasing, 42 CFR 412.165: of ten points."""
    found = []
    if scale in ('attainment', 'better'):
        way = (rate - g.rate('threshold')) / (g.rate('benchmark') - g.rate('threshold'))
        found.append(10 if way >= 1 else 0 if way < 0 else half_away(9 * way + F(1, 2)))
    if scale in ('improvement', 'better'):
        start = g.find('measure_baseline_rate', item)
        if start is None:
            start = g.carried.get(('measure_rate', item))
        if start is None and scale == 'improvement':
            missing = instead(g, g.word('missing', 'stop'))
            return missing
        if start is not None:
            found.append(improvement(g, rate, decimals(start, 9)))
    return True, F(max(found), 10)


def improvement(g, rate, start):
    best = g.rate('benchmark')
    inverse = g.has('threshold') and g.rate('threshold') > best
    if start == best or (start > best if not inverse else start < best):
        return 0
    way = (rate - start) / (best - start)
    return int(clamp(half_away(10 * way - F(1, 2)), 0, 9))


def relative(g, item):
    if g.count('least_denominator', 0):
        of = g.find('measure_denominator', item)
        if of is None:
            return instead(g, g.word('missing', 'stop'))
        if of < g.count('least_denominator', 0):
            return instead(g, g.word('few', 'drop'))
    peers, below, same = (g.find(k, item) for k in ('peers', 'peers_below', 'peers_equal'))
    if peers is None or below is None or same is None:
        return instead(g, g.word('missing', 'stop'))
    if below + same > peers:
        raise Stop('more peers than there are')
    if peers == 0:
        return instead(g, g.word('few', 'drop'))
    percentile = (below + same / 2) / peers
    if g.has('bands'):
        return by_table(g, percentile)
    return True, decimals(percentile, 9)


def composite(g):
    source = g.word('source', 'reported')
    if g.has('domain'):
        domain(g)
        return
    if source == 'reported':
        return
    if source == 'points':
        mean = g.need('quality_points')
    else:
        rows = [m for d in g.measures.values() for m in d]
        count = sum(1 for m in rows if m[3])
        if count < g.count('least_measures', 0):
            g.say('quality_score', 0, feeds='quality')
            g.quality_failed = True
            return
        if source == 'domains':
            parts = [(w, s) for w, s in g.domains.values()]
        else:
            parts = [(w, s) for _, w, s, _ in rows]
        if not parts:
            raise Stop('nothing is scored')
        mean = F(sum(w * s for w, s in parts)) / sum(w for w, _ in parts)
    low, high = g.rate('lowest', 0), g.rate('highest', 1)
    score = clamp((mean - low) / (high - low), F(0), F(1))
    if g.flag('bonus') and g.find('quality_bonus') is not None:
        score = decimals(min(F(1), score + min(g.find('quality_bonus'),
                                               g.rate('bonus_most', 1))), 9)
    g.say('quality_score', score, feeds='quality')


def domain(g):
    name = g.step['domain']
    rows = g.measures.get(name, [])
    if not rows:
        return
    least = g.count('least_measures', 0)
    if least and sum(1 for m in rows if m[3]) < least:
        score = F(0)
    else:
        score = decimals(F(sum(w * s for _, w, s, _ in rows)) / sum(w for _, w, _, _ in rows), 9)
    g.say('domain_score', score, name)
    g.domains[name] = (g.count('weight', 1), score)


def standard(g):
    kind = g.word('standard', 'reported')
    if kind == 'none':
        return True
    if kind == 'reported':
        return g.need('quality_standard_met') > 0
    if kind == 'least':
        return quality_of(g) >= g.rate('least')
    if kind == 'scored':
        return sum(1 for d in g.measures.values() for m in d if m[3]) >= g.count('least_count', 0)
    if kind == 'measure':
        found = [m for d in g.measures.values() for m in d if m[0] == g.step['measure']]
        return bool(found) and found[-1][2] >= g.rate('least')
    if kind == 'growth':
        base = g.need('reference_amount', 'growth-base')
        current = g.need('reference_amount', 'growth-current')
        if base <= 0:
            raise Stop('nothing to grow from')
        return current <= base * (1 + g.rate('rate')) ** g.count('years', 1)
    before = g.carried.get(('quality_score', ''))
    if before is None:
        first = g.word('first', 'stop')
        if first == 'stop':
            raise Stop('no quality score of the period before')
        return first == 'met'
    return before >= g.rate('least')


def gate(g):
    met, factor = standard(g), g.held('factor', 1)
    if met and not g.quality_failed and g.flag('reporting') and \
            g.find('quality_reporting_only'):
        g.say('quality_score', 1, feeds='quality')
    elif met and g.word('met', 'full') == 'scaled':
        factor = scaled(g, factor)
    elif not met:
        alternative = g.word('alternative', 'none') == 'scaled' and \
            g.find('alternative_standard_met')
        if alternative:
            factor = scaled(g, factor)
        else:
            g.quality_failed = g.quality_failed or g.word('standard', 'reported') != 'growth'
            factor *= g.rate('failed_rate') if g.word('failed', 'zero') == 'rate' else 0
    if factor is not None:
        g.say('quality_factor', factor, feeds='factor')


def scaled(g, factor):
    """Times the score; one that nobody reported is missed only where it matters."""
    if 'quality' not in g.whole and g.find('quality_score') is None:
        g.scaled = True
        return None
    return factor * quality_of(g)


def quality_adjust(g):
    amount, formula = g.held('amount'), g.word('formula', 'amount')
    on = g.word('on', 'both')
    if amount == 0 or (on == 'gain' and amount < 0) or (on == 'loss' and amount > 0):
        return
    if formula == 'amount':
        q = quality_of(g)
        by = 1 - g.rate('most_gain', 0) * (1 - q) if amount > 0 else 1 - g.rate('most_loss', 0) * q
    elif formula == 'multiplier':
        by = 1 + g.need('quality_adjustment')
    elif formula == 'table':
        found = table(g.step['bands'], quality_of(g), 'share')
        if found is None:
            raise Stop('the table says nothing for the score')
        by = 1 + found
    else:
        by = g.need('quality_score') if g.scaled else g.held('factor', 1)
    g.say('quality_adjusted', decimals(amount * by, 9), feeds='amount')
