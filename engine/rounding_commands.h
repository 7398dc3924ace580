#pragma once

#include <string>
#include <string_view>

#include "core/fields.h"
#include "engine/values.h"

// Commands about the account of price roundings. Source: docs/accounting.md, row 22.
namespace engine {

// How far the account may go to either side in a currency before it is an alarm. Needs an approver.
struct SetRoundingLimit {
  static constexpr std::string_view kType = "set_rounding_limit";

  std::string currency;
  core::Decimal limit;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "currency", self.currency);
    field(2, "limit", self.limit);
  }
};

}  // namespace engine
