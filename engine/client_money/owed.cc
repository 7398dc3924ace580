#include "engine/client_money/owed.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "core/amount.h"
#include "engine/accounts.h"

namespace engine::client_money {
namespace {

std::vector<std::string_view> parts_of(std::string_view path) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = path.find(':');
    parts.push_back(path.substr(0, end));
    if (end == std::string_view::npos) return parts;
    path.remove_prefix(end + 1);
  }
}

core::Result<> grow(core::Minor& sum, core::Minor amount) {
  TRY(sum, core::add(sum, amount));
  return core::ok();
}

// What belongs together: a trading account, or an investor's part of a pool.
struct Entitlement {
  core::Minor balance = 0;
  core::Minor floating = 0;
};

struct Pool {
  std::map<std::string, Entitlement, std::less<>> investors;
  core::Minor undistributed = 0;
};

// Sorts the balances of the ring into classes, and keeps together what belongs together.
class Owed {
 public:
  // `owed` is positive if it is owed to clients.
  core::Result<> add(std::string_view path, core::Minor owed) {
    // liabilities:cm:client:{c}:account:{a}:balance
    const auto parts = parts_of(path);
    const std::string_view what = part(parts, 2);
    if (what == "client") return add_client(parts, owed);
    if (what == "pool" && part(parts, 4) == "undistributed") {
      TRY(grow(pools_[std::string(parts[3])].undistributed, owed));
      return grow(classes_.undistributed, owed);
    }
    TRY(grow(always_, owed));
    if (what == "transit") return grow(classes_.transit, owed);
    if (what == "unallocated") return grow(classes_.unallocated, owed);
    return grow(classes_.other, owed);
  }

  const OwedByClass& classes() const { return classes_; }

  core::Result<core::Minor> total() const {
    core::Minor sum = 0;
    for (const core::Minor part :
         {classes_.wallets, classes_.payouts, classes_.accounts, classes_.pool_pending,
          classes_.pool_settled, classes_.undistributed, classes_.floating_profit,
          classes_.floating_loss, classes_.transit, classes_.unallocated, classes_.other}) {
      TRY(grow(sum, part));
    }
    return sum;
  }

  // Nobody's debit is set off against what is owed to somebody else.
  core::Result<core::Minor> measured(OwedMeasure measure) const {
    core::Minor sum = always_;
    for (const auto& [account, entitlement] : accounts_) {
      TRY(const auto owed, by_measure(entitlement, measure));
      TRY(grow(sum, std::max<core::Minor>(owed, 0)));
    }
    for (const auto& [id, pool] : pools_) {
      core::Minor owed = pool.undistributed;
      for (const auto& [client, entitlement] : pool.investors) {
        TRY(const auto part, by_measure(entitlement, measure));
        TRY(grow(owed, std::max<core::Minor>(part, 0)));
      }
      TRY(grow(sum, std::max<core::Minor>(owed, 0)));
    }
    return sum;
  }

 private:
  static std::string_view part(const std::vector<std::string_view>& parts, std::size_t index) {
    return index < parts.size() ? parts[index] : std::string_view();
  }

  static core::Result<core::Minor> by_measure(const Entitlement& entitlement, OwedMeasure measure) {
    switch (measure) {
      case OwedMeasure::CashBalances:
        return entitlement.balance;
      case OwedMeasure::BalancesAndFloatingProfit:
        return core::add(entitlement.balance, std::max<core::Minor>(entitlement.floating, 0));
      case OwedMeasure::NetOfFloatingLoss:
        break;
    }
    return core::add(entitlement.balance, entitlement.floating);
  }

  core::Result<> add_client(const std::vector<std::string_view>& parts, core::Minor owed) {
    const std::string_view what = part(parts, 4);
    const std::string_view leaf = part(parts, 6);
    if (what == "account" && (leaf == "balance" || leaf == "floating")) {
      return add_entitled(accounts_[std::string(parts[5])], leaf, classes_.accounts, owed);
    }
    if (what == "pamm" && (leaf == "settled" || leaf == "floating")) {
      Pool& pool = pools_[std::string(parts[5])];
      return add_entitled(pool.investors[std::string(parts[3])], leaf, classes_.pool_settled, owed);
    }
    TRY(grow(always_, owed));
    if (what == "wallet") return grow(classes_.wallets, owed);
    if (what == "payout") return grow(classes_.payouts, owed);
    if (what == "pamm") return grow(classes_.pool_pending, owed);
    return grow(classes_.other, owed);
  }

  core::Result<> add_entitled(Entitlement& entitlement, std::string_view leaf,
                              core::Minor& balances, core::Minor owed) {
    if (leaf != "floating") {
      TRY(grow(entitlement.balance, owed));
      return grow(balances, owed);
    }
    TRY(grow(entitlement.floating, owed));
    return grow(owed > 0 ? classes_.floating_profit : classes_.floating_loss, owed);
  }

  OwedByClass classes_;
  core::Minor always_ = 0;  // Owed by every measure.
  std::map<std::string, Entitlement, std::less<>> accounts_;
  std::map<std::string, Pool, std::less<>> pools_;
};

core::Result<> add_held(HeldByClass& held, std::string_view path, core::Minor amount) {
  if (path.starts_with("assets:cm:bank:")) return grow(held.banks, amount);
  if (path.starts_with("assets:cm:lp:")) return grow(held.counterparties, amount);
  return grow(held.other, amount);
}

}  // namespace

core::Result<Standing> standing_of(const Context& context, const std::string& currency,
                                   OwedMeasure measure) {
  Standing standing;
  TRY(context.books.each("assets:cm", currency, [&](std::string_view path, core::Minor balance) {
    return add_held(standing.held, path, balance);
  }));
  for (const core::Minor part :
       {standing.held.banks, standing.held.counterparties, standing.held.other}) {
    TRY(grow(standing.held_total, part));
  }
  Owed owed;
  TRY(context.books.each("liabilities:cm", currency,
                         [&](std::string_view path, core::Minor balance) -> core::Result<> {
                           if (path == accounts::kInterfundClient) return core::ok();
                           return owed.add(path, -balance);
                         }));
  standing.owed = owed.classes();
  TRY(standing.owed_total, owed.total());
  TRY(standing.owed_measured, owed.measured(measure));
  standing.interfund = -context.books.balance(accounts::kInterfundClient, currency);
  return standing;
}

core::Result<core::Minor> required(const Standing& standing, core::Minor missing) {
  TRY(const auto by_measure, core::subtract(standing.owed_measured, standing.held_total));
  return core::add(std::max(-standing.interfund, by_measure), missing);
}

}  // namespace engine::client_money
