#include <gtest/gtest.h>

#include <string>

#include "tests/gateway/platforms/mt4/statement_files.h"

namespace gateway::mt4 {
namespace {

using tests::mt4::changed;
using tests::mt4::html_file;
using tests::mt4::read;
using tests::mt4::refusal;
using tests::mt4::valid;

core::Decimal decimal(std::string_view text) { return core::parse_decimal(text).value(); }

TEST(Mt4Html, TheHeadIsRead) {
  const Statement statement = valid(html_file());
  EXPECT_EQ(statement.account, "700001");
  EXPECT_EQ(statement.name, "Invented Person");
  EXPECT_EQ(statement.leverage, "1:30");
  EXPECT_EQ(statement.currency, (core::Commodity{"EUR", 2}));
  EXPECT_EQ(statement.time->local, "2026 March 5, 17:30");
  EXPECT_EQ(core::to_string(statement.time->utc), "2026-03-05T15:30:00.000000Z");
  EXPECT_EQ(statement.document, core::sha256(core::as_bytes(html_file())));
}

TEST(Mt4Html, EachRowFindsItsPlace) {
  const Statement statement = valid(html_file());
  EXPECT_EQ(statement.balance_rows.size(), 7U);
  EXPECT_EQ(statement.trades.size(), 2U);
  EXPECT_EQ(statement.open_trades.size(), 1U);
  EXPECT_EQ(statement.orders.size(), 3U);
}

TEST(Mt4Html, ATradeIsReadWhole) {
  const TradeRow trade = valid(html_file()).trades.at(1);
  EXPECT_EQ(trade.row, 34);
  EXPECT_EQ(trade.ticket, 5001006U);
  EXPECT_EQ(trade.side, Side::Sell);
  EXPECT_EQ(trade.open_time.local, "2026.03.03 09:15:00");
  EXPECT_EQ(core::to_string(trade.open_time.utc), "2026-03-03T07:15:00.000000Z");
  EXPECT_EQ(trade.lots, decimal("1.2"));
  EXPECT_EQ(trade.symbol, "xauusd");
  EXPECT_EQ(trade.open_price, decimal("2915.1"));
  EXPECT_EQ(trade.sl, decimal("2930"));
  EXPECT_EQ(trade.tp, decimal("2880"));
  EXPECT_EQ(trade.close_time->local, "2026.03.04 16:45:09");
  EXPECT_EQ(trade.close_price, decimal("2928.75"));
  EXPECT_EQ(trade.commission, decimal("-8.4"));
  EXPECT_EQ(trade.taxes, decimal("-0.1"));
  EXPECT_EQ(trade.swap, decimal("-2.35"));
  EXPECT_EQ(trade.profit, decimal("-1512.3"));
}

TEST(Mt4Html, MinusNoughtIsNought) {
  EXPECT_EQ(valid(html_file()).trades.at(0).swap, core::Decimal{});
}

TEST(Mt4Html, ABalanceRowHasCommentAndAmount) {
  const Statement statement = valid(html_file());
  EXPECT_EQ(statement.balance_rows[0].comment, "ADJUSTMENT");
  EXPECT_EQ(statement.balance_rows[0].amount, decimal("10000"));
  EXPECT_FALSE(statement.balance_rows[0].is_credit);
  EXPECT_TRUE(statement.balance_rows[1].is_credit);
  EXPECT_EQ(statement.balance_rows[4].comment, "Non-MT4 Activity, #7");
}

TEST(Mt4Html, AnEmptyCommentIsTakenFromTheTitle) {
  const Statement statement = valid(
      changed(html_file(), "<td colspan=10 align=left>Financing</td>", "<td colspan=10></td>"));
  EXPECT_EQ(statement.balance_rows[2].comment, "Financing");
}

TEST(Mt4Html, AnOpenTradeHasNoCloseTime) {
  const TradeRow trade = valid(html_file()).open_trades.at(0);
  EXPECT_FALSE(trade.close_time.has_value());
  EXPECT_EQ(trade.close_price, decimal("1.0835"));
  EXPECT_EQ(trade.profit, decimal("46.1"));
}

TEST(Mt4Html, ACancelledMarketOrderIsAnOrder) {
  const Statement statement = valid(changed(html_file(), "<td>buy limit</td>", "<td>buy</td>"));
  EXPECT_EQ(statement.orders.size(), 3U);
}

TEST(Mt4Html, TheSummaryIsRead) {
  const Summary summary = valid(html_file()).summary;
  EXPECT_EQ(summary.row, 94);
  EXPECT_EQ(summary.deposit_withdrawal, decimal("9511.49"));
  EXPECT_EQ(summary.credit, decimal("100"));
  EXPECT_EQ(summary.closed_pl, decimal("-1342.15"));
  EXPECT_EQ(summary.floating, decimal("44.7"));
  EXPECT_EQ(summary.margin, decimal("720.67"));
  EXPECT_EQ(summary.balance, decimal("8169.34"));
  EXPECT_EQ(summary.equity, decimal("8314.04"));
  EXPECT_EQ(summary.free_margin, decimal("7593.37"));
}

TEST(Mt4Html, TheDetailsOfADetailedStatementAreNotRead) {
  const std::string details =
      "<tr><td colspan=14><b>Details:</b></td></tr><tr><td>Gross Profit:</td><td>1</td></tr>"
      "</table>";
  EXPECT_TRUE(read(changed(html_file(), "</table>", details)).has_value());
}

TEST(Mt4Html, ColumnsMayBeNamedVolumeAndSymbol) {
  std::string file = html_file();
  for (const auto& [from, to] : {std::pair{"<td>Size</td>", "<td>Volume</td>"},
                                 std::pair{"<td>Item</td>", "<td>Symbol</td>"}}) {
    for (std::size_t at = file.find(from); at != file.npos; at = file.find(from)) {
      file.replace(at, std::string_view(from).size(), to);
    }
  }
  EXPECT_TRUE(read(file).has_value());
}

TEST(Mt4Html, EveryCutIsRefused) {
  const std::string file = html_file();
  const std::size_t end = file.rfind("</html>") + 6;
  for (std::size_t bytes = 0; bytes <= end; ++bytes) {
    ASSERT_FALSE(read(file.substr(0, bytes)).has_value()) << bytes;
  }
}

TEST(Mt4Html, ACutIsNamed) {
  const std::string file = html_file();
  EXPECT_EQ(refusal(file.substr(0, file.find("Open Trades:"))), "mt4_row at end of file");
  EXPECT_EQ(refusal(file.substr(0, file.find("Equity:"))), "mt4_row at end of file");
  EXPECT_EQ(refusal(file.substr(0, file.find("</div></body>"))), "mt4_row at end of file");
}

TEST(Mt4Html, AWrongNumberIsRefused) {
  for (const char* wrong : {"184,50", "184.50.1", "1 84.50", "1 1184.50", " 1 184 1.50", "184.50 1",
                            "abc", "", "184.505", "+184.50", "1e3", "- 184.50", "184 .50"}) {
    EXPECT_EQ(refusal(changed(html_file(), "<td class=mspt>184.50</td>",
                              "<td class=mspt>" + std::string(wrong) + "</td>")),
              "mt4_number at line 31: profit")
        << wrong;
  }
}

TEST(Mt4Html, WrongNumbersOutsideTheRowsAreRefusedToo) {
  EXPECT_EQ(refusal(changed(html_file(), "<td class=mspt>0.50</td>", "<td>0.00</td>")),
            "mt4_number at line 31: lots");
  EXPECT_EQ(refusal(changed(html_file(), "<td class=mspt>-1 327.80</td>", "<td>x</td>")),
            "mt4_number at line 41: Profit");
  EXPECT_EQ(refusal(changed(html_file(), "720.67", "720,67")), "mt4_number at line 86: summary");
}

TEST(Mt4Html, AWrongTimeIsRefused) {
  for (const char* wrong : {"2026.02.30 11:30:15", "2026.03.03 24:00:00", "2026-03-03 11:30:15",
                            "2026.03.03 11:30", "03.03.2026 11:30:15", "2026.03.03 11:30:60", ""}) {
    EXPECT_EQ(refusal(changed(html_file(), "2026.03.03 11:30:15", wrong)),
              "mt4_time at line 31: close_time")
        << wrong;
  }
  EXPECT_EQ(refusal(changed(html_file(), "2026 March 5, 17:30", "2026 Mars 5, 17:30")),
            "mt4_time at line 17: statement time");
  EXPECT_EQ(refusal(changed(html_file(),
                            "<td colspan=3 align=right><b>2026 March 5, 17:30</b></td>", "")),
            "mt4_time at line 17: statement time");
}

TEST(Mt4Html, AnUnknownRowTypeIsRefused) {
  EXPECT_EQ(refusal(changed(html_file(), "<td>sell</td>", "<td>rebate</td>")),
            "mt4_row at line 34: type");
  EXPECT_EQ(refusal(changed(html_file(), "<td>sell limit</td>", "<td>sell</td>")),
            "mt4_row at line 74: type");
}

TEST(Mt4Html, ARowWithACellTooFewIsRefused) {
  EXPECT_EQ(refusal(changed(html_file(), "<td>2928.75</td>", "")), "mt4_row at line 34");
  EXPECT_EQ(refusal(changed(html_file(), "<td>1.08350</td><td>-1.40</td>", "<td>1.08350</td>")),
            "mt4_row at line 58");
}

TEST(Mt4Html, AMissingColumnIsRefused) {
  EXPECT_EQ(refusal(changed(html_file(), "<td nowrap>Close Time</td>", "")),
            "mt4_header at line 25");
}

TEST(Mt4Html, ARowOfAnotherShapeIsNeverSkipped) {
  EXPECT_EQ(refusal(changed(html_file(), "<tr align=left><td colspan=14><b>Open Trades:</b>",
                            "<tr><td colspan=14>from #5001003</td></tr>"
                            "<tr align=left><td colspan=14><b>Open Trades:</b>")),
            "mt4_row at line 53");
  EXPECT_EQ(refusal(changed(html_file(), "<b>Margin:</b>", "<b>Bonus:</b>")), "mt4_row at line 86");
  EXPECT_EQ(refusal(changed(html_file(), "<tr align=left><td colspan=14><b>Working Orders:</b>",
                            "<tr><td><b>Deals:</b></td></tr>"
                            "<tr align=left><td colspan=14><b>Working Orders:</b>")),
            "mt4_row at line 70");
}

TEST(Mt4Html, SectionsHaveOneOrder) {
  EXPECT_EQ(refusal(changed(html_file(), "<b>Open Trades:</b>", "<b>Summary:</b>")),
            "mt4_row at line 53");
}

TEST(Mt4Html, ACancelledOrderWithAResultIsRefused) {
  EXPECT_EQ(refusal(changed(html_file(), "<td colspan=4>cancelled</td>",
                            "<td>0.00</td><td>0.00</td><td>0.00</td><td>5.00</td>")),
            "mt4_row at line 32: profit");
}

TEST(Mt4Html, ATradeClosedBeforeItOpenedIsRefused) {
  EXPECT_EQ(refusal(changed(html_file(), "2026.03.04 16:45:09", "2026.03.02 16:45:09")),
            "mt4_time at line 34: close_time");
}

TEST(Mt4Html, AClosedTradeWithoutCloseTimeIsRefused) {
  EXPECT_EQ(refusal(changed(html_file(), "<td>2026.03.04 16:45:09</td>", "<td>&nbsp;</td>")),
            "mt4_time at line 34: close_time");
}

TEST(Mt4Html, ABadTicketOrSymbolIsRefused) {
  for (const char* wrong : {"", "0", "05001003", "-5001003", "5001003x", "1234567890123456789"}) {
    EXPECT_EQ(
        refusal(changed(html_file(), "<td>5001003</td>", "<td>" + std::string(wrong) + "</td>")),
        *wrong == '\0' ? "mt4_row at line 31" : "mt4_row at line 31: ticket")
        << wrong;
  }
  EXPECT_EQ(
      refusal(changed(html_file(), "<td>xauusd</td><td>2915.10", "<td>xau usd</td><td>2915.10")),
      "mt4_row at line 34: symbol");
}

TEST(Mt4Html, ADuplicateTicketIsRefused) {
  EXPECT_EQ(refusal(changed(html_file(), "<td>5001006</td>", "<td>5001003</td>")),
            "mt4_duplicate_ticket at line 34");
  EXPECT_EQ(refusal(changed(html_file(), "<td>5001013</td>", "<td>5001003</td>")),
            "mt4_duplicate_ticket at line 74");
}

TEST(Mt4Html, AnIdentityOffByACentIsRefused) {
  const auto at = [](std::string_view from, std::string_view to) {
    return refusal(changed(html_file(), from, to));
  };
  EXPECT_EQ(at("9 511.49", "9 511.48"), "mt4_identity at Deposit/Withdrawal");
  EXPECT_EQ(at("8 169.34", "8 169.35"), "mt4_identity at Balance");
  EXPECT_EQ(at("8 314.04", "8 314.05"), "mt4_identity at Equity");
  EXPECT_EQ(at("-2.35</td>\n", "-2.36</td>\n"), "mt4_identity at line 41: Swap");
  EXPECT_EQ(at("mspt><b>-1 342.15</b></td>\n</tr>", "mspt><b>-1 342.16</b></td>\n</tr>"),
            "mt4_identity at line 48: Closed P/L:");
  EXPECT_EQ(at("<td colspan=2 class=mspt><b>-1 342.15", "<td colspan=2 class=mspt><b>-1 342.14"),
            "mt4_identity at Closed Trade P/L");
  EXPECT_EQ(at("<td class=mspt><b>44.70", "<td class=mspt><b>44.71"),
            "mt4_identity at Floating P/L");
}

TEST(Mt4Html, AnIdentityErrorGivesBothFigures) {
  const auto statement = read(changed(html_file(), "8 169.34", "8 169.35"));
  EXPECT_EQ(statement.error().detail,
            "The sum of the balance rows and the closed trades is 8169.34, but the statement says "
            "8169.35; save the statement again, with the account's whole history.");
}

TEST(Mt4Html, TheCurrencyIsOfIso4217AndTheOneExpected) {
  const std::string file = html_file();
  EXPECT_EQ(refusal(file, "USD"), "mt4_currency at line 17: currency");
  EXPECT_EQ(refusal(file, ""), "a value");
  EXPECT_EQ(refusal(changed(file, "Currency: EUR", "Currency: USC"), ""),
            "mt4_currency at line 17: currency");
  const std::string silent = changed(file, "<td colspan=2><b>Currency: EUR</b></td>", "");
  EXPECT_EQ(refusal(silent, ""), "mt4_currency at line 17: currency");
  EXPECT_EQ(refusal(silent, "EUR"), "a value");
}

TEST(Mt4Html, AnUnknownTimeZoneIsRefused) {
  EXPECT_EQ(read(html_file(), "EUR", "Europe/Nowhere").error().reason, "time_zone");
  EXPECT_EQ(read(html_file(), "EUR", "").error().reason, "time_zone");
}

TEST(Mt4Html, OtherDocumentsAreRefused) {
  EXPECT_EQ(refusal("<html></html>"), "mt4_header at end of file");
  EXPECT_EQ(refusal("<table><tr><td>Strategy Tester Report</td></tr></table></html>"),
            "mt4_header at line 1");
  EXPECT_EQ(refusal(std::string(10'000'000, '<')), "mt4_header at end of file");
  EXPECT_EQ(refusal(std::string("<html>\0</html>", 14)), "html at line 1");
}

// Whatever is damaged, the reader says so or reads the rest; it never ends the process.
TEST(Mt4Html, DamagedFilesAreReadOrRefused) {
  for (const std::string& file : {html_file(), tests::mt4::csv_file()}) {
    std::uint32_t random = 1;
    const auto below = [&random](std::size_t limit) {
      random = random * 1664525U + 1013904223U;
      return (random >> 8) % limit;
    };
    for (int round = 0; round < 1000; ++round) {
      std::string damaged = file;
      for (std::size_t edit = 0; edit <= below(4); ++edit) {
        damaged[below(damaged.size())] = static_cast<char>(below(256));
        const std::size_t place = below(damaged.size());
        if (below(2) == 0) damaged.erase(place, below(40));
        if (below(2) == 0) damaged.insert(place, damaged.substr(below(damaged.size()), below(200)));
      }
      const auto statement = read(damaged);
      if (!statement) {
        EXPECT_EQ(statement.error().code, core::Code::InvalidInput) << damaged;
      }
    }
  }
}

}  // namespace
}  // namespace gateway::mt4
