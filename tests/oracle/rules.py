# SPDX-License-Identifier: Apache-2.0
"""Terms carried out, step by step."""

import benchmark
import panel
import pay
import quality
import share
from ground import Ground, Stop

STEPS = {
    'attribute@1': panel.attribute, 'expenditure@1': panel.expenditure,
    'stop-loss@1': panel.stop_loss, 'target@1': panel.target, 'savings@1': panel.savings,
    'discount@1': panel.discount, 'withhold@1': panel.withhold,
    'baseline@1': benchmark.baseline, 'adjust@1': benchmark.adjust,
    'risk-update@1': benchmark.risk_update,
    'measure@1': quality.measure, 'composite@1': quality.composite, 'gate@1': quality.gate,
    'quality-adjust@1': quality.quality_adjust,
    'credibility@1': share.credibility, 'corridor-gate@1': share.corridor_gate,
    'guardrail@1': share.guardrail, 'share@1': share.share, 'limit@1': share.limit,
    'sequester@1': pay.sequester, 'relief@1': pay.relief, 'prorate@1': pay.prorate,
    'fee@1': pay.fee, 'advance@1': pay.advance, 'carry-forward@1': pay.carry_forward,
    'overlap@1': pay.overlap, 'pool@1': pay.pool, 'payee@1': pay.payee, 'post@1': pay.post,
}


def settle(terms, facts, carried, payment, months, year):
    """(status, reason, ground): what the terms come to."""
    ground = Ground(terms, facts, carried, payment, months, year)
    try:
        for place, step in enumerate(terms['steps']):
            ground.place, ground.step = place, step
            STEPS[step['step']](ground)
    except Stop as why:
        return 'not_calculable', str(why), ground
    return 'calculated', '', ground
