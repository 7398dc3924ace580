#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/time.h"
#include "engine/gate_values.h"
#include "gateway/registers/table.h"

// What the readers of ASIC's lists share.
namespace gateway::registers::asic {

inline constexpr std::string_view kParser = "asic/1";

// The digits without the zeros in front; empty if there is another character, or nothing else.
std::string bare_number(std::string_view text);

// The number of a row, bare. Errors: InvalidInput/register_reference at the line and column.
core::Result<std::string> number_in(const Row& row, std::size_t column, std::string_view name);

// Errors: InvalidInput/register_date at the line and column.
core::Result<std::optional<core::Date>> day_in(const Row& row, std::size_t column,
                                               std::string_view name);

// Evidence of a list that was read to its end: nothing was found until a fact is there.
engine::Evidence list_evidence(std::string_view reference);

// Adds the fact unless it stands there already, as from a row that is there twice; found it is.
void add_once(engine::Evidence& evidence, engine::Fact fact);

}  // namespace gateway::registers::asic
