#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/amount.h"
#include "core/decimal.h"
#include "core/result.h"
#include "gateway/platforms/mt4/statement.h"

// What a cell of a statement may hold, for both readers.
namespace gateway::mt4 {

// "-4 401.60": a decimal in which single spaces may part the thousands. MetaTrader writes a small
// negative number as -0.00, which is 0 here.
// Errors: InvalidInput/mt4_number at the field.
core::Result<core::Decimal> read_number(std::string_view text, std::string_view field);
// A number of the currency, not beyond 10^24 of its smallest units.
core::Result<core::Decimal> read_amount(std::string_view text, std::string_view field,
                                        const core::Commodity& currency);

// "2020.02.12 00:06:39" on the server's clock.
// Errors: InvalidInput/mt4_time at the field.
core::Result<ServerTime> read_time(std::string_view text, std::string_view field,
                                   std::string_view time_zone);
// "2020 March 2, 07:57", as the head of the statement has it.
core::Result<ServerTime> read_printed_time(std::string_view text, std::string_view time_zone);

// The currency the file states, or else the one the caller gives; either may be empty.
// Errors: InvalidInput/mt4_currency.
core::Result<core::Commodity> choose_currency(std::string_view stated, std::string_view given);

// "line 17", the place of an error.
std::string line_name(std::int64_t row);

// Input for an error's sentence: in quotes, short, and printable whatever it was.
std::string quoted(std::string_view text);

}  // namespace gateway::mt4
