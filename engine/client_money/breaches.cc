#include "engine/client_money/breaches.h"

#include <algorithm>

#include "engine/client_money/decide.h"
#include "engine/client_money/due_days.h"
#include "engine/client_money/owed.h"

namespace engine::client_money {
namespace {

void add_day(const Lacking& lacking, core::Date date, BreachReason reason, Effects& effects) {
  effects.add(ClientMoneyBreached{reason,
                                  lacking.currency,
                                  cut_off_of(*lacking.standing.rule, date),
                                  date,
                                  lacking.shortfall,
                                  {}},
              {}, {});
}

bool is_overdue(const OpenReceipt& receipt, core::Instant now) {
  return !receipt.breached && receipt.recorded.due <= now;
}

bool is_overdue(const OpenTransfer& transfer, core::Instant now) {
  return !transfer.breached && transfer.sent.due <= now;
}

bool is_overdue(const SegregationStanding& standing, core::Instant now) {
  const auto date = next_due(standing);
  return date && cut_off_of(*standing.rule, *date) <= now;
}

void add_items(const Context& context, Effects& effects) {
  const ClientMoney& money = context.state.client_money;
  for (const auto& [id, receipt] : money.receipts) {
    if (!is_overdue(receipt, context.now)) continue;
    const ReceiptRecorded& recorded = receipt.recorded;
    effects.add(ClientMoneyBreached{BreachReason::Unidentified,
                                    recorded.currency,
                                    recorded.due,
                                    {},
                                    recorded.amount,
                                    core::Id<ledger::ScopeTag>{id.bytes}},
                {}, {id.bytes});
  }
  for (const auto& [id, transfer] : money.transfers) {
    if (!is_overdue(transfer, context.now)) continue;
    const TransferSent& sent = transfer.sent;
    effects.add(ClientMoneyBreached{BreachReason::Unconfirmed,
                                    sent.currency,
                                    sent.due,
                                    {},
                                    sent.amount,
                                    core::Id<ledger::ScopeTag>{id.bytes}},
                {}, {id.bytes, sent.client.bytes});
  }
}

}  // namespace

void add_missed_days(const Lacking& lacking, core::Instant now, Effects& effects) {
  SegregationStanding ahead = lacking.standing;
  for (std::size_t found = 0; found < kBreachesMax && is_overdue(ahead, now); ++found) {
    ahead.missing = next_due(ahead);
    add_day(lacking, *ahead.missing, BreachReason::Missed, effects);
  }
}

void add_breaches_of(const Lacking& lacking, core::Date date, core::Instant now, Effects& effects) {
  SegregationStanding ahead = lacking.standing;
  auto due = next_due(ahead);
  for (; due && *due < date; due = next_due(ahead)) {
    add_day(lacking, *due, BreachReason::PassedOver, effects);
    ahead.missing = due;
  }
  if (due == date && is_overdue(ahead, now)) add_day(lacking, date, BreachReason::Late, effects);
}

core::Result<core::Minor> shortfall_of(const Context& context, const std::string& currency,
                                       OwedMeasure measure) {
  TRY(const Standing standing, standing_of(context, currency, measure));
  TRY(const auto amount, required(standing, 0));
  return std::max<core::Minor>(amount, 0);
}

core::Result<> expire(const Context& context, Effects& effects) {
  for (const auto& [currency, standing] : context.state.client_money.segregation) {
    if (!is_overdue(standing, context.now)) continue;
    TRY(const auto shortfall, shortfall_of(context, currency, standing.rule->measure));
    add_missed_days({currency, standing, shortfall}, context.now, effects);
  }
  add_items(context, effects);
  return core::ok();
}

bool has_expired(const State& state, core::Instant now) {
  const auto any = [now](const auto& all) {
    return std::ranges::any_of(all, [now](const auto& one) { return is_overdue(one.second, now); });
  };
  const ClientMoney& money = state.client_money;
  return any(money.segregation) || any(money.receipts) || any(money.transfers);
}

void apply(State& state, const ClientMoneyBreached& body, const ledger::RecordView&) {
  ClientMoney& money = state.client_money;
  if (body.date) {
    auto& missing = money.segregation[body.currency].missing;
    if (!missing || *missing < *body.date) missing = body.date;
  }
  if (!body.item) return;
  const auto receipt = money.receipts.find(ReceiptId{body.item->bytes});
  if (receipt != money.receipts.end()) receipt->second.breached = true;
  const auto transfer = money.transfers.find(TransferId{body.item->bytes});
  if (transfer != money.transfers.end()) transfer->second.breached = true;
}

}  // namespace engine::client_money
