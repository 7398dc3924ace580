// The exports, read by hledger, ledger and bean-check themselves: what is right passes, and the
// least that is wrong does not. A program that is not installed is skipped.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "tests/reports/journals/sample_book.h"
#include "tests/support/files.h"
#include "tests/support/temp_dir.h"

namespace reports::journals {
namespace {

struct Program {
  Format format;
  std::string name;
  std::string arguments;  // In its strictest mode, before the file.
};

// --args-only keeps ledger from reading somebody's own settings.
const std::array<Program, 3> kPrograms = {{
    {Format::Hledger, "hledger", "check -s ordereddates balancednoautoconversion -f"},
    {Format::Ledger, "ledger", "--args-only --pedantic --explicit balance -f"},
    {Format::Beancount, "bean-check", ""},
}};

class Oracle : public testing::TestWithParam<Program> {
 protected:
  void SetUp() override {
    const std::string probe = "command -v " + GetParam().name + " >/dev/null";
    if (std::system(probe.c_str()) != 0) GTEST_SKIP() << GetParam().name << " is not installed";
  }

  std::string text_of(const tests::SampleBook& book) {
    return book.write(GetParam().format).value();
  }

  // Ledger's exit code is the number of errors, which may come round to zero, so that its error
  // output counts too.
  bool accepts(const std::string& text) {
    const std::string file = folder_ / "journal";
    tests::write_file(file, text);
    const std::string command = GetParam().name + ' ' + GetParam().arguments + ' ' + file + " >" +
                                (folder_ / "out") + " 2>" + (folder_ / "errors");
    const bool succeeded = std::system(command.c_str()) == 0;
    said_ = tests::read_file(folder_ / "errors");
    return succeeded && said_.empty();
  }

  // The journal with one place changed; the place must be there.
  static std::string altered(std::string text, std::string_view from, std::string_view to) {
    const auto found = text.find(from);
    CHECK(found != std::string::npos);
    return text.replace(found, from.size(), to);
  }

  // Only the transactions: what is refused then is refused because it does not balance.
  static std::string without_closing(const std::string& text) {
    const auto closing =
        std::min(text.find("\n2026-01-06 * closing balances"), text.find("\n2026-01-07 balance"));
    CHECK(closing != std::string::npos);
    return text.substr(0, closing);
  }

  tests::TempDir folder_;
  std::string said_;
};

std::string program_name(const testing::TestParamInfo<Program>& info) {
  return info.param.name == "bean-check" ? "beancount" : info.param.name;
}
INSTANTIATE_TEST_SUITE_P(Journal, Oracle, testing::ValuesIn(kPrograms), program_name);

TEST_P(Oracle, AcceptsTheSampleBook) {
  EXPECT_TRUE(accepts(text_of(tests::sample_book()))) << said_;
}

TEST_P(Oracle, AcceptsABookWithoutPostings) {
  EXPECT_TRUE(accepts(text_of(tests::SampleBook{}))) << said_;
}

TEST_P(Oracle, RefusesAPostingOffByTheSmallestUnit) {
  const auto text = without_closing(text_of(tests::sample_book()));
  EXPECT_TRUE(accepts(text)) << said_;
  EXPECT_FALSE(accepts(altered(text, "  -10000.00 EUR", "  -9999.99 EUR")));
  EXPECT_FALSE(accepts(altered(text, " 123.45678901", " 123.45678902")));
}

TEST_P(Oracle, RefusesLessThanTheSmallestUnit) {
  const auto text = without_closing(text_of(tests::sample_book()));
  EXPECT_FALSE(accepts(altered(text, "  -10000.00 EUR", "  -9999.996 EUR")));
  EXPECT_FALSE(accepts(altered(text, "  -10000.00 EUR", "  -9999.99999999 EUR")));
}

TEST_P(Oracle, RefusesAClosingBalanceOffByTheSmallestUnit) {
  const auto text = text_of(tests::sample_book());
  EXPECT_FALSE(accepts(altered(text, " 9999.99 EUR", " 9999.98 EUR")));
}

// Balanced still, but not the book: only the closing balances show it.
TEST_P(Oracle, RefusesAnEntryAlteredOnBothSides) {
  const auto text = text_of(tests::sample_book());
  EXPECT_FALSE(accepts(altered(altered(text, "  10000.00 EUR", "  10000.01 EUR"), "  -10000.00 EUR",
                               "  -10000.01 EUR")));
}

// Two commodities that miss are read as an exchange of one for the other, unless something forbids
// it.
TEST_P(Oracle, RefusesAnExchangeMadeUpOfTwoAlteredAmounts) {
  const auto text = text_of(tests::sample_book());
  EXPECT_FALSE(accepts(altered(altered(text, "  10000.00 EUR", "  10000.01 EUR"), " -123.45678901",
                               " -123.45678902")));
}

TEST_P(Oracle, RefusesAnAccountThatWasNotDeclared) {
  const auto text = text_of(tests::sample_book());
  const bool beancount = GetParam().format == Format::Beancount;
  EXPECT_FALSE(accepts(beancount ? altered(text, "open Assets:Cm:Bank:0a1b\n", "open Assets:Cm\n")
                                 : altered(text, "account assets:cm:bank:0a1b\n", "")));
}

TEST_P(Oracle, RefusesACommodityThatWasNotDeclared) {
  const auto text = text_of(tests::sample_book());
  const bool beancount = GetParam().format == Format::Beancount;
  EXPECT_FALSE(accepts(beancount
                           ? altered(text, "commodity EUR\n", "commodity USD\n")
                           : altered(text, "commodity EUR\n    format 1000.00000000 EUR\n", "")));
}

// Beancount counts a child's balance to its parent's, the others do not.
TEST_P(Oracle, AcceptsBalancesOnAnAccountAndBelowIt) {
  tests::SampleBook book;
  book.open_accounts("2026-01-05T08:00:00Z",
                     {"assets:house:bank", "assets:house:bank:1", "equity:house:capital"});
  book.post("2026-01-05T09:00:00Z", {{"assets:house:bank", "EUR", 500},
                                     {"assets:house:bank:1", "EUR", 70000},
                                     {"assets:house:bank:1", "JPY", 9},
                                     {"equity:house:capital", "EUR", -70500},
                                     {"equity:house:capital", "JPY", -9}});
  EXPECT_TRUE(accepts(text_of(book))) << said_;
}

// Every scale that a commodity can have, and every kind of code.
TEST_P(Oracle, AcceptsEveryKindOfCommodity) {
  tests::SampleBook book;
  book.open_accounts("2026-01-05T08:00:00Z", {"equity:memo:a", "equity:memo:b"});
  for (const std::string code :
       {"JPY", "EUR", "BHD", "CLF", "LOT.S7", "UNIT.P3E1", "MARK.EUR", "OP.JPY"}) {
    book.post("2026-01-05T09:00:00Z",
              {{"equity:memo:a", code, 1234567}, {"equity:memo:b", code, -1234567}});
  }
  EXPECT_TRUE(accepts(text_of(book))) << said_;
}

// 28 significant digits, which is all that Beancount has.
TEST_P(Oracle, CountsExactlyFarBeyondWhatADoubleHolds) {
  const core::Minor large = core::Minor{9'999'999'999'999'999} * 100'000'000'000 + 99'999'999'991;
  tests::SampleBook book;
  book.open_accounts("2026-01-05T08:00:00Z", {"equity:memo:a", "equity:memo:b"});
  for (const core::Minor amount : {large, core::Minor{1}}) {
    book.post("2026-01-05T09:00:00Z",
              {{"equity:memo:a", "EUR", amount}, {"equity:memo:b", "EUR", -amount}});
  }
  const auto text = text_of(book);
  EXPECT_TRUE(accepts(text)) << said_;
  EXPECT_FALSE(
      accepts(altered(text, "-9999999999999999999999999.91", "-9999999999999999999999999.92")));
}

// A late entry may be effective long before it is recorded, or after.
TEST_P(Oracle, AcceptsEffectiveDatesOutOfOrder) {
  tests::SampleBook book;
  book.open_accounts("2026-01-05T08:00:00Z", {"equity:memo:a", "equity:memo:b"});
  for (const std::string_view effective :
       {"2026-03-01T00:00:00Z", "1999-12-31T23:59:59Z", "9999-12-31T00:00:00Z"}) {
    book.post("2026-01-05T09:00:00Z", {{"equity:memo:a", "EUR", 1}, {"equity:memo:b", "EUR", -1}},
              effective);
  }
  EXPECT_TRUE(accepts(text_of(book))) << said_;
}

}  // namespace
}  // namespace reports::journals
