#pragma once

#include <span>
#include <vector>

#include "engine/choices.h"
#include "engine/retention/rules.h"

// How long each authority asks to keep which records. Data with dates and sources, none of it legal
// advice: docs/decisions/0023-retention-and-holds.md.
namespace jurisdictions {

// The rules of these jurisdictions, each with its name as origin.
std::vector<engine::retention::AppliedRule> retention_rules(
    std::span<const engine::Jurisdiction> asked);

}  // namespace jurisdictions
