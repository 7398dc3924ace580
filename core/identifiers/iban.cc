#include <algorithm>

#include "core/check.h"
#include "core/identifiers/characters.h"
#include "core/identifiers/iban_registry.h"
#include "core/identifiers/identifiers.h"
#include "core/identifiers/mod97.h"

namespace core::identifiers {
namespace {

constexpr std::size_t kHeadSize = 4;  // Country and check digits.

bool is_of_sort(char c, char sort) {
  if (sort == 'n') return is_digit(c);
  if (sort == 'a') return is_capital(c);
  CHECK(sort == 'c');
  return is_capital_or_digit(c) || is_small(c);
}

// Whether `text` is as `form` ("4a 14n") says; their lengths agree.
bool has_form(std::string_view text, std::string_view form) {
  while (!form.empty()) {
    std::size_t count = 0;
    for (; is_digit(form.front()); form.remove_prefix(1))
      count = count * 10 + value_of(form.front());
    const char sort = form.front();
    form.remove_prefix(std::min<std::size_t>(2, form.size()));
    CHECK(count <= text.size());
    if (!std::ranges::all_of(text.substr(0, count), [&](char c) { return is_of_sort(c, sort); })) {
      return false;
    }
    text.remove_prefix(count);
  }
  CHECK(text.empty());
  return true;
}

const IbanCountry* find_country(std::string_view code) {
  const auto* const found = std::lower_bound(kIbanCountries.begin(), kIbanCountries.end(),
                                             IbanCountry{code, 0, {}}, before);
  return found == kIbanCountries.end() || found->code != code ? nullptr : found;
}

}  // namespace

Result<> check_iban(std::string_view text) {
  if (text.size() < kHeadSize) {
    return invalid("identifier_length", "iban", "An IBAN begins with a country and two digits.");
  }
  const std::string_view country = text.substr(0, 2);
  const std::string_view check = text.substr(2, 2);
  const std::string_view number = text.substr(kHeadSize);
  if (!std::ranges::all_of(country, is_capital) || !std::ranges::all_of(check, is_digit)) {
    return invalid("identifier_character", "iban",
                   "An IBAN begins with two capital letters and two digits.");
  }
  const IbanCountry* const registered = find_country(country);
  if (registered == nullptr) {
    return invalid("identifier_country", "iban", "This country has registered no IBANs.");
  }
  if (text.size() != registered->size) {
    return invalid("identifier_length", "iban", "The country's IBANs have another length.");
  }
  if (!has_form(number, registered->form)) {
    return invalid("identifier_character", "iban",
                   "A character stands where the country's IBANs have another sort.");
  }
  if (!are_check_digits(check) || mod97(check, mod97(country, mod97(number))) != 1) {
    return invalid("identifier_check", "iban", "The check digits are not those of this IBAN.");
  }
  return ok();
}

}  // namespace core::identifiers
