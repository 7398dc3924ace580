#include "reports/statement_balances.h"

#include "engine/accounts.h"

namespace reports {
namespace {

namespace accounts = engine::accounts;

constexpr std::string_view kAnyUnit = "UNIT.";

core::Result<> grow_balance(Minor& total, Minor amount) {
  TRY(total, core::add(total, amount));
  return core::ok();
}

}  // namespace

Balances::Balances(const core::PartyId& client) {
  add(accounts::wallet(client), Role::Wallet, "");
  add(accounts::payout(client), Role::Payout, "");
}

void Balances::add(std::string path, Role role, std::string commodity, std::size_t holding) {
  slots_[std::move(path)] = {role, holding, std::move(commodity)};
}

void Balances::watch_pool(const Scope& scope) {
  const std::string& currency = scope.currency.code;
  held_.emplace_back();
  add(accounts::settled(scope.structure, scope.client), Role::Settled, currency);
  add(accounts::floating(scope.structure, scope.client), Role::Floating, currency);
  add(accounts::pending_in(scope.structure, scope.client), Role::PendingIn, currency);
  add(accounts::pending_out(scope.structure, scope.client), Role::PendingOut, currency);
  add(accounts::mark(engine::strategy_of(*scope.opened), scope.client), Role::Mark,
      accounts::mark_code(currency));
  add(accounts::units(scope.structure, scope.client), Role::Units, std::string(kAnyUnit));
  add(accounts::undistributed(scope.structure), Role::Undistributed, currency);
}

void Balances::watch_account(const Scope& scope, const core::AccountId& account) {
  const std::string& currency = scope.currency.code;
  const std::size_t holding = held_.size();
  held_.push_back({account, {}, {}});
  add(accounts::account_balance(scope.client, account), Role::Settled, currency, holding);
  add(accounts::account_floating(scope.client, account), Role::Floating, currency, holding);
}

bool Balances::Slot::takes(std::string_view other) const {
  if (commodity.empty()) return true;
  return role == Role::Units ? other.starts_with(commodity) : other == commodity;
}

Ends& Balances::ends_of(const Slot& slot, std::string_view commodity) {
  switch (slot.role) {
    case Role::Settled:
      return held_[slot.holding].settled;
    case Role::Floating:
      return held_[slot.holding].floating;
    case Role::Wallet:
      return wallet_[std::string(commodity)];
    case Role::PendingIn:
      return pending_in_;
    case Role::PendingOut:
      return pending_out_;
    case Role::Payout:
      return payout_[std::string(commodity)];
    case Role::Mark:
      return mark_;
    case Role::Units:
      return units_;
    case Role::Undistributed:
      return undistributed_;
  }
  core::check_failed("role is one of the nine", __FILE__, __LINE__);
}

core::Result<Moved> Balances::apply(const ledger::RecordView& record, Span span) {
  Moved moved;
  for (const ledger::PostingView& posting : record.postings) {
    const auto found = slots_.find(posting.account);
    if (found == slots_.end() || !found->second.takes(posting.commodity)) continue;
    const Slot& slot = found->second;
    // Quantities stand in debit; what is owed to the client stands in credit.
    const Minor amount = slot.is_quantity() ? posting.amount : -posting.amount;
    Ends& ends = ends_of(slot, posting.commodity);
    if (span == Span::Before) {
      TRY(grow_balance(ends.open, amount));
    }
    if (span != Span::After) {
      TRY(grow_balance(ends.close, amount));
    }
    if (slot.role == Role::Settled) {
      TRY(grow_balance(moved.settled, amount));
    } else if (slot.role == Role::Floating) {
      TRY(grow_balance(moved.floating, amount));
    } else if (slot.role == Role::Wallet) {
      TRY(grow_balance(moved.wallet[std::string(posting.commodity)], amount));
    }
  }
  return moved;
}

Cash Balances::cash(std::string_view currency, Minor Ends::*end) const {
  const auto of = [&](const CashEnds& ends) {
    const auto found = ends.find(currency);
    return found == ends.end() ? Minor{0} : found->second.*end;
  };
  return {of(wallet_), pending_in_.*end, pending_out_.*end, of(payout_)};
}

}  // namespace reports
