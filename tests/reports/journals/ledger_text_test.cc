#include <gtest/gtest.h>

#include "tests/reports/journals/sample_book.h"

namespace reports::journals {
namespace {

constexpr std::string_view kLedgerBody = R"(
commodity EUR
    format 1000.00000000 EUR
commodity "UNIT.P3E1"
    format 1000.00000000 "UNIT.P3E1"

account assets:cm:bank:0a1b
account equity:memo:units:p3:c1
account equity:memo:units:p3:issued
account liabilities:cm:client:c1:wallet

tag seq
tag kind
tag recorded
tag batch
tag corrects

2026-01-05=2026-01-04 * (1) kind 16
    ; seq: 1
    ; kind: 16
    ; recorded: 2026-01-05T09:30:00.000000Z
    ; batch: 1
    assets:cm:bank:0a1b  10000.00 EUR
    liabilities:cm:client:c1:wallet  -10000.00 EUR
    equity:memo:units:p3:c1  123.45678901 "UNIT.P3E1"
    equity:memo:units:p3:issued  -123.45678901 "UNIT.P3E1"

2026-01-06=2026-01-06 * (2) kind 16
    ; seq: 2
    ; kind: 16
    ; recorded: 2026-01-06T10:00:00.000000Z
    ; batch: 2
    ; corrects: 1
    assets:cm:bank:0a1b  -0.01 EUR
    liabilities:cm:client:c1:wallet  0.01 EUR

2026-01-06 * closing balances
    assets:cm:bank:0a1b  0.00 EUR = 9999.99 EUR
    equity:memo:units:p3:c1  0.00000000 "UNIT.P3E1" = 123.45678901 "UNIT.P3E1"
    equity:memo:units:p3:issued  0.00000000 "UNIT.P3E1" = -123.45678901 "UNIT.P3E1"
    liabilities:cm:client:c1:wallet  0.00 EUR = -9999.99 EUR
)";

std::string without_header(const std::string& text) { return text.substr(text.find("\n\n") + 1); }

TEST(LedgerText, IsThisForTheSampleBook) {
  EXPECT_EQ(without_header(tests::sample_book().write(Format::Hledger).value()), kLedgerBody);
}

TEST(LedgerText, IsTheSameForBothProgramsButForTheHeader) {
  const auto hledger = tests::sample_book().write(Format::Hledger).value();
  const auto ledger = tests::sample_book().write(Format::Ledger).value();
  EXPECT_NE(hledger, ledger);
  EXPECT_EQ(without_header(hledger), without_header(ledger));
}

}  // namespace
}  // namespace reports::journals
