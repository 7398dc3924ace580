#pragma once

#include <string>
#include <string_view>

#include "core/fields.h"
#include "engine/rounding_commands.h"

// Records of the watch on price roundings. Money in the currency's smallest unit.
namespace engine {

struct RoundingLimitSet {
  static constexpr std::uint64_t kKind = 267;
  static constexpr std::string_view kName = "rounding_limit_set";

  std::string currency;
  core::Minor limit = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "currency", self.currency);
    field(2, "limit", self.limit);
  }
};

// The account of price roundings went beyond its limit, or is within it again.
struct RoundingAlarm {
  static constexpr std::uint64_t kKind = 268;
  static constexpr std::string_view kName = "rounding_alarm";

  std::string currency;
  core::Minor balance = 0;  // Above zero: the house has gained by roundings.
  core::Minor limit = 0;
  bool within = false;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "currency", self.currency);
    field(2, "balance", self.balance);
    field(3, "limit", self.limit);
    field(4, "within", self.within);
  }
};

}  // namespace engine
