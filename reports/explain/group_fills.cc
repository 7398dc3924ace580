// Groups (MAM): how orders, fills and what puts them right are shared.

#include <algorithm>
#include <map>

#include "engine/currency/rates.h"
#include "engine/mam/allocation_target.h"
#include "engine/mam/decide.h"
#include "engine/mam/fills_parts.h"
#include "engine/mam/orders_frozen.h"
#include "engine/mam/price.h"
#include "engine/mam_records.h"
#include "engine/state_parts.h"
#include "reports/explain/kinds.h"
#include "reports/explain/pool.h"

namespace reports::explain {
namespace {

namespace mam = engine::mam;

using core::Minor;

std::string steps_text(Minor steps) { return core::to_string(steps) + " steps"; }

std::string print_extra(Minor balance) {
  return core::to_string(core::to_decimal(balance, mam::kExtraScale)) + " steps";
}

core::Error nothing_to_rest_on(const Calculation& calculation, std::string_view what) {
  return core::corrupt("record", "seq " + std::to_string(calculation.seq()),
                       "The records have no " + std::string(what) + " that this one rests on.");
}

ledger::SubjectId subject_of(const core::StructureId& structure) {
  return ledger::SubjectId(structure.bytes);
}

// The latest record of one kind about the order before another record.
template <class Body>
core::Result<std::optional<Found<Body>>> latest(Calculation& calculation,
                                                const core::StructureId& structure,
                                                const core::OrderId& order) {
  return find_body<Body>(calculation.sources(), subject_of(structure), Direction::Before,
                         calculation.seq(), [&](const Body& body) { return body.order == order; });
}

core::Result<Found<engine::OrderAccepted>> find_accepted(Calculation& calculation,
                                                         const core::StructureId& structure,
                                                         const core::OrderId& order) {
  TRY(const auto accepted,
      find_body<engine::OrderAccepted>(
          calculation.sources(), subject_of(structure), Direction::Before, calculation.seq(),
          [&](const auto& body) { return body.order.order == order; }));
  if (!accepted) return nothing_to_rest_on(calculation, "accepted order");
  return *accepted;
}

// Every record of the batch that `seq` begins or is in.
core::Result<> visit_batch(Calculation& calculation, std::uint64_t seq, const Visit& visit) {
  ledger::BatchPlace batch;
  TRY(calculation.sources().record(seq, [&](const ledger::RecordView& record) {
    batch = record.batch;
    return core::ok();
  }));
  for (std::uint64_t at = batch.first_seq; at < batch.first_seq + batch.count; ++at) {
    TRY(calculation.sources().record(at, visit));
  }
  return core::ok();
}

// Folds an order's records as the engine does, up to a sequence.
class Replay {
 public:
  Replay(Calculation& calculation, const core::OrderId& order)
      : calculation_(calculation), id_(order) {}

  core::Result<engine::Order> run(const Found<engine::OrderAccepted>& accepted,
                                  std::uint64_t until) {
    structure_ = accepted.body.order.structure;
    state_.blocks->orders[id_] = mam::order_of(accepted.body);
    TRY(visit_batch(calculation_, accepted.seq,
                    [&](const ledger::RecordView& record) -> core::Result<> {
                      if (record.kind != engine::OrderShareFrozen::kKind) return core::ok();
                      TRY(const auto body, core::from_cbor<engine::OrderShareFrozen>(record.body));
                      if (body.order == id_) mam::apply(state_, body, record);
                      return core::ok();
                    }));
    TRY(note<engine::ShareRejected>(accepted.seq, until));
    TRY(note<engine::FillRecorded>(accepted.seq, until));
    TRY(note<engine::FillChanged>(accepted.seq, until));
    TRY(note<engine::FillAllocated>(accepted.seq, until));
    TRY(note<engine::AllocationCorrected>(accepted.seq, until));
    TRY(note<engine::CloseAllocated>(accepted.seq, until));
    TRY(note<engine::CompensationScheduled>(accepted.seq, until));
    for (const auto& [seq, apply] : steps_) {
      TRY(calculation_.sources().record(seq, apply));
    }
    return std::move(state_.blocks->orders.at(id_));
  }

 private:
  // Notes the order's records of one kind, in whatever order the kinds are asked for.
  template <class Body>
  core::Result<> note(std::uint64_t seq, std::uint64_t until) {
    while (true) {
      TRY(const auto next,
          find_body<Body>(calculation_.sources(), subject_of(structure_), Direction::After, seq,
                          [&](const Body& body) { return body.order == id_; }));
      if (!next || next->seq >= until) return core::ok();
      seq = next->seq;
      steps_[seq] = [this](const ledger::RecordView& record) -> core::Result<> {
        TRY(const auto body, core::from_cbor<Body>(record.body));
        return fold(body, record);
      };
    }
  }

  core::Result<> fold(const engine::ShareRejected& body, const ledger::RecordView& record) {
    mam::apply(state_, body, record);
    return core::ok();
  }
  // The rest of a close is no matter of the order's shares.
  core::Result<> fold(const engine::CloseAllocated& body, const ledger::RecordView&) {
    engine::Order& order = state_.blocks->orders.at(id_);
    order.shares.at(body.account).open = body.open_steps;
    order.open -= body.steps;
    return core::ok();
  }
  template <class Body>
  core::Result<> fold(const Body& body, const ledger::RecordView& record) {
    return mam::apply(state_, body, record);
  }

  Calculation& calculation_;
  core::OrderId id_;
  core::StructureId structure_;
  engine::State state_;
  std::map<std::uint64_t, Visit> steps_;
};

// What an account was to have by what the command of the explained record changed.
struct Due {
  engine::Order order;  // Before the command.
  mam::Targets targets;
  mam::After after;
  std::string how;
  Minor commission = 0;  // Of the fill that is put right.
};

std::string rule_of(const engine::Order& order) {
  switch (order.residual) {
    case engine::Residual::SainteLague:
      return "each step to the largest weight / (2 x steps it has + 1)";
    case engine::Residual::LargestEquityFirst:
      return "floors of the exact shares and the largest weights first";
    case engine::Residual::LargestRemainder:
      return "floors of the exact shares and the largest remainders first";
    case engine::Residual::RoundRobin:
      return "floors of the exact shares and the rest in turn";
    case engine::Residual::Overflow:
      return "floors of the exact shares and the rest to the overflow account, beyond its limit to "
             "the largest remainders";
  }
  return {};
}

core::Result<Due> due_by_fill(Calculation& calculation, const Found<engine::FillRecorded>& fill,
                              engine::Order order) {
  calculation.rests_on(fill.seq, "the fill of the whole block");
  Due due{std::move(order), {}, {}, {}};
  if (fill.body.reduction) due.order.reduced += fill.body.reduction->steps;
  const Minor steps = fill.body.steps;
  due.after = {engine::shared_steps(due.order) + steps, {}, 0, fill.body.final};
  TRY(due.after.price_steps, mam::add_price(due.order.price_steps, fill.body.price, steps));
  TRY(due.after.commission, core::add(due.order.commission, fill.body.commission.value_or(0)));
  const bool on = fill.body.late && !mam::shares_live(due.order.residual);
  TRY(due.targets, on ? mam::targets_on(due.order, due.after.filled)
                      : mam::targets_at(due.order, due.after.filled, due.after.complete));
  due.how = steps_text(due.after.filled) + ", " + rule_of(due.order);
  return due;
}

core::Result<Due> due_by_change(Calculation& calculation, const Found<engine::FillChanged>& change,
                                engine::Order order) {
  calculation.rests_on(change.seq, "the fill that was put right");
  Due due{std::move(order), {}, {}, {}};
  const Minor more = change.body.steps - change.body.steps_before;
  // After a valuation it is what would have been: of all that is filled.
  const Minor filled =
      change.body.priced ? change.body.filled_steps : engine::shared_steps(due.order) + more;
  due.after = {filled, {}, 0, change.body.final};
  TRY(due.after.price_steps,
      mam::replace_price(due.order.price_steps,
                         {change.body.steps_before, change.body.price_before, 0},
                         {change.body.steps, change.body.price, 0}));
  TRY(due.after.commission,
      core::add(due.order.commission, change.body.commission - change.body.commission_before));
  TRY(due.targets, mam::targets_after(due.order, due.after.filled, due.after.complete));
  due.commission = change.body.commission;
  due.how = steps_text(due.after.filled) + " once it is put right, " + rule_of(due.order);
  return due;
}

core::Result<Due> due_by_rejection(Calculation& calculation,
                                   const Found<engine::ShareRejected>& rejection,
                                   engine::Order order) {
  calculation.rests_on(rejection.seq, "the rejection of his part");
  Due due{std::move(order), {}, {}, {}};
  due.after = {engine::shared_steps(due.order), due.order.price_steps, due.order.commission,
               due.order.final};
  for (const mam::OrderEntry& entry : due.order.shares) {
    const engine::OrderShare& share = entry.second;
    const bool his = entry.first == rejection.body.account;
    const Minor moved = his ? share.open : Minor{0};
    due.targets.shares.push_back(
        {&entry, share.filled - moved, share.error + moved, std::nullopt, share.extra});
  }
  due.how = "what he has open goes to the house";
  return due;
}

// Which command the record belongs to: the nearest of its three kinds before it.
core::Result<Due> due_of(Calculation& calculation, const core::StructureId& structure,
                         const core::OrderId& id) {
  TRY(const auto accepted, find_accepted(calculation, structure, id));
  calculation.rests_on(accepted.seq, "the order as it was accepted");
  TRY(const auto fill, latest<engine::FillRecorded>(calculation, structure, id));
  TRY(const auto change, latest<engine::FillChanged>(calculation, structure, id));
  TRY(const auto rejection, latest<engine::ShareRejected>(calculation, structure, id));
  const std::uint64_t at =
      std::max({fill ? fill->seq : 0, change ? change->seq : 0, rejection ? rejection->seq : 0});
  if (at == 0) return nothing_to_rest_on(calculation, "fill");
  TRY(auto order, Replay(calculation, id).run(accepted, at));
  if (fill && fill->seq == at) return due_by_fill(calculation, *fill, std::move(order));
  if (change && change->seq == at) return due_by_change(calculation, *change, std::move(order));
  return due_by_rejection(calculation, *rejection, std::move(order));
}

// What the explained record says of its account, whether a fill came or its part was put right.
struct Part {
  core::OrderId order;
  core::AccountId account;
  core::StructureId structure;
  Minor steps = 0;
  Minor allocated = 0;
  Minor error_steps = 0;
  std::optional<Minor> error_total;  // Said where it changed.
  Minor commission = 0;
  std::optional<engine::ShareCompletion> completed;
};

core::Result<> check_commission(Calculation& calculation, const Due& due, std::size_t index,
                                const engine::OrderShare& share, const Part& part) {
  if (due.after.commission == 0 && due.order.commission == 0) return core::ok();
  TRY(const auto all, mam::commissions_of(due.order, due.targets, due.after.commission));
  TRY(const auto terms, find_terms(calculation, part.structure));
  calculation.set_currency(terms.offer.currency);
  calculation.check_money("commission",
                          "his part by steps of " + calculation.money(due.after.commission) +
                              ", less " + calculation.money(share.commission) + " so far",
                          all[index] - share.commission, part.commission);
  return core::ok();
}

core::Result<> check_completion(Calculation& calculation, const Due& due, const mam::Target& target,
                                const Part& part) {
  if (!part.completed) return core::ok();
  TRY(const auto price,
      mam::account_price(due.after.price_steps, due.after.filled, due.order.price_digits));
  if (price && due.after.complete) {
    calculation.check("price",
                      core::to_string(due.after.price_steps) + " / " +
                          steps_text(due.after.filled) + ", half even to the contract's digits",
                      core::to_string(*price),
                      part.completed->price ? core::to_string(*part.completed->price) : "none");
  }
  TRY(const Minor after, core::add(part.completed->extra_before, target.extra));
  calculation.check("balance of extra steps",
                    print_extra(part.completed->extra_before) +
                        " + what he has of the order - his exact share of it",
                    print_extra(after), print_extra(part.completed->extra_after));
  return core::ok();
}

core::Result<> check_part(Calculation& calculation, const Part& part) {
  TRY(const Due due, due_of(calculation, part.structure, part.order));
  const auto found = due.order.shares.find(part.account);
  if (found == due.order.shares.end()) return nothing_to_rest_on(calculation, "frozen share");
  const engine::OrderShare& share = found->second;
  Minor total = 0;
  for (const auto& [account, one] : due.order.shares) total += one.weight;
  calculation.given("his frozen weight",
                    core::to_string(share.weight) + " of " + core::to_string(total));
  const auto index = static_cast<std::size_t>(std::distance(due.order.shares.begin(), found));
  const mam::Target& target = due.targets.shares[index];
  calculation.check("his part of all that is filled", due.how, steps_text(target.account),
                    steps_text(part.allocated));
  calculation.check("now", steps_text(target.account) + " - " + steps_text(share.filled),
                    steps_text(target.account - share.filled), steps_text(part.steps));
  if (part.error_total) {
    calculation.check("of his part, the house has", "rejected or below the minimum",
                      steps_text(target.error), steps_text(*part.error_total));
  }
  if (target.error != 0 || share.error != 0) {
    calculation.check("of that, now", steps_text(target.error) + " - " + steps_text(share.error),
                      steps_text(target.error - share.error), steps_text(part.error_steps));
  }
  TRY(check_commission(calculation, due, index, share, part));
  return check_completion(calculation, due, target, part);
}

// The accounts of an order as they were measured, those that were left out with them.
struct PlanFacts {
  std::vector<core::AccountId> accounts;
  std::vector<mam::Candidate> candidates;
};

// Left out before the weights were fitted into the block, though it was measured.
bool was_planned(engine::Exclusion reason) {
  return reason != engine::Exclusion::NoEquity && reason != engine::Exclusion::NoMargin &&
         reason != engine::Exclusion::AtLevel;
}

core::Result<PlanFacts> plan_facts(Calculation& calculation, std::uint64_t accepted) {
  PlanFacts out;
  const auto add = [&](const core::AccountId& account,
                       const std::optional<engine::ShareBasis>& basis) {
    if (!basis || basis->overflow) return;
    out.accounts.push_back(account);
    out.candidates.push_back(mam::candidate_of(*basis));
  };
  TRY(visit_batch(calculation, accepted, [&](const ledger::RecordView& record) -> core::Result<> {
    if (record.kind == engine::OrderShareFrozen::kKind) {
      TRY(const auto body, core::from_cbor<engine::OrderShareFrozen>(record.body));
      add(body.account, body.basis);
    } else if (record.kind == engine::AccountExcluded::kKind) {
      TRY(const auto body, core::from_cbor<engine::AccountExcluded>(record.body));
      if (!was_planned(body.reason)) return core::ok();
      // Others were left out before the plan was made.
      const bool planned =
          body.basis && body.basis->given > 0 &&
          (body.reason == engine::Exclusion::BelowMinimum ||
           (body.reason == engine::Exclusion::MarginFloor && body.basis->risk_limit.has_value()));
      if (planned) add(body.account, body.basis);
    }
    return core::ok();
  }));
  return out;
}

}  // namespace

core::Result<> explain_fill_part(Calculation& calculation) {
  TRY(const auto body, body_of<engine::FillAllocated>(calculation));
  calculation.set_title("an account's part of a fill, " + steps_text(body.steps));
  return check_part(calculation, {body.order,
                                  body.account,
                                  body.structure,
                                  body.steps,
                                  body.allocated_steps,
                                  0,
                                  {},
                                  body.commission.value_or(0),
                                  body.completed});
}

core::Result<> explain_allocation_corrected(Calculation& calculation) {
  TRY(const auto body, body_of<engine::AllocationCorrected>(calculation));
  calculation.set_title("an account's part put right, " + steps_text(body.steps));
  return check_part(calculation, {body.order, body.account, body.structure, body.steps,
                                  body.allocated_steps, body.error_steps, body.error_total,
                                  body.commission.value_or(0), body.completed});
}

core::Result<> explain_order_share(Calculation& calculation) {
  TRY(const auto body, body_of<engine::OrderShareFrozen>(calculation));
  calculation.set_title("an account's weight in an order, " + core::to_string(body.weight));
  TRY(const auto accepted, find_accepted(calculation, body.structure, body.order));
  calculation.rests_on(accepted.seq, "the order as it was accepted");
  if (!body.basis || !accepted.body.policy) {
    calculation.given("equity", core::to_string(body.weight));
    return core::ok();
  }
  calculation.given("measured", core::to_string(body.basis->measured));
  calculation.given("weight before limits", core::to_string(body.basis->given));
  if (body.basis->rate) {
    TRY(const Minor converted,
        engine::currency::convert(body.basis->measured, *body.basis->rate, core::Rounding::Floor));
    calculation.given("in the group's currency", core::to_string(converted));
  }
  if (body.basis->overflow) return core::ok();
  TRY(const PlanFacts facts, plan_facts(calculation, accepted.seq));
  TRY(const auto plan, mam::plan_by(accepted.body.policy->method, accepted.body.policy->asked_steps,
                                    facts.candidates, accepted.body.policy->below_minimum));
  const auto at = std::ranges::find(facts.accounts, body.account);
  if (at == facts.accounts.end()) return nothing_to_rest_on(calculation, "order");
  const auto& place = plan.places[static_cast<std::size_t>(at - facts.accounts.begin())];
  calculation.check("frozen weight",
                    "all accounts' weights fitted between their minimums and limits in " +
                        steps_text(accepted.body.policy->asked_steps),
                    place.excluded ? "left out" : core::to_string(place.weight),
                    core::to_string(body.weight));
  calculation.check("the block", "what is not above all limits", steps_text(plan.steps),
                    steps_text(accepted.body.steps));
  return core::ok();
}

namespace {

// What an account would not have paid of the commission.
core::Result<Minor> refunded(Calculation& calculation, const Due& due, std::size_t index,
                             const engine::OrderShare& share,
                             const engine::CompensationScheduled& body) {
  const Minor paid = body.commission.value_or(share.commission);
  TRY(const auto total, mam::commission_with(due.order, body.fill, due.commission));
  TRY(const auto would, mam::commissions_of(due.order, due.targets, total));
  if (body.counterfactual_commission) {
    calculation.check_money("commission, as posted", "of the order's fills", share.commission,
                            paid);
    calculation.check_money("commission, as it would be",
                            "his part by steps of " + calculation.money(total), would[index],
                            *body.counterfactual_commission);
  }
  return would[index] - share.commission;
}

}  // namespace

core::Result<> explain_compensation_scheduled(Calculation& calculation) {
  TRY(const auto body, body_of<engine::CompensationScheduled>(calculation));
  calculation.set_title("what a late change would have made of an account's part");
  TRY(const Due due, due_of(calculation, body.structure, body.order));
  const auto found = due.order.shares.find(body.account);
  if (found == due.order.shares.end()) return nothing_to_rest_on(calculation, "frozen share");
  const auto index = static_cast<std::size_t>(std::distance(due.order.shares.begin(), found));
  calculation.check("his steps", "as they stay", steps_text(found->second.filled),
                    steps_text(body.steps));
  calculation.check("he would have", due.how, steps_text(due.targets.shares[index].account),
                    steps_text(body.counterfactual_steps));
  TRY(const auto terms, find_terms(calculation, body.structure));
  calculation.set_currency(terms.offer.currency);
  const Minor before = body.owed_before.value_or(0);
  calculation.check_money("owed before", "by earlier changes of its fills", found->second.owed,
                          before);
  TRY(const Minor commission, refunded(calculation, due, index, found->second, body));
  calculation.check_money("owed", "the difference and the commission less that, if above zero",
                          std::max(body.difference.value_or(0) + commission - before, Minor{0}),
                          body.owed);
  return core::ok();
}

}  // namespace reports::explain
