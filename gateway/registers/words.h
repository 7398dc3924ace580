#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/time.h"
#include "engine/gate_values.h"

// Words and days as registers write them, and the facts that are made of them.
namespace gateway::registers {

// A value beyond this is cut at a character's end: a requirement can be longer than a record, and
// its whole words stand in the document.
inline constexpr std::size_t kValueBytesMax = 1000;

// White space made single and none at the ends, no-break spaces too: how texts are compared.
std::string plain(std::string_view text);

// Plain, and cut at a character's end if it is longer: for what stands in a sentence.
std::string plain_start(std::string_view text, std::size_t bytes_max);

// "31/12/2026", as the FCA and ASIC write days; an empty text is no day.
// Errors: InvalidInput/register_date at `at`: another form, or a day that no calendar has.
core::Result<std::optional<core::Date>> day_first(std::string_view text, std::string_view at);

// Adds a value, plain and cut; an empty one is left out.
void put(engine::Fact& fact, std::string_view key, std::string_view value);
// Adds words that were not understood to the fact's residue.
void put_residue(engine::Fact& fact, std::string_view words);
// Brings the values into the order of their keys; those of one key stay as they came.
void arrange(engine::Fact& fact);
// The first value with the key, or empty.
std::string_view value_of(const engine::Fact& fact, std::string_view key);

}  // namespace gateway::registers
