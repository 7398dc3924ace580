#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/sha256.h"

namespace core {

// The number of decimals of an ISO 4217 currency, from our own table (ICU's digits are not ISO's).
// Empty for codes without minor units that mean money (XAU, XXX, ...) and unknown codes.
// Source: ISO 4217 list one, SIX, as of the table's date.
std::optional<std::uint8_t> currency_scale(std::string_view code);

// SHA-256 over the table as lines "EUR 2\n" in code order; enters a book's genesis record.
Hash currency_table_digest();

}  // namespace core
