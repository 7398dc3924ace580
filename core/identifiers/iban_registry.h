#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace core::identifiers {

// What a country has registered: the length of its account numbers, country and check digits
// included, and the form of what follows those four. In the registry's words: n is a digit, a a
// capital letter, c a letter of either case or a digit; "4a 14n" is four of the one and then 14 of
// the other. Where the registry divides a number further, by bank, branch and account, runs of one
// sort are added up here.
struct IbanCountry {
  std::string_view code;
  std::size_t size = 0;
  std::string_view form;
};

// Source: IBAN registry, published by SWIFT, the registration authority of ISO 13616; as of release
// 100 (2025). A country that joins or changes its form is a new row with the release that has it.
inline constexpr auto kIbanCountries = std::to_array<IbanCountry>({
    {"AD", 24, "8n 12c"},     {"AE", 23, "19n"},        {"AL", 28, "8n 16c"},
    {"AT", 20, "16n"},        {"AZ", 28, "4a 20c"},     {"BA", 20, "16n"},
    {"BE", 16, "12n"},        {"BG", 22, "4a 6n 8c"},   {"BH", 22, "4a 14c"},
    {"BI", 27, "23n"},        {"BR", 29, "23n 1a 1c"},  {"BY", 28, "4c 4n 16c"},
    {"CH", 21, "5n 12c"},     {"CR", 22, "18n"},        {"CY", 28, "8n 16c"},
    {"CZ", 24, "20n"},        {"DE", 22, "18n"},        {"DJ", 27, "23n"},
    {"DK", 18, "14n"},        {"DO", 28, "4c 20n"},     {"EE", 20, "16n"},
    {"EG", 29, "25n"},        {"ES", 24, "20n"},        {"FI", 18, "14n"},
    {"FK", 18, "2a 12n"},     {"FO", 18, "14n"},        {"FR", 27, "10n 11c 2n"},
    {"GB", 22, "4a 14n"},     {"GE", 22, "2a 16n"},     {"GI", 23, "4a 15c"},
    {"GL", 18, "14n"},        {"GR", 27, "7n 16c"},     {"GT", 28, "24c"},
    {"HN", 28, "4a 20n"},     {"HR", 21, "17n"},        {"HU", 28, "24n"},
    {"IE", 22, "4a 14n"},     {"IL", 23, "19n"},        {"IQ", 23, "4a 15n"},
    {"IS", 26, "22n"},        {"IT", 27, "1a 10n 12c"}, {"JO", 30, "4a 4n 18c"},
    {"KW", 30, "4a 22c"},     {"KZ", 20, "3n 13c"},     {"LB", 28, "4n 20c"},
    {"LC", 32, "4a 24c"},     {"LI", 21, "5n 12c"},     {"LT", 20, "16n"},
    {"LU", 20, "3n 13c"},     {"LV", 21, "4a 13c"},     {"LY", 25, "21n"},
    {"MC", 27, "10n 11c 2n"}, {"MD", 24, "20c"},        {"ME", 22, "18n"},
    {"MK", 19, "3n 10c 2n"},  {"MN", 20, "16n"},        {"MR", 27, "23n"},
    {"MT", 31, "4a 5n 18c"},  {"MU", 30, "4a 19n 3a"},  {"NI", 28, "4a 20n"},
    {"NL", 18, "4a 10n"},     {"NO", 15, "11n"},        {"OM", 23, "3n 16c"},
    {"PK", 24, "4a 16c"},     {"PL", 28, "24n"},        {"PS", 29, "4a 21c"},
    {"PT", 25, "21n"},        {"QA", 29, "4a 21c"},     {"RO", 24, "4a 16c"},
    {"RS", 22, "18n"},        {"RU", 33, "14n 15c"},    {"SA", 24, "2n 18c"},
    {"SC", 31, "4a 20n 3a"},  {"SD", 18, "14n"},        {"SE", 24, "20n"},
    {"SI", 19, "15n"},        {"SK", 24, "20n"},        {"SM", 27, "1a 10n 12c"},
    {"SO", 23, "19n"},        {"ST", 25, "21n"},        {"SV", 28, "4a 20n"},
    {"TL", 23, "19n"},        {"TN", 24, "20n"},        {"TR", 26, "6n 16c"},
    {"UA", 29, "6n 19c"},     {"VA", 22, "18n"},        {"VG", 24, "4a 16n"},
    {"XK", 20, "16n"},        {"YE", 30, "4a 4n 18c"},
});

constexpr bool before(const IbanCountry& a, const IbanCountry& b) { return a.code < b.code; }
static_assert(std::is_sorted(kIbanCountries.begin(), kIbanCountries.end(), before));

}  // namespace core::identifiers
