#pragma once

#include <string_view>

namespace core::identifiers {

// The remainder by 97 of the number that letters and digits make, each letter written as 10 to 35.
// `before` is the remainder of what stands in front of them. Source: ISO 7064, MOD 97-10.
unsigned mod97(std::string_view text, unsigned before = 0);

// Whether two digits can be check digits. They are 98 less a remainder of 0 to 96, so from 02 to
// 98: 00, 01 and 99 leave the same remainders as 97, 98 and 02, and never stand for them.
bool are_check_digits(std::string_view two_digits);

}  // namespace core::identifiers
