#pragma once

#include <string>

#include "engine/fees/exact.h"
#include "engine/offer_terms.h"

// What accrues of the fees that go by time.
namespace engine::charging {

// What a span adds to a management fee, exact, and the capital that it was taken on.
struct ManagementAccrual {
  fees::Exact base;
  fees::Exact amount;
};

struct Span {
  core::Date from;
  core::Date to;  // Not in it.
};

// Whether the terms have a management fee at all.
bool charges_management(const OfferTerms& terms);

// Rate on the base, and the flat amount beside it; at least the minimum.
//
// Units:  `opening` and `closing`, the capital when the span began and when it ended before fees,
//         in smallest units of `currency`.
// Errors: Overflow; those of money in the currency.
core::Result<ManagementAccrual> management_accrual(const OfferTerms& terms,
                                                   const std::string& currency, const Span& span,
                                                   core::Minor opening, core::Minor closing);

// What a span adds to a yearly fee for taking part, by days of 365.
core::Result<fees::Exact> subscription_accrual(const core::Decimal& annual,
                                               const std::string& currency, const Span& span);

// What a span adds to a hurdle on a mark, by days of 365.
core::Result<fees::Exact> hurdle_accrual(const HurdleTerms& hurdle, core::Minor mark,
                                         const Span& span);

}  // namespace engine::charging
