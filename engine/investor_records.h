#pragma once

#include <string_view>

#include "core/fields.h"
#include "engine/investor.h"

namespace engine {

// The standing that a rollover left, where the other records do not tell it.
struct InvestorStanding {
  static constexpr std::uint64_t kKind = 150;
  static constexpr std::string_view kName = "investor_standing";

  core::StructureId structure;
  core::PartyId client;
  Investor investor;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "client", self.client);
    field(3, "investor", self.investor);
  }
};

}  // namespace engine
