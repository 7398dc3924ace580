#include "reports/statement_lines.h"

#include "engine/cash_records.h"
#include "engine/client_money_records.h"
#include "engine/correction_records.h"
#include "engine/dealing_records.h"
#include "engine/pamm_records.h"
#include "engine/partner_records.h"
#include "engine/sent_home_records.h"
#include "engine/trading_records.h"

namespace reports {
namespace {

using core::Result;

FeeClass class_of(engine::FeeKind fee) {
  switch (fee) {
    case engine::FeeKind::Management:
      return FeeClass::Management;
    case engine::FeeKind::Performance:
      return FeeClass::Performance;
    case engine::FeeKind::Entry:
      return FeeClass::Entry;
    case engine::FeeKind::Exit:
      return FeeClass::Exit;
    case engine::FeeKind::EarlyWithdrawal:
      return FeeClass::EarlyWithdrawal;
    case engine::FeeKind::Subscription:
      return FeeClass::Subscription;
    case engine::FeeKind::Volume:
      return FeeClass::Volume;
  }
  core::check_failed("fee is one of the seven", __FILE__, __LINE__);
}

Result<> add_fee(const Change& change, const engine::FeeCharged& body, Statement& out) {
  // With a tax on top of it: what it took from the investor.
  Minor taken = body.shares.empty() ? body.amount : 0;
  for (const engine::FeeShare& share : body.shares) {
    TRY(taken, core::add(taken, share.amount));
  }
  if (!change.scope.concerns(body.structure, body.client) || taken == 0) return core::ok();
  return add_line(out.fees, FeeLine{class_of(body.fee), change.evidence(), taken, body.base,
                                    body.rate, body.days});
}

Result<> read_fee(const Change& change, Statement& out) {
  TRY(const auto body, body_of<engine::FeeCharged>(change.record));
  return add_fee(change, body, out);
}

// Of an account in another currency the postings moved nothing in the statement's.
Result<> read_account_fee(const Change& change, Statement& out) {
  if (!change.moved.value()) return core::ok();
  TRY(const auto body, body_of<engine::AccountFeeCharged>(change.record));
  return add_fee(change, body.fee, out);
}

// A fee that was wrong is taken back in a line of its own, and the right one stands in another.
Result<> add_correction(const Change& change, const core::StructureId& structure,
                        const core::PartyId& client, engine::FeeKind fee, Minor amount,
                        Statement& out) {
  if (!change.scope.concerns(structure, client) || amount == 0) return core::ok();
  return add_line(out.fees, FeeLine{class_of(fee), change.evidence(), amount, {}, {}, 0});
}

Result<> read_reversal(const Change& change, Statement& out) {
  TRY(const auto body, body_of<engine::FeeReversed>(change.record));
  if (body.account && !change.moved.value()) return core::ok();
  return add_correction(change, body.structure, body.client, body.fee, -body.amount, out);
}

Result<> read_corrected(const Change& change, Statement& out) {
  TRY(const auto body, body_of<engine::FeeCorrected>(change.record));
  if (body.account && !change.moved.value()) return core::ok();
  return add_correction(change, body.structure, body.client, body.fee, body.amount, out);
}

Result<> read_rebate(const Change& change, Statement& out) {
  TRY(const auto body, body_of<engine::RebatePassed>(change.record));
  if (!change.scope.concerns(body.structure, body.client)) return core::ok();
  return add_line(out.rebates, RebateLine{change.evidence(), body.amount, change.moved.value()});
}

// A manual entry is nothing but its postings; and who covers a negative balance sets it to zero.
Result<> read_entry(const Change& change, Statement& out) {
  if (!change.moved.value()) return core::ok();
  return add_line(out.adjustments,
                  Adjustment{change.evidence(), change.moved.settled, change.moved.floating});
}

Result<Meaning> no_flow(Result<> read) {
  if (!read) return std::move(read.error());
  return Meaning{};
}

// The record names no account, but its postings do: only one that moved the client's value here is
// about this structure.
Result<Meaning> read_funding(const Change& change, Statement& out) {
  if (!change.moved.value()) return Meaning{};
  TRY(const auto body, body_of<engine::CashMoved>(change.record));
  if (body.client != change.scope.client) return Meaning{};
  Flow flow{FlowKind::Funding, change.evidence(), body.amount, 0, body.amount};
  if (body.type == "account_defunded") {
    flow.kind = FlowKind::Defunding;
    flow.net = -body.amount;
  } else if (body.type != "account_funded") {
    return Meaning{};
  }
  const Meaning meaning{.flow = flow.net};
  TRY(add_line(out.flows, flow));
  return meaning;
}

// Capital that a platform moves is in the account once it is confirmed, and out of it once it is
// sent; what is refused comes back.
Result<Meaning> read_transfer(const Change& change, Statement& out) {
  const Minor moved = change.moved.settled;
  if (moved == 0) return Meaning{};
  const FlowKind kind = moved > 0 ? FlowKind::Funding : FlowKind::Defunding;
  const Minor amount = moved > 0 ? moved : -moved;
  TRY(add_line(out.flows, Flow{kind, change.evidence(), amount, 0, moved}));
  return Meaning{.flow = moved};
}

Result<std::string> name_of_transfer(const Change& change) {
  if (change.record.kind == engine::TransferSent::kKind) return std::string("account_funded");
  TRY(const auto body, body_of<engine::TransferEnded>(change.record));
  return std::string(body.ticket ? "account_defunded" : "transfer_refused");
}

Result<std::string> name_of(const Change& change) {
  switch (change.record.kind) {
    case engine::CashMoved::kKind: {
      TRY(auto body, body_of<engine::CashMoved>(change.record));
      return std::move(body.type);
    }
    case engine::SubscriptionRequested::kKind:
      return std::string(engine::SubscriptionRequested::kName);
    case engine::RequestCancelled::kKind:
      return std::string(engine::RequestCancelled::kName);
    case engine::TransferSentHome::kKind:
      return std::string(engine::TransferSentHome::kName);
    case engine::RebatePassed::kKind:
      return std::string(engine::RebatePassed::kName);
    case engine::EntryPosted::kKind:
      return std::string(engine::EntryPosted::kName);
    case engine::CardDeposited::kKind:
      return std::string(engine::CardDeposited::kName);
    case engine::ChargedBack::kKind:
      return std::string(engine::ChargedBack::kName);
    case engine::ReceiptEnded::kKind:
      return std::string("deposit");
    case engine::TransferSent::kKind:
    case engine::TransferEnded::kKind:
      return name_of_transfer(change);
    case engine::ManagerPaid::kKind:
      return std::string(engine::ManagerPaid::kName);
    case engine::Converted::kKind:
      return std::string(engine::Converted::kName);
    case engine::HandedOver::kKind:
      return std::string(engine::HandedOver::kName);
    case engine::HandoverReceived::kKind:
      return std::string(engine::HandoverReceived::kName);
    case engine::CompensationPaid::kKind:
      return std::string(engine::CompensationPaid::kName);
    default:
      return "record_kind_" + std::to_string(change.record.kind);
  }
}

Result<> read_cash(const Change& change, Statement& out) {
  for (const auto& [currency, amount] : change.moved.wallet) {
    if (amount == 0) continue;
    TRY(auto what, name_of(change));
    TRY(add_line(out.cash_lines, CashLine{change.evidence(), std::move(what), currency, amount}));
  }
  return core::ok();
}

}  // namespace

Result<Meaning> read_common(const Change& change, Statement& out) {
  if (change.span != Span::Within) return Meaning{};
  TRY(read_cash(change, out));
  switch (change.record.kind) {
    case engine::FeeCharged::kKind:
      return no_flow(read_fee(change, out));
    case engine::AccountFeeCharged::kKind:
      return no_flow(read_account_fee(change, out));
    case engine::FeeReversed::kKind:
      return no_flow(read_reversal(change, out));
    case engine::FeeCorrected::kKind:
      return no_flow(read_corrected(change, out));
    case engine::RebatePassed::kKind:
      return no_flow(read_rebate(change, out));
    case engine::CashMoved::kKind:
      return read_funding(change, out);
    case engine::FeeClawedBack::kKind:  // Like a manual entry: what it moved is all of it.
    case engine::AccountFeeClawedBack::kKind:
    case engine::EntryPosted::kKind:
    case engine::NegativeBalanceCovered::kKind:
      return no_flow(read_entry(change, out));
    case engine::TransferSent::kKind:
    case engine::TransferEnded::kKind:
      return read_transfer(change, out);
    default:
      return Meaning{};
  }
}

}  // namespace reports
