#pragma once

#include <string_view>

namespace core::identifiers {

// Whether a word is one of the words, which are of one length and stand with one space between.
bool stands_in(std::string_view words, std::string_view word);

// All that is_country() knows, in order, with one space between.
std::string_view country_codes();

// Whether two capital letters are a country's of ISO 3166-1, as of 2026-01-01, or of one of two
// that are no more (AN, CS) and still stand in the numbers of securities.
bool is_country(std::string_view code);

}  // namespace core::identifiers
