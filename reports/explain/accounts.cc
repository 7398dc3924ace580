// Clients' trading accounts: their fees, flows and stop-outs.

#include "engine/accounts.h"

#include <algorithm>

#include "engine/correction_records.h"
#include "engine/fees/hurdle.h"
#include "engine/fees/reserve.h"
#include "engine/trading_records.h"
#include "reports/explain/fee.h"
#include "reports/explain/kinds.h"
#include "reports/explain/offer_rules.h"
#include "reports/explain/own_currency.h"

namespace reports::explain {
namespace {

namespace accounts = engine::accounts;
namespace fees = engine::fees;
using engine::AccountFeeCharged;
using engine::FeeCharged;
using engine::FeeDue;
using engine::FeeKind;

// The fee, with what it rests on.
struct AccountFee {
  Calculation& calculation;
  AccountFeeCharged body;
  Terms terms;
  engine::AccountStanding standing;        // After the last flow or charge before.
  std::vector<AccountFeeCharged> earlier;  // Of the same batch, on the same account.

  const FeeCharged& fee() const { return body.fee; }
  const engine::OfferTerms& offer() const { return terms.offer.terms; }
  std::string money(core::Minor amount) const { return calculation.money(amount); }
};

core::Result<core::Minor> mark_before(Calculation& calculation, const Terms& terms,
                                      const core::PartyId& client, const core::AccountId& account) {
  return calculation.balance_before(accounts::account_mark(terms.strategy(), client, account),
                                    accounts::mark_code(calculation.currency()));
}

core::Result<core::Minor> equity_before(Calculation& calculation, const core::PartyId& client,
                                        const core::AccountId& account) {
  TRY(const auto balance, calculation.balance_before(accounts::account_balance(client, account),
                                                     calculation.currency()));
  TRY(const auto floating, calculation.balance_before(accounts::account_floating(client, account),
                                                      calculation.currency()));
  return core::Minor{-balance - floating};
}

// The last that is told of an account before, and its sequence.
struct LastStanding {
  engine::AccountStanding standing;
  std::uint64_t seq = 0;
  std::uint64_t stood = 0;  // Of the last whole standing: a valuation tells a part.
};

// The standing before this command, and what a valuation has let accrue since.
core::Result<LastStanding> find_last_standing(Calculation& calculation, const core::PartyId& client,
                                              const core::AccountId& account) {
  LastStanding last;
  engine::AccountStanding& standing = last.standing;
  const ledger::SubjectId subject(client.bytes);
  TRY(const auto stood, find_body<engine::AccountStood>(
                            calculation.sources(), subject, Direction::Before, calculation.seq(),
                            [&](const auto& body) { return body.account == account; }));
  if (stood) {
    last = {stood->body.standing, stood->seq, stood->seq};
    calculation.rests_on(stood->seq, "the account's standing before");
  }
  TRY(const auto restarted,
      find_body<engine::AccountRestarted>(
          calculation.sources(), subject, Direction::Before, calculation.seq(),
          [&](const auto& body) { return body.account == account; }));
  // Nothing accrued while the account was stopped.
  if (restarted && restarted->seq > last.stood) {
    calculation.rests_on(restarted->seq, "the account began again");
    standing.investor.period_ended.reset();
    if (standing.accrued_to) standing.accrued_to = restarted->body.trade_date;
  }
  TRY(const auto valued, find_body<engine::AccountValued>(
                             calculation.sources(), subject, Direction::Before, calculation.seq(),
                             [&](const auto& body) { return body.account == account; }));
  if (!valued || (stood && valued->seq < stood->seq)) return last;
  last.seq = valued->seq;
  calculation.rests_on(valued->seq, "the account's last valuation");
  standing.investor.opening = valued->body.equity;
  if (valued->body.accruals) {
    standing.investor.management.accrued = valued->body.accruals->management;
    standing.investor.subscription.accrued = valued->body.accruals->subscription;
    standing.investor.hurdle = valued->body.accruals->hurdle;
    const bool since = !restarted || valued->seq > restarted->seq;
    if (since) standing.accrued_to = valued->body.accruals->to;
  }
  return last;
}

// Corrections of the account's fees between two sequences: what came back, and what was charged
// anew.
template <class Body, class Take>
core::Result<> for_corrections(Calculation& calculation, const core::PartyId& client,
                               const core::AccountId& account, std::uint64_t after,
                               std::string label, const Take& take) {
  std::vector<std::uint64_t> found;
  TRY(for_each_of_client<Body>(calculation.sources(), client, after, calculation.seq(),
                               [&](const Body& body, const ledger::RecordView& record) {
                                 if (body.account != account) return;
                                 take(body);
                                 found.push_back(record.seq);
                               }));
  for (const std::uint64_t seq : found) calculation.rests_on(seq, label);
  return core::ok();
}

core::Result<engine::AccountStanding> find_standing(Calculation& calculation,
                                                    const AccountFeeCharged& body) {
  const core::PartyId& client = body.fee.client;
  const core::AccountId& account = body.account;
  TRY(LastStanding last, find_last_standing(calculation, client, account));
  engine::Investor& investor = last.standing.investor;
  TRY(for_corrections<engine::FeeReversed>(
      calculation, client, account, last.seq, "a fee that was taken back since",
      [&](const engine::FeeReversed& back) { investor.opening += back.amount; }));
  TRY(for_corrections<engine::FeeCorrected>(
      calculation, client, account, last.seq, "the right fee in its place",
      [&](const engine::FeeCorrected& right) { investor.opening -= right.amount; }));
  TRY(investor.management_since_charge,
      management_since(calculation, body.fee, account, {investor, last.stood}));
  return last.standing;
}

core::Result<std::vector<AccountFeeCharged>> find_earlier(Calculation& calculation,
                                                          const AccountFeeCharged& body) {
  std::vector<AccountFeeCharged> out;
  const std::uint64_t first = calculation.record().batch.first_seq;
  for (std::uint64_t seq = first; seq < calculation.seq(); ++seq) {
    TRY(calculation.sources().record(seq, [&](const ledger::RecordView& record) -> core::Result<> {
      if (record.kind != AccountFeeCharged::kKind) return core::ok();
      TRY(auto one, core::from_cbor<AccountFeeCharged>(record.body));
      if (one.account == body.account) out.push_back(std::move(one));
      return core::ok();
    }));
  }
  return out;
}

void check_exact(AccountFee& one, std::string what, std::string how, const fees::Exact& exact) {
  const FeeCharged& fee = one.fee();
  const auto same =
      same_fraction(exact.numerator, exact.denominator, fee.exact_numerator, fee.exact_denominator);
  one.calculation.require(
      same && same.value(), std::move(what),
      std::move(how) + " = " + one.calculation.exact(exact.numerator, exact.denominator),
      one.calculation.exact(fee.exact_numerator, fee.exact_denominator));
}

fees::Exact exact_of(const engine::ExactAmount& amount) {
  return {amount.numerator, amount.denominator};
}

// --- Fees by time. ---

core::Result<fees::Exact> flat_part(const std::optional<core::Decimal>& annual,
                                    const std::string& currency, const fees::Fraction& years) {
  TRY(const auto money, money_of(annual, currency));
  return fees::flat_accrual(money, years);
}

// What the days from `from` on add, on the equity as it was known before.
core::Result<fees::Exact> added_since(const AccountFee& one, core::Date from) {
  const core::Date to = one.fee().to.value_or(from);
  const engine::OfferTerms& offer = one.offer();
  if (one.fee().fee != FeeKind::Management) {
    TRY(const auto days, fees::year_fraction(fees::DayCount::Act365, from, to));
    return flat_part(offer.subscription_fee, one.body.currency, days);
  }
  const engine::ManagementTerms more = offer.management.value_or(engine::ManagementTerms{});
  TRY(const auto years, fees::year_fraction(day_count(more), from, to));
  TRY(const auto base, fees::management_base(management_base(more), one.standing.investor.opening,
                                             one.fee().equity_before));
  TRY(auto added, fees::management_accrual(base, offer.management_fee_rate, years));
  TRY(const auto flat, flat_part(more.flat, one.body.currency, years));
  TRY(added, fees::add(added, flat));
  TRY(const auto least, flat_part(more.minimum, one.body.currency, years));
  return fees::larger(added, least);
}

core::Result<> step_accrued(AccountFee& one, core::Minor& due) {
  const FeeCharged& fee = one.fee();
  const engine::Investor& investor = one.standing.investor;
  const engine::RunningFee& running =
      fee.fee == FeeKind::Management ? investor.management : investor.subscription;
  fees::Exact sum = exact_of(running.accrued);
  std::string how = one.calculation.exact(sum.numerator, sum.denominator) + " before";
  if (one.standing.accrued_to && fee.to && *one.standing.accrued_to < *fee.to) {
    TRY(const auto added, added_since(one, *one.standing.accrued_to));
    TRY(sum, fees::add(sum, added));
    how += " + " + one.calculation.exact(added.numerator, added.denominator) + " since " +
           core::to_string(*one.standing.accrued_to);
  }
  check_exact(one, "accrued in all", how, sum);
  one.calculation.check_money("charged of it before", "the standing", running.charged,
                              fee.charged_before);
  TRY(due, fees::charge_of(sum, running.charged));
  return core::ok();
}

// --- Performance fees. ---

core::Minor measured_of(const AccountFee& one) {
  const core::Minor equity = one.fee().equity_before;
  switch (performance_of(one.offer()).base.value_or(engine::FeeBase::Equity)) {
    case engine::FeeBase::Equity:
      break;
    case engine::FeeBase::BeforeManagementFee: {
      core::Minor since = one.standing.investor.management_since_charge;
      for (const AccountFeeCharged& before : one.earlier) {
        if (before.fee.fee == FeeKind::Management) since += taken_by(before.fee);
      }
      return equity + since;
    }
    case engine::FeeBase::Realised:
      return equity - one.body.floating;
    case engine::FeeBase::RealisedLessFloatingLoss:
      return equity - std::max<core::Minor>(one.body.floating, 0);
  }
  return equity;
}

// The day of the charge is the command's: what it let accrue is checked to be no less than before.
core::Result<fees::Exact> hurdle_of(AccountFee& one) {
  const FeeCharged& fee = one.fee();
  const fees::Exact told{fee.hurdle_numerator.value_or(0), fee.hurdle_denominator.value_or(1)};
  if (!performance_of(one.offer()).hurdle) return told;
  const fees::Exact before = exact_of(one.standing.investor.hurdle);
  TRY(const auto order, fees::compare(told, before));
  one.calculation.require(
      order >= 0, "hurdle so far",
      "not below " + one.calculation.exact(before.numerator, before.denominator),
      one.calculation.exact(told.numerator, told.denominator));
  return told;
}

void check_new_mark(AccountFee& one, core::Minor measured) {
  const FeeCharged& fee = one.fee();
  core::Minor mark = fee.mark_before;
  std::string how = "falls with the withdrawal, not with its fee";
  if (!fee.withdrawn && one.offer().mark_basis == engine::MarkBasis::Gross) {
    mark = std::max(mark, measured);
    how = "gross: what was measured, if that is higher";
  } else if (!fee.withdrawn) {
    const bool after_all = performance_of(one.offer()).base == engine::FeeBase::BeforeManagementFee;
    const core::Minor reached = after_all ? core::Minor{fee.equity_before} : measured;
    mark = std::max(mark, reached - taken_by(fee));
    how = "net: what the fee leaves, if that is higher";
  }
  one.calculation.check_money("new high-water mark", std::move(how), mark, fee.mark_after);
}

core::Result<> step_performance(AccountFee& one, core::Minor& due) {
  const FeeCharged& fee = one.fee();
  const core::Minor measured = measured_of(one);
  one.calculation.check_money("compared with the mark", "the equity, as the offer's base says",
                              measured, fee.measured.value_or(measured));
  TRY(const auto hurdle, hurdle_of(one));
  TRY(const auto whole,
      fees::performance_fee(performance_rules(one.offer()), measured, fee.mark_before, hurdle));
  fees::Exact exact = whole.fee;
  std::string how = core::to_string(fee.rate) +
                    " of what lies above the mark: " + one.money(measured) + " - " +
                    one.money(fee.mark_before);
  if (fee.withdrawn) {
    const core::Minor equity = std::max<core::Minor>(fee.equity_before, 1);
    TRY(exact, fees::multiply(exact, {*fee.withdrawn, equity}));
    how += ", x " + one.money(*fee.withdrawn) + " / " + one.money(equity);
  }
  check_exact(one, "performance fee, exactly", how, exact);
  TRY(due, fees::floor_of(exact));
  check_new_mark(one, measured);
  return core::ok();
}

// --- What all fees have. ---

core::Result<> step_context(AccountFee& one) {
  const FeeCharged& fee = one.fee();
  TRY(const auto equity, equity_before(one.calculation, fee.client, one.body.account));
  one.calculation.check_money("equity before the fee", "balance + floating in the books", equity,
                              fee.equity_before);
  TRY(const auto floating,
      one.calculation.balance_before(accounts::account_floating(fee.client, one.body.account),
                                     one.body.currency));
  one.calculation.check_money("floating result in it", "the books", -floating, one.body.floating);
  TRY(const auto mark, mark_before(one.calculation, one.terms, fee.client, one.body.account));
  one.calculation.check_money("high-water mark before the fee", "the account's in the books", mark,
                              fee.mark_before);
  return core::ok();
}

// The amount after what there is, and the year's cap.
core::Result<> step_amount(AccountFee& one, core::Minor due) {
  const FeeCharged& fee = one.fee();
  core::Minor most = fee.withdrawn.value_or(std::max<core::Minor>(fee.equity_before, 0));
  const auto& tax = one.offer().tax;
  if (tax && tax->mode.value_or(engine::TaxMode::OnTop) == engine::TaxMode::OnTop) {
    TRY(const auto unit, core::power_of_ten(tax->rate.scale));
    TRY(most, core::multiply_divide(most, unit, unit + tax->rate.digits, core::Rounding::Floor));
  }
  core::Minor amount = std::min(due, most);
  std::string how = one.money(due) + ", not more than there is";
  if (fee.cap) {
    const core::Minor left = std::max<core::Minor>(*fee.cap - fee.cap_used.value_or(0), 0);
    amount = std::min(amount, left);
    how += ", nor than the year's cap leaves: " + one.money(left);
  }
  one.calculation.check_money("charged", how, amount, fee.amount);
  return core::ok();
}

// What each kind of recipient has together.
core::Result<> check_shares(AccountFee& one) {
  const FeeCharged& fee = one.fee();
  if (fee.shares.empty()) return core::ok();
  TRY(const auto parts, fees::shares_of(fee.amount, waterfall_rules(one.offer())));
  core::Minor held = 0;
  if (one.offer().reserve && fee.fee == FeeKind::Performance) {
    TRY(held, fees::held_of(parts.manager, one.offer().reserve->share));
  }
  core::Minor introducing = 0;
  for (const core::Minor part : parts.introducing) introducing += part;
  const auto check = [&](engine::FeeShareOf of, std::string what, core::Minor amount) {
    core::Minor told = 0;
    for (const engine::FeeShare& share : fee.shares) {
      if (share.of == of) told += share.amount;
    }
    one.calculation.check_money(std::move(what), "of " + one.money(fee.amount), amount, told);
  };
  check(engine::FeeShareOf::Tax, "tax", parts.tax);
  check(engine::FeeShareOf::Broker, "the broker's part", parts.broker);
  check(engine::FeeShareOf::IntroducingBroker, "introducing brokers' parts", introducing);
  check(engine::FeeShareOf::BusinessPartner, "the business partner's part", parts.partner);
  check(engine::FeeShareOf::Reserve, "held back", held);
  check(engine::FeeShareOf::Manager, "the manager's part", parts.manager - held);
  return core::ok();
}

core::Result<> step_shares(AccountFee& one) {
  const FeeCharged& fee = one.fee();
  TRY(check_shares(one));
  const core::Minor taken = taken_by(fee);
  one.calculation.check_money("equity after the fee", "before - " + one.money(taken),
                              fee.equity_before - taken, fee.equity_after);
  one.calculation.check_money(
      "out of the account", "the posting of row 15",
      one.calculation.posted(accounts::account_balance(fee.client, one.body.account),
                             one.body.currency),
      taken);
  one.calculation.check_money(
      "mark moved", "the posting",
      one.calculation.posted(
          accounts::account_mark(one.terms.strategy(), fee.client, one.body.account),
          accounts::mark_code(one.body.currency)),
      fee.mark_after - fee.mark_before);
  return core::ok();
}

}  // namespace

core::Result<> explain_account_fee(Calculation& calculation) {
  TRY(auto body, body_of<AccountFeeCharged>(calculation));
  TRY(auto terms, find_terms_named(calculation, body.fee.structure, body.fee.offer));
  calculation.set_currency(body.currency);
  TRY(auto standing, find_standing(calculation, body));
  TRY(auto earlier, find_earlier(calculation, body));
  AccountFee one{calculation, std::move(body), std::move(terms), std::move(standing),
                 std::move(earlier)};
  const bool performance = one.fee().fee == FeeKind::Performance;
  calculation.set_title((performance ? "a performance fee of " : "a fee by time of ") +
                        calculation.money(one.fee().amount) + " on an account");
  TRY(step_context(one));
  core::Minor due = 0;
  if (performance) {
    TRY(step_performance(one, due));
  } else {
    TRY(step_accrued(one, due));
  }
  TRY(step_amount(one, due));
  return step_shares(one);
}

core::Result<> explain_account_flow(Calculation& calculation) {
  TRY(const auto body, body_of<engine::AccountFlow>(calculation));
  TRY(const auto terms, find_terms(calculation, body.structure));
  calculation.set_currency(body.currency);
  calculation.set_title((body.withdrawal ? "a withdrawal of " : "a deposit of ") +
                        calculation.money(body.amount) + " and the account's mark");
  TRY(const auto mark, mark_before(calculation, terms, body.client, body.account));
  calculation.check_money("high-water mark before", "the account's in the books", mark,
                          body.mark_before);
  calculation.given("equity before", calculation.money(body.equity_before));
  if (!body.withdrawal) {
    calculation.check_money("high-water mark after", "before + the money + the loss that came back",
                            body.mark_before + body.amount + body.restored + body.pool_restored,
                            body.mark_after);
    return core::ok();
  }
  fees::MarkAfterWithdrawal after{body.mark_before, 0};
  if (body.equity_before > 0) {
    TRY(after, fees::mark_after_withdrawals(withdrawal_rule(terms.offer.terms), body.equity_before,
                                            body.mark_before, body.amount));
  }
  calculation.check_money("high-water mark after", "as the offer's withdrawal rule says",
                          after.mark, body.mark_after);
  calculation.check_money("loss that left", "mark before - mark after - the money, not below 0",
                          after.released, body.released);
  return core::ok();
}

core::Result<> explain_stop_out(Calculation& calculation) {
  TRY(const auto body, body_of<engine::StopOutTriggered>(calculation));
  TRY(account_currency(calculation, body.structure, body.client, body.account));
  calculation.set_title("a breach of an account's limits");
  TRY(const auto valued,
      find_body<engine::AccountValued>(
          calculation.sources(), ledger::SubjectId(body.client.bytes), Direction::Before,
          calculation.seq(), [&](const auto& one) { return one.account == body.account; }));
  if (valued) {
    calculation.rests_on(valued->seq, "the valuation");
    calculation.check_money("equity", "of the valuation", valued->body.equity, body.equity);
  }
  const auto limits = find_body<engine::AccountLimitsSet>(
      calculation.sources(), ledger::SubjectId(body.client.bytes), Direction::Before,
      calculation.seq(), [&](const auto& one) { return one.account == body.account; });
  if (limits && limits.value()) calculation.rests_on(limits.value()->seq, "the limits that stood");
  calculation.given("base", calculation.money(body.base));
  calculation.given("highest valuation", calculation.money(body.peak));
  return core::ok();
}

}  // namespace reports::explain
