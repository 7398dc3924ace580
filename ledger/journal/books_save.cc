#include "core/fields.h"
#include "ledger/account.h"
#include "ledger/invariants/interfund_mirror.h"
#include "ledger/journal/books.h"

namespace ledger::journal {
namespace {

struct SavedHolding {
  std::uint64_t commodity = 0;
  core::Minor balance = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "commodity", self.commodity);
    field(2, "balance", self.balance);
  }
};

struct SavedAccount {
  AccountOpening opening;
  std::uint64_t opened_seq = 0;
  std::vector<SavedHolding> holdings;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "opening", self.opening);
    field(2, "opened_seq", self.opened_seq);
    field(3, "holdings", self.holdings);
  }
};

struct SavedBooks {
  std::vector<std::string> commodities;
  std::vector<SavedAccount> accounts;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "commodities", self.commodities);
    field(2, "accounts", self.accounts);
  }
};

}  // namespace

std::string Books::save() const {
  SavedBooks saved;
  for (const core::Commodity& commodity : commodities_) saved.commodities.push_back(commodity.code);
  for (const Account& account : accounts_) {
    SavedAccount& one = saved.accounts.emplace_back();
    one.opening = {account.path, account.laws, {}};
    one.opened_seq = account.opened_seq;
    for (const Holding& holding : account.holdings) {
      one.holdings.push_back({holding.commodity, holding.balance});
    }
  }
  for (const auto& [scope, members] : scopes_) {
    for (const std::uint32_t member : members) saved.accounts[member].opening.scope = scope;
  }
  return std::string(core::as_text(core::to_cbor(saved)));
}

core::Result<> Books::restore(std::string_view saved) {
  const auto read = core::from_cbor<SavedBooks>(core::as_bytes(saved));
  if (!read) return core::corrupt("snapshot", "", core::to_string(read.error()));
  for (const std::string& code : read.value().commodities) {
    TRY(commodity_index(code));
  }
  for (const SavedAccount& account : read.value().accounts) {
    TRY(open_account(account.opening, account.opened_seq));
    for (const SavedHolding& holding : account.holdings) {
      if (holding.commodity >= commodities_.size()) {
        return core::corrupt("snapshot", account.opening.path, "An unknown commodity is held.");
      }
      accounts_.back().holdings.push_back(
          {static_cast<std::uint32_t>(holding.commodity), holding.balance, {}});
    }
  }
  begin_batch();
  return core::ok();
}

}  // namespace ledger::journal
