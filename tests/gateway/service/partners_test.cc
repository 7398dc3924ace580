#include "gateway/service/partners.h"

#include <gtest/gtest.h>

#include "engine/state.h"
#include "gateway/service/csv.h"

namespace gateway::service {
namespace {

using core::json::Value;

// Two lines, a share of a fee, a hold, a payment, and a rebate of an offer, whose record names no
// currency.
constexpr std::string_view kStatement = R"({"records": [
  {"seq": 1, "effective_at": "2026-01-05T09:00:00Z", "name": "partner_line_accrued",
   "body": {"partner": "aa", "of": "deal", "currency": "EUR", "amount": "12.345", "exact": "12.345",
            "posted": "1234"}},
  {"seq": 2, "effective_at": "2026-01-05T09:00:00Z", "name": "partner_fee_share",
   "body": {"partner": "aa", "currency": "JPY", "amount": "8050"}},
  {"seq": 3, "effective_at": "2026-01-05T09:00:00Z", "name": "earnings_held",
   "body": {"hold": {"partner": "aa", "currency": "EUR", "amount": "4", "reason": "why"},
            "amount": "400"}},
  {"seq": 4, "effective_at": "2026-01-05T09:00:00Z", "name": "payout_paid",
   "body": {"partner": "aa", "currency": "EUR", "amount": "5000"}},
  {"seq": 5, "effective_at": "2026-01-05T09:00:00Z", "name": "rebate_paid",
   "body": {"structure": "000000000000000000000000000002bc", "amount": "75"}}
]})";

TEST(PartnerStatement, AsATableIsInWholeUnitsThroughout) {
  engine::State state;
  core::StructureId structure;
  structure.bytes[14] = 0x02;
  structure.bytes[15] = 0xbc;
  state.structures[structure].currency = "EUR";
  Value statement = core::json::parse(kStatement).value();
  name_currencies(state, statement);
  EXPECT_EQ(statement_to_csv(statement),
            "seq,effective_at,name,partner,of,server,ticket,level,client,programme,version,"
            "currency,amount,exact,posted\n"
            "1,2026-01-05T09:00:00Z,partner_line_accrued,aa,deal,,,,,,,EUR,12.345,12.345,12.34\n"
            "2,2026-01-05T09:00:00Z,partner_fee_share,aa,,,,,,,,JPY,8050,,\n"
            "3,2026-01-05T09:00:00Z,earnings_held,aa,,,,,,,,EUR,4.00,,\n"
            "4,2026-01-05T09:00:00Z,payout_paid,aa,,,,,,,,EUR,50.00,,\n"
            "5,2026-01-05T09:00:00Z,rebate_paid,,,,,,,,,EUR,0.75,,\n");
}

// A ticket is what a platform says: no spreadsheet may take it for a formula.
TEST(PartnerStatement, AsATableHasNoFormulas) {
  constexpr std::string_view kNamed = R"json({"records": [
    {"seq": 1, "effective_at": "2026-01-05T09:00:00Z", "name": "partner_line_accrued",
     "body": {"server": "a\"b,c", "ticket": "=HYPERLINK(1)", "currency": "EUR",
              "amount": "-12.5", "exact": "-12.5"}}]})json";
  const Value statement = core::json::parse(kNamed).value();
  const std::string table = statement_to_csv(statement);
  EXPECT_NE(table.find(",\"a\"\"b,c\",'=HYPERLINK(1),"), std::string::npos) << table;
  EXPECT_NE(table.find(",-12.5,-12.5,"), std::string::npos) << table;
}

TEST(CsvCell, GuardsWhatASpreadsheetWouldWorkOut) {
  EXPECT_EQ(csv_cell("=1+1"), "'=1+1");
  EXPECT_EQ(csv_cell("+49"), "'+49");
  EXPECT_EQ(csv_cell("-2+3"), "'-2+3");
  EXPECT_EQ(csv_cell("@sum"), "'@sum");
  EXPECT_EQ(csv_cell("\tx"), "'\tx");
  EXPECT_EQ(csv_cell("\rx"), "\"'\rx\"");
  EXPECT_EQ(csv_cell("-12.50"), "-12.50");
  EXPECT_EQ(csv_cell("-12.5"), "-12.5");
  EXPECT_EQ(csv_cell("a=b"), "a=b");
  EXPECT_EQ(csv_cell(""), "");
  EXPECT_EQ(csv_cell("a \"b\""), "\"a \"\"b\"\"\"");
}

}  // namespace
}  // namespace gateway::service
