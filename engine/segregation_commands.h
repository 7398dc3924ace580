#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "engine/client_money_choices.h"
#include "engine/values.h"

// Commands of the day's segregation of client money. Source: docs/accounting.md, "Segregation".
namespace engine {

// How and by when client money is calculated in one currency. Needs an approver.
struct SetSegregationRule {
  static constexpr std::string_view kType = "set_segregation_rule";

  std::string currency;
  OwedMeasure measure = OwedMeasure::CashBalances;
  RequiredDays days = RequiredDays::EveryDay;
  core::Date first_date;  // The first day for which it is due.
  std::uint64_t cut_off_minutes =
      0;                // After the start of the day in UTC; the calculation is due before that.
  core::Hash document;  // The opinion or policy that it rests on.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "currency", self.currency);
    field(2, "measure", self.measure);
    field(3, "days", self.days);
    field(4, "first_date", self.first_date);
    field(5, "cut_off_minutes", self.cut_off_minutes);
    field(6, "document", self.document);
  }
};

// What a bank says it holds.
struct BankStatement {
  core::BankId bank;
  core::Decimal balance;  // By the bank's statement.
  std::optional<core::Decimal>
      difference;  // Statement less books, if it is known that they differ.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "bank", self.bank);
    field(2, "balance", self.balance);
    field(3, "difference", self.difference);
  }
};

// The calculation of client money for one day and currency, and the money that moves by it.
struct RecordSegregation {
  static constexpr std::string_view kType = "record_segregation";

  core::Date date;
  std::string currency;
  std::optional<OwedMeasure> measure;       // If no rule says it.
  std::optional<core::Instant> cut_off;     // If no rule says it.
  std::optional<core::BankId> client_bank;  // Where a shortfall is paid in, or an excess taken out.
  std::optional<core::BankId> house_bank;   // The other side.
  std::optional<core::Decimal> remove;      // Of an excess; absent: all of it.
  std::vector<BankStatement> statements;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "date", self.date);
    field(2, "currency", self.currency);
    field(3, "measure", self.measure);
    field(4, "cut_off", self.cut_off);
    field(5, "client_bank", self.client_bank);
    field(6, "house_bank", self.house_bank);
    field(7, "remove", self.remove);
    field(8, "statements", self.statements);
  }
};
}  // namespace engine
