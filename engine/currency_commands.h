#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "core/time.h"
#include "engine/values.h"

// Commands about exchange rates.
namespace engine {

// Where a rate came from, best first: the deal's own, the platform's, the ECB's reference rate.
enum class RateSource { Deal, Platform, Ecb };

}  // namespace engine

template <>
struct core::EnumNames<engine::RateSource> {
  static constexpr std::array<std::string_view, 3> names = {"deal", "platform", "ecb"};
};

namespace engine {

struct ReferenceRate {
  std::string currency;
  core::Decimal rate;  // Units of it for one euro.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "currency", self.currency);
    field(2, "rate", self.rate);
  }
};

// The euro foreign exchange reference rates of one day, as the ECB published them.
struct RecordReferenceRates {
  static constexpr std::string_view kType = "record_reference_rates";

  core::Date date;
  std::vector<ReferenceRate> rates;
  std::optional<Source> source;               // The file and the row in it.
  std::optional<core::Instant> published_at;  // If known.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "date", self.date);
    field(2, "rates", self.rates);
    field(3, "source", self.source);
    field(4, "published_at", self.published_at);
  }
};

// A rate as a platform's server used it: one `base` is `rate` of `quote`, from `quoted_at` on.
struct RecordPlatformRate {
  static constexpr std::string_view kType = "record_platform_rate";

  std::string server;
  std::string base;
  std::string quote;
  core::Decimal rate;
  core::Instant quoted_at;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "server", self.server);
    field(2, "base", self.base);
    field(3, "quote", self.quote);
    field(4, "rate", self.rate);
    field(5, "quoted_at", self.quoted_at);
  }
};

// A rate as it was used, for the record of what used it. Amounts in whole units of the currencies:
// converted = amount x numerator / denominator.
struct RateUsed {
  std::string from;
  std::string to;
  core::Decimal numerator;
  core::Decimal denominator;
  RateSource source = RateSource::Deal;
  core::Date date;             // Of the rate: its day of publication, or of the deal.
  std::uint64_t days_old = 0;  // Days from there to the day that it was used for.
  std::optional<core::Instant> published_at;  // If known.
  std::optional<std::uint64_t> seq;           // Of the record that brought it.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "from", self.from);
    field(2, "to", self.to);
    field(3, "numerator", self.numerator);
    field(4, "denominator", self.denominator);
    field(5, "source", self.source);
    field(6, "date", self.date);
    field(7, "days_old", self.days_old);
    field(8, "published_at", self.published_at);
    field(9, "seq", self.seq);
  }
};

}  // namespace engine
