#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "gateway/platforms/mt4/commands.h"
#include "tests/support/files.h"

// A real statement, which is not in the repository; see the README of the shared samples.
namespace gateway::mt4 {
namespace {

class Mt4Sample : public testing::Test {
 protected:
  void SetUp() override {
    const char* const shared = std::getenv("SHARED");
    folder_ = std::filesystem::path(shared != nullptr ? shared : "../shared") / "samples/mt4";
    if (!std::filesystem::exists(file("htm")) || !std::filesystem::exists(file("csv"))) {
      GTEST_SKIP() << "shared samples are absent";
    }
  }

  std::filesystem::path file(const std::string& form) const {
    return folder_ / ("statement_usd_2020_financing." + form);
  }

  Statement statement(const std::string& form) const {
    auto read = read_statement(core::as_bytes(tests::read_file(file(form))), {"UTC", "USD"});
    EXPECT_TRUE(read.has_value()) << to_string(read.error());
    return read ? std::move(read.value()) : Statement{};
  }

 private:
  std::filesystem::path folder_;
};

TEST_F(Mt4Sample, CapitalFinancingAndTradesMakeTheBalance) {
  for (const char* form : {"htm", "csv"}) {
    SCOPED_TRACE(form);
    const auto summary = describe(statement(form), default_classes());
    EXPECT_EQ(summary.text("capital_total"), "5000.00");
    EXPECT_EQ(summary.text("financing_total"), "-62.76");
    EXPECT_EQ(summary.text("correction_total"), "4.76");  // Together -58.00.
    EXPECT_EQ(summary.text("credit_total"), "0.00");
    EXPECT_EQ(summary.text("unknown_total"), "0.00");
    EXPECT_EQ(summary.text("trade_result"), "-4401.60");
    EXPECT_EQ(summary.text("balance"), "540.40");
    EXPECT_EQ(*summary.find("rows")->as_integer(), 42);
    EXPECT_EQ(*summary.find("trades")->as_integer(), 35);
  }
}

TEST_F(Mt4Sample, BothFormsGiveTheSameCommands) {
  const auto lines = [this](const char* form) {
    core::json::Array all = commands(statement(form), default_classes(), {"@pool", "mt4", "a", "", false});
    for (core::json::Value& line : all) {
      std::erase_if(*line.as_object(), [](const auto& member) { return member.first == "source"; });
    }
    return all;
  };
  core::json::Array html = lines("htm");
  ASSERT_EQ(html.back().text("command"), "record_valuation");
  EXPECT_EQ(html.back().text("equity"), "540.4");
  html.pop_back();
  EXPECT_EQ(html, lines("csv"));
}

}  // namespace
}  // namespace gateway::mt4
