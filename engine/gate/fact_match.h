#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "engine/gate/facts.h"

// Whether one fact is what a rule asks for.
namespace engine::gate {

// When it was answered; of evidence that does not say so, when it was recorded.
core::Instant answered(const HeldEvidence& held);
// That it is so on the day, as far as it says.
bool holds_on(const Fact& fact, core::Date day);
bool has_value(const Fact& fact, std::string_view key, std::string_view value);

// `instrument`: one of those that are asked for; absent if the need does not tell them apart.
bool meets(const Fact& fact, const FactNeed& need, const Asking& asking,
           std::optional<GateInstrument> instrument);
// Each instrument that is asked for, if the need tells them apart; else one question.
std::vector<std::optional<GateInstrument>> questions(const FactNeed& need, const Asking& asking);

}  // namespace engine::gate
