#include "reports/journals/beancount.h"

#include <gtest/gtest.h>

#include "tests/reports/journals/sample_book.h"
#include "tests/support/outcome.h"

namespace reports::journals {
namespace {

constexpr std::string_view kBody = R"(
option "inferred_tolerance_multiplier" "0"
plugin "beancount.plugins.check_commodity"

1900-01-01 commodity EUR
1900-01-01 commodity UNIT.P3E1

2026-01-05 open Assets:Cm:Bank:0a1b
2026-01-05 open Liabilities:Cm:Client:C1:Wallet
2026-01-05 open Equity:Memo:Units:P3:C1
2026-01-05 open Equity:Memo:Units:P3:Issued

2026-01-05 * "kind 16"
  seq: 1
  kind: 16
  effective: 2026-01-04
  recorded: "2026-01-05T09:30:00.000000Z"
  batch: 1
  Assets:Cm:Bank:0a1b  10000.00 EUR
  Liabilities:Cm:Client:C1:Wallet  -10000.00 EUR
  Equity:Memo:Units:P3:C1  123.45678901 UNIT.P3E1
  Equity:Memo:Units:P3:Issued  -123.45678901 UNIT.P3E1

2026-01-06 * "kind 16"
  seq: 2
  kind: 16
  effective: 2026-01-06
  recorded: "2026-01-06T10:00:00.000000Z"
  batch: 2
  corrects: 1
  Assets:Cm:Bank:0a1b  -0.01 EUR
  Liabilities:Cm:Client:C1:Wallet  0.01 EUR

2026-01-07 balance Assets:Cm:Bank:0a1b  9999.99 EUR
2026-01-07 balance Equity:Memo:Units:P3:C1  123.45678901 UNIT.P3E1
2026-01-07 balance Equity:Memo:Units:P3:Issued  -123.45678901 UNIT.P3E1
2026-01-07 balance Liabilities:Cm:Client:C1:Wallet  -9999.99 EUR
)";

TEST(Beancount, IsThisForTheSampleBook) {
  const auto text = tests::sample_book().write(Format::Beancount).value();
  EXPECT_EQ(text.substr(text.find("\n\n") + 1), kBody);
}

TEST(Beancount, CapitalisesEachPartAndNothingElse) {
  EXPECT_EQ(beancount_account("equity:memo:units:p3:9f-a"), "Equity:Memo:Units:P3:9f-a");
}

TEST(Beancount, HasNoDayAfterTheLastThereIs) {
  tests::SampleBook book;
  book.open_accounts("9999-12-31T00:00:00Z", {"assets:house:a"});
  book.post("9999-12-31T00:00:00Z", {{"assets:house:a", "EUR", 1}, {"assets:house:a", "EUR", -1}});
  EXPECT_EQ(tests::outcome(book.write(Format::Beancount)), "Overflow/overflow");
}

TEST(Beancount, RefusesAnOpeningItCannotRead) {
  const auto book = tests::sample_book();
  ledger::RecordView view;
  ASSERT_TRUE(ledger::decode_record(book.leaves()[1], view).has_value());
  view.kind = ledger::kAccountsOpened;  // The body is that of another kind.
  const std::array<std::uint8_t, 3> body = {0xa1, 0x09, 0x00};
  view.body = body;
  const auto writer = make_writer(Format::Beancount, book.header(), book.declarations(),
                                  [](std::string_view) { return core::ok(); });
  EXPECT_EQ(tests::outcome(writer.value()->write(view, {})), "InvalidInput/unknown_field");
}

}  // namespace
}  // namespace reports::journals
