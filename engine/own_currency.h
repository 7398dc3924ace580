#pragma once

#include "core/fields.h"
#include "engine/currency_commands.h"

namespace engine {

// The same money in an account's own currency, where that is not the group's: each converted by the
// rate and rounded half even.
struct OwnCurrency {
  core::Minor profit = 0;
  core::Minor swap = 0;
  core::Minor commission = 0;
  RateUsed rate;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "profit", self.profit);
    field(2, "swap", self.swap);
    field(3, "commission", self.commission);
    field(4, "rate", self.rate);
  }
};

}  // namespace engine
