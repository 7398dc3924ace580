#include <algorithm>
#include <array>
#include <string>

#include "core/identifiers/characters.h"
#include "core/identifiers/identifiers.h"

namespace core::identifiers {
namespace {

constexpr std::size_t kSize = 12;

// The countries of ISO 3166-1 as of 2026-01-01, and two that are no more (AN, CS) but still stand
// in the numbers of securities.
constexpr std::string_view kCountries =
    "AD AE AF AG AI AL AM AN AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ "
    "BR "
    "BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CS CU CV CW CX CY CZ DE DJ DK DM DO "
    "DZ "
    "EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW "
    "GY "
    "HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ "
    "LA "
    "LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX "
    "MY "
    "MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO "
    "RS "
    "RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL "
    "TM "
    "TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

// Prefixes that are no country. EU, EZ (OTC derivatives), XS (international securities) and ZZ: ISO
// 6166:2021 section 4.1 and annex A. XA to XD: substitute agencies; XK: Kosovo; XT: digital tokens.
// XF, QS, QT and QW: numbers for use among banks where no agency has given one.
constexpr std::string_view kOthers = "EU EZ QS QT QW XA XB XC XD XF XK XS XT ZZ";

bool stands_in(std::string_view words, std::string_view word) {
  for (std::size_t i = 0; i < words.size(); i += word.size() + 1) {
    if (words.substr(i, word.size()) == word) return true;
  }
  return false;
}

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
  if (text.size() != kSize) {
    return invalid("identifier_length", "isin", "An ISIN has 12 characters.");
  }
  const std::string_view prefix = text.substr(0, 2);
  if (!std::ranges::all_of(prefix, is_capital) || !std::ranges::all_of(text, is_capital_or_digit) ||
      !is_digit(text.back())) {
    return invalid("identifier_character", "isin",
                   "An ISIN is two capital letters, nine capital letters and digits, and a digit.");
  }
  if (!stands_in(kCountries, prefix) && !stands_in(kOthers, prefix)) {
    return invalid("identifier_country", "isin", "No ISIN begins with these two letters.");
  }
  if (!luhn_holds(text)) {
    return invalid("identifier_check", "isin", "The check digit is not that of this ISIN.");
  }
  return ok();
}

}  // namespace core::identifiers
