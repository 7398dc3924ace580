// What happens to a pool or a request beside fees and flows, mostly in words.

#include <algorithm>

#include "core/amount.h"
#include "core/iso4217.h"
#include "core/rational.h"
#include "engine/accounts.h"
#include "engine/dealing_records.h"
#include "engine/fees/withdrawal.h"
#include "engine/sent_home_records.h"
#include "reports/explain/kinds.h"
#include "reports/explain/offer_rules.h"
#include "reports/explain/pool.h"

namespace reports::explain {
namespace {

namespace accounts = engine::accounts;
namespace fees = engine::fees;

std::string_view words_of(engine::DeferReason reason) {
  switch (reason) {
    case engine::DeferReason::NotApproved:
      return "the manager has not let him in yet";
    case engine::DeferReason::LockUp:
      return "his money is locked up: he joined too short a time ago";
    case engine::DeferReason::Notice:
      return "the offer's notice is not over";
    case engine::DeferReason::Gate:
      return "more was asked for than the offer lets out at one rollover";
    case engine::DeferReason::Margin:
      return "the free margin does not cover all that was asked for";
    case engine::DeferReason::ManagerCapital:
      return "the manager must keep this much of his own in the pool";
    case engine::DeferReason::NoMandate:
      return "the last day of his mandate is past";
    case engine::DeferReason::NotAuthorised:
      return "no decision in force lets his money in, or a screening or a suspension is in the way";
    case engine::DeferReason::PoolClosed:
      return "the pool takes no new money: it is ending, or the manager's own capital has fallen "
             "too low";
    case engine::DeferReason::PoolFull:
      return "the pool has all the capital or investors that it may have";
    case engine::DeferReason::NoPrice:
      return "the pool has no price: its units are worth nothing";
  }
  return "";
}

std::string_view words_of(engine::HoldReason reason) {
  switch (reason) {
    case engine::HoldReason::Drift:
      return "the platform's balance is not what the ledger expects";
    case engine::HoldReason::Prices:
      return "the prices are not to be trusted";
    case engine::HoldReason::Platform:
      return "the platform does not answer";
  }
  return "";
}

}  // namespace

core::Result<> explain_deferred(Calculation& calculation) {
  TRY(const auto body, body_of<engine::RequestDeferred>(calculation));
  TRY(const auto terms, find_terms_of(calculation, body.structure, body.client));
  calculation.set_title("a request waits for a later rollover");
  calculation.given("request", body.request.hex());
  calculation.given("why", std::string(words_of(body.reason)));
  const engine::DealingTerms dealing = terms.offer.terms.dealing.value_or(engine::DealingTerms{});
  if (body.reason == engine::DeferReason::Notice) {
    calculation.require(dealing.notice_days.has_value(), "notice",
                        std::to_string(dealing.notice_days.value_or(0)) + " days",
                        "the offer has none");
  } else if (body.reason == engine::DeferReason::LockUp) {
    calculation.require(dealing.lock_up_days.has_value(), "lock-up",
                        std::to_string(dealing.lock_up_days.value_or(0)) + " days",
                        "the offer has none");
  } else if (body.reason == engine::DeferReason::Margin) {
    TRY(rest_on_valuation(calculation, body.structure));
  }
  return core::ok();
}

core::Result<> explain_sent_home(Calculation& calculation) {
  TRY(const auto body, body_of<engine::TransferSentHome>(calculation));
  TRY(const auto terms, find_terms_of(calculation, body.structure, body.client));
  calculation.set_title("money that was kept out of a pool, " + calculation.money(body.amount) +
                        ", back in his wallet");
  TRY(const auto left,
      find_body<engine::TransferPriced>(
          calculation.sources(), ledger::SubjectId(body.client.bytes), Direction::Before,
          calculation.seq(),
          [&](const engine::TransferPriced& one) { return one.request == body.request; }));
  if (!left) {
    calculation.require(false, "request", "a transfer out of another pool", "no such transfer");
    return core::ok();
  }
  calculation.rests_on(left->seq, "the transfer out of his other pool");
  calculation.check_money("amount", "what the transfer took out", left->body.amount, body.amount);
  TRY(const auto here, calculation.balance_before(accounts::mark(terms.strategy(), body.client),
                                                  accounts::mark_code(calculation.currency())));
  calculation.check_money("mark", "what came along, as far as it is there",
                          std::clamp(here, core::Minor{0}, left->body.mark), body.mark);
  TRY(const auto after, fees::mark_after_withdrawals(withdrawal_rule(terms.offer.terms),
                                                     body.amount, body.mark, body.amount));
  calculation.check_money("mark after", "as all of it leaves, by the offer's rule", after.mark,
                          body.mark_left);
  calculation.check_money("loss that leaves with it", "if the offer lets it come back",
                          after.released, body.released);
  calculation.check_money(
      "into his wallet", "the posting",
      -calculation.posted(accounts::wallet(body.client), calculation.currency()), body.amount);
  return core::ok();
}

core::Result<> explain_retained(Calculation& calculation) {
  TRY(const auto body, body_of<engine::RetainedDistributed>(calculation));
  TRY(const auto terms, find_terms(calculation, body.structure));
  calculation.set_title("fees on flows that stayed in the pool become part of its result");
  const std::string account = accounts::pool_retained(body.structure);
  TRY(const auto before, calculation.balance_before(account, calculation.currency()));
  calculation.check_money("amount", "all that was kept, in the books", -before, body.amount);
  calculation.check_money(
      "to be distributed", "the posting",
      -calculation.posted(accounts::undistributed(body.structure), calculation.currency()),
      body.amount);
  return core::ok();
}

core::Result<> explain_absorbed(Calculation& calculation) {
  TRY(const auto body, body_of<engine::NegativeBalanceAbsorbed>(calculation));
  TRY(const auto terms, find_terms(calculation, body.structure));
  TRY(const auto valued, rest_on_valuation(calculation, body.structure));
  calculation.set_title("the firm bears " + calculation.money(body.amount) +
                        " that the pool lost beyond its money");
  if (valued) {
    TRY(const auto rounding, rounding_of(valued->body));
    const core::Minor equity = valued->body.equity - valued->body.credit.value_or(0) - rounding;
    calculation.check_money("amount", "the equity, " + calculation.money(equity) + ", up to zero",
                            -equity, body.amount);
  }
  calculation.check_money(
      "cost of the house", "the posting of row 28",
      calculation.posted(accounts::kNegativeBalanceCost, calculation.currency()), body.amount);
  return core::ok();
}

core::Result<> explain_units_voided(Calculation& calculation) {
  TRY(const auto body, body_of<engine::UnitsVoided>(calculation));
  TRY(const auto terms, find_terms_of(calculation, body.structure, body.client));
  TRY(const auto rollovers, find_rollovers(calculation, body.structure));
  TRY(const Investor investor,
      investor_at(calculation, terms, body.structure, body.client, calculation.seq() - 1));
  calculation.set_title("units that a wiped-out pool leaves behind");
  calculation.check_money("equity of the pool", "nothing is left", 0,
                          rollovers.current.body.equity_before);
  calculation.check_units("units", "all that he holds", investor.units, body.units);
  calculation.check_units(
      "units out of his account", "the posting",
      -calculation.posted(accounts::units(body.structure, body.client), terms.unit_code),
      body.units);
  return core::ok();
}

core::Result<> explain_units_rebased(Calculation& calculation) {
  TRY(const auto body, body_of<engine::UnitsRebased>(calculation));
  TRY(const auto terms, find_terms_of(calculation, body.structure, body.client));
  TRY(const Investor investor,
      investor_at(calculation, terms, body.structure, body.client, calculation.seq() - 1));
  calculation.set_title("units follow the capital, one for one unit of currency");
  const unsigned scale = core::currency_scale(calculation.currency()).value_or(0);
  TRY(const auto unit, core::power_of_ten(engine::kUnitScale - scale));
  TRY(const auto units, core::multiply(investor.entitlement, unit));
  calculation.check_units("more units",
                          Calculation::units(units) + " for his entitlement of " +
                              calculation.money(investor.entitlement) + ", less those he holds",
                          units - investor.units, body.units);
  calculation.check_units(
      "units into his account", "the posting",
      calculation.posted(accounts::units(body.structure, body.client), terms.unit_code),
      body.units);
  return core::ok();
}

core::Result<> explain_scaling(Calculation& calculation) {
  TRY(const auto body, body_of<engine::ScalingRequired>(calculation));
  TRY(const auto terms, find_terms(calculation, body.structure));
  TRY(const auto rollovers, find_rollovers(calculation, body.structure));
  TRY(rest_on_valuation(calculation, body.structure));
  calculation.set_title("a part of all positions is to be closed, for want of free margin");
  calculation.given("asked for and not paid", calculation.money(body.missing));
  calculation.check_money("equity of the pool", "the rollover's",
                          rollovers.current.body.equity_before, body.equity);
  calculation.given("to be closed of every position",
                    calculation.money(body.missing) + " / " + calculation.money(body.equity));
  return core::ok();
}

core::Result<> explain_held(Calculation& calculation) {
  TRY(const auto body, body_of<engine::RolloverHeld>(calculation));
  TRY(const auto terms, find_terms(calculation, body.structure));
  calculation.set_title("the rollover of trade date " + core::to_string(body.trade_date) +
                        " cannot be priced");
  calculation.given("why", std::string(words_of(body.reason)));
  if (body.expected && body.found) {
    calculation.given("the platform's balance", calculation.money(*body.found));
    calculation.given("expected by the ledger", calculation.money(*body.expected));
    calculation.given("difference", calculation.money(*body.found - *body.expected));
  }
  calculation.given("requests to leave that wait", std::to_string(body.exits_waiting));
  return core::ok();
}

core::Result<> explain_hold_overdue(Calculation& calculation) {
  TRY(const auto body, body_of<engine::HoldOverdue>(calculation));
  TRY(const auto held,
      find_body<engine::RolloverHeld>(
          calculation.sources(), std::nullopt, Direction::Before, calculation.seq(),
          [&](const auto& one) { return one.structure == body.structure; }));
  calculation.set_title("a rollover has been held for " + std::to_string(body.hours) + " hours");
  calculation.require(held.has_value(), "held", "a rollover of this pool", "none");
  if (held) calculation.rests_on(held->seq, "the rollover that is held");
  calculation.given("requests to leave that wait", std::to_string(body.exits_waiting));
  return core::ok();
}

core::Result<> explain_difference(Calculation& calculation) {
  TRY(const auto body, body_of<engine::DifferenceAccepted>(calculation));
  TRY(const auto terms, find_terms(calculation, body.structure));
  calculation.set_title("a difference between platform and ledger that two people accepted");
  calculation.given("the platform's balance", calculation.money(body.found));
  calculation.given("expected by the ledger", calculation.money(body.expected));
  calculation.check_money("difference", "found - expected", body.found - body.expected,
                          body.amount);
  calculation.check_money(
      "to be distributed", "the posting",
      -calculation.posted(accounts::undistributed(body.structure), calculation.currency()),
      body.amount);
  return core::ok();
}

}  // namespace reports::explain
