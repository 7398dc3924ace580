#pragma once

#include <array>
#include <string>
#include <string_view>

#include "core/fields.h"
#include "engine/values.h"

// Commands about what the house hedges at a liquidity provider.
namespace engine {

enum class HedgePart { Realised, Floating };

}  // namespace engine

template <>
struct core::EnumNames<engine::HedgePart> {
  static constexpr std::array<std::string_view, 2> names = {"realised", "floating"};
};

namespace engine {

// The result of the house's own hedge: realised, or the change of the floating one.
struct RecordHedgeResult {
  static constexpr std::string_view kType = "record_hedge_result";

  core::BankId provider;  // The house's account at the liquidity provider.
  std::string currency;
  HedgePart part = HedgePart::Realised;
  core::Decimal amount;   // Signed for the house.
  std::string reference;  // The provider's id of the statement or deal.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "provider", self.provider);
    field(2, "currency", self.currency);
    field(3, "part", self.part);
    field(4, "amount", self.amount);
    field(5, "reference", self.reference);
  }
};

}  // namespace engine
