#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "engine/values.h"

// Commands that pay partners.
namespace engine {

// Settles a structure's accrued rebate: to the manager by a house bank, or to the investors, as the
// offer and the profile say.
struct PayRebate {
  static constexpr std::string_view kType = "pay_rebate";

  core::StructureId structure;
  std::optional<core::BankId> bank;  // House bank; needed if the manager is paid.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "bank", self.bank);
  }
};

}  // namespace engine
