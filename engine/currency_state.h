#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/codec_containers.h"
#include "engine/currency_commands.h"

// What the engine knows of exchange rates, and of what roundings leave (engine/state.h).
namespace engine {

struct ReferenceDay {
  std::map<std::string, core::Decimal> rates;  // Units for one euro.
  std::optional<core::Instant> published_at;
  std::uint64_t seq = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "rates", self.rates);
    field(2, "published_at", self.published_at);
    field(3, "seq", self.seq);
  }
};

struct PlatformRate {
  core::Decimal rate;
  std::uint64_t seq = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "rate", self.rate);
    field(2, "seq", self.seq);
  }
};

// Of the account of price roundings, in one currency.
struct RoundingWatch {
  std::optional<core::Minor> limit;  // As it was set.
  bool alarmed = false;              // The balance went beyond it and is not back.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "limit", self.limit);
    field(2, "alarmed", self.alarmed);
  }
};

struct ExchangeRates {
  std::map<core::Date, ReferenceDay> reference;
  // By "server/base/quote", then by the instant from which they hold.
  std::map<std::string, std::map<core::Instant, PlatformRate>> platform;
  std::map<std::string, RoundingWatch> rounding;  // By currency.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "reference", self.reference);
    field(2, "platform", self.platform);
    field(3, "rounding", self.rounding);
  }
};

}  // namespace engine
