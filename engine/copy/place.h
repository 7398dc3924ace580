#pragma once

#include <map>
#include <optional>
#include <string>

#include "engine/copy/measure.h"
#include "engine/effects.h"

// A signal that opens, at every subscription.
namespace engine::copy {

struct Placing {
  core::StructureId structure;
  std::string signal;
  std::string lineage;
  std::uint64_t symbol = 0;                       // Its ordinal.
  std::optional<core::DecisionId> decision = {};  // By which the manager may open; absent: none.
  std::map<core::AccountId, CopyStop> stopped;    // By this command.
};

// One record for each account of the structure: sized, offered or skipped, with all that it rests
// on. Errors: Overflow.
core::Result<> place_copies(const Context& context, const Opening& opening, const Placing& placing,
                            Effects& effects);

// A position account in the symbol of that ordinal, if it has none.
void open_position(const Context& context, const core::AccountId& account, std::uint64_t symbol,
                   const Subjects& subjects, Effects& effects);

}  // namespace engine::copy
