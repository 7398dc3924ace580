#include "reports/journals/balances.h"

#include "core/check.h"

namespace reports::journals {
namespace {

core::Result<> add_all(Balances::ByCommodity& sums, const Balances::ByCommodity& holdings) {
  for (const auto& [commodity, balance] : holdings) {
    core::Minor& sum = sums[commodity];
    TRY(sum, core::add(sum, balance));
  }
  return core::ok();
}

}  // namespace

core::Result<Balances> Balances::make(const Declarations& declarations) {
  Balances balances;
  for (const std::string& code : declarations.commodities) {
    TRY(const auto commodity, core::commodity(code));
    balances.scales_[code] = commodity.scale;
  }
  for (const std::string& account : declarations.accounts) balances.own_[account];
  return balances;
}

core::Result<> Balances::add(const ledger::RecordView& record) {
  for (const ledger::PostingView& posting : record.postings) {
    auto added = add(posting);
    if (!added) return std::move(added.error()).within("seq " + std::to_string(record.seq));
  }
  return core::ok();
}

core::Result<> Balances::add(const ledger::PostingView& posting) {
  const auto account = own_.find(posting.account);
  if (account == own_.end()) {
    return core::invalid("unknown_account", std::string(posting.account),
                         "A posting names an account that was not declared.");
  }
  const auto scale = scales_.find(posting.commodity);
  if (scale == scales_.end()) {
    return core::invalid("unknown_commodity", std::string(posting.commodity),
                         "A posting names a commodity that was not declared.");
  }
  core::Minor& balance = account->second[scale->first];
  TRY(balance, core::add(balance, posting.amount));
  return core::ok();
}

core::Result<Balances::ByAccount> Balances::with_children() const {
  ByAccount sums;
  for (const auto& [account, holdings] : own_) {
    if (!holdings.empty()) sums[account] = holdings;
  }
  for (const auto& [account, holdings] : own_) {
    for (std::size_t colon = account.find(':'); colon != std::string::npos;
         colon = account.find(':', colon + 1)) {
      const auto parent = sums.find(std::string_view(account).substr(0, colon));
      if (parent == sums.end()) continue;
      TRY(add_all(parent->second, holdings));
    }
  }
  return sums;
}

std::string Balances::print(std::string_view commodity, core::Minor minor) const {
  const auto scale = scales_.find(commodity);
  CHECK(scale != scales_.end());
  return core::print_fixed(minor, scale->second);
}

}  // namespace reports::journals
