#include "engine/copy/scaling.h"

#include <gtest/gtest.h>

#include "tests/engine/copy/facts.h"
#include "tests/support/outcome.h"

namespace engine::copy {
namespace {

using tests::decimal;

// 0.75 lots, 3 for 2: 1.125, of which 1.12 in steps; the half step is for cash.
TEST(ScaleVolume, WhatIsBelowAStepIsGivenExactly) {
  const auto scaled = scale_volume(75'000'000, {3, 2}, decimal("0.01")).value();
  EXPECT_TRUE(scaled.volume == 112'000'000);
  EXPECT_EQ(exact_text(scaled.fraction), "500000/1");
}

// 1 for 3 of 0.01: a third of a step.
TEST(ScaleVolume, AConsolidationMayLeaveNothingWhole) {
  const auto scaled = scale_volume(1'000'000, {1, 3}, decimal("0.01")).value();
  EXPECT_TRUE(scaled.volume == 0);
  EXPECT_EQ(exact_text(scaled.fraction), "1000000/3");
}

TEST(ScaleVolume, ARatioHasTwoSidesAboveZero) {
  EXPECT_FALSE(scale_volume(1, {0, 1}, decimal("0.01")).has_value());
  EXPECT_FALSE(scale_volume(1, {1, -1}, decimal("0.01")).has_value());
}

TEST(ScaleVolume, ALotStepIsAboveZero) {
  for (const char* step : {"0", "-0.01", "0.000000001"}) {
    const auto scaled = scale_volume(100'000'000, {2, 1}, decimal(step));
    EXPECT_EQ(tests::outcome(scaled), "InvalidInput/lot_step") << step;
  }
}

}  // namespace
}  // namespace engine::copy
