// Block orders before they leave: who takes part, and by what weight.

#include <algorithm>

#include "engine/accounts.h"
#include "engine/effects.h"
#include "engine/gate/authorisation.h"
#include "engine/instruments/contract.h"
#include "engine/instruments_state.h"
#include "engine/lookup.h"
#include "engine/mam/allocation_basis.h"
#include "engine/mam/decide.h"
#include "engine/mam/netting.h"
#include "engine/mam/orders_frozen.h"
#include "engine/mam/volume.h"
#include "engine/mam_state.h"
#include "engine/trading/valuation.h"
#include "engine/trading/volume.h"
#include "engine/trading_state.h"

namespace engine::mam {
namespace {

// Steps are given out one by one where accounts have limits: an order must not keep the book busy.
constexpr core::Minor kOrderStepsMax = 10'000'000;

using core::Minor;

core::Result<> check_terms(const AllocationTerms& terms) {
  if (terms.own_accounts != OwnAccounts::ProRata || terms.own_accounts_document) {
    return core::ok();
  }
  return core::conflict("justification_needed", "structure",
                        "The offer fills own accounts beside clients' without the document that "
                        "justifies it; change the offer.");
}

// Fits the measured accounts into the block; whoever is left out says why. Gives the block's steps.
core::Result<Minor> place(const Planned& order, BelowMinimum below_minimum,
                          std::vector<Measured>& accounts, std::vector<Minor>& weights) {
  std::vector<Candidate> candidates;
  std::vector<std::size_t> indexes;
  for (std::size_t i = 0; i < accounts.size(); ++i) {
    if (accounts[i].excluded || accounts[i].basis.overflow) continue;
    candidates.push_back(candidate_of(accounts[i].basis));
    indexes.push_back(i);
  }
  TRY(const auto plan, plan_by(order.method, order.asked_steps, candidates, below_minimum));
  for (std::size_t i = 0; i < indexes.size(); ++i) {
    accounts[indexes[i]].excluded = plan.places[i].excluded;
    weights[indexes[i]] = plan.places[i].weight;
  }
  const bool anyone = std::ranges::any_of(plan.places, [](const Place& p) { return !p.excluded; });
  if (anyone && plan.steps > 0) return plan.steps;
  return core::conflict("no_participants", "lots",
                        "No account can take part: none has a weight whose share of the order "
                        "reaches its smallest volume.");
}

// Whether the account may not deal at all, whatever it has and whatever its bounds are.
bool is_shut(const Measured& one) {
  return one.excluded == Exclusion::Inactive || one.excluded == Exclusion::StoppedOut ||
         one.excluded == Exclusion::NoMandate || one.excluded == Exclusion::NotAuthorised ||
         one.excluded == Exclusion::ScreeningHit;
}

// One that is named but has no room is left out with its reason; the odd steps then go by the
// largest remainders. Source: docs/decisions/0053-the-overflow-account-has-bounds.md.
core::Result<> check_overflow(Residual residual, const std::vector<Measured>& accounts) {
  const auto takes = [](const Measured& one) { return one.basis.overflow && !is_shut(one); };
  if (residual != Residual::Overflow || std::ranges::any_of(accounts, takes)) return core::ok();
  return core::conflict("no_overflow_account", "structure",
                        "The offer gives odd steps to an overflow account; set one with "
                        "set_participation.");
}

OrderPolicy policy_of(const Context& context, const Planned& order, const std::string& symbol,
                      const ContractVersion* contract) {
  const Offer& offer = offer_of(context, order.structure);
  OrderPolicy policy;
  policy.offer = order.structure.offer;
  policy.method = order.method;
  policy.asked_steps = order.asked_steps;
  if (offer.terms.allocation) {
    policy.below_minimum = offer.terms.allocation->below_minimum.value_or(BelowMinimum::Exclude);
    policy.own_accounts = offer.terms.allocation->own_accounts.value_or(OwnAccounts::Last);
    policy.own_accounts_document = offer.terms.allocation->own_accounts_document;
  }
  if (symbol != order.command.symbol) policy.symbol = symbol;
  if (contract != nullptr) {
    policy.contract = contract->version;
    policy.contract_seq = contract->seq;
    policy.price_digits = contract->spec.price_digits;
    policy.contract_size = contract->spec.contract_size;
  }
  if (order.residual != Residual::RoundRobin) return policy;
  const auto& turns = context.state.blocks->rotation;
  const auto turn = turns.find(order.command.structure);
  policy.rotation = turn == turns.end() ? 1 : turn->second;
  return policy;
}

OrderShareFrozen frozen(const AcceptOrder& command, const Measured& one, Minor weight) {
  return {command.order, one.account, command.structure, one.client, weight, one.basis};
}

// The volume that clients' accounts have before own ones get any.
core::Result<> set_client_steps(OrderAccepted& accepted, const std::vector<Measured>& accounts,
                                const std::vector<Minor>& weights) {
  Order order = order_of(accepted);
  for (std::size_t i = 0; i < accounts.size(); ++i) {
    if (accounts[i].excluded) continue;
    order.shares[accounts[i].account] =
        share_of(frozen(accepted.order, accounts[i], weights[i]), i);
  }
  TRY(accepted.policy->client_steps, client_steps_of(order, order.own_accounts));
  return core::ok();
}

void record(const Context& context, const OrderAccepted& accepted, std::uint64_t symbol,
            const std::vector<Measured>& accounts, const std::vector<Minor>& weights,
            Effects& effects) {
  const AcceptOrder& command = accepted.order;
  effects.add(accepted, {}, {command.structure.bytes});
  const bool positions = !shares_results_only(accepted.policy->method);
  for (std::size_t i = 0; i < accounts.size(); ++i) {
    const Measured& one = accounts[i];
    const Subjects subjects{one.client.bytes, command.structure.bytes};
    if (one.excluded) {
      AccountExcluded body{command.order, one.account,   command.structure,
                           one.client,    *one.excluded, {}};
      if (one.measured) body.basis = one.basis;
      effects.add(body, {}, subjects);
      continue;
    }
    const std::string position = accounts::position(one.account, symbol);
    if (positions && !context.books.is_open(position)) effects.open({account(position)}, subjects);
    effects.add(frozen(command, one, weights[i]), {}, subjects);
  }
}

core::Result<Planned> plan_of(const Context& context, const AcceptOrder& command,
                              const Structure& structure, const Symbol& symbol,
                              const std::string& name, const ContractVersion* contract,
                              const core::Result<core::DecisionId>& decision) {
  const Offer& offer = offer_of(context, structure);
  const auto& terms = offer.terms.allocation;
  if (terms) {
    TRY(check_terms(*terms));
  }
  Planned order{command,
                structure,
                terms ? terms->method : AllocationMethod::Equity,
                offer.terms.residual,
                lot_step_of(offer),
                0,
                symbol.ordinal,
                symbol.currency,
                nullptr,
                decision ? std::optional(decision.value()) : std::nullopt,
                name};
  if (contract != nullptr) {
    order.contract = &contract->spec;
    order.lot_step = contract->spec.lot_step;
  }
  if (command.price && command.price->digits <= 0) {
    return core::invalid("not_positive", "price", "The expected price must be above zero.");
  }
  TRY(order.asked_steps, trading::steps_of(command.lots, order.lot_step));
  if (order.asked_steps > kOrderStepsMax) {
    return core::invalid("lot_step", "lots", "An order has at most 10,000,000 lot steps.");
  }
  return order;
}

core::Result<core::DecisionId> decision_on(const Context& context, const AcceptOrder& command,
                                           const ContractVersion* contract) {
  TRY(const auto decision, gate::authorisation(context, command.structure));
  TRY(gate::require_product(context.state, decision, contract));
  return decision;
}

// Whoever may open nothing may still close by an order, where the platform nets.
core::Result<> check_reduces(const Context& context, const Planned& order, core::Minor steps,
                             const core::Result<core::DecisionId>& decision) {
  if (decision) return core::ok();
  TRY(const auto most, reducible_steps(context, order));
  if (steps <= most) return core::ok();
  return decision.error();
}

}  // namespace

Drafts decide(const Context& context, const AcceptOrder& command) {
  TRY(const Structure* structure, find_structure(context, command.structure, Model::Mam));
  if (context.state.blocks->orders.contains(command.order)) {
    return core::conflict("exists", "order", "This id is registered already.");
  }
  TRY(const auto name, instruments::registered_name(context.state, command.symbol));
  TRY(const Symbol* symbol, find_symbol(context, name));
  TRY(const ContractVersion* contract,
      instruments::contract_at(context.state, name, context.effective_at));
  // What the gate asks about a symbol is what it is now: an order told late meets no older word.
  TRY(const ContractVersion* now, instruments::contract_at(context.state, name, context.now));
  const auto decision = decision_on(context, command, now);
  TRY(auto order, plan_of(context, command, *structure, *symbol, name, contract, decision));
  if (now != nullptr) order.asset_class = now->spec.asset_class;
  TRY(check_reduces(context, order, order.asked_steps, decision));

  TRY(auto accounts, measure(context, order));
  TRY(check_overflow(order.residual, accounts));
  std::vector<Minor> weights(accounts.size(), 0);
  OrderAccepted accepted{command,
                         0,
                         order.lot_step,
                         order.residual,
                         0,
                         0,
                         {},
                         policy_of(context, order, name, contract)};
  if (decision) accepted.decision = decision.value();
  accepted.reduce_only = !decision;
  TRY(accepted.steps, place(order, accepted.policy->below_minimum, accounts, weights));
  TRY(check_reduces(context, order, accepted.steps, decision));
  for (std::size_t i = 0; i < accounts.size(); ++i) {
    if (accounts[i].excluded) continue;
    ++accepted.participants;
    TRY(accepted.weight_total, core::add(accepted.weight_total, weights[i]));
  }
  TRY(set_client_steps(accepted, accounts, weights));
  Effects effects(context.effective_at);
  record(context, accepted, symbol->ordinal, accounts, weights, effects);
  return effects.take();
}

void apply(State& state, const OrderAccepted& body, const ledger::RecordView& record) {
  Order& order = state.blocks->orders[body.order.order];
  order = order_of(body);
  order.seq = record.seq;
  note_open(*state.blocks, body.order.order);
}

void apply(State& state, const OrderShareFrozen& body, const ledger::RecordView&) {
  Order& order = state.blocks->orders.at(body.order);
  auto& shares = order.shares;
  shares[body.account] = share_of(body, shares.size());
  if (shares_results_only(order.method)) return;
  trading::note_symbol(state, body.account, order.symbol);
}

void apply(State&, const AccountExcluded&, const ledger::RecordView&) {}

}  // namespace engine::mam
