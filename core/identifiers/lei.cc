#include <algorithm>

#include "core/identifiers/characters.h"
#include "core/identifiers/identifiers.h"
#include "core/identifiers/mod97.h"

namespace core::identifiers {
namespace {

constexpr std::size_t kLeiSize = 20;
constexpr std::size_t kCheckDigits = 2;

}  // namespace

Result<> check_lei(std::string_view text) {
  if (text.size() != kLeiSize) {
    return invalid("identifier_length", "lei", "An LEI has 20 characters.");
  }
  const std::string_view check = text.substr(kLeiSize - kCheckDigits);
  if (!std::ranges::all_of(text, is_capital_or_digit) || !std::ranges::all_of(check, is_digit)) {
    return invalid("identifier_character", "lei",
                   "An LEI is 18 capital letters and digits, and then two digits.");
  }
  if (!are_check_digits(check) || mod97(text) != 1) {
    return invalid("identifier_check", "lei", "The check digits are not those of this LEI.");
  }
  return ok();
}

}  // namespace core::identifiers
