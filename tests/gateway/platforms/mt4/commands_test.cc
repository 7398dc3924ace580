#include "gateway/platforms/mt4/commands.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/gateway/platforms/mt4/statement_files.h"

namespace gateway::mt4 {
namespace {

using tests::mt4::changed;
using tests::mt4::csv_file;
using tests::mt4::html_file;
using tests::mt4::valid;

CommandOptions options() {
  CommandOptions options;
  options.structure = "@pool";
  options.actor = "importer";
  return options;
}

core::json::Array commands_of(const std::string& file) {
  return commands(valid(file), default_classes(), options());
}

// "record_deal 5001003", in order.
std::vector<std::string> names(const core::json::Array& lines) {
  std::vector<std::string> out;
  for (const core::json::Value& line : lines) {
    std::string name(line.text("command"));
    for (const char* key : {"ticket", "class", "symbol"}) {
      if (line.find(key) != nullptr) name += " " + std::string(line.text(key));
    }
    out.push_back(name);
  }
  return out;
}

TEST(Mt4Commands, TheyComeInTheOrderOfTheirTimes) {
  EXPECT_EQ(
      names(commands_of(html_file())),
      (std::vector<std::string>{
          "record_balance_operation 5001001 capital", "record_balance_operation 5001002 credit",
          "record_balance_operation 5001005 financing", "register_symbol eurusd",
          "record_deal 5001003 eurusd", "record_balance_operation 5001007 correction",
          "record_balance_operation 5001008 correction", "register_symbol xauusd",
          "record_deal 5001006 xauusd", "record_balance_operation 5001009 unknown",
          "record_balance_operation 5001010 capital", "record_valuation"}));
}

TEST(Mt4Commands, ADealIsWrittenExactly) {
  const std::string document = core::to_hex(core::sha256(core::as_bytes(html_file())).view());
  EXPECT_EQ(core::json::print(commands_of(html_file()).at(8)),
            R"({"command":"record_deal","structure":"@pool","server":"mt4","ticket":"5001006",)"
            R"("symbol":"xauusd","side":"sell","lots":"1.2",)"
            R"("open_time":"2026-03-03T07:15:00.000000Z","open_price":"2915.1",)"
            R"("close_time":"2026-03-04T14:45:09.000000Z","close_price":"2928.75",)"
            R"("profit":"-1512.3","swap":"-2.35","commission":"-8.4","taxes":"-0.1",)"
            R"("source":{"document":")" +
                document +
                R"(","row":34},"effective_at":"2026-03-04T14:45:09.000000Z","actor":"importer"})");
}

TEST(Mt4Commands, ABalanceOperationIsWrittenExactlyAndWithoutItsComment) {
  const std::string document = core::to_hex(core::sha256(core::as_bytes(csv_file())).view());
  EXPECT_EQ(core::json::print(commands_of(csv_file()).at(9)),
            R"({"command":"record_balance_operation","structure":"@pool","server":"mt4",)"
            R"("ticket":"5001009","class":"unknown","amount":"12","source":{"document":")" +
                document +
                R"(","row":10},"effective_at":"2026-03-05T06:00:00.000000Z","actor":"importer"})");
}

TEST(Mt4Commands, ASymbolIsRegisteredInTheAccountsCurrencyBeforeItsFirstDeal) {
  EXPECT_EQ(core::json::print(commands_of(html_file()).at(3)),
            R"({"command":"register_symbol","symbol":"eurusd","currency":"EUR",)"
            R"("effective_at":"2026-03-03T09:30:15.000000Z","actor":"importer"})");
}

TEST(Mt4Commands, TheValuationIsTheStatedOne) {
  const core::json::Value valuation = commands_of(html_file()).back();
  EXPECT_EQ(valuation.text("equity"), "8314.04");
  EXPECT_EQ(valuation.text("balance"), "8169.34");
  EXPECT_EQ(valuation.text("floating"), "44.7");
  EXPECT_EQ(valuation.text("effective_at"), "2026-03-05T15:30:00.000000Z");
  EXPECT_EQ(*valuation.find("source")->find("row")->as_integer(), 94);
}

TEST(Mt4Commands, TheValuationIsNotBeforeTheLastRow) {
  const auto lines = commands_of(changed(html_file(), "March 5, 17:30", "March 4, 17:30"));
  EXPECT_EQ(lines.back().text("effective_at"), "2026-03-05T07:00:00.000000Z");
}

TEST(Mt4Commands, TheServerIsAnOption) {
  CommandOptions other = options();
  other.server = "live-2";
  const auto lines = commands(valid(csv_file()), default_classes(), other);
  EXPECT_EQ(lines.at(0).text("server"), "live-2");
}

TEST(Mt4Commands, OnlyASimulatedBookIsToldTheTime) {
  EXPECT_EQ(commands_of(csv_file()).at(0).find("at"), nullptr);
  CommandOptions simulated = options();
  simulated.simulated = true;
  for (const auto& line : commands(valid(html_file()), default_classes(), simulated)) {
    EXPECT_FALSE(line.text("at").empty());
    EXPECT_EQ(line.text("at"), line.text("effective_at"));
  }
}

TEST(Mt4Commands, NothingPersonalIsWritten) {
  const std::string text = core::json::print(commands_of(html_file())) +
                           core::json::print(describe(valid(html_file()), default_classes()));
  for (const char* personal : {"Invented", "700001", "Partner share", "ADJUSTMENT", "Welcome"}) {
    EXPECT_EQ(text.find(personal), std::string::npos) << personal;
  }
}

TEST(Mt4Commands, HtmlAndCsvGiveTheSameButForSourceAndValuation) {
  const auto without_source = [](core::json::Array lines) {
    if (lines.back().text("command") == "record_valuation") lines.pop_back();
    for (core::json::Value& line : lines) {
      std::erase_if(*line.as_object(), [](const auto& member) { return member.first == "source"; });
    }
    return lines;
  };
  EXPECT_EQ(without_source(commands_of(html_file())), without_source(commands_of(csv_file())));
}

// Athens sets its clock back on 2025-10-26 from 04:00 to 03:00, and forward on 2025-03-30.
const std::string kColumns =
    "ticket,open_time,type,lots,symbol,open_price,sl,tp,close_time,close_price,commission,taxes,"
    "swap,"
    "profit,comment\n";

std::string balance_line(const std::string& ticket, const std::string& time) {
  return ticket + "," + time + ",balance,,,,,,,,,,,1,x\n";
}

TEST(Mt4Commands, OrderIsByUtcWhereTheClockJumpsForward) {
  // 03:30 does not exist and means 04:30, which is after 04:10.
  const auto lines = commands_of(kColumns + balance_line("1", "2025.03.30 03:30:00") +
                                 balance_line("2", "2025.03.30 04:10:00"));
  EXPECT_EQ(lines.at(0).text("ticket"), "2");
  EXPECT_EQ(lines.at(0).text("effective_at"), "2025-03-30T01:10:00.000000Z");
  EXPECT_EQ(lines.at(1).text("effective_at"), "2025-03-30T01:30:00.000000Z");
}

TEST(Mt4Commands, AtOneTimeTheTicketDecidesByNumber) {
  const auto lines = commands_of(kColumns + balance_line("10", "2025.03.03 03:30:00") +
                                 balance_line("9", "2025.03.03 03:30:00"));
  EXPECT_EQ(lines.at(0).text("ticket"), "9");
}

TEST(Mt4Commands, ATradeMayCloseInTheHourThatComesTwice) {
  const auto lines = commands_of(
      kColumns + "1,2025.10.26 03:50:00,buy,1,x,1,0,0,2025.10.26 03:05:00,1,0,0,0,0,\n");
  EXPECT_EQ(lines.size(), 2U);
}

TEST(Mt4Describe, AStatementIsSummed) {
  EXPECT_EQ(core::json::print(describe(valid(html_file()), default_classes())),
            R"({"account_currency":"EUR","first_time":"2026-03-02T07:00:00.000000Z",)"
            R"("last_time":"2026-03-05T07:00:00.000000Z",)"
            R"("statement_time":"2026-03-05T15:30:00.000000Z","rows":13,"trades":2,)"
            R"("balance_rows":7,"open_trades":1,"orders_skipped":3,"capital_total":"9500.00",)"
            R"("financing_total":"-1.25","correction_total":"0.74","credit_total":"100.00",)"
            R"("unknown_total":"12.00","trade_result":"-1342.15","balance":"8169.34",)"
            R"("equity":"8314.04"})");
}

TEST(Mt4Describe, TheCsvHasNoEquityAndNoTime) {
  const auto csv = describe(valid(csv_file()), default_classes());
  EXPECT_EQ(csv.text("balance"), "8169.34");
  EXPECT_TRUE(csv.find("equity")->is_null());
  EXPECT_TRUE(csv.find("statement_time")->is_null());
}

TEST(Mt4Describe, AnEmptyStatementHasNoTimes) {
  const auto empty = describe(valid(kColumns), default_classes());
  EXPECT_TRUE(empty.find("first_time")->is_null());
  EXPECT_EQ(empty.text("balance"), "0.00");
  EXPECT_TRUE(commands_of(kColumns).empty());
}

}  // namespace
}  // namespace gateway::mt4
