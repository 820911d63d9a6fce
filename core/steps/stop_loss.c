/* SPDX-License-Identifier: Apache-2.0 */
/* Cover of the costliest members. */
#include "core/bands.h"
#include "core/check.h"
#include "core/steps/sense.h"
#include "core/steps/volume.h"
#include "core/widths.h"

enum payout_form { PAYOUT_BY_BANDS, PAYOUT_BY_SHARE };
enum paid_form { PAID_SUMMED, PAID_OF_MEMBERS };
enum charge_form { CHARGE_BY_MONTH, CHARGE_BY_BENCHMARK, CHARGE_BY_BOTH };
enum after_form { AFTER_WITH_CHARGE, AFTER_WITHOUT };

#define TOO_MUCH "what stop-loss pays and costs is more than money can be"

static struct exact to_the_cent(struct exact a)
{
        return exact_of(exact_round(a, 1, ROUND_HALF_AWAY));
}

static void say_payout(const struct step *step, struct working *w, const struct item *item,
                       struct exact claim, struct exact *paid)
{
        struct exact above = exact_sub(claim, exact_of(number_param(w, step, "attach"))), payout;
        enum payout_form form = has_param(step, "bands") ? PAYOUT_BY_BANDS : PAYOUT_BY_SHARE;

        if (form == PAYOUT_BY_BANDS)
                payout = bands_sum(w->terms, step, "bands", claim, exact_of(1));
        else
                payout = exact_mul(exact_max(above, exact_of(0)), rate_param(w, step, "share"));
        payout = to_the_cent(payout);
        say_item(w, LINE_STOPLOSS_PAYOUT, form, item, payout);
        *paid = exact_add(*paid, payout);
}

static bool paid_as_reported(const struct step *step, struct working *w, struct exact *ret)
{
        const struct fact *claims[STOPLOSS_CLAIMS_MAX];
        size_t count = find_all(w, FACT_STOPLOSS_CLAIM, claims, STOPLOSS_CLAIMS_MAX);

        if (count > STOPLOSS_CLAIMS_MAX) {
                stop(w, "more than 256 members reach the stop-loss: report their costs as member "
                        "rows, and let the step's source be members");
                return false;
        }
        *ret = exact_of(0);
        for (size_t i = 0; i < count; i++) {
                struct exact claim = take_found(w, LINE_STOPLOSS_CLAIM, claims[i]);

                if (!claims[i]->key.item.text[0]) {
                        stop(w, "a stop-loss claim is of nobody: report it under a token");
                        return false;
                }
                say_payout(step, w, &claims[i]->key.item, claim, ret);
        }
        say_form(w, LINE_STOPLOSS_PAID, PAID_SUMMED, *ret);
        return true;
}

static bool paid_of_members(struct working *w, struct exact *ret)
{
        const struct member_figures *figures = member_figures(w, NULL);

        if (!figures) {
                stop(w, "there are no member rows whose stop-loss could be summed");
                return false;
        }
        say_members(w, LINE_STOPLOSS_OF_MEMBERS, NULL, figures->stoploss);
        *ret = to_the_cent(figures->stoploss);
        say_form(w, LINE_STOPLOSS_PAID, PAID_OF_MEMBERS, *ret);
        return true;
}

/* Returns false when stopped; *ret zero, and no line, where the cover costs nothing. */
static bool charge(const struct step *step, struct working *w, struct exact *ret)
{
        struct exact each = exact_of(number_param(w, step, "charge_pmpm")), months;
        struct exact rate = rate_param(w, step, "charge_rate");
        enum charge_form form = CHARGE_BY_BENCHMARK;

        *ret = exact_mul(rate, held(w, FEED_BENCHMARK));
        if (exact_sign(each) > 0) {
                if (!volume_need(w, VOLUME_MONTHS, NULL, &months))
                        return false;
                *ret = exact_add(*ret, exact_mul(each, months));
                form = exact_sign(rate) > 0 ? CHARGE_BY_BOTH : CHARGE_BY_MONTH;
        }
        *ret = to_the_cent(*ret);
        if (exact_sign(each) > 0 || exact_sign(rate) > 0)
                say_form(w, LINE_STOPLOSS_CHARGE, form, *ret);
        return true;
}

void step_stop_loss(const struct step *step, struct working *w)
{
        bool charged = number_param(w, step, "charge_pmpm") > 0 ||
                       exact_sign(rate_param(w, step, "charge_rate")) > 0;
        enum after_form form = charged ? AFTER_WITH_CHARGE : AFTER_WITHOUT;
        struct exact paid, cost, net;

        if (word_is(w, step, "source", "members") ? !paid_of_members(w, &paid)
                                                  : !paid_as_reported(step, w, &paid))
                return;
        if (!charge(step, w, &cost))
                return;
        net = exact_sub(paid, cost);
        if (word_is(w, step, "to", "amount")) {
                say_form(w, LINE_WITH_STOPLOSS, form, exact_add(held(w, FEED_AMOUNT), net));
                return;
        }
        net = exact_sub(held(w, FEED_EXPENDITURE), net);
        if (money_within(w, net, TOO_MUCH))
                say_form(w, LINE_AFTER_STOPLOSS, form, net);
}

void widths_stop_loss(const struct step *step, struct widths *ws)
{
        const struct width payouts = { 58, 0 }; /* MONEY_MAX * STOPLOSS_CLAIMS_MAX */

        if (step_param(step, "bands"))
                width_bands_sum(ws, step, "bands", WIDTH_MONEY, (struct width) { 0, 0 });
        width_mul(ws, WIDTH_MONEY, width_rate_param(step, "share"));
        width_mul(ws, payouts, width_rate_param(step, "charge_rate"));
        if (step_word_is(step, STEP_STOP_LOSS, "to", "amount"))
                ws->amount = width_add(ws, ws->amount, width_add(ws, payouts, payouts));
        widths_lines(ws, 5);
        if (step_word_is(step, STEP_STOP_LOSS, "source", "reported"))
                widths_lines(ws, 2 * STOPLOSS_CLAIMS_MAX);
}

const char *sense_stop_loss(const struct terms *terms, const struct step *step)
{
        const struct param *bands = step_param(step, "bands");

        if (!bands == !step_param(step, "share"))
                return "give either bands or share";
        if (!bands)
                return NULL;
        if (!bands_flat(terms, bands))
                return "each band of a stop-loss has one share";
        if (terms->bands[bands->bands.first].from != step_param(step, "attach")->cents)
                return "the bands begin where attach is";
        return NULL;
}
