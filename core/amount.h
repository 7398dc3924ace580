#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/decimal.h"

namespace core {

// What is counted, and how finely: money by ISO 4217, or a quantity such as UNIT.P1E1.
struct Commodity {
  std::string code;
  std::uint8_t scale = 0;
  bool operator==(const Commodity&) const = default;
};

// The scale of a commodity code: ISO 4217 for currencies; 8 for UNIT.* and LOT.*; the currency's
// for MARK.<currency> and OP.<currency>.
// Errors: InvalidInput/commodity for any other code.
// Source: docs/accounting.md, "Commodities".
Result<Commodity> commodity(std::string_view code);

// A signed, exact count of the commodity's smallest unit. In a posting, debit is positive.
struct Amount {
  Commodity commodity;
  Minor minor = 0;
  bool operator==(const Amount&) const = default;
};

// Errors: InvalidInput/commodity_mismatch; Overflow.
Result<Amount> add(const Amount& a, const Amount& b);
Result<Amount> subtract(const Amount& a, const Amount& b);
Result<Amount> negate(const Amount& a);
// "100.00" at the commodity's scale.
// Errors: InvalidInput/decimal, InvalidInput/precision; Overflow.
Result<Amount> parse_amount(std::string_view text, const Commodity& commodity);
// "100.00 EUR"
std::string to_string(const Amount& amount);

}  // namespace core
