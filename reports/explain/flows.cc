// Money into and out of a pool, priced by a rollover. All requests of one client at one rollover
// are one flow: what each comes to is the difference that it makes to the sums.

#include <algorithm>
#include <functional>

#include "core/iso4217.h"
#include "core/rational.h"
#include "engine/accounts.h"
#include "engine/dealing_records.h"
#include "engine/fees/exact.h"
#include "engine/fees/exit_fee.h"
#include "engine/fees/withdrawal.h"
#include "reports/explain/fee.h"
#include "reports/explain/kinds.h"
#include "reports/explain/offer_rules.h"

namespace reports::explain {
namespace {

namespace accounts = engine::accounts;
namespace fees = engine::fees;
using engine::RedemptionPriced;
using engine::SubscriptionPriced;

template <class Body>
core::Result<std::optional<Body>> rest_on(Calculation& calculation, const core::PartyId& client,
                                          const core::RequestId& request, std::string what) {
  TRY(const auto found, find_body<Body>(calculation.sources(), ledger::SubjectId(client.bytes),
                                        Direction::Before, calculation.seq(),
                                        [&](const Body& body) { return body.request == request; }));
  if (!found) return std::optional<Body>();
  calculation.rests_on(found->seq, std::move(what));
  return std::optional<Body>(found->body);
}

// The bodies of this rollover's flows of one kind and client, in order, and which this record is.
template <class Body>
struct Flows {
  std::vector<Body> all;
  std::size_t index = 0;  // Of this record.
};

template <class Body>
core::Result<Flows<Body>> flows_of(Calculation& calculation, const Rollovers& rollovers,
                                   const Body& body) {
  Flows<Body> out;
  TRY(for_each_of_client<Body>(calculation.sources(), body.client, rollover_begin(rollovers),
                               rollovers.current.seq,
                               [&](const Body& one, const ledger::RecordView& record) {
                                 if (one.structure != body.structure) return;
                                 if (record.seq < calculation.seq()) ++out.index;
                                 out.all.push_back(one);
                               }));
  return out;
}

void check_trade_date(Calculation& calculation, const Rollovers& rollovers,
                      const std::optional<core::Date>& recorded) {
  if (!recorded) return;
  calculation.check("trade date", "the rollover's",
                    core::to_string(rollovers.current.body.trade_date), core::to_string(*recorded));
}

core::Result<std::optional<Found<engine::InvestorStanding>>> standing_at(
    Calculation& calculation, const core::StructureId& structure, const core::PartyId& client) {
  return find_body<engine::InvestorStanding>(
      calculation.sources(), ledger::SubjectId(client.bytes), Direction::Before, calculation.seq(),
      [&](const auto& body) { return body.structure == structure; });
}

// What a fee on a flow was posted to: the house, the manager, or the investors who stay.
core::Minor posted_fee(const Calculation& calculation, const core::StructureId& structure,
                       const core::PartyId& manager, std::string_view house) {
  const std::string& currency = calculation.currency();
  return -calculation.posted(accounts::pool_retained(structure), currency) -
         calculation.posted(accounts::manager_fees(manager), currency) -
         calculation.posted(house, currency);
}

// --- Subscriptions. ---

// What the first requests come to together.
struct Bought {
  core::Minor entry_fee = 0;
  core::Minor net = 0;
  core::Minor units = 0;
  core::Minor restored = 0;
  core::Minor raised = 0;  // By which the mark rises.
};

core::Result<Bought> bought_by(const Flows<SubscriptionPriced>& flows, std::size_t count,
                               const core::Decimal& rate,
                               const std::optional<fees::Exact>& pool_mark) {
  Bought out;
  core::Minor fresh = 0;
  core::Minor carried = 0;  // Brings its mark along.
  for (std::size_t i = 0; i < count; ++i) {
    (flows.all[i].transferred ? carried : fresh) += flows.all[i].amount;
    out.restored += flows.all[i].restored;
  }
  TRY(const auto unit, core::power_of_ten(rate.scale));
  TRY(out.entry_fee, core::multiply_divide(fresh, rate.digits, unit, core::Rounding::Floor));
  out.net = fresh - out.entry_fee + carried;
  const SubscriptionPriced& priced = flows.all.front();
  if (priced.price_equity > 0) {
    TRY(out.units, core::multiply_divide(out.net, priced.price_units, priced.price_equity,
                                         core::Rounding::Floor));
  }
  out.raised = fresh - out.entry_fee + out.restored;
  if (pool_mark) {
    TRY(const auto mark, fees::multiply(*pool_mark, fees::whole(out.units)));
    TRY(out.raised, fees::ceiling_of(mark));
  }
  return out;
}

// Scope pool: the one mark of a unit, which counts for new money as for old.
std::optional<fees::Exact> pool_mark_of(const Terms& terms, const Rollovers& rollovers) {
  const auto& completed = rollovers.current.body;
  if (performance_of(terms.offer.terms).scope != engine::MarkScope::Pool ||
      !completed.mark_numerator || !completed.mark_denominator) {
    return std::nullopt;
  }
  return fees::Exact{*completed.mark_numerator, *completed.mark_denominator};
}

core::Result<> check_amount(Calculation& calculation, const SubscriptionPriced& body) {
  TRY(const auto moved, rest_on<engine::TransferPriced>(calculation, body.client, body.request,
                                                        "the transfer out of his other pool"));
  const bool transferred = moved && moved->to == body.structure;
  calculation.require(body.transferred == transferred, "from another pool",
                      transferred ? "yes: the mark came along already" : "no",
                      body.transferred ? "yes" : "no");
  if (transferred) {
    calculation.check_money("amount", "what the transfer took out", moved->amount, body.amount);
    return core::ok();
  }
  TRY(const auto request, rest_on<engine::SubscriptionRequested>(
                              calculation, body.client, body.request, "the investor's request"));
  if (request) calculation.check_money("amount", "as requested", request->amount, body.amount);
  return core::ok();
}

core::Result<> check_bought(Calculation& calculation, const SubscriptionPriced& body,
                            const Terms& terms, const Rollovers& rollovers) {
  const core::Decimal rate =
      terms.is_free_of_fees(body.client) ? core::Decimal{} : terms.offer.terms.entry_fee_rate;
  TRY(const auto flows, flows_of(calculation, rollovers, body));
  const auto pool_mark = pool_mark_of(terms, rollovers);
  TRY(const Bought before, bought_by(flows, flows.index, rate, pool_mark));
  TRY(const Bought now, bought_by(flows, flows.index + 1, rate, pool_mark));
  const std::string also =
      flows.index == 0 ? "" : ", with his requests before this one, less what they came to";
  const core::Minor net = body.amount - body.entry_fee;
  calculation.check_money("entry fee",
                          core::to_string(rate) + " x " +
                              calculation.money(body.transferred ? 0 : body.amount) +
                              ", rounded down" + also,
                          now.entry_fee - before.entry_fee, body.entry_fee);
  calculation.check_units("units issued",
                          calculation.money(net) + " at that price, rounded down" + also,
                          now.units - before.units, body.units_issued);
  std::string how = calculation.money(body.mark_before) + " + " +
                    calculation.money(body.transferred ? 0 : net) + " + " +
                    calculation.money(body.restored);
  if (pool_mark) how = calculation.money(body.mark_before) + " + the pool's mark of these units";
  calculation.check_money("mark after", how + also, body.mark_before + now.raised - before.raised,
                          body.mark_after);
  return core::ok();
}

}  // namespace

core::Result<> explain_subscription(Calculation& calculation) {
  TRY(const auto body, body_of<SubscriptionPriced>(calculation));
  TRY(const auto terms, find_terms_of(calculation, body.structure, body.client));
  TRY(const auto rollovers, find_rollovers(calculation, body.structure));
  TRY(const Investor investor,
      investor_at(calculation, terms, body.structure, body.client, calculation.seq() - 1));
  TRY(rest_on_valuation(calculation, body.structure));
  TRY(rest_on_mandate(calculation, body.structure, body.client));
  calculation.set_title("a subscription of " + calculation.money(body.amount) + " priced");
  check_trade_date(calculation, rollovers, body.trade_date);
  TRY(check_amount(calculation, body));
  const unsigned scale = core::currency_scale(calculation.currency()).value_or(0);
  calculation.check(
      "price", "of the rollover, the same for all",
      print_price(calculation, rollovers.price_equity(scale), rollovers.price_units()),
      print_price(calculation, body.price_equity, body.price_units));
  // The loss that left with withdrawals, and what of it came back, stands as a balance.
  TRY(const auto released,
      calculation.balance_before(accounts::released(terms.strategy(), body.client),
                                 accounts::mark_code(calculation.currency())));
  calculation.require(body.restored >= 0 && body.restored <= released, "loss that comes back",
                      calculation.money(body.restored) + " of " + calculation.money(released) +
                          " that left with earlier withdrawals",
                      calculation.money(body.restored));
  calculation.check_money("loss that comes back, as posted", "out of what left",
                          -calculation.posted(accounts::released(terms.strategy(), body.client),
                                              accounts::mark_code(calculation.currency())),
                          body.restored);
  calculation.check_money("mark before", "the investor's mark in the books", investor.mark,
                          body.mark_before);
  TRY(check_bought(calculation, body, terms, rollovers));
  const core::Minor net = body.amount - body.entry_fee;
  calculation.check_money(
      "into the pool", "the posting of row 10",
      -calculation.posted(accounts::settled(body.structure, body.client), calculation.currency()),
      net);
  calculation.check_money("entry fee, as posted", "to its recipient",
                          posted_fee(calculation, body.structure, terms.structure.structure.manager,
                                     accounts::kEntryFee),
                          body.entry_fee);
  calculation.check_units(
      "units into his account", "the posting",
      calculation.posted(accounts::units(body.structure, body.client), terms.unit_code),
      body.units_issued);
  return core::ok();
}

// --- Redemptions. ---

namespace {

// All that a client takes out at this rollover.
struct Leaving {
  Flows<RedemptionPriced> flows;
  core::Minor total = 0;   // Gross, of all requests,
  core::Minor done = 0;    // and of those up to this one;
  core::Minor before = 0;  // without this one.
  core::Minor units = 0;
  core::Minor fee = 0;     // Performance fee on them, with its tax.
  core::Minor equity = 0;  // His entitlement before the first of them and the fee on them.
  core::Minor held = 0;    // His units then, after the fee.

  bool everything() const { return total == equity; }
  // The part of a sum that falls on this request.
  core::Result<core::Minor> part_of(core::Minor sum) const {
    TRY(const auto now, running(sum, done));
    if (flows.index == 0) return now;
    TRY(const auto was, running(sum, before));
    return now - was;
  }
  core::Result<core::Minor> running(core::Minor sum, core::Minor up_to) const {
    if (up_to == total) return sum;
    return core::multiply_divide(sum, up_to, total, core::Rounding::Floor);
  }
};

core::Minor gross_of(const RedemptionPriced& body) { return body.withdrawn.value_or(body.gross); }

core::Result<Leaving> leaving_of(Calculation& calculation, const Rollovers& rollovers,
                                 const RedemptionPriced& body, const Investor& investor) {
  Leaving out;
  TRY(out.flows, flows_of(calculation, rollovers, body));
  core::Minor paid = 0;
  core::Minor cancelled = 0;
  for (std::size_t i = 0; i < out.flows.all.size(); ++i) {
    const RedemptionPriced& one = out.flows.all[i];
    out.total += gross_of(one);
    out.units += one.units_cancelled;
    if (i < out.flows.index) out.before += gross_of(one);
    if (i <= out.flows.index) out.done += gross_of(one);
    if (i < out.flows.index) paid += one.gross;
    if (i < out.flows.index) cancelled += one.units_cancelled;
  }
  TRY(for_each_of_client<engine::FeeCharged>(
      calculation.sources(), body.client, rollover_begin(rollovers), calculation.seq(),
      [&](const engine::FeeCharged& fee, const ledger::RecordView& record) {
        if (fee.structure != body.structure || !fee.withdrawn) return;
        out.fee += taken_by(fee);
        calculation.rests_on(record.seq, "the performance fee that it took first");
      }));
  out.equity = investor.entitlement + paid + out.fee;
  out.held = investor.units + cancelled;
  return out;
}

// What is left of the request when this rollover comes; nothing if it is for all that he has.
core::Result<std::optional<core::Minor>> asked_for(Calculation& calculation,
                                                   const RedemptionPriced& body) {
  TRY(const auto request, rest_on<engine::RedemptionRequested>(
                              calculation, body.client, body.request, "the investor's request"));
  if (!request) return std::optional<core::Minor>();
  TRY(const auto part, rest_on<RedemptionPriced>(calculation, body.client, body.request,
                                                 "what was paid of it before"));
  return part && part->waits ? part->left : request->amount;
}

core::Result<> check_withdrawn(Calculation& calculation, const RedemptionPriced& body,
                               const Leaving& leaving) {
  TRY(const auto asked, asked_for(calculation, body));
  const core::Minor out = gross_of(body);
  const core::Minor there = leaving.equity - leaving.before;
  const core::Minor wanted = std::min(asked.value_or(there), there);
  // What would be too little to stay leaves too; with a gate or short margin less leaves.
  const bool holds = body.waits ? out < wanted : out >= wanted && (out == wanted || out == there);
  calculation.require(
      holds, "taken out",
      calculation.money(out) + (body.waits      ? ", a part: the rest waits"
                                : !asked        ? ", which is all"
                                : out == *asked ? ", as requested"
                                : out == wanted ? ", which is all that there is"
                                                : ", with what is too little to stay"),
      calculation.money(out));
  const core::Minor left = body.waits && asked ? *asked - out : 0;
  calculation.check_money("left to be paid later", body.waits ? "asked for - taken out" : "nothing",
                          left, body.left.value_or(0));
  return core::ok();
}

core::Result<fees::ExitTerms> exit_rates(Calculation& calculation, const RedemptionPriced& body,
                                         const Terms& terms) {
  fees::ExitTerms out;
  const bool liquidation = body.request.bytes == body.structure.bytes;
  if (terms.is_free_of_fees(body.client) || liquidation || !body.trade_date) return out;
  TRY(const auto standing, standing_at(calculation, body.structure, body.client));
  const auto rate = [&](const std::optional<engine::ExitTerms>& exit) {
    if (!exit) return core::Decimal{};
    if (!exit->days) return exit->rate;
    if (!standing || !standing->body.investor.joined) return core::Decimal{};
    const auto days = body.trade_date->days - standing->body.investor.joined->days;
    return days < static_cast<std::int64_t>(*exit->days) ? exit->rate : core::Decimal{};
  };
  out.exit_rate = rate(terms.offer.terms.exit_fee);
  out.penalty_rate = rate(terms.offer.terms.early_withdrawal);
  return out;
}

core::Result<> check_exit(Calculation& calculation, const RedemptionPriced& body,
                          const Terms& terms, const Leaving& leaving) {
  TRY(const auto rates, exit_rates(calculation, body, terms));
  TRY(const auto charges, fees::exit_charges(leaving.total, leaving.fee, rates));
  TRY(const auto exit_fee, leaving.part_of(charges.exit_fee));
  TRY(const auto penalty, leaving.part_of(charges.penalty));
  const auto how = [&](const core::Decimal& rate) {
    std::string text = core::to_string(rate) + " x " + calculation.money(leaving.total) +
                       ", rounded down, as far as there is something left";
    if (leaving.flows.all.size() > 1) text += ", and of it this request's part";
    return text;
  };
  calculation.check_money("exit fee", how(rates.exit_rate), exit_fee, body.exit_fee.value_or(0));
  calculation.check_money("early withdrawal penalty", how(rates.penalty_rate), penalty,
                          body.penalty.value_or(0));
  const core::Minor charged = body.exit_fee.value_or(0) + body.penalty.value_or(0);
  calculation.check_money("exit fee and penalty, as posted", "to their recipients",
                          posted_fee(calculation, body.structure, terms.structure.structure.manager,
                                     accounts::kExitFee),
                          charged);
  calculation.check_money("to be paid out", "the posting of row 18",
                          -calculation.posted(accounts::pending_out(body.structure, body.client),
                                              calculation.currency()),
                          body.gross - charged);
  return core::ok();
}

core::Result<> check_mark(Calculation& calculation, const RedemptionPriced& body,
                          const Terms& terms, const Leaving& leaving) {
  const core::Minor equity = leaving.equity;
  if (leaving.flows.index > 0) {
    calculation.check_money("mark after", "his first request of this rollover moved it",
                            body.mark_before, body.mark_after);
    calculation.check_money("loss that leaves with it", "with his first request", 0, body.released);
    return core::ok();
  }
  if (equity <= 0) {
    calculation.check_money("mark after", "a holding worth nothing takes nothing with it",
                            body.mark_before, body.mark_after);
    return core::ok();
  }
  if (has_lots(terms.offer.terms)) {
    calculation.require(body.mark_after <= body.mark_before, "mark after",
                        calculation.money(body.mark_after) + ", the sum of what the lots keep",
                        calculation.money(body.mark_after));
    calculation.check_money("loss that leaves with it", "none comes back to lots", 0,
                            body.released);
    return core::ok();
  }
  const fees::WithdrawalRule rule = withdrawal_rule(terms.offer.terms);
  TRY(const auto after,
      fees::mark_after_withdrawals(rule, equity, body.mark_before, leaving.total));
  std::string how = calculation.money(body.mark_before) + " x (" + calculation.money(equity) +
                    " - " + calculation.money(leaving.total) + ") / " + calculation.money(equity) +
                    ", rounded up";
  if (leaving.everything()) how = "all of it leaves";
  if (rule == fees::WithdrawalRule::Absolute && body.mark_before > equity) {
    how = calculation.money(body.mark_before) + " - " + calculation.money(leaving.total) +
          ", as the offer says (absolute)";
  }
  calculation.check_money("mark after", how, after.mark, body.mark_after);
  calculation.check_money("loss that leaves with it",
                          body.mark_before > equity
                              ? "mark before - mark after - what leaves, not below 0, if the offer "
                                "lets it come back"
                              : "none: he stands at or above his mark",
                          after.released, body.released);
  return core::ok();
}

core::Result<> check_units(Calculation& calculation, const RedemptionPriced& body,
                           const Terms& terms, const Rollovers& rollovers, const Leaving& leaving) {
  const unsigned scale = core::currency_scale(calculation.currency()).value_or(0);
  const core::Minor price_equity = rollovers.price_equity(scale);
  const core::Minor net = leaving.total - leaving.fee;
  core::Minor units = leaving.held;
  std::string how = "all that he holds";
  if (!leaving.everything() && price_equity > 0) {
    TRY(units,
        core::multiply_divide(net, rollovers.price_units(), price_equity, core::Rounding::Ceiling));
    units = std::min(units, leaving.held);
    how = calculation.money(net) + " at " +
          print_price(calculation, price_equity, rollovers.price_units()) + ", rounded up";
  }
  // Each lot rounds for itself.
  if (has_lots(terms.offer.terms) && !leaving.everything()) {
    how += " for each lot";
    units = leaving.units;
  }
  if (leaving.flows.all.size() > 1) how += ", and of it this request's part";
  TRY(const auto part, leaving.part_of(units));
  calculation.check_units("units cancelled", how, part, body.units_cancelled);
  calculation.check_units(
      "units out of his account", "the posting",
      -calculation.posted(accounts::units(body.structure, body.client), terms.unit_code),
      body.units_cancelled);
  return core::ok();
}

}  // namespace

core::Result<> explain_redemption(Calculation& calculation) {
  TRY(const auto body, body_of<RedemptionPriced>(calculation));
  TRY(const auto terms, find_terms_of(calculation, body.structure, body.client));
  TRY(const auto rollovers, find_rollovers(calculation, body.structure));
  TRY(const Investor investor,
      investor_at(calculation, terms, body.structure, body.client, calculation.seq() - 1));
  TRY(rest_on_valuation(calculation, body.structure));
  TRY(const Leaving leaving, leaving_of(calculation, rollovers, body, investor));
  calculation.set_title("a redemption of " + calculation.money(body.gross) + " priced");
  check_trade_date(calculation, rollovers, body.trade_date);
  calculation.given("entitlement before it", calculation.money(leaving.equity - leaving.before));
  TRY(check_withdrawn(calculation, body, leaving));
  TRY(const auto fee, leaving.part_of(leaving.fee));
  calculation.check_money(
      "out of the pool",
      calculation.money(gross_of(body)) + " - " + calculation.money(fee) + " of performance fee",
      gross_of(body) - fee, body.gross);
  TRY(check_exit(calculation, body, terms, leaving));
  const bool full = leaving.everything() && leaving.done == leaving.total;
  calculation.require(body.full == full, "a full exit", full ? "yes" : "no",
                      body.full ? "yes" : "no");
  calculation.check_money("mark before", "the investor's mark in the books", investor.mark,
                          body.mark_before);
  TRY(check_mark(calculation, body, terms, leaving));
  calculation.check_money("loss that leaves, as posted", "to come back with the money",
                          calculation.posted(accounts::released(terms.strategy(), body.client),
                                             accounts::mark_code(calculation.currency())),
                          body.released);
  TRY(check_units(calculation, body, terms, rollovers, leaving));
  calculation.check_money(
      "out of his account", "the posting of row 18",
      calculation.posted(accounts::settled(body.structure, body.client), calculation.currency()),
      body.gross);
  return core::ok();
}

core::Result<> explain_transfer(Calculation& calculation) {
  TRY(const auto body, body_of<engine::TransferPriced>(calculation));
  TRY(const auto terms, find_terms_of(calculation, body.structure, body.client));
  TRY(const Investor investor,
      investor_at(calculation, terms, body.structure, body.client, calculation.seq() - 1));
  TRY(rest_on<engine::RedemptionRequested>(calculation, body.client, body.request,
                                           "the investor's request"));
  calculation.set_title("all that an investor held, " + calculation.money(body.amount) +
                        ", on its way into another pool");
  calculation.given("into", body.to.hex());
  calculation.check_money("amount", "his entitlement", investor.entitlement, body.amount);
  calculation.check_units("units cancelled", "all that he holds", investor.units,
                          body.units_cancelled);
  calculation.check_money("mark that goes along", "the investor's mark in the books", investor.mark,
                          body.mark);
  calculation.check_money(
      "out of his account", "the posting",
      calculation.posted(accounts::settled(body.structure, body.client), calculation.currency()),
      body.amount);
  calculation.check_money(
      "waits for the other pool's rollover", "the posting",
      -calculation.posted(accounts::pending_in(body.to, body.client), calculation.currency()),
      body.amount);
  return core::ok();
}

}  // namespace reports::explain
