#include "engine/retention/standing.h"

#include <gtest/gtest.h>

#include "engine/setup_records.h"
#include "tests/support/engine_fixture.h"

namespace engine::retention {
namespace {

core::Date date(std::string_view text) { return core::parse_date(text).value(); }
std::string until(std::string_view day, std::uint64_t years) {
  return core::to_string(kept_until(date(day), years));
}

Rule rule(std::vector<RecordClass> classes, std::uint64_t years, CountedFrom from,
          std::string_view in_force = "2018-01-03") {
  return {std::move(classes), years,          from, date(in_force), "a law",
          "https://law",      date(in_force), false};
}

SubjectFacts facts(
    std::initializer_list<std::pair<RecordClass, std::pair<std::uint64_t, std::string_view>>>
        last) {
  SubjectFacts out;
  for (const auto& [record_class, record] : last) {
    out.last[static_cast<std::size_t>(record_class)] =
        LastRecord{record.first, date(record.second)};
  }
  return out;
}

std::string earliest(const Standing& standing) {
  if (standing.not_begun) return "not begun";
  return standing.earliest ? core::to_string(*standing.earliest) : "never asked for";
}

constexpr auto kTransaction = RecordClass::Transaction;
constexpr auto kIdentity = RecordClass::Identity;

TEST(KeptUntil, IsTheDayAfterTheSameDateInWholeYears) {
  EXPECT_EQ(until("2026-01-05", 5), "2031-01-06");
  EXPECT_EQ(until("2026-12-31", 5), "2032-01-01");
  EXPECT_EQ(until("2026-04-30", 7), "2033-05-01");
  EXPECT_EQ(until("2026-01-31", 6), "2032-02-01");
}

TEST(KeptUntil, ALeapDayEndsWithTheMonthWhereTheYearHasNone) {
  EXPECT_EQ(until("2024-02-29", 5), "2029-03-01");  // 28 February 2029 is its last day.
  EXPECT_EQ(until("2024-02-29", 4), "2028-03-01");  // 29 February 2028.
  EXPECT_EQ(until("2023-02-28", 5), "2028-02-29");  // 28 February, although the month goes on.
  EXPECT_EQ(until("2096-02-29", 4), "2100-03-01");  // 2100 has none.
}

TEST(KeptUntil, NeverLeavesTheDatesThatCanBeWritten) {
  EXPECT_EQ(kept_until(core::kDateMax, 100), core::kDateMax);
}

TEST(YearEnd, IsTheLastDayOfItsOwnYear) {
  EXPECT_EQ(core::to_string(year_end(date("2024-01-01"))), "2024-12-31");
  EXPECT_EQ(core::to_string(year_end(date("2024-12-31"))), "2024-12-31");
}

TEST(Stand, TheLongestRuleOfAClassCounts) {
  const std::vector<AppliedRule> rules = {{"cysec", rule({kTransaction}, 5, CountedFrom::Record)},
                                          {"cysec", rule({kTransaction}, 6, CountedFrom::YearEnd)},
                                          {"fca", rule({kTransaction}, 5, CountedFrom::Record)},
                                          {"asic", rule({kIdentity}, 50, CountedFrom::Record)}};
  const auto standing =
      stand(facts({{kTransaction, {7, "2020-05-04"}}}), rules, date("2026-01-01"));
  ASSERT_EQ(standing.classes.size(), 1u);
  EXPECT_EQ(standing.classes[0].rule->rule.years, 6u);
  EXPECT_EQ(earliest(standing), "2027-01-01");
  EXPECT_FALSE(standing.is_over(date("2026-12-31")));
  EXPECT_TRUE(standing.is_over(date("2027-01-01")));
}

TEST(Stand, ARuleCountsFromItsFirstDayOn) {
  const std::vector<AppliedRule> rules = {
      {"asic", rule({kTransaction}, 7, CountedFrom::Record, "2026-07-01")}};
  const auto one = facts({{kTransaction, {7, "2020-05-04"}}});
  EXPECT_EQ(earliest(stand(one, rules, date("2026-06-30"))), "never asked for");
  EXPECT_EQ(earliest(stand(one, rules, date("2026-07-01"))), "2027-05-05");
}

TEST(Stand, APeriodFromTheEndOfTheRelationshipDoesNotBeginBeforeIt) {
  const std::vector<AppliedRule> rules = {
      {"cysec", rule({kIdentity, kTransaction}, 5, CountedFrom::RelationshipEnd)},
      {"cysec", rule({kIdentity}, 90, CountedFrom::Record)}};
  SubjectFacts one = facts({{kIdentity, {2, "2020-01-01"}}, {kTransaction, {9, "2021-03-04"}}});
  // Whatever a rule from the record says, nothing is over while the relationship goes on.
  EXPECT_EQ(earliest(stand(one, rules, date("2126-01-01"))), "not begun");
  EXPECT_FALSE(stand(one, rules, date("2126-01-01")).is_over(date("2126-01-01")));
  const std::vector<AppliedRule> first(rules.begin(), rules.begin() + 1);
  one.relationship_end = LastRecord{12, date("2022-02-28")};
  EXPECT_EQ(earliest(stand(one, first, date("2026-01-01"))), "2027-03-01");
  // Said of an earlier day than the last business: the business counts.
  one.relationship_end = LastRecord{12, date("2020-06-01")};
  EXPECT_EQ(earliest(stand(one, first, date("2026-01-01"))), "2026-03-05");
}

TEST(Stand, BusinessAfterTheEndTakesItBackAndWordsAboutItDoNot) {
  const std::vector<AppliedRule> rules = {
      {"cysec", rule({kTransaction}, 5, CountedFrom::RelationshipEnd)}};
  SubjectFacts one = facts({{kTransaction, {9, "2021-03-04"}},
                            {RecordClass::Report, {30, "2023-01-01"}},
                            {RecordClass::Oversight, {31, "2023-01-01"}}});
  one.relationship_end = LastRecord{12, date("2022-06-01")};
  EXPECT_EQ(earliest(stand(one, rules, date("2026-01-01"))), "2027-06-02");
  one.last[static_cast<std::size_t>(kTransaction)]->seq = 13;
  EXPECT_EQ(earliest(stand(one, rules, date("2026-01-01"))), "not begun");
}

TEST(Stand, EveryRuleIsAppliedToWhatIsNotKnown) {
  const std::vector<AppliedRule> rules = {{"asic", rule({kIdentity}, 7, CountedFrom::Record)}};
  const auto standing =
      stand(facts({{RecordClass::Other, {7, "2020-05-04"}}}), rules, date("2026-01-01"));
  EXPECT_EQ(earliest(standing), "2027-05-05");
  EXPECT_EQ(class_of(999'999), RecordClass::Other);
}

TEST(Stand, WhatIsRecordedAboutTheBookItselfStartsNoPeriod) {
  const std::vector<AppliedRule> rules = {{"asic", rule({kIdentity}, 7, CountedFrom::Record)}};
  const auto standing =
      stand(facts({{RecordClass::Oversight, {7, "2025-05-04"}}}), rules, date("2026-01-01"));
  EXPECT_EQ(earliest(standing), "never asked for");
  EXPECT_TRUE(standing.is_over(date("2026-01-01")));
}

TEST(Classes, AreKnownForEveryKindThatTheEngineWrites) {
  for (const std::uint64_t kind : std::initializer_list<std::uint64_t>{
           17, 18, 20, 22, 23, 24, 26, 29, 33, 35, 40, 44, 48, 52, 60, 63}) {
    EXPECT_NE(class_of(kind), RecordClass::Other) << kind;
  }
  EXPECT_EQ(class_of(ClientRegistered::kKind), RecordClass::Identity);
}

}  // namespace
}  // namespace engine::retention
