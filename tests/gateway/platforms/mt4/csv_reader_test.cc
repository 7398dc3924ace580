#include <gtest/gtest.h>

#include <string>

#include "tests/gateway/platforms/mt4/statement_files.h"

namespace gateway::mt4 {
namespace {

using tests::mt4::changed;
using tests::mt4::csv_file;
using tests::mt4::html_file;
using tests::mt4::refusal;
using tests::mt4::valid;

TEST(Mt4Csv, ItHoldsTheSameRowsAsTheHtml) {
  const Statement csv = valid(csv_file());
  const Statement html = valid(html_file());
  ASSERT_EQ(csv.balance_rows.size(), html.balance_rows.size());
  for (std::size_t i = 0; i < csv.balance_rows.size(); ++i) {
    EXPECT_EQ(csv.balance_rows[i].comment, html.balance_rows[i].comment);
    EXPECT_EQ(csv.balance_rows[i].amount, html.balance_rows[i].amount);
    EXPECT_EQ(csv.balance_rows[i].is_credit, html.balance_rows[i].is_credit);
  }
  EXPECT_EQ(csv.trades.size(), html.trades.size());
  EXPECT_EQ(csv.open_trades.size(), html.open_trades.size());
  EXPECT_EQ(csv.orders.size(), html.orders.size());
}

TEST(Mt4Csv, ARowIsItsLine) {
  const Statement statement = valid(csv_file());
  EXPECT_EQ(statement.balance_rows.at(0).row, 2);
  EXPECT_EQ(statement.trades.at(1).row, 7);
}

TEST(Mt4Csv, ItStatesNoTotals) {
  const Statement statement = valid(csv_file());
  EXPECT_FALSE(statement.time.has_value());
  EXPECT_FALSE(statement.summary.balance.has_value());
  EXPECT_FALSE(statement.summary.equity.has_value());
}

TEST(Mt4Csv, LinesMayEndInLfAndTheFileInNothing) {
  std::string file = csv_file();
  std::erase(file, '\r');
  EXPECT_EQ(refusal(file), "a value");
  file.pop_back();
  EXPECT_EQ(refusal(file), "a value");
  EXPECT_EQ(refusal("\xef\xbb\xbf" + file), "a value");
}

TEST(Mt4Csv, AQuoteInAQuotedFieldIsDoubled) {
  const Statement statement =
      valid(changed(csv_file(), "\"Non-MT4 Activity, #7\"", "\"a  \"\"b\"\", c \""));
  EXPECT_EQ(statement.balance_rows.at(4).comment, "a \"b\", c");
}

TEST(Mt4Csv, BrokenQuotesAreRefused) {
  EXPECT_EQ(refusal(changed(csv_file(), "#7\"", "#7")), "mt4_row at line 9");
  EXPECT_EQ(refusal(changed(csv_file(), "#7\"", "#7\"x")), "mt4_row at line 9");
}

TEST(Mt4Csv, AMissingOrExtraColumnIsRefused) {
  EXPECT_EQ(refusal(changed(csv_file(), "close_time,", "")), "mt4_header at line 1");
  EXPECT_EQ(refusal(changed(csv_file(), "profit,comment", "profit")), "mt4_header at line 1");
  EXPECT_EQ(refusal(changed(csv_file(), "profit,comment", "profit,comment,magic")),
            "mt4_header at line 1");
}

TEST(Mt4Csv, ALineWithAFieldTooFewOrTooManyIsRefused) {
  EXPECT_EQ(refusal(changed(csv_file(), "2928.75,", "")), "mt4_row at line 7");
  EXPECT_EQ(refusal(changed(csv_file(), "2928.75,", "2928.75,1,")), "mt4_row at line 7");
  EXPECT_EQ(refusal(csv_file() + "\r\n"), "mt4_row at line 15");
}

TEST(Mt4Csv, CutsInALineAreRefused) {
  const std::string file = csv_file();
  const std::size_t last_comma = file.rfind(',');
  const std::size_t last_line = file.rfind('\n', last_comma) + 1;
  for (std::size_t bytes = last_line + 1; bytes <= last_comma; ++bytes) {
    ASSERT_EQ(refusal(file.substr(0, bytes)), "mt4_row at line 14") << bytes;
  }
}

TEST(Mt4Csv, BadFieldsAreRefused) {
  EXPECT_EQ(refusal(changed(csv_file(), "184.50", "184;50")), "mt4_number at line 4: profit");
  EXPECT_EQ(refusal(changed(csv_file(), "184.50", "")), "mt4_number at line 4: profit");
  EXPECT_EQ(refusal(changed(csv_file(), "184.50", "1000000000000000000000000.00")),
            "mt4_number at line 4: profit");
  EXPECT_EQ(refusal(changed(csv_file(), "2026.03.03 11:30:15", "yesterday")),
            "mt4_time at line 4: close_time");
  EXPECT_EQ(refusal(changed(csv_file(), ",sell,", ",Sell,")), "mt4_row at line 7: type");
  EXPECT_EQ(refusal(changed(csv_file(), "5001006", "5001003")), "mt4_duplicate_ticket at line 7");
}

TEST(Mt4Csv, ABalanceRowHasNothingOfATrade) {
  const std::string row = "balance,,,,,,2026.03.03 00:00:50,,0,0,0,-1.25";
  const auto at = [&row](std::string_view other) {
    return refusal(changed(csv_file(), row, other));
  };
  EXPECT_EQ(at("balance,1,,,,,2026.03.03 00:00:50,,0,0,0,-1.25"), "mt4_row at line 6: type");
  EXPECT_EQ(at("balance,,,,,,2026.03.03 00:00:51,,0,0,0,-1.25"), "mt4_row at line 6: close_time");
  EXPECT_EQ(at("balance,,,,,,2026.03.03 00:00:50,,0,0,1,-1.25"), "mt4_row at line 6: commission");
  EXPECT_EQ(at("balance,,,,,,,,,,,-1.25"), "a value");
}

TEST(Mt4Csv, TheCurrencyMustBeGiven) {
  EXPECT_EQ(refusal(csv_file(), ""), "mt4_currency at currency");
  EXPECT_EQ(refusal(csv_file(), "XYZ"), "mt4_currency at currency");
  EXPECT_EQ(refusal(csv_file(), "JPY"), "mt4_number at line 4: commission");
}

TEST(Mt4Csv, GarbageIsRefused) {
  EXPECT_EQ(refusal(""), "mt4_header at line 1");
  EXPECT_EQ(refusal("\xff\xfe\x3c"), "mt4_header at line 1");
  std::string garbage;
  for (unsigned i = 0; i < 100'000; ++i) garbage += static_cast<char>((i * 2654435761U) >> 24);
  EXPECT_EQ(refusal(garbage), "mt4_header at line 1");
}

TEST(Mt4Csv, AFileThatIsTooLargeIsRefused) {
  EXPECT_EQ(refusal(std::string(kStatementBytesMax + 1, 'x')), "mt4_header at ");
}

TEST(Mt4Csv, AnErrorShowsNoControlCharacters) {
  const auto statement = tests::mt4::read(changed(csv_file(), "184.50", "\x1b[31m\xc3\xa9"));
  EXPECT_NE(statement.error().detail.find("\"?[31m??\""), std::string::npos);
}

}  // namespace
}  // namespace gateway::mt4
