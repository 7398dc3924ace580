#pragma once

#include <cstdint>
#include <string_view>

#include "core/fields.h"
#include "engine/currency_commands.h"

// Records of exchange rates.
namespace engine {

// A day's reference rates of the ECB.
struct ReferenceRatesRecorded {
  static constexpr std::uint64_t kKind = 172;
  static constexpr std::string_view kName = "reference_rates_recorded";

  RecordReferenceRates rates;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "rates", self.rates);
  }
};

// A platform's rate.
struct PlatformRateRecorded {
  static constexpr std::uint64_t kKind = 173;
  static constexpr std::string_view kName = "platform_rate_recorded";

  RecordPlatformRate rate;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "rate", self.rate);
  }
};

}  // namespace engine
