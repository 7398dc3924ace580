#pragma once

#include <cstdint>
#include <string_view>

#include "core/fields.h"
#include "engine/hedge_commands.h"

namespace engine {

// The result of the house's own hedge. Money in the smallest unit.
struct HedgeResultRecorded {
  static constexpr std::uint64_t kKind = 266;
  static constexpr std::string_view kName = "hedge_result_recorded";

  RecordHedgeResult hedge;
  core::Minor amount = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "hedge", self.hedge);
    field(2, "amount", self.amount);
  }
};

}  // namespace engine
