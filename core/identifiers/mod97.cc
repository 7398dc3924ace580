#include "core/identifiers/mod97.h"

#include "core/check.h"
#include "core/identifiers/characters.h"

namespace core::identifiers {

unsigned mod97(std::string_view text, unsigned before) {
  unsigned remainder = before;
  for (const char c : text) {
    const unsigned value = value_of(c);
    remainder = (remainder * (value < 10 ? 10 : 100) + value) % 97;
  }
  return remainder;
}

bool are_check_digits(std::string_view two_digits) {
  CHECK(two_digits.size() == 2);
  const unsigned value = value_of(two_digits[0]) * 10 + value_of(two_digits[1]);
  return value >= 2 && value <= 98;
}

}  // namespace core::identifiers
