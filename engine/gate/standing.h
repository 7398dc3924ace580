#pragma once

#include <span>
#include <string_view>

#include "engine/gate_rules.h"
#include "engine/gate_state.h"

// What a source said once, and whether a later answer was to the same question.
namespace engine::gate {

// Registers whose answers a program reads. What any other source says, people read.
bool is_register(std::string_view source);

// Whether both are about one thing: of one name, and of one code, number or kind where facts of
// that name have one.
bool is_same_thing(const Fact& a, const Fact& b);

// Whether `later` answers what `earlier` was asked of such a fact, so that its silence means that
// the source says so no more: a register's lists say by an .endpoint which of them were asked.
// That the answer is complete is for the caller to see.
bool asks_again(const Evidence& earlier, const Evidence& later, const Fact& fact);

// Whether what a register says of the party is the same at both times: all facts that are named,
// each as the newest answer that has it or was asked for it says. A failed call says nothing.
bool is_unchanged(std::span<const HeldEvidence> evidence, std::span<const ReviewedFact> reviewed,
                  core::Instant then, core::Instant now);

}  // namespace engine::gate
