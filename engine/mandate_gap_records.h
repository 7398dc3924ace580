#pragma once

#include <optional>

#include "core/fields.h"
#include "engine/values.h"

// What becomes of results over days without a mandate.
namespace engine {

// What an investor gained over days without a mandate is shared with nobody: his mark, or that of
// one lot, rises with it. Marks in smallest units of the structure's currency.
struct GainForgone {
  static constexpr std::uint64_t kKind = 254;
  static constexpr std::string_view kName = "gain_forgone";

  core::StructureId structure;
  core::PartyId client;
  core::StrategyId strategy;
  core::Minor mark_before = 0;
  core::Minor mark_after = 0;
  std::optional<std::uint64_t> lot = {};

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "client", self.client);
    field(3, "strategy", self.strategy);
    field(4, "mark_before", self.mark_before);
    field(5, "mark_after", self.mark_after);
    field(6, "lot", self.lot);
  }
};

}  // namespace engine
