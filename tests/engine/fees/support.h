#pragma once

#include <algorithm>
#include <string>

#include "core/time.h"
#include "engine/fees/exact.h"
#include "tests/support/numbers.h"
#include "tests/support/seeds.h"

// What the tests of fees share. Money is written in whole units of currency with cents.
namespace tests::fees {

inline core::Decimal decimal(std::string_view text) { return core::parse_decimal(text).value(); }
inline core::Date date(std::string_view text) { return core::parse_date(text).value(); }

// "12.34" is 1234 cents.
inline core::Minor cents(std::string_view text) { return core::to_minor(decimal(text), 2).value(); }
inline std::string money(core::Minor amount) { return core::print_fixed(amount, 2); }

// "1/3" in lowest terms, "7" for whole numbers.
inline std::string written(const engine::fees::Exact& amount) {
  const auto lowest = engine::fees::reduced(amount).value();
  const std::string numerator = core::to_string(lowest.numerator);
  if (lowest.denominator == 1) return numerator;
  return numerator + "/" + core::to_string(lowest.denominator);
}

// An exact amount of cents, floored, as money.
inline std::string floored(const engine::fees::Exact& amount) {
  return money(engine::fees::floor_of(amount).value());
}

using tests::seeds;

// Numbers as they occur: small ones, so that limits are met, as often as large ones.
class Draw {
 public:
  explicit Draw(std::uint64_t seed) : numbers_(seed) {}

  std::uint64_t below(std::uint64_t bound) { return numbers_.below(bound); }
  // From 0 to ten billion with cents, every length equally likely.
  core::Minor amount() {
    const std::uint64_t bits = below(41);
    return static_cast<core::Minor>(below(std::uint64_t{1} << bits));
  }
  // From 0 to `most`, with both ends often.
  core::Minor part_of(core::Minor most) {
    const std::uint64_t choice = below(8);
    if (choice == 0) return 0;
    if (choice == 1) return most;
    return static_cast<core::Minor>(below(static_cast<std::uint64_t>(most) + 1));
  }
  // 0 to 1 with four decimals.
  core::Decimal rate(std::uint64_t most = 10'000) {
    return core::to_decimal(static_cast<core::Minor>(below(most + 1)), 4);
  }
  core::Date date() { return {static_cast<std::int32_t>(below(40'000))}; }

 private:
  tests::Numbers numbers_;
};

}  // namespace tests::fees
