#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "engine/segregation_commands.h"
#include "ledger/account.h"
#include "ledger/bodies.h"

// Records of the day's segregation of client money. Money in the smallest unit.
// Source: docs/accounting.md, "Segregation".
namespace engine {

// A rule in force from this record on.
struct SegregationRuleSet {
  static constexpr std::uint64_t kKind = 112;
  static constexpr std::string_view kName = "segregation_rule_set";

  SetSegregationRule rule;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "rule", self.rule);
  }
};

// A bank's statement beside the books; difference = stated - books.
struct StatementCompared {
  core::BankId bank;
  core::Minor books = 0;
  core::Minor stated = 0;
  core::Minor difference = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "bank", self.bank);
    field(2, "books", self.books);
    field(3, "stated", self.stated);
    field(4, "difference", self.difference);
  }
};

// What is owed to clients by the books, by class; each is positive if it is owed to them.
struct OwedByClass {
  core::Minor wallets = 0;
  core::Minor payouts = 0;
  core::Minor accounts = 0;  // Balances of trading accounts.
  core::Minor pool_pending = 0;
  core::Minor pool_settled = 0;
  core::Minor undistributed = 0;  // Pools' results since their rollovers.
  core::Minor floating_profit = 0;
  core::Minor floating_loss = 0;  // Not above zero.
  core::Minor transit = 0;
  core::Minor unallocated = 0;
  core::Minor other = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "wallets", self.wallets);
    field(2, "payouts", self.payouts);
    field(3, "accounts", self.accounts);
    field(4, "pool_pending", self.pool_pending);
    field(5, "pool_settled", self.pool_settled);
    field(6, "undistributed", self.undistributed);
    field(7, "floating_profit", self.floating_profit);
    field(8, "floating_loss", self.floating_loss);
    field(9, "transit", self.transit);
    field(10, "unallocated", self.unallocated);
    field(11, "other", self.other);
  }
};

// Held for clients by the books.
struct HeldByClass {
  core::Minor banks = 0;
  core::Minor counterparties = 0;
  core::Minor other = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "banks", self.banks);
    field(2, "counterparties", self.counterparties);
    field(3, "other", self.other);
  }
};

// The calculation of one day, before and after the money that its postings move.
//
// Guarantees: held - owed.total = interfund_before; afterwards interfund_after and surplus_after
// are not below zero.
struct SegregationRecorded {
  static constexpr std::uint64_t kKind = 113;
  static constexpr std::string_view kName = "segregation_recorded";

  core::Date date;
  std::string currency;
  OwedMeasure measure = OwedMeasure::CashBalances;
  std::optional<core::Instant> cut_off;
  bool late = false;  // Recorded after the cut-off.
  HeldByClass held;
  OwedByClass owed;
  core::Minor held_total = 0;
  core::Minor owed_total = 0;          // By the books: all classes.
  core::Minor owed_measured = 0;       // By the measure; debits are not netted.
  core::Minor statement_shortage = 0;  // What statements say is missing; counted as not held.
  core::Minor interfund_before = 0;    // C; positive: in credit.
  core::Minor shortfall = 0;  // To be funded: by books or measure, whichever asks for more.
  core::Minor excess = 0;     // Above what both ask for.
  core::Minor funded = 0;
  core::Minor removed = 0;
  core::Minor interfund_after = 0;
  core::Minor surplus_after = 0;  // Held, as counted, less owed_measured.
  std::optional<core::BankId> client_bank;
  std::optional<core::BankId> house_bank;
  std::vector<StatementCompared> statements;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "date", self.date);
    field(2, "currency", self.currency);
    field(3, "measure", self.measure);
    field(4, "cut_off", self.cut_off);
    field(5, "late", self.late);
    field(6, "held", self.held);
    field(7, "owed", self.owed);
    field(8, "held_total", self.held_total);
    field(9, "owed_total", self.owed_total);
    field(10, "owed_measured", self.owed_measured);
    field(11, "statement_shortage", self.statement_shortage);
    field(12, "interfund_before", self.interfund_before);
    field(13, "shortfall", self.shortfall);
    field(14, "excess", self.excess);
    field(15, "funded", self.funded);
    field(16, "removed", self.removed);
    field(17, "interfund_after", self.interfund_after);
    field(18, "surplus_after", self.surplus_after);
    field(19, "client_bank", self.client_bank);
    field(20, "house_bank", self.house_bank);
    field(21, "statements", self.statements);
  }
};

// Something was not done in time. A breach is never taken back; what ends it is a later record.
struct ClientMoneyBreached {
  static constexpr std::uint64_t kKind = 114;
  static constexpr std::string_view kName = "client_money_breached";

  BreachReason reason = BreachReason::Missed;
  std::string currency;
  core::Instant due;
  std::optional<core::Date> date;  // Of the calculation.
  core::Minor amount =
      0;  // The shortfall when it was recorded; or what has no owner, or is not confirmed.
  std::optional<core::Id<ledger::ScopeTag>> item;  // The receipt or transfer.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "reason", self.reason);
    field(2, "currency", self.currency);
    field(3, "due", self.due);
    field(4, "date", self.date);
    field(5, "amount", self.amount);
    field(6, "item", self.item);
  }
};
}  // namespace engine
