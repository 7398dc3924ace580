#include "engine/copy/stops.h"

#include "engine/copy/asks.h"
#include "engine/copy/decide.h"
#include "engine/copy/find.h"
#include "engine/money.h"

namespace engine::copy {
namespace {

// Everything that the subscription has filled is to be closed.
void ask_all(const Context& context, const Standing& standing, const std::string& signal,
             Effects& effects) {
  const TradingAccount& account = *standing.account;
  const auto master = context.state.copy->masters.find(account.structure);
  if (master == context.state.copy->masters.end()) return;
  for (const std::string& id : committed_lineages(master->second, standing.id)) {
    add_ask({account.structure, standing.id, account.client, signal, id, CopyCloseReason::HardStop},
            master->second.lineages.at(id).copies.at(standing.id), 0, effects);
  }
}

core::Result<> check_target(const CheckCopyStops& command) {
  if (command.structure.has_value() == command.account.has_value()) {
    return core::invalid("missing_field", "account", "Give either a structure or an account.");
  }
  if (!command.free_margin || command.account) return core::ok();
  return core::invalid("unused_field", "free_margin", "It is one account's; name the account.");
}

}  // namespace

core::Result<> add_stop(const Context& context, const Standing& standing, const Stopping& stopping,
                        Effects& effects) {
  const TradingAccount& account = *standing.account;
  const CopyTerms& terms = standing.subscription->terms;
  const bool hard = stopping.stop == CopyStop::Hard;
  TRY(const auto base, base_of(standing));
  std::optional<core::Decimal> level;
  if (!stopping.by_client) level = hard ? terms.hard_stop : terms.soft_stop;
  effects.add(
      CopyStopped{account.structure, standing.id, account.client, stopping.stop, stopping.by_client,
                  standing.money.equity, base, level, standing.subscription->version},
      {}, {account.client.bytes, account.structure.bytes});
  end_offers(context, OfferEnd::Withdrawn, offers_to(context, standing.id), effects);
  if (hard) ask_all(context, standing, stopping.signal, effects);
  return core::ok();
}

core::Result<std::map<core::AccountId, CopyStop>> stop_who_must(const Context& context,
                                                                const Structure& structure,
                                                                const std::string& signal,
                                                                Effects& effects) {
  std::map<core::AccountId, CopyStop> stopped;
  for (const core::AccountId& id : structure.accounts) {
    TRY(const Standing standing, standing_of(context, id));
    if (standing.subscription == nullptr) continue;
    TRY(const auto due, due_stop(standing));
    if (!due) continue;
    TRY(add_stop(context, standing, {*due, false, signal}, effects));
    stopped[id] = *due;
  }
  return stopped;
}

Drafts decide(const Context& context, const CheckCopyStops& command) {
  TRY(check_target(command));
  Effects effects(context.effective_at);
  if (command.structure) {
    TRY(const Structure* structure, find_copy_structure(context, *command.structure));
    TRY(stop_who_must(context, *structure, {}, effects));
    return effects.take();
  }
  TRY(const TradingAccount* account, find_copy_account(context, *command.account));
  TRY(const Standing standing, standing_of(context, *command.account));
  if (command.free_margin) {
    TRY(const auto measured,
        signed_money(*command.free_margin, currency_of(context, *account), "free_margin"));
    effects.add(CopyMarginMeasured{account->structure, *command.account, account->client, measured},
                {}, {account->client.bytes, account->structure.bytes});
  }
  if (standing.subscription == nullptr) return effects.take();
  TRY(const auto due, due_stop(standing));
  if (due) {
    TRY(add_stop(context, standing, {*due, false, {}}, effects));
  }
  return effects.take();
}

Drafts decide(const Context& context, const StopCopying& command) {
  TRY(find_copy_account(context, command.account));
  TRY(const Standing standing, standing_of(context, command.account));
  if (standing.subscription == nullptr) {
    return core::conflict("no_terms", "account", "The account copies nothing.");
  }
  const CopyStop stop = command.close_all ? CopyStop::Hard : CopyStop::Soft;
  if (standing.subscription->stop >= stop) {
    return core::conflict("stopped", "account", "The subscription has stopped already.");
  }
  Effects effects(context.effective_at);
  TRY(add_stop(context, standing, {stop, true, {}}, effects));
  return effects.take();
}

void apply(State& state, const CopyStopped& body, const ledger::RecordView&) {
  CopySubscription& subscription = state.copy->subscriptions.at(body.account);
  subscription.stop = body.stop;
  if (body.stop != CopyStop::Hard) return;
  ++subscription.hard_stops;
  const auto master = state.copy->masters.find(body.structure);
  if (master == state.copy->masters.end()) return;
  const std::set<std::string> committed = committed_lineages(master->second, body.account);
  for (const std::string& id : committed) {
    cut_by_stops(master->second.lineages.at(id).copies.at(body.account), subscription);
    note_committed(master->second, body.account, id);
  }
}

void apply(State& state, const CopyMarginMeasured& body, const ledger::RecordView&) {
  state.copy->subscriptions[body.account].free_margin = body.free_margin;
}

}  // namespace engine::copy
