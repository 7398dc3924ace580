#pragma once

#include <optional>
#include <string>

#include "engine/context.h"
#include "engine/copy/find.h"
#include "engine/effects.h"

// A result in the account's money, and its postings.
namespace engine::copy {

// Smallest units of the account's currency.
struct Result {
  core::Minor profit = 0;
  core::Minor swap = 0;
  core::Minor commission = 0;
  std::optional<RateUsed> rate;  // If it came in another currency.

  core::Result<core::Minor> sum() const;
};

// A result as the platform told it.
struct Told {
  core::Decimal profit;
  core::Decimal swap;
  core::Decimal commission;
  std::optional<std::string> currency;
  std::optional<core::Decimal> rate;
};

// Rounding: converted money half to even, each of the three by itself.
// Errors:   InvalidInput/unknown_currency, precision, same_currency, not_positive;
//           Conflict/no_rate, rate_gap; Overflow.
core::Result<Result> result_of(const Context& context, const TradingAccount& account,
                               const Told& told);

// Row 20: the result on the account, and `volume` more in its position, in the direction of the
// master's; negative for what closes. Errors: Overflow.
core::Result<Postings> postings_of(const Context& context, const core::AccountId& id,
                                   const TradingAccount& account, const CopyLineage& lineage,
                                   const Result& result, core::Minor volume);

}  // namespace engine::copy
