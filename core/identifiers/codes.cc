#include <algorithm>
#include <array>

#include "core/identifiers/characters.h"
#include "core/identifiers/countries.h"
#include "core/identifiers/identifiers.h"

// Codes without check digits: their form is all that can be checked.
namespace core::identifiers {
namespace {

constexpr std::size_t kBicSize = 8;
constexpr std::size_t kBicBranchSize = 11;
constexpr std::size_t kBicCountryAt = 4;
constexpr std::size_t kMicSize = 4;
constexpr std::size_t kCfiSize = 6;

struct Category {
  char letter;
  std::string_view groups;
};

// Source: ISO 10962:2021, section 6.
constexpr auto kCategories = std::to_array<Category>({
    {'E', "SPCFLDYM"},      // Equities.
    {'C', "IHBESFPM"},      // Collective investment vehicles.
    {'D', "BCWTSEGANDYM"},  // Debt instruments.
    {'R', "ASPWFDM"},       // Entitlements (rights).
    {'O', "CPM"},           // Listed options.
    {'F', "FC"},            // Futures.
    {'S', "RTECFM"},        // Swaps.
    {'H', "RTECFM"},        // Non-listed and complex listed options.
    {'I', "FT"},            // Spot.
    {'J', "EFCRT"},         // Forwards, contracts for differences among them.
    {'K', "RTECFYM"},       // Strategies.
    {'L', "LRS"},           // Financing.
    {'T', "CTRIBDM"},       // Referential instruments.
    {'M', "CM"},            // Others.
});

Result<> check_digits(std::string_view text, std::size_t least, std::size_t most,
                      std::string_view field, std::string_view detail) {
  if (text.size() < least || text.size() > most) {
    return invalid("identifier_length", std::string(field), std::string(detail));
  }
  if (!std::ranges::all_of(text, is_digit) || text.front() == '0') {
    return invalid("identifier_character", std::string(field), std::string(detail));
  }
  return ok();
}

}  // namespace

Result<> check_bic(std::string_view text) {
  if (text.size() != kBicSize && text.size() != kBicBranchSize) {
    return invalid("identifier_length", "bic", "A BIC has 8 or 11 characters.");
  }
  const std::string_view country = text.substr(kBicCountryAt, 2);
  if (!std::ranges::all_of(text, is_capital_or_digit) ||
      !std::ranges::all_of(country, is_capital)) {
    return invalid("identifier_character", "bic",
                   "A BIC is capital letters and digits, with a country's two letters as the fifth "
                   "and sixth.");
  }
  if (!is_country(country) && country != "XK") {
    return invalid("identifier_country", "bic", "No country has these two letters.");
  }
  return ok();
}

Result<> check_mic(std::string_view text) {
  if (text.size() != kMicSize) {
    return invalid("identifier_length", "mic", "A market's code has 4 characters.");
  }
  if (!std::ranges::all_of(text, is_capital_or_digit)) {
    return invalid("identifier_character", "mic", "A market's code is capital letters and digits.");
  }
  return ok();
}

Result<> check_cfi(std::string_view text) {
  if (text.size() != kCfiSize) {
    return invalid("identifier_length", "cfi", "A CFI has 6 letters.");
  }
  const auto category = std::ranges::find(kCategories, text.front(), &Category::letter);
  if (!std::ranges::all_of(text, is_capital) || category == kCategories.end() ||
      category->groups.find(text[1]) == std::string_view::npos) {
    return invalid(
        "identifier_character", "cfi",
        "A CFI is a category's letter, a letter of its groups and four capital letters.");
  }
  return ok();
}

Result<> check_frn(std::string_view text) {
  return check_digits(text, 6, 7, "frn", "An FRN is six or seven digits, the first not 0.");
}

Result<> check_afsl(std::string_view text) {
  return check_digits(text, 6, 6, "afsl", "An AFS licence number is six digits, the first not 0.");
}

Result<> check_cif_number(std::string_view text) {
  constexpr std::size_t kNumberMax = 3;
  constexpr std::size_t kYearDigits = 2;
  const std::size_t stroke = text.find('/');
  if (stroke == std::string_view::npos || stroke == 0 || stroke > kNumberMax ||
      text.size() - stroke - 1 != kYearDigits) {
    return invalid("identifier_length", "cif_number", "A CIF's licence is written as 030/04.");
  }
  if (!std::ranges::all_of(text.substr(0, stroke), is_digit) ||
      !std::ranges::all_of(text.substr(stroke + 1), is_digit)) {
    return invalid("identifier_character", "cif_number", "A CIF's licence is written as 030/04.");
  }
  return ok();
}

}  // namespace core::identifiers
