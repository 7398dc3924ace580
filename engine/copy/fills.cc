// Fills of copies' orders, and the ends of orders that are not filled.

#include "engine/accounts.h"
#include "engine/copy/asks.h"
#include "engine/copy/decide.h"
#include "engine/copy/entry.h"
#include "engine/copy/result.h"
#include "engine/trading/volume.h"

namespace engine::copy {
namespace {

// What the copy must close once its order has changed.
core::Result<> ask_after(const Named& named, const NamedOrder& order,
                         const core::AccountId& account, const std::string& signal,
                         CopyCloseReason reason, const Copy& after, Effects& effects) {
  TRY(const auto held,
      kept_volume(Kept(order.lineage->reductions), after, order.lineage->lot_step));
  add_ask(
      {named.account->structure, account, named.account->client, signal, order.lineage_id, reason},
      after, held, effects);
  return core::ok();
}

// More was filled than was ordered: somebody's numbers are wrong, and nothing is guessed.
core::Result<> check_room(const CopyOrder& order, core::Minor volume) {
  if (volume <= order.sized - order.filled) return core::ok();
  return core::conflict(
      "overfill", "lots",
      "The order would be filled beyond its volume; " +
          core::to_string(core::to_decimal(order.sized - order.filled, kLotScale)) +
          " lots are left.");
}

}  // namespace

Drafts decide(const Context& context, const RecordCopyFill& command) {
  TRY(const Named named, find_named(context, command.account, command.signal));
  TRY(trading::check_platform_id(command.fill, "fill"));
  const core::Hash content = content_of(command);
  const auto before = named.subscription->fills.find(command.fill);
  if (before != named.subscription->fills.end()) {
    TRY(check_repetition(before->second.content, content, "fill"));
    return std::vector<ledger::Draft>();
  }
  TRY(const NamedOrder order, find_order(named, command.account, command.signal));
  TRY(const auto volume, volume_of(command.lots));
  TRY(check_steps(volume, order.order->lot_step));
  TRY(check_unsplit(*order.lineage, order.order->splits));
  TRY(check_price(command.price, "price"));
  TRY(check_room(*order.order, volume));
  TRY(const Result result, result_of(context, *named.account,
                                     {{},
                                      {},
                                      command.commission.value_or(core::Decimal{}),
                                      command.currency,
                                      command.conversion_rate}));
  Copy after = *order.copy;
  cut_by_stops(after, *named.subscription);
  const bool late =
      order.order->over || after.orders.at(command.signal).cut || order.lineage->open == 0;
  TRY(auto postings,
      postings_of(context, command.account, *named.account, *order.lineage, result, volume));
  Effects effects(context.effective_at);
  effects.add(CopyFilled{command, content, named.account->structure, named.account->client,
                         order.lineage_id, volume, order.order->filled + volume, result.commission,
                         result.rate, late},
              std::move(postings), {named.account->client.bytes, named.account->structure.bytes});
  TRY(change_filled(after, command.signal, volume));
  TRY(ask_after(named, order, command.account, command.signal, CopyCloseReason::LateFill, after,
                effects));
  return effects.take();
}

Drafts decide(const Context& context, const RejectCopy& command) {
  TRY(const Named named, find_named(context, command.account, command.signal));
  TRY(trading::check_platform_id(command.reason, "reason"));
  TRY(const NamedOrder order, find_order(named, command.account, command.signal));
  const core::Minor left = order.order->ordered - order.order->filled;
  if (order.order->over || left == 0) {
    return core::conflict("copy_over", "signal", "Nothing of this order is left to be filled.");
  }
  Effects effects(context.effective_at);
  effects.add(CopyRejected{command, named.account->structure, named.account->client,
                           order.lineage_id, order.order->filled, left},
              {}, {named.account->client.bytes, named.account->structure.bytes});
  Copy after = *order.copy;
  end_order(after, command.signal);
  TRY(ask_after(named, order, command.account, command.signal, CopyCloseReason::Rejected, after,
                effects));
  return effects.take();
}

core::Result<> apply(State& state, const CopyFilled& body, const ledger::RecordView& record) {
  CopyTrading& copy = *state.copy;
  CopyMaster& master = copy.masters.at(body.structure);
  Copy& filled = master.lineages.at(body.lineage).copies.at(body.fill.account);
  CopySubscription& subscription = copy.subscriptions.at(body.fill.account);
  cut_by_stops(filled, subscription);
  const CopyExecution fill{body.fill.signal,
                           body.lineage,
                           body.volume,
                           0,
                           0,
                           body.commission,
                           body.content,
                           master.lineages.at(body.lineage).splits,
                           body.fill.price,
                           record.effective_at};
  TRY(enter(filled.entry, open_volume(filled), fill));
  TRY(change_filled(filled, body.fill.signal, body.volume));
  note_committed(master, body.fill.account, body.lineage);
  TRY(subscription.results, core::add(subscription.results, body.commission));
  subscription.fills[body.fill.fill] = fill;
  return core::ok();
}

void apply(State& state, const CopyRejected& body, const ledger::RecordView&) {
  CopyMaster& master = state.copy->masters.at(body.structure);
  const core::AccountId& account = body.rejected.account;
  end_order(master.lineages.at(body.lineage).copies.at(account), body.rejected.signal);
  note_committed(master, account, body.lineage);
}

core::Result<> apply(State& state, const CopyCloseAsked& body, const ledger::RecordView&) {
  Copy& copy =
      state.copy->masters.at(body.structure).lineages.at(body.lineage).copies.at(body.account);
  TRY(copy.asked, core::add(copy.asked, body.volume));
  return core::ok();
}

}  // namespace engine::copy
