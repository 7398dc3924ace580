#include "reports/other_currencies.h"

#include "core/amount.h"
#include "engine/cash_records.h"
#include "engine/client_money_records.h"
#include "engine/correction_records.h"
#include "engine/trading_records.h"

namespace reports {
namespace {

// What a record's money is to an account: money that came or went, a cost, or a result.
Minor OtherCurrency::*member_of(std::uint64_t kind) {
  switch (kind) {
    case engine::CashMoved::kKind:
    case engine::TransferSent::kKind:
    case engine::TransferEnded::kKind:
      return &OtherCurrency::net_flows;
    case engine::AccountFeeCharged::kKind:
    case engine::FeeReversed::kKind:
    case engine::FeeCorrected::kKind:
      return &OtherCurrency::fees;
    default:
      return &OtherCurrency::result;
  }
}

core::Result<Value> value_at(const Balances::Held& held, Minor Ends::*end,
                             const std::optional<Evidence>& valued) {
  TRY(const Minor total, core::add(held.settled.*end, held.floating.*end));
  return Value{held.settled.*end, held.floating.*end, total, valued};
}

core::Result<> check_sums(const OtherCurrency& sums) {
  TRY(auto close, core::add(sums.nav_open, sums.net_flows));
  TRY(close, core::add(close, sums.result));
  TRY(close, core::subtract(close, sums.fees));
  if (close == sums.nav_close) return core::ok();
  return core::corrupt("statement_identity", "other_currencies",
                       "What moved the accounts in " + sums.currency.code +
                           " is not what they hold; the statement is not issued. Run `tally verify "
                           "--recompute`.");
}

}  // namespace

void OtherCurrencies::watch_account(const Scope& scope, const core::AccountId& account,
                                    core::Commodity currency) {
  const std::string code = currency.code;
  const auto [found, added] = by_currency_.try_emplace(code, Watched{Balances(scope.client), {}});
  Scope own = scope;
  own.currency = currency;
  found->second.sums.currency = std::move(currency);
  found->second.sums.holdings.push_back({account, {}, {}});
  found->second.balances.watch_account(own, account);
}

core::Result<> OtherCurrencies::note_valued(const ledger::RecordView& record, Span span,
                                            Watched& watched) {
  if (record.kind != engine::AccountValued::kKind || span == Span::After) return core::ok();
  TRY(const auto body, body_of<engine::AccountValued>(record));
  for (Holding& holding : watched.sums.holdings) {
    if (holding.account != body.account) continue;
    // A late valuation of an earlier time does not take the place of a newer one.
    if (holding.close.valued && holding.close.valued->at > record.effective_at) continue;
    holding.close.valued = Evidence{record.seq, record.effective_at};
    if (span == Span::Before) holding.open.valued = holding.close.valued;
  }
  return core::ok();
}

core::Result<> OtherCurrencies::read(const ledger::RecordView& record, Span span) {
  for (auto& [code, watched] : by_currency_) {
    TRY(const Moved moved, watched.balances.apply(record, span));
    TRY(note_valued(record, span, watched));
    if (span != Span::Within || !moved.value()) continue;
    TRY(const Minor amount, core::add(moved.settled, moved.floating));
    const auto member = member_of(record.kind);
    Minor& sum = watched.sums.*member;
    TRY(sum, core::add(sum, member == &OtherCurrency::fees ? -amount : amount));
  }
  return core::ok();
}

core::Result<> OtherCurrencies::add_to(Statement& out) const {
  for (const auto& [code, watched] : by_currency_) {
    OtherCurrency sums = watched.sums;
    for (std::size_t i = 0; i < sums.holdings.size(); ++i) {
      const Balances::Held& held = watched.balances.held()[i];
      Holding& holding = sums.holdings[i];
      TRY(holding.open, value_at(held, &Ends::open, holding.open.valued));
      TRY(holding.close, value_at(held, &Ends::close, holding.close.valued));
      TRY(sums.nav_open, core::add(sums.nav_open, holding.open.total));
      TRY(sums.nav_close, core::add(sums.nav_close, holding.close.total));
    }
    TRY(check_sums(sums));
    out.other_currencies.push_back(std::move(sums));
  }
  return core::ok();
}

}  // namespace reports
