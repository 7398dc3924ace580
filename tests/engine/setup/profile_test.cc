#include "engine/setup/profile.h"

#include <array>

#include "tests/engine/setup/setup_book.h"

namespace engine::setup {
namespace {

const core::Date kToday{20'000};

OfferRule rule(OfferOption option, core::Date in_force = {0}) {
  return {option, in_force, "a citation", "https://example.org", kToday};
}
std::string checked(OfferOption option, const OfferTerms& terms, Model model = Model::Pamm) {
  const std::array rules{rule(option)};
  const auto result = check_profile(terms, model, rules, kToday);
  return result ? "right" : result.error().reason + " at " + result.error().at;
}
OfferTerms window(std::uint64_t periods, std::optional<Frequency> frequency) {
  OfferTerms terms;
  auto& performance = terms.performance.emplace();
  performance.look_back_periods = periods;
  performance.frequency = frequency;
  return terms;
}

TEST(Profile, WindowsHaveFiveYears) {
  const auto short_window = [](std::uint64_t periods, std::optional<Frequency> frequency) {
    return checked(OfferOption::ShortWindow, window(periods, frequency)) != "right";
  };
  EXPECT_TRUE(short_window(4, Frequency::Yearly));
  EXPECT_FALSE(short_window(5, Frequency::Yearly));
  EXPECT_TRUE(short_window(4, Frequency::Anniversary));
  EXPECT_TRUE(short_window(9, Frequency::HalfYearly));
  EXPECT_FALSE(short_window(10, Frequency::HalfYearly));
  EXPECT_TRUE(short_window(19, Frequency::Quarterly));
  EXPECT_FALSE(short_window(20, Frequency::Quarterly));
  EXPECT_TRUE(short_window(59, Frequency::Monthly));
  EXPECT_FALSE(short_window(60, Frequency::Monthly));
  EXPECT_TRUE(short_window(260, Frequency::Weekly));
  EXPECT_FALSE(short_window(261, Frequency::Weekly));
  EXPECT_TRUE(short_window(1826, Frequency::EachRollover));
  EXPECT_FALSE(short_window(1827, std::nullopt));
  EXPECT_EQ(checked(OfferOption::ShortWindow, {}), "right");
}

TEST(Profile, AWindowIsChargedOnceAYear) {
  const std::string refused = "forbidden_by_profile at terms: performance: frequency";
  EXPECT_EQ(checked(OfferOption::FrequentCharges, window(60, Frequency::Monthly)), refused);
  EXPECT_EQ(checked(OfferOption::FrequentCharges, window(5, {})), refused);
  EXPECT_EQ(checked(OfferOption::FrequentCharges, window(5, Frequency::Anniversary)), "right");
  OfferTerms for_life;
  for_life.performance.emplace().frequency = Frequency::Monthly;
  EXPECT_EQ(checked(OfferOption::FrequentCharges, for_life), "right");
}

TEST(Profile, OtherOptionsAreForbiddenByName) {
  OfferTerms terms;
  auto& performance = terms.performance.emplace();
  performance.scope = MarkScope::Pool;
  performance.restore_months = 24;
  performance.withdrawal_rule = WithdrawalRule::Reset;
  const std::string refused = "forbidden_by_profile at terms: performance: ";
  EXPECT_EQ(checked(OfferOption::PoolScope, terms), refused + "scope");
  EXPECT_EQ(checked(OfferOption::RestoreExpiry, terms), refused + "restore_months");
  EXPECT_EQ(checked(OfferOption::MarkReset, terms), refused + "withdrawal_rule");
}

// As a profile would that takes NFA notice 9065 so.
TEST(Profile, PoolsOfUnitsCanBeSwitchedOff) {
  OfferTerms terms;
  EXPECT_EQ(checked(OfferOption::PoolOfUnits, terms), "forbidden_by_profile at terms: sharing");
  EXPECT_EQ(checked(OfferOption::PoolOfUnits, terms, Model::Mam), "right");
  terms.sharing = PoolSharing::NoAction;
  EXPECT_EQ(checked(OfferOption::PoolOfUnits, terms), "right");
}

TEST(Profile, ARuleBeginsOnItsDay) {
  OfferTerms terms;
  const std::array rules{rule(OfferOption::PoolOfUnits, {kToday.days + 1})};
  EXPECT_TRUE(check_profile(terms, Model::Pamm, rules, kToday));
  EXPECT_FALSE(check_profile(terms, Model::Pamm, rules, {kToday.days + 1}));
}

}  // namespace
}  // namespace engine::setup
