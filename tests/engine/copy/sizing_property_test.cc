#include <gtest/gtest.h>

#include "core/rational.h"
#include "tests/engine/copy/facts.h"
#include "tests/support/numbers.h"
#include "tests/support/seeds.h"

namespace engine::copy {
namespace {

core::Decimal cents(tests::Numbers& numbers, std::uint64_t bound) {
  return core::to_decimal(static_cast<core::Minor>(1 + numbers.below(bound)), 2);
}

std::optional<core::Decimal> perhaps(tests::Numbers& numbers, std::uint64_t bound) {
  if (numbers.below(2) == 0) return std::nullopt;
  return cents(numbers, bound);
}

CopyFacts random_facts(tests::Numbers& numbers) {
  CopyFacts out = facts("1");
  CopyTerms& terms = out.terms;
  terms.sizing = static_cast<CopySizing>(numbers.below(8));
  terms.rounding = static_cast<CopyRounding>(numbers.below(4));
  if (terms.rounding == CopyRounding::Mql5Ladder) terms.sizing = CopySizing::Balance;
  terms.below_minimum = static_cast<SmallCopy>(numbers.below(2));
  if (is_proportional(terms.sizing)) {
    terms.ratio = perhaps(numbers, 500);
  } else {
    terms.parameter = terms.sizing == CopySizing::FixedRisk
                          ? core::to_decimal(static_cast<core::Minor>(1 + numbers.below(100)), 3)
                          : cents(numbers, 800);
  }
  terms.leverage_guard = numbers.below(2) == 0;
  terms.leverage = core::Decimal{static_cast<core::Minor>(1 + numbers.below(500)), 0};
  terms.max_ratio = perhaps(numbers, 300);
  terms.max_lots = perhaps(numbers, 2'000);
  terms.max_exposure = perhaps(numbers, 5'000);
  terms.max_margin = perhaps(numbers, 100);
  out.master_lots = cents(numbers, 5'000);
  out.basis = cents(numbers, 5'000'000);
  out.master_basis = cents(numbers, 50'000'000);
  out.equity = out.basis;
  out.master_leverage = core::Decimal{static_cast<core::Minor>(1 + numbers.below(500)), 0};
  out.stop_distance = core::to_decimal(static_cast<core::Minor>(1 + numbers.below(900)), 5);
  out.margin_rate = core::to_decimal(static_cast<core::Minor>(1 + numbers.below(50)), 2);
  out.exposure = cents(numbers, 10'000'000);
  out.margin = cents(numbers, 1'000'000);
  out.lot_step = numbers.below(2) == 0 ? tests::decimal("0.01") : tests::decimal("0.1");
  out.min_lots = numbers.below(2) == 0 ? tests::decimal("0.1") : tests::decimal("0.5");
  if (numbers.below(2) == 0) out.max_ticket = tests::decimal("20");
  return out;
}

core::Rational rational(const core::Decimal& value) {
  return core::Rational::of(value.digits, core::power_of_ten(value.scale).value()).value();
}
core::Rational times(const core::Rational& a, const core::Decimal& b) {
  return core::multiply(a, rational(b));
}

TEST(CopySizeProperty, NeverAboveACap) {
  for (std::uint64_t seed = 0; seed < tests::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    tests::Numbers numbers(seed);
    const CopyFacts from = random_facts(numbers);
    const CopyTerms& terms = from.terms;
    const Sized sized = size_of(from);
    if (sized.skip) {
      EXPECT_TRUE(sized.volume == 0);
      continue;
    }
    const core::Rational lots = rational(core::to_decimal(sized.volume, 8));
    if (terms.max_ratio) {
      EXPECT_TRUE(lots <= times(rational(from.master_lots), *terms.max_ratio));
    }
    if (terms.max_lots) {
      EXPECT_TRUE(lots <= rational(*terms.max_lots));
    }
    const core::Rational notional = times(times(lots, from.price), from.contract_size);
    if (terms.max_exposure) {
      EXPECT_TRUE(core::add(notional, rational(*from.exposure)) <=
                  times(rational(*from.equity), *terms.max_exposure));
    }
    if (terms.max_margin) {
      EXPECT_TRUE(core::add(times(notional, *from.margin_rate), rational(*from.margin)) <=
                  times(rational(*from.equity), *terms.max_margin));
    }
    if (from.max_ticket) {
      EXPECT_TRUE(lots <= rational(*from.max_ticket));
    }
    EXPECT_TRUE(lots >= rational(from.min_lots));
  }
}

TEST(CopySizeProperty, ALargerSignalNeverGivesASmallerCopy) {
  for (std::uint64_t seed = 0; seed < tests::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    tests::Numbers numbers(seed);
    CopyFacts from = random_facts(numbers);
    core::Minor before = 0;
    core::Minor lots = 0;
    for (int i = 0; i < 20; ++i) {
      lots += static_cast<core::Minor>(1 + numbers.below(300));
      from.master_lots = core::to_decimal(lots, 2);
      const Sized sized = size_of(from);
      EXPECT_TRUE(sized.volume >= before);
      before = sized.volume;
    }
  }
}

TEST(CopySizeProperty, WhatIsRecordedIsEnoughToWorkItOutAgain) {
  for (std::uint64_t seed = 0; seed < tests::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    tests::Numbers numbers(seed);
    CopySized body;
    body.facts = random_facts(numbers);
    const Sized sized = size_of(body.facts);
    body.size = sized.size;
    body.volume = sized.volume;
    const auto read = core::from_cbor<CopySized>(core::to_cbor(body)).value();
    const Sized again = size_of(read.facts);
    EXPECT_TRUE(again.size == read.size);
    EXPECT_TRUE(again.volume == read.volume);
    EXPECT_TRUE(again.skip == sized.skip);
  }
}

// Floor is the least that the roundings give, and none is a step or more above it.
TEST(CopySizeProperty, RoundingMovesLessThanOneStep) {
  for (std::uint64_t seed = 0; seed < tests::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    tests::Numbers numbers(seed);
    CopyFacts from = random_facts(numbers);
    if (from.terms.rounding == CopyRounding::Mql5Ladder) continue;
    const Sized sized = size_of(from);
    from.terms.rounding = CopyRounding::Floor;
    const Sized floor = size_of(from);
    if (!sized.size.rounded || !floor.size.rounded) continue;
    EXPECT_TRUE(*sized.size.rounded >= *floor.size.rounded);
    EXPECT_TRUE(*sized.size.rounded <= *floor.size.rounded + 1);
  }
}

}  // namespace
}  // namespace engine::copy
