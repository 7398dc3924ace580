#include <algorithm>
#include <array>
#include <string>

#include "core/identifiers/characters.h"
#include "core/identifiers/countries.h"
#include "core/identifiers/identifiers.h"

namespace core::identifiers {
namespace {

constexpr std::size_t kIsinSize = 12;

// Prefixes that are no country. EU, EZ (OTC derivatives), XS (international securities) and ZZ: ISO
// 6166:2021 section 4.1 and annex A. XA to XD: substitute agencies; XK: Kosovo; XT: digital tokens.
// XF, QS, QT and QW: numbers for use among banks where no agency has given one.
constexpr std::string_view kOthers = "EU EZ QS QT QW XA XB XC XD XF XK XS XT ZZ";

// Luhn's sum over the digits, letters written as two of them; every second one from the right, the
// check digit being the first, is doubled and its digits are added.
bool luhn_holds(std::string_view text) {
  std::string digits;
  for (const char c : text) digits += std::to_string(value_of(c));
  unsigned sum = 0;
  bool doubled = false;
  for (std::size_t i = digits.size(); i-- > 0; doubled = !doubled) {
    const unsigned value = value_of(digits[i]) * (doubled ? 2 : 1);
    sum += value / 10 + value % 10;
  }
  return sum % 10 == 0;
}

}  // namespace

Result<> check_isin(std::string_view text) {
  if (text.size() != kIsinSize) {
    return invalid("identifier_length", "isin", "An ISIN has 12 characters.");
  }
  const std::string_view prefix = text.substr(0, 2);
  if (!std::ranges::all_of(prefix, is_capital) || !std::ranges::all_of(text, is_capital_or_digit) ||
      !is_digit(text.back())) {
    return invalid("identifier_character", "isin",
                   "An ISIN is two capital letters, nine capital letters and digits, and a digit.");
  }
  if (!is_country(prefix) && !stands_in(kOthers, prefix)) {
    return invalid("identifier_country", "isin", "No ISIN begins with these two letters.");
  }
  if (!luhn_holds(text)) {
    return invalid("identifier_check", "isin", "The check digit is not that of this ISIN.");
  }
  return ok();
}

}  // namespace core::identifiers
