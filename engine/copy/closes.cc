// Closes of copies, with their results.

#include "engine/accounts.h"
#include "engine/copy/asks.h"
#include "engine/copy/decide.h"
#include "engine/copy/entry.h"
#include "engine/copy/result.h"
#include "engine/partners/decide.h"
#include "engine/trading/volume.h"

namespace engine::copy {
namespace {

// The copy that a close belongs to.
struct Closing {
  std::string lineage_id;
  const CopyLineage* lineage = nullptr;
  const Copy* copy = nullptr;
};

std::optional<Closing> copy_in(const Named& named, const core::AccountId& account,
                               const std::optional<std::string>& lineage_id) {
  if (!lineage_id) return std::nullopt;
  const CopyLineage& lineage = named.master->lineages.at(*lineage_id);
  const auto copy = lineage.copies.find(account);
  if (copy == lineage.copies.end()) return std::nullopt;
  return Closing{*lineage_id, &lineage, &copy->second};
}

// Of a reversal the position that it closes comes first, as long as anything of it is open.
core::Result<Closing> find_closing(const Named& named, const RecordCopyClose& command) {
  const CopySignal& signal = *named.signal;
  const auto closed = copy_in(named, command.account, signal.closes);
  const auto opened = copy_in(named, command.account, signal.opens);
  if (command.lineage) {
    if (closed && closed->lineage_id == *command.lineage) return *closed;
    if (opened && opened->lineage_id == *command.lineage) return *opened;
  } else {
    if (closed && (open_volume(*closed->copy) > 0 || !opened)) return *closed;
    if (opened) return *opened;
  }
  return core::not_found("unknown_copy", "signal",
                         "This account has no copy of that signal's position.");
}

core::Result<> check_open(const Copy& copy, core::Minor volume) {
  if (volume <= open_volume(copy)) return core::ok();
  return core::conflict("overclose", "lots",
                        "More would be closed than is open; " +
                            core::to_string(core::to_decimal(open_volume(copy), kLotScale)) +
                            " lots are.");
}

}  // namespace

Drafts decide(const Context& context, const RecordCopyClose& command) {
  TRY(const Named named, find_named(context, command.account, command.signal));
  TRY(trading::check_platform_id(command.close, "close"));
  const core::Hash content = content_of(command);
  const auto before = named.subscription->closes.find(command.close);
  if (before != named.subscription->closes.end()) {
    TRY(check_repetition(before->second.content, content, "close"));
    return std::vector<ledger::Draft>();
  }
  TRY(const Closing closing, find_closing(named, command));
  TRY(const auto volume, volume_of(command.lots));
  TRY(check_price(command.price, "price"));
  TRY(check_open(*closing.copy, volume));
  TRY(check_grid(*closing.lineage, *closing.copy, volume, open_volume(*closing.copy)));
  const TradingAccount& account = *named.account;
  TRY(const Result result, result_of(context, account,
                                     {command.profit, command.swap, command.commission,
                                      command.currency, command.conversion_rate}));
  TRY(auto postings,
      postings_of(context, command.account, account, *closing.lineage, result, -volume));
  Effects effects(context.effective_at);
  effects.add(CopyClosed{command, content, account.structure, account.client, closing.lineage_id,
                         volume, open_volume(*closing.copy) - volume, result.profit, result.swap,
                         result.commission, result.rate},
              std::move(postings), {account.client.bytes, account.structure.bytes});
  TRY(partners::accrue(context, effects, account.structure, command.close, command.lots));
  partners::CloseAccruals accruals(context);
  if (!accruals.pays_anybody()) return effects.take();
  TRY(const auto close,
      position_close(context, named, closing.lineage_id, command, result.commission, volume));
  TRY(accruals.add(effects, close));
  return effects.take();
}

core::Result<> apply(State& state, const CopyClosed& body, const ledger::RecordView& record) {
  CopyTrading& copy = *state.copy;
  CopyMaster& master = copy.masters.at(body.structure);
  Copy& closed = master.lineages.at(body.lineage).copies.at(body.close.account);
  TRY(const auto commission, commission_of(closed.entry, open_volume(closed), body.volume));
  TRY(closed.entry.commission, core::subtract(closed.entry.commission, commission));
  TRY(change_closed(closed, body.volume));
  note_committed(master, body.close.account, body.lineage);
  CopySubscription& subscription = copy.subscriptions.at(body.close.account);
  const Result result{body.profit, body.swap, body.commission, {}};
  TRY(const auto sum, result.sum());
  TRY(subscription.results, core::add(subscription.results, sum));
  subscription.closes[body.close.close] = {
      body.close.signal, body.lineage,       body.volume,  body.profit,
      body.swap,         body.commission,    body.content, master.lineages.at(body.lineage).splits,
      body.close.price,  record.effective_at};
  return partners::add_volume(state, body.structure, body.client, body.volume);
}

}  // namespace engine::copy
