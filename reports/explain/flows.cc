// Subscriptions and redemptions, priced by a rollover.

#include <algorithm>

#include "core/iso4217.h"
#include "engine/accounts.h"
#include "engine/fees/formulas.h"
#include "reports/explain/kinds.h"
#include "reports/explain/pool.h"

namespace reports::explain {
namespace {

namespace accounts = engine::accounts;

template <class Requested>
core::Result<std::optional<Requested>> rest_on_request(Calculation& calculation,
                                                       const core::PartyId& client,
                                                       const core::RequestId& request) {
  TRY(const auto found,
      find_body<Requested>(calculation.sources(), ledger::SubjectId(client.bytes),
                           Direction::Before, calculation.seq(),
                           [&](const Requested& body) { return body.request == request; }));
  if (!found) return std::optional<Requested>();
  calculation.rests_on(found->seq, "the investor's request");
  return std::optional<Requested>(found->body);
}

// The loss that left with withdrawals, and what of it came back, stands as a balance.
core::Result<core::Minor> released_before(Calculation& calculation,
                                          const core::StrategyId& strategy,
                                          const core::PartyId& client) {
  return calculation.balance_before(accounts::released(strategy, client),
                                    accounts::mark_code(calculation.currency()));
}

// The part of the performance fee that this redemption took first: the record before.
core::Result<core::Minor> fee_of_part(Calculation& calculation,
                                      const engine::RedemptionPriced& body) {
  TRY(const auto fee,
      find_body<engine::FeeCharged>(
          calculation.sources(), ledger::SubjectId(body.client.bytes), Direction::Before,
          calculation.seq(), [&](const auto& one) { return one.structure == body.structure; }));
  const bool is_part = fee && fee->seq + 1 == calculation.seq() &&
                       fee->body.fee == engine::FeeKind::Performance &&
                       fee->body.mark_after == fee->body.mark_before;
  if (!is_part) return core::Minor{0};
  calculation.rests_on(fee->seq, "the performance fee that it took first");
  return core::Minor{fee->body.amount};
}

core::Result<> check_mark(Calculation& calculation, const engine::RedemptionPriced& body,
                          core::Minor equity, core::Minor gross) {
  if (equity == 0) {
    calculation.check_money("mark after", "a holding worth nothing takes nothing with it",
                            body.mark_before, body.mark_after);
    return core::ok();
  }
  TRY(const auto after, engine::fees::withdraw(equity, body.mark_before, gross));
  const std::string how = gross == equity
                              ? "all of it leaves"
                              : calculation.money(body.mark_before) + " x (" +
                                    calculation.money(equity) + " - " + calculation.money(gross) +
                                    ") / " + calculation.money(equity) + ", rounded up";
  calculation.check_money("mark after", how, after.mark, body.mark_after);
  calculation.check_money("loss that leaves with it",
                          body.mark_before > equity
                              ? "mark before - mark after - what leaves, not below 0"
                              : "none: he stands at or above his mark",
                          after.released, body.released);
  return core::ok();
}

}  // namespace

core::Result<> explain_subscription(Calculation& calculation) {
  TRY(const auto body, body_of<engine::SubscriptionPriced>(calculation));
  TRY(const auto terms, find_terms(calculation, body.structure));
  TRY(const auto rollovers, find_rollovers(calculation, body.structure));
  TRY(const Investor investor,
      investor_at(calculation, terms, body.structure, body.client, calculation.seq() - 1));
  TRY(const auto request,
      rest_on_request<engine::SubscriptionRequested>(calculation, body.client, body.request));
  TRY(rest_on_valuation(calculation, body.structure));
  TRY(rest_on_mandate(calculation, body.structure, body.client));
  calculation.set_title("a subscription of " + calculation.money(body.amount) + " priced");
  if (request) {
    calculation.check_money("amount", "as requested", request->amount, body.amount);
  }
  const core::Decimal rate =
      terms.is_free_of_fees(body.client) ? core::Decimal{} : terms.offer.terms.entry_fee_rate;
  TRY(const auto unit, core::power_of_ten(rate.scale));
  TRY(const auto entry_fee,
      core::multiply_divide(body.amount, rate.digits, unit, core::Rounding::Floor));
  calculation.check_money(
      "entry fee",
      core::to_string(rate) + " x " + calculation.money(body.amount) + ", rounded down", entry_fee,
      body.entry_fee);
  const core::Minor net = body.amount - body.entry_fee;
  const unsigned scale = core::currency_scale(calculation.currency()).value_or(0);
  calculation.check(
      "price", "of the rollover, the same for all",
      print_price(calculation, rollovers.price_equity(scale), rollovers.price_units()),
      print_price(calculation, body.price_equity, body.price_units));
  if (body.price_equity > 0) {
    TRY(const auto units,
        core::multiply_divide(net, body.price_units, body.price_equity, core::Rounding::Floor));
    calculation.check_units("units issued", calculation.money(net) + " at that price, rounded down",
                            units, body.units_issued);
  }
  TRY(const auto released, released_before(calculation, terms.strategy(), body.client));
  calculation.require(body.restored >= 0 && body.restored <= released, "loss that comes back",
                      calculation.money(body.restored) + " of " + calculation.money(released) +
                          " that left with earlier withdrawals",
                      calculation.money(body.restored));
  calculation.check_money("mark before", "the investor's mark in the books", investor.mark,
                          body.mark_before);
  calculation.check_money("mark after",
                          calculation.money(body.mark_before) + " + " + calculation.money(net) +
                              " + " + calculation.money(body.restored),
                          body.mark_before + net + body.restored, body.mark_after);
  calculation.check_money(
      "into the pool", "the posting of row 10",
      -calculation.posted(accounts::settled(body.structure, body.client), calculation.currency()),
      net);
  calculation.check_units(
      "units into his account", "the posting",
      calculation.posted(accounts::units(body.structure, body.client), terms.unit_code),
      body.units_issued);
  return core::ok();
}

core::Result<> explain_redemption(Calculation& calculation) {
  TRY(const auto body, body_of<engine::RedemptionPriced>(calculation));
  TRY(const auto terms, find_terms(calculation, body.structure));
  TRY(const auto rollovers, find_rollovers(calculation, body.structure));
  TRY(const Investor investor,
      investor_at(calculation, terms, body.structure, body.client, calculation.seq() - 1));
  TRY(const auto request,
      rest_on_request<engine::RedemptionRequested>(calculation, body.client, body.request));
  TRY(rest_on_valuation(calculation, body.structure));
  TRY(const auto fee, fee_of_part(calculation, body));
  calculation.set_title("a redemption of " + calculation.money(body.gross) + " priced");
  const core::Minor equity = investor.entitlement + fee;
  calculation.given("entitlement before it", calculation.money(equity));
  const core::Minor wanted = request && request->amount ? *request->amount : equity;
  const core::Minor gross = std::min(wanted, equity);
  calculation.given("taken out",
                    calculation.money(gross) +
                        (request && request->amount ? ", as requested" : ", which is all"));
  calculation.check_money(
      "paid out", calculation.money(gross) + " - " + calculation.money(fee) + " of performance fee",
      gross - fee, body.gross);
  calculation.require(body.full == (gross == equity), "a full exit", gross == equity ? "yes" : "no",
                      body.full ? "yes" : "no");
  calculation.check_money("mark before", "the investor's mark in the books", investor.mark,
                          body.mark_before);
  TRY(check_mark(calculation, body, equity, gross));
  const unsigned scale = core::currency_scale(calculation.currency()).value_or(0);
  const core::Minor price_equity = rollovers.price_equity(scale);
  core::Minor units = investor.units;
  if (!body.full && price_equity > 0) {
    TRY(units, core::multiply_divide(body.gross, rollovers.price_units(), price_equity,
                                     core::Rounding::Ceiling));
    units = std::min(units, investor.units);
  }
  calculation.check_units(
      "units cancelled",
      body.full
          ? "all that he holds"
          : calculation.money(body.gross) + " at " +
                print_price(calculation, price_equity, rollovers.price_units()) + ", rounded up",
      units, body.units_cancelled);
  calculation.check_money(
      "out of his account", "the posting of row 18",
      calculation.posted(accounts::settled(body.structure, body.client), calculation.currency()),
      body.gross);
  calculation.check_units(
      "units out of his account", "the posting",
      -calculation.posted(accounts::units(body.structure, body.client), terms.unit_code),
      body.units_cancelled);
  return core::ok();
}

}  // namespace reports::explain
