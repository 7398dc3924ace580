#pragma once

#include <string>
#include <string_view>

#include "core/amount.h"

namespace engine {

// `value` in smallest units of a currency; must be above zero.
// Errors: InvalidInput/unknown_currency, InvalidInput/precision, InvalidInput/not_positive;
// Overflow;
//         all at `field`.
core::Result<core::Minor> positive_money(const core::Decimal& value, std::string_view currency,
                                         std::string_view field);

// The same for a result, which may have either sign or be zero.
core::Result<core::Minor> signed_money(const core::Decimal& value, std::string_view currency,
                                       std::string_view field);

// A rate such as 0.20 for 20 %: from 0 to `max`. Errors: InvalidInput/rate_range at `field`.
core::Result<> check_rate(const core::Decimal& rate, std::int64_t max, std::string_view field);

// True if the code is a currency of ISO 4217. Errors: InvalidInput/unknown_currency at `field`.
core::Result<> check_currency(std::string_view code, std::string_view field);

}  // namespace engine
