#include "engine/setup/offer_comparison.h"

#include <gtest/gtest.h>

#include "tests/support/engine_fixture.h"

namespace engine::setup {
namespace {

using tests::decimal;

OfferTerms plain() {
  OfferTerms terms;
  terms.management_fee_rate = decimal("0.02");
  terms.performance_fee_rate = decimal("0.20");
  terms.entry_fee_rate = decimal("0.01");
  return terms;
}

// The first term that is worse after both changes were made to plain terms, or "none".
std::string worse(void (*before)(OfferTerms&), void (*after)(OfferTerms&)) {
  OfferTerms old = plain();
  OfferTerms next = plain();
  before(old);
  after(next);
  return fee_increase(old, next).value_or("none");
}
void nothing(OfferTerms&) {}

// Better one way, worse the other.
void expect_better(void (*after)(OfferTerms&), const std::string& term) {
  EXPECT_EQ(worse(nothing, after), "none") << term;
  EXPECT_EQ(worse(after, nothing), term);
}

TEST(OfferComparison, EqualTermsAreNotWorse) {
  EXPECT_EQ(worse(nothing, nothing), "none");
  EXPECT_EQ(worse([](auto& t) { t.performance.emplace(); }, nothing), "none");
  EXPECT_EQ(worse(nothing, [](auto& t) { t.dealing.emplace(); }), "none");
}

TEST(OfferComparison, LowerRatesAreBetter) {
  expect_better([](auto& t) { t.management_fee_rate = decimal("0.019"); }, "management_fee_rate");
  expect_better([](auto& t) { t.performance_fee_rate = decimal("0.1"); }, "performance_fee_rate");
  expect_better([](auto& t) { t.entry_fee_rate = decimal("0"); }, "entry_fee_rate");
}

TEST(OfferComparison, OneWorseTermIsEnough) {
  EXPECT_EQ(worse(nothing,
                  [](auto& t) {
                    t.performance_fee_rate = decimal("0.01");
                    t.management_fee_rate = decimal("0.0201");
                  }),
            "management_fee_rate");
}

TEST(OfferComparison, NewFeesAreWorse) {
  EXPECT_EQ(worse(nothing,
                  [](auto& t) {
                    t.exit_fee = {decimal("0.01"), 30, {}};
                  }),
            "exit_fee: rate");
  EXPECT_EQ(worse(nothing, [](auto& t) { t.subscription_fee = decimal("1"); }), "subscription_fee");
  EXPECT_EQ(worse(nothing, [](auto& t) { t.volume.emplace().per_lot = decimal("1"); }),
            "volume: per_lot");
  EXPECT_EQ(worse(nothing, [](auto& t) { t.tax = {decimal("0.1"), "CY", {}}; }), "tax: mode");
  EXPECT_EQ(worse(nothing,
                  [](auto& t) {
                    t.tax = {decimal("0.1"), "CY", TaxMode::Included};
                  }),
            "none");
  EXPECT_EQ(worse(nothing, [](auto& t) { t.management.emplace().minimum = decimal("1"); }),
            "management: minimum");
}

TEST(OfferComparison, ExitFeesEndSooner) {
  const auto thirty = [](OfferTerms& t) { t.exit_fee = {decimal("0.01"), 30, {}}; };
  EXPECT_EQ(worse(thirty, nothing), "none");
  EXPECT_EQ(worse(thirty, [](auto& t) { t.exit_fee = {decimal("0.01"), 29, {}}; }), "none");
  EXPECT_EQ(worse(thirty,
                  [](auto& t) {
                    t.exit_fee = {decimal("0.01"), 31, {}};
                  }),
            "exit_fee: days");
  EXPECT_EQ(worse(thirty,
                  [](auto& t) {
                    t.exit_fee = {decimal("0.01"), {}, {}};
                  }),
            "exit_fee: days");
  EXPECT_EQ(worse(thirty,
                  [](auto& t) {
                    t.exit_fee = {decimal("0.01"), 30, FeeRecipient::Pool};
                  }),
            "none");
}

TEST(OfferComparison, AHurdleIsBetterThanNone) {
  expect_better(
      [](auto& t) {
        t.performance.emplace().hurdle = {decimal("0.05"), {}, {}, {}};
      },
      "performance: hurdle");
  const auto hard = [](OfferTerms& t) {
    t.performance.emplace().hurdle = {decimal("0.05"), HurdleKind::Hard, {}, {}};
  };
  EXPECT_EQ(worse(hard,
                  [](auto& t) {
                    t.performance.emplace().hurdle = {decimal("0.05"), HurdleKind::Soft, {}, {}};
                  }),
            "performance: hurdle: kind");
  EXPECT_EQ(worse(hard,
                  [](auto& t) {
                    t.performance.emplace().hurdle = {decimal("0.04"), HurdleKind::Hard, {}, {}};
                  }),
            "performance: hurdle: rate");
}

TEST(OfferComparison, TiersAreComparedByTheirRates) {
  const auto tiers = [](OfferTerms& t) {
    t.performance_fee_rate = {};
    t.performance.emplace().tiers = {{decimal("0.1"), decimal("0.1")}, {{}, decimal("0.2")}};
  };
  EXPECT_EQ(worse(nothing, tiers), "none");
  EXPECT_EQ(worse(tiers, nothing), "performance: tiers");
  EXPECT_EQ(worse(tiers,
                  [](auto& t) {
                    t.performance_fee_rate = {};
                    t.performance.emplace().tiers = {{decimal("0.1"), decimal("0.05")},
                                                     {{}, decimal("0.2")}};
                  }),
            "none");
  EXPECT_EQ(worse(tiers,
                  [](auto& t) {
                    t.performance_fee_rate = {};
                    t.performance.emplace().tiers = {{decimal("0.2"), decimal("0.1")},
                                                     {{}, decimal("0.2")}};
                  }),
            "performance: tiers");
}

TEST(OfferComparison, WhatCannotBeComparedIsWorse) {
  EXPECT_EQ(worse(nothing, [](auto& t) { t.performance.emplace().frequency = Frequency::Yearly; }),
            "performance: frequency");
  EXPECT_EQ(
      worse(nothing,
            [](auto& t) { t.performance.emplace().withdrawal_rule = WithdrawalRule::Absolute; }),
      "performance: withdrawal_rule");
  EXPECT_EQ(worse(nothing, [](auto& t) { t.platforms = {"demo"}; }), "platforms");
  EXPECT_EQ(worse(nothing, [](auto& t) { t.documents.resize(1); }), "documents");
  EXPECT_EQ(worse(nothing, [](auto& t) { t.shares.emplace().broker = decimal("0.1"); }), "shares");
}

TEST(OfferComparison, MarksAndWindows) {
  EXPECT_EQ(worse([](auto& t) { t.mark_basis = MarkBasis::Gross; }, nothing), "mark_basis");
  EXPECT_EQ(worse(nothing, [](auto& t) { t.mark_basis = MarkBasis::Gross; }), "none");
  EXPECT_EQ(worse(nothing, [](auto& t) { t.performance.emplace().look_back_periods = 60; }),
            "performance: look_back_periods");
  EXPECT_EQ(worse([](auto& t) { t.performance.emplace().look_back_periods = 60; },
                  [](auto& t) { t.performance.emplace().look_back_periods = 61; }),
            "none");
  EXPECT_EQ(worse(nothing, [](auto& t) { t.performance.emplace().restore_months = 24; }),
            "performance: restore_months");
}

TEST(OfferComparison, LongerWaitsAndLowerGatesAreWorse) {
  expect_better([](auto& t) { t.annual_cap = decimal("0.1"); }, "annual_cap");
  EXPECT_EQ(worse(nothing, [](auto& t) { t.dealing.emplace().gate = decimal("0.5"); }),
            "dealing: gate");
  EXPECT_EQ(worse(nothing, [](auto& t) { t.dealing.emplace().lock_up_days = 1; }),
            "dealing: lock_up_days");
  EXPECT_EQ(worse(nothing, [](auto& t) { t.dealing.emplace().minimum_remaining = decimal("1"); }),
            "dealing: minimum_remaining");
  expect_better([](auto& t) { t.reserve = {decimal("0.2"), 4, decimal("0.1")}; }, "reserve: share");
  expect_better([](auto& t) { t.manager_capital.emplace(); }, "manager_capital: rule");
}

TEST(OfferComparison, RebatesAreForInvestors) {
  expect_better(
      [](auto& t) {
        t.rebate_per_lot = decimal("2");
        t.rebate_to = RebateTo::Investors;
      },
      "rebate_per_lot");
  EXPECT_EQ(worse(nothing,
                  [](auto& t) {
                    t.rebate_per_lot = decimal("2");
                    t.rebate_to = RebateTo::Manager;
                  }),
            "rebate_per_lot");
}

}  // namespace
}  // namespace engine::setup
