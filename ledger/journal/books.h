#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/amount.h"
#include "ledger/bodies.h"
#include "ledger/index/group.h"
#include "ledger/invariants/resolved.h"
#include "ledger/journal/balances.h"
#include "ledger/journal/name_table.h"
#include "ledger/journal/past.h"
#include "ledger/record.h"

namespace ledger::journal {

// Whether balances as of earlier records will be asked for.
enum class History { Keep, Forget };

// A balance after a record: one step of an account's history in one commodity.
struct HistoryStep {
  std::uint64_t seq = 0;
  core::Minor balance = 0;
  core::Instant effective_at;
};

// The balance an account holds in one commodity.
struct Holding {
  std::uint32_t commodity = 0;
  core::Minor balance = 0;
  std::vector<HistoryStep> history;
};

struct Account {
  std::string path;
  Ring ring = Ring::House;
  bool interfund = false;
  std::vector<Law> laws;
  std::uint64_t opened_seq = 0;
  std::vector<Holding> holdings;
};

// A line of a trial balance.
struct Balance {
  std::string account;
  core::Amount amount;
};

// Double entry: the accounts, their laws and their balances as of every record. A fold over the
// records, and the place where an entry that breaks a law is refused. Records are applied batch by
// batch; a batch that fails, or is not wanted after all, is rolled back whole.
class Books final : public Balances {
 public:
  explicit Books(History history = History::Keep) : keep_history_(history == History::Keep) {}

  // Starts a batch; closes the one before.
  void begin_batch();
  // Errors: InvalidInput/unknown_account, unknown_commodity, unbalanced, interfund_mirror,
  //         zero_posting, account; Conflict/account_exists; Overflow.
  core::Result<> apply(const RecordView& record);
  // Checks the laws of the accounts touched and of the events announced since begin_batch().
  // Errors: Conflict/law_<name> with the account.
  core::Result<> check_laws() const;
  // Takes back everything since begin_batch().
  void roll_back();

  // Appends where the last record applied has left the holdings it moved, each once.
  void moves_of_last_record(std::vector<index::Move>& moves) const;

  // All accounts and balances, without histories; between batches.
  std::string save() const;
  // Into new books. Errors: Corrupt/snapshot.
  core::Result<> restore(std::string_view saved);

  bool is_open(std::string_view account) const override { return find(account) != nullptr; }
  const Account* find(std::string_view account) const;
  core::Minor balance(std::string_view account, std::string_view commodity) const override;
  core::Result<> each(std::string_view prefix, std::string_view commodity,
                      const Visit& visit) const override;
  // As of the end of record `seq`.
  core::Minor balance_at(std::string_view account, std::string_view commodity,
                         std::uint64_t seq) const;
  // All non-zero balances of `prefix` and below ("" = all) as of the end of record `seq`, by path,
  // then commodity.
  std::vector<Balance> balances_at(std::string_view prefix, std::uint64_t seq) const;
  // See Past.
  core::Result<> balances_before(core::Instant until, const Past::VisitBalance& visit) const;
  // The steps of one account in one commodity, oldest first.
  const std::vector<HistoryStep>* history(std::string_view account,
                                          std::string_view commodity) const;
  // Every account in path order, for exports.
  std::vector<const Account*> accounts() const;
  // Accounts and commodities are numbered from 0 as they come up in the records.
  std::size_t account_count() const { return accounts_.size(); }
  const Account& account(std::size_t number) const { return accounts_[number]; }
  std::size_t commodity_count() const { return commodities_.size(); }
  const core::Commodity& commodity(std::uint32_t number) const { return commodities_[number]; }
  std::vector<std::string> commodity_codes() const;

 private:
  struct Undo {
    std::uint32_t account = 0;
    std::uint32_t holding = 0;
    core::Minor balance = 0;
    bool step_added = false;
    bool holding_added = false;
  };

  core::Result<> open_accounts(const RecordView& record);
  core::Result<> open_account(const AccountOpening& opening, std::uint64_t seq);
  core::Result<> resolve(const RecordView& record);
  std::uint32_t account_number(std::string_view path) const;
  std::uint32_t commodity_number(std::string_view code) const;
  core::Result<std::uint32_t> commodity_index(std::string_view code);
  core::Result<> post(const invariants::ResolvedPosting& posting, const RecordView& record);
  Holding& holding_of(std::uint32_t account, std::uint32_t commodity, std::uint32_t& index);
  const Holding* find_holding(std::string_view account, std::string_view commodity) const;
  core::Result<> check_touched(const Account& account, const Holding& holding) const;
  core::Result<> check_event(const Event& event) const;

  bool keep_history_;
  std::vector<Account> accounts_;
  NameTable account_names_;
  std::vector<core::Commodity> commodities_;
  NameTable commodity_names_;
  std::uint32_t last_commodity_ = 0;  // Most records have one: it is looked for first.
  std::map<core::Id<ScopeTag>, std::vector<std::uint32_t>> scopes_;

  std::vector<invariants::ResolvedPosting> resolved_;  // Of the record being applied.
  std::vector<Undo> undo_;                             // Since begin_batch().
  std::size_t accounts_before_ = 0;
  std::size_t commodities_before_ = 0;
  std::vector<Event> events_;
};

}  // namespace ledger::journal
