// The master's account trades, and each subscription is told what it means for it.

#include "engine/accounts.h"
#include "engine/copy/asks.h"
#include "engine/copy/decide.h"
#include "engine/copy/find.h"
#include "engine/copy/place.h"
#include "engine/copy/stops.h"
#include "engine/gate/authorisation.h"
#include "engine/instruments/contract.h"
#include "engine/trading/volume.h"

namespace engine::copy {
namespace {

// A signal that was understood: how much closes of which position, and how much opens.
struct Plan {
  const RecordSignal* command = nullptr;
  const Structure* structure = nullptr;
  core::Hash content;
  std::string symbol;  // As registered.
  SignalKind kind = SignalKind::Open;
  const CopyLineage* lineage = nullptr;  // The position that is open.
  std::string lineage_id;
  core::Minor closes = 0;
  core::Minor opens = 0;
};

// The position that the command names: open, over, or never seen.
core::Result<> find_position(const CopyMaster& master, Plan& plan) {
  const auto position = master.positions.find(plan.command->position);
  if (position == master.positions.end()) return core::ok();
  const CopyLineage& last = master.lineages.at(position->second);
  if (last.open > 0) {
    plan.lineage = &last;
    plan.lineage_id = position->second;
    if (last.symbol == plan.symbol) return core::ok();
    return core::conflict("wrong_symbol", "symbol", "The position is in " + last.symbol + ".");
  }
  const bool hedging = master.value && master.value->mode == PositionMode::Hedging;
  if (!hedging) return core::ok();
  return core::conflict("position_closed", "position",
                        "This ticket was closed; in a hedging account each opening has its own.");
}

// Which part closes what is open, and which opens.
void split(const core::Minor volume, Plan& plan) {
  plan.opens = volume;
  plan.kind = SignalKind::Open;
  if (plan.lineage == nullptr) return;
  plan.kind = SignalKind::Add;
  if (plan.lineage->side == plan.command->side) return;
  plan.closes = std::min(volume, plan.lineage->open);
  plan.opens = volume - plan.closes;
  plan.kind = plan.opens > 0                     ? SignalKind::Reverse
              : plan.closes < plan.lineage->open ? SignalKind::Reduce
                                                 : SignalKind::Close;
}

core::Result<> check_kind(const CopyMaster& master, const Plan& plan) {
  const auto& told = plan.command->kind;
  if (told && *told != plan.kind) {
    return core::conflict(
        "wrong_kind", "kind",
        "By what is open of the position this signal is another: " +
            std::string(core::EnumNames<SignalKind>::names[static_cast<std::size_t>(plan.kind)]) +
            ".");
  }
  const bool hedging = master.value && master.value->mode == PositionMode::Hedging;
  if (plan.kind != SignalKind::Reverse || !hedging) return core::ok();
  return core::conflict("overclose", "lots",
                        "More would be closed than is open; in a hedging account a ticket does "
                        "not turn round.");
}

// What closes goes through at any price, as there were prices below zero; sizes and caps of what
// opens are measured by it.
core::Result<> check_prices(const Plan& plan) {
  const RecordSignal& command = *plan.command;
  TRY(check_price(command.price, "price"));
  if (command.stop_loss) {
    TRY(check_price(*command.stop_loss, "stop_loss"));
  }
  if (plan.opens == 0) return core::ok();
  if (command.price.digits <= 0) {
    return core::invalid("not_positive", "price",
                         "Copies are sized by the price of what opens: give it above zero.");
  }
  if (!command.stop_loss || command.stop_loss->digits > 0) return core::ok();
  return core::invalid("not_positive", "stop_loss",
                       "It is a price above zero; leave it out where there is none.");
}

// Absent decision: the manager may only reduce, all or what is no instrument of his.
std::optional<core::DecisionId> decision_of(const Context& context,
                                            const core::StructureId& structure,
                                            const ContractVersion* contract) {
  const auto decision = gate::authorisation(context, structure);
  if (!decision || !gate::require_product(context.state, decision.value(), contract)) {
    return std::nullopt;
  }
  return decision.value();
}

SignalRecorded step_of(const Plan& plan, SignalKind kind, core::Minor volume) {
  SignalRecorded step;
  step.signal = *plan.command;
  step.signal.symbol = plan.symbol;
  step.content = plan.content;
  step.kind = kind;
  step.volume = volume;
  return step;
}

// Each copy of the position is asked for its part; offers lapse with the position.
core::Result<> close_copies(const Context& context, const Plan& plan, core::Minor after,
                            const std::map<core::AccountId, CopyStop>& stopped, Effects& effects) {
  std::vector<Reduction> reductions = plan.lineage->reductions;
  reductions.push_back({plan.lineage->open, after});
  const Kept kept(reductions);
  for (const auto& [account, copy] : plan.lineage->copies) {
    // A hard stop has asked for all of it, just now.
    const auto stop = stopped.find(account);
    if (stop != stopped.end() && stop->second == CopyStop::Hard) continue;
    TRY(const auto held, kept_volume(kept, copy, plan.lineage->lot_step));
    const core::PartyId client = context.state.trading->accounts.at(account).client;
    add_ask({plan.command->structure, account, client, plan.command->signal, plan.lineage_id,
             CopyCloseReason::Signal},
            copy, held, effects);
  }
  if (after > 0) return core::ok();
  std::set<CopyOfferKey> offers = plan.lineage->offers;
  std::erase_if(offers, [&](const CopyOfferKey& key) { return stopped.contains(key.account); });
  end_offers(context, OfferEnd::Withdrawn, offers, effects);
  return core::ok();
}

core::Result<> close_step(const Context& context, const Plan& plan,
                          const std::map<core::AccountId, CopyStop>& stopped, Effects& effects) {
  const core::Minor after = plan.lineage->open - plan.closes;
  SignalRecorded step =
      step_of(plan, after > 0 ? SignalKind::Reduce : SignalKind::Close, plan.closes);
  step.lineage = plan.lineage_id;
  step.before = plan.lineage->open;
  step.after = after;
  effects.add(step, {}, {plan.command->structure.bytes});
  return close_copies(context, plan, after, stopped, effects);
}

core::Result<> open_step(const Context& context, const CopyMaster& master, const Plan& plan,
                         const std::map<core::AccountId, CopyStop>& stopped, Effects& effects) {
  TRY(const ContractVersion* contract,
      instruments::require_contract(context.state, plan.symbol, context.effective_at));
  // What the gate asks about a symbol is what it is now: a signal told late meets no older word.
  TRY(const ContractVersion* now,
      instruments::contract_at(context.state, plan.symbol, context.now));
  const Symbol& symbol = context.state.instruments->symbols.at(plan.symbol);
  const bool adds = plan.kind == SignalKind::Add;
  SignalRecorded step = step_of(plan, adds ? SignalKind::Add : SignalKind::Open, plan.opens);
  step.lineage = adds ? plan.lineage_id : plan.command->signal;
  step.before = adds ? plan.lineage->open : 0;
  TRY(step.after, core::add(step.before, plan.opens));
  step.decision = decision_of(context, plan.command->structure, now);
  step.lot_step = contract->spec.lot_step;
  step.contract_size = contract->spec.contract_size;
  step.margin_rate = contract->spec.margin_rate;
  step.currency = symbol.currency;
  effects.add(step, {}, {plan.command->structure.bytes});
  Opening opening;
  opening.structure = plan.structure;
  opening.master = &master;
  opening.lots = core::to_decimal(plan.opens, kLotScale);
  opening.price = plan.command->price;
  opening.stop_loss = plan.command->stop_loss;
  opening.contract = &contract->spec;
  if (now != nullptr) opening.asset_class = now->spec.asset_class;
  opening.symbol_currency = symbol.currency;
  gate::ClientLimits limits(context.state, step.decision);
  opening.limits = &limits;
  return place_copies(context, opening,
                      {plan.command->structure, plan.command->signal, step.lineage, symbol.ordinal,
                       step.decision, stopped},
                      effects);
}

core::Result<std::vector<ledger::Draft>> carry_out(const Context& context, const CopyMaster& master,
                                                   const Plan& plan) {
  Effects effects(context.effective_at);
  std::map<core::AccountId, CopyStop> stopped;
  if (plan.opens > 0) {
    TRY(stopped, stop_who_must(context, *plan.structure, plan.command->signal, effects));
  }
  if (plan.closes > 0) {
    TRY(close_step(context, plan, stopped, effects));
  }
  if (plan.opens > 0) {
    TRY(open_step(context, master, plan, stopped, effects));
  }
  return effects.take();
}

}  // namespace

Drafts decide(const Context& context, const RecordSignal& command) {
  Plan plan;
  plan.command = &command;
  TRY(plan.structure, find_copy_structure(context, command.structure));
  TRY(trading::check_platform_id(command.signal, "signal"));
  TRY(trading::check_platform_id(command.position, "position"));
  plan.content = content_of(command);
  const auto found = context.state.copy->masters.find(command.structure);
  const CopyMaster none;
  const CopyMaster& master = found == context.state.copy->masters.end() ? none : found->second;
  const auto before = master.signals.find(command.signal);
  if (before != master.signals.end()) {
    TRY(check_repetition(before->second.content, plan.content, "signal"));
    return std::vector<ledger::Draft>();
  }
  TRY(const auto volume, volume_of(command.lots));
  TRY(plan.symbol, instruments::registered_name(context.state, command.symbol));
  TRY(find_position(master, plan));
  split(volume, plan);
  TRY(check_kind(master, plan));
  TRY(check_prices(plan));
  return carry_out(context, master, plan);
}

void apply(State& state, const SignalRecorded& body, const ledger::RecordView&) {
  CopyMaster& master = state.copy->masters[body.signal.structure];
  CopySignal& signal = master.signals[body.signal.signal];
  signal.content = body.content;
  const bool closes = body.after < body.before;
  (closes ? signal.closes : signal.opens) = body.lineage;
  CopyLineage& lineage = master.lineages[body.lineage];
  lineage.open = body.after;
  // Zero measures nothing: what is still open keeps the price before.
  if (body.signal.price.digits != 0) lineage.price = body.signal.price;
  if (closes) {
    lineage.reductions.push_back({body.before, body.after});
    note_working(master, body.lineage);
    return;
  }
  master.positions[body.signal.position] = body.lineage;
  lineage.position = body.signal.position;
  lineage.symbol = body.signal.symbol;
  lineage.side = body.signal.side;
  if (body.lot_step) lineage.lot_step = *body.lot_step;
  if (body.contract_size) lineage.contract_size = *body.contract_size;
  lineage.margin_rate = body.margin_rate;
  if (body.currency) lineage.currency = *body.currency;
  note_working(master, body.lineage);
}

}  // namespace engine::copy
