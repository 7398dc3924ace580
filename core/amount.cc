#include "core/amount.h"

#include <algorithm>

#include "core/iso4217.h"

namespace core {
namespace {

constexpr std::size_t kCodeMax = 23;        // docs/accounting.md, "Commodities".
constexpr std::uint8_t kQuantityScale = 8;  // Units and lots count hundred-millionths.

bool is_upper_case(char c) { return c >= 'A' && c <= 'Z'; }
bool is_alphanumeric(char c) { return is_upper_case(c) || (c >= '0' && c <= '9'); }

// [A-Z][A-Z0-9.]{0,21}[A-Z0-9]
bool well_formed(std::string_view code) {
  return code.size() >= 2 && code.size() <= kCodeMax && is_upper_case(code.front()) &&
         is_alphanumeric(code.back()) && std::all_of(code.begin(), code.end(), [](char c) {
           return c == '.' || is_alphanumeric(c);
         });
}

std::optional<std::uint8_t> scale_of(std::string_view code) {
  for (const std::string_view prefix : {"UNIT.", "LOT."}) {
    // A well-formed code does not end in a point, so a name follows the prefix.
    if (code.starts_with(prefix)) return kQuantityScale;
  }
  for (const std::string_view prefix : {"MARK.", "OP."}) {
    if (code.starts_with(prefix)) return currency_scale(code.substr(prefix.size()));
  }
  return currency_scale(code);
}

Result<> same_commodity(const Amount& a, const Amount& b) {
  if (a.commodity == b.commodity) return ok();
  return invalid("commodity_mismatch", "",
                 a.commodity.code + " and " + b.commodity.code + " cannot be added.");
}

}  // namespace

Result<Commodity> commodity(std::string_view code) {
  if (well_formed(code)) {
    const auto scale = scale_of(code);
    if (scale.has_value()) return Commodity{std::string(code), *scale};
  }
  // The code is not repeated: it may be long, and it is not ours to put into a log.
  return invalid("commodity", "", "This is neither an ISO 4217 currency nor a known quantity.");
}

Result<Amount> add(const Amount& a, const Amount& b) {
  TRY(same_commodity(a, b));
  TRY(const Minor minor, add(a.minor, b.minor));
  return Amount{a.commodity, minor};
}

Result<Amount> subtract(const Amount& a, const Amount& b) {
  TRY(same_commodity(a, b));
  TRY(const Minor minor, subtract(a.minor, b.minor));
  return Amount{a.commodity, minor};
}

Result<Amount> negate(const Amount& a) {
  TRY(const Minor minor, subtract(0, a.minor));
  return Amount{a.commodity, minor};
}

Result<Amount> parse_amount(std::string_view text, const Commodity& commodity) {
  TRY(const Decimal decimal, parse_decimal(text));
  TRY(const Minor minor, to_minor(decimal, commodity.scale));
  return Amount{commodity, minor};
}

std::string to_string(const Amount& amount) {
  return print_fixed(amount.minor, amount.commodity.scale) + " " + amount.commodity.code;
}

}  // namespace core
