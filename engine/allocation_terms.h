#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "core/fields.h"

// How a manager's order is shared between the accounts of a group (MAM). Order of the choices is
// stored: append only.
// Source: docs/accounting.md, "Allocation".
namespace engine {

// By what an account takes part. Those named `profit_` share results alone: no lots.
enum class AllocationMethod {
  Equity,         // In proportion to equity.
  Balance,        // In proportion to balance.
  FreeMargin,     // In proportion to free margin; none, no part.
  Lots,           // In proportion to the account's own parameter, in lots.
  FixedLots,      // The account's own parameter, whatever the order's volume.
  Multiplier,     // The order's volume times the account's own parameter: the order is a signal.
  Percent,        // The account's own parameter as a part of the order; they sum to 1.
  Even,           // The same for each.
  EquityPercent,  // As many lots as put the account's own part of its equity up as margin.
  EqualRisk,      // In proportion to equity, without accounts that would fall below their floor.
  ProfitPercent,  // No lots: results by the account's own part.
  ProfitEquity,   // No lots: results in proportion to equity.
  EqualPositions  // As brings the accounts' positions in the symbol nearest to each other.
};

// What becomes of an account whose share is below the smallest volume.
enum class BelowMinimum { Exclude, Raise };

// When accounts of the firm or of the manager himself are filled.
enum class OwnAccounts { Last, ProRata };

}  // namespace engine

template <>
struct core::EnumNames<engine::AllocationMethod> {
  static constexpr std::array<std::string_view, 13> names = {
      "equity",         "balance",       "free_margin",    "lots",           "fixed_lots",
      "multiplier",     "percent",       "even",           "equity_percent", "equal_risk",
      "profit_percent", "profit_equity", "equal_positions"};
};

template <>
struct core::EnumNames<engine::BelowMinimum> {
  static constexpr std::array<std::string_view, 2> names = {"exclude", "raise"};
};

template <>
struct core::EnumNames<engine::OwnAccounts> {
  static constexpr std::array<std::string_view, 2> names = {"last", "pro_rata"};
};

namespace engine {

// The order handling policy of a group; an offer's `residual` says who has the odd step.
struct AllocationTerms {
  AllocationMethod method = AllocationMethod::Equity;
  std::optional<BelowMinimum> below_minimum;  // exclude
  std::optional<OwnAccounts> own_accounts;    // last
  // Why own accounts may be filled beside clients': needed for pro_rata (SHA-256 of the document).
  std::optional<core::Hash> own_accounts_document;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "method", self.method);
    field(2, "below_minimum", self.below_minimum);
    field(3, "own_accounts", self.own_accounts);
    field(4, "own_accounts_document", self.own_accounts_document);
  }
};

}  // namespace engine
