#include "gateway/platforms/mt4/classes.h"

#include <gtest/gtest.h>

#include "tests/support/outcome.h"

namespace gateway::mt4 {
namespace {

Class of(const Classes& classes, std::string comment) {
  BalanceRow row;
  row.comment = std::move(comment);
  return classify(classes, row);
}

std::string class_refusal(std::string_view json) {
  const auto classes = parse_classes(json);
  return classes ? "a value" : classes.error().reason + " at " + classes.error().at;
}

TEST(Mt4Classes, TheDefaultsKnowFourComments) {
  const Classes classes = default_classes();
  EXPECT_EQ(of(classes, "ADJUSTMENT"), Class::Capital);
  EXPECT_EQ(of(classes, "Financing"), Class::Financing);
  EXPECT_EQ(of(classes, "Balance update"), Class::Correction);
  EXPECT_EQ(of(classes, "Non-MT4 Activity, #184"), Class::Correction);
}

TEST(Mt4Classes, AnythingElseIsUnknown) {
  const Classes classes = default_classes();
  for (const char* comment : {"", "Deposit", "adjustment", "ADJUSTMENT 2", "Financing fee"}) {
    EXPECT_EQ(of(classes, comment), Class::Unknown) << comment;
  }
}

TEST(Mt4Classes, ACreditRowIsCreditWhateverItsComment) {
  BalanceRow row;
  row.is_credit = true;
  row.comment = "ADJUSTMENT";
  EXPECT_EQ(classify(default_classes(), row), Class::Credit);
}

TEST(Mt4Classes, RulesOfTheFileComeBeforeTheDefaults) {
  const auto classes = parse_classes(
      R"({"rules":[{"comment":"Financing fee","class":"capital"},)"
      R"({"prefix":"Financing","class":"credit"},{"comment":"ADJUSTMENT","class":"unknown"}]})");
  ASSERT_TRUE(classes.has_value());
  EXPECT_EQ(of(classes.value(), "Financing fee"), Class::Capital);
  EXPECT_EQ(of(classes.value(), "Financing"), Class::Credit);
  EXPECT_EQ(of(classes.value(), "ADJUSTMENT"), Class::Unknown);
  EXPECT_EQ(of(classes.value(), "Balance update"), Class::Correction);
}

TEST(Mt4Classes, ClassesHaveTheWordsOfTheCommand) {
  EXPECT_EQ(class_name(Class::Capital), "capital");
  EXPECT_EQ(class_name(Class::Financing), "financing");
  EXPECT_EQ(class_name(Class::Correction), "correction");
  EXPECT_EQ(class_name(Class::Credit), "credit");
  EXPECT_EQ(class_name(Class::Unknown), "unknown");
}

TEST(Mt4Classes, FilesThatAreNotRulesAreRefused) {
  EXPECT_EQ(tests::outcome(parse_classes("{")), "InvalidInput/json");
  EXPECT_EQ(class_refusal("[]"), "mt4_classes at ");
  EXPECT_EQ(class_refusal(R"({"rules":{}})"), "mt4_classes at ");
  EXPECT_EQ(class_refusal(R"({"rules":[],"other":1})"), "mt4_classes at ");
  EXPECT_EQ(class_refusal(R"({"rules":[1]})"), "mt4_classes at rules[0]");
  EXPECT_EQ(class_refusal(R"({"rules":[{"comment":"a","class":"capital"},{"comment":"b"}]})"),
            "mt4_classes at rules[1]");
  EXPECT_EQ(class_refusal(R"({"rules":[{"comment":"a","class":"profit"}]})"),
            "mt4_classes at rules[0]: class");
  EXPECT_EQ(class_refusal(R"({"rules":[{"comment":1,"class":"capital"}]})"),
            "mt4_classes at rules[0]");
  EXPECT_EQ(class_refusal(R"({"rules":[{"comment":"a","prefix":"a","class":"capital"}]})"),
            "mt4_classes at rules[0]");
  EXPECT_EQ(class_refusal(R"({"rules":[{"prefix":"","class":"capital"}]})"),
            "mt4_classes at rules[0]: prefix");
}

TEST(Mt4Classes, RulesHaveALimit) {
  std::string json = R"({"rules":[)";
  for (std::size_t i = 0; i <= kRulesMax; ++i) {
    json += std::string(i == 0 ? "" : ",") + R"({"comment":"a","class":"capital"})";
  }
  EXPECT_EQ(class_refusal(json + "]}"), "mt4_classes at rules");
}

}  // namespace
}  // namespace gateway::mt4
