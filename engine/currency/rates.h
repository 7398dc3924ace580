#pragma once

#include <optional>
#include <string>

#include "core/rational.h"
#include "core/rounding.h"
#include "engine/context.h"
#include "engine/currency_commands.h"

// Which rate counts, and converting by it.
// Source: docs/accounting.md, "Exchange rates".
namespace engine::currency {

// How far back a rate may be when none is of the day itself: days that a long holiday takes.
inline constexpr std::int32_t kGapDaysMax = 5;

// The key of a pair in ExchangeRates::platform.
std::string platform_key(const std::string& server, const std::string& base,
                         const std::string& quote);

struct RateRequest {
  std::string from;
  std::string to;
  core::Instant at;                      // Of the deal, valuation or charge.
  std::optional<core::Decimal> of_deal;  // `to` for one `from`, carried by the deal itself.
  std::optional<std::string> server;     // Whose rates are asked next.
};

// The deal's own rate, else the latest of the platform's server up to then (either direction, not
// older than that), else the ECB's reference rates by way of the euro: those of the last
// publication up to the day, kGapDaysMax back at most. Equal currencies: one to one, source deal.
//
// Errors: Conflict/no_rate if no source knows the pair, Conflict/rate_gap if the last publication
// is
//         older than that, at `currency`; InvalidInput/not_positive at `rate`.
core::Result<RateUsed> rate_for(const State& state, const RateRequest& request);

// Whole units of `from` to whole units of `to`, exact.
core::Result<core::Rational> convert_exact(const core::Rational& amount, const RateUsed& rate);

// Smallest units of `from` to smallest units of `to`. Rounding: as named.
// Errors: Overflow.
core::Result<core::Minor> convert(core::Minor amount, const RateUsed& rate,
                                  core::Rounding rounding);

}  // namespace engine::currency
