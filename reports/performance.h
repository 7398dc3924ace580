#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/decimal.h"
#include "core/time.h"

// How a portfolio did over a period, net of the fees that were taken from it. Money moved in and
// out is an external flow, so an entry fee, taken before the money is in, is not part of the
// return.
namespace reports {

inline constexpr std::string_view kTimeWeighted = "twr/1";
inline constexpr std::string_view kModifiedDietz = "modified_dietz/1";

// A record that changed the portfolio's value or at which it was priced.
struct ValueStep {
  core::Instant at;
  std::uint64_t seq = 0;
  core::Minor change = 0;  // Of the value, flow included.
  core::Minor flow = 0;    // The external part of it; positive is money in.
  bool priced = false;     // A rollover: a sub-period ends here.
};

// The value over [from, to): at the start, and every change.
struct PeriodValues {
  core::Instant from;
  core::Instant to;
  core::Minor open = 0;
  std::vector<ValueStep> steps;  // By (at, seq).
};

// A stretch without external flow: from after the flow at its start to before the flow at its end.
struct SubPeriod {
  core::Instant from;
  core::Instant to;
  core::Minor open = 0;
  core::Minor close = 0;
};

// A return, or the reason why there is none: "no_capital" if nothing was invested,
// "result_without_capital" if value appeared where there was none, "value_below_zero".
struct Return {
  std::string_view method;
  std::optional<core::Minor> rate_e8;       // In units of 1e-8; 0.01 is one per cent.
  std::optional<core::Minor> basis_points;  // In units of 0.01 %.
  std::string_view reason;
};

// The period cut at flows and rollovers; stretches with no value at either end are left out.
// Errors: Overflow.
core::Result<std::vector<SubPeriod>> sub_periods(const PeriodValues& values);

// Product of close / open over the sub-periods, less one.
//
// Rounding: exact until the end, then each figure once, half even.
// Errors:   Overflow.
// Source:   method "twr/1"; docs/formats/statement.md.
core::Result<Return> time_weighted(std::span<const SubPeriod> periods);

// (close - open - flows) / (open + sum of flow x remaining time / whole time), over the time that
// money was in: from the first moment with value to the last, so that one who came late or left
// early is not measured on capital he did not have. Time in microseconds.
//
// Rounding: as above.
// Errors:   Overflow.
// Source:   method "modified_dietz/1"; P. O. Dietz 1966; docs/formats/statement.md.
core::Result<Return> modified_dietz(const PeriodValues& values);

}  // namespace reports
