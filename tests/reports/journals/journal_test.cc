#include "reports/journals/journal.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/reports/journals/sample_book.h"
#include "tests/support/outcome.h"

namespace reports::journals {
namespace {

using tests::outcome;
using tests::sample_book;
using tests::SampleBook;

constexpr std::array kTexts = {Format::Hledger, Format::Ledger, Format::Beancount};

TEST(JournalFormat, IsKnownByName) {
  EXPECT_EQ(parse_format("hledger").value(), Format::Hledger);
  EXPECT_EQ(parse_format("ledger").value(), Format::Ledger);
  EXPECT_EQ(parse_format("beancount").value(), Format::Beancount);
  EXPECT_EQ(parse_format("leaves").value(), Format::Leaves);
  EXPECT_EQ(outcome(parse_format("Ledger")), "InvalidInput/unknown_choice");
}

TEST(JournalLeaves, AreTheStoredBytesInHexOneALine) {
  const auto book = sample_book();
  std::string expected;
  for (const auto& leaf : book.leaves()) expected += core::to_hex(leaf) + '\n';
  EXPECT_EQ(book.write(Format::Leaves).value(), expected);
}

TEST(JournalHeader, SaysWhichBookThisIs) {
  const auto book = sample_book();
  for (const auto format : kTexts) {
    const auto text = book.write(format).value();
    EXPECT_TRUE(text.starts_with("; Tallystick journal: "));
    EXPECT_NE(text.find("\n; origin: ledger.example/sample\n; size: 3\n; root: cm9vdA==\n"),
              std::string::npos);
    EXPECT_NE(text.find("\n; SIMULATED: "), std::string::npos);
  }
}

TEST(JournalHeader, CannotSmuggleInAnEntry) {
  for (const auto format : kTexts) {
    std::string out;
    const auto sink = [&out](std::string_view text) {
      out += text;
      return core::ok();
    };
    const JournalHeader header{"evil\n2026-01-05 open\x7f\xce\xb1%", 0, "", false};
    EXPECT_TRUE(make_writer(format, header, {}, sink).has_value());
    EXPECT_NE(out.find("; origin: evil%0a2026-01-05 open%7f%ce%b1%25\n"), std::string::npos);
    EXPECT_EQ(out.find("SIMULATED"), std::string::npos);
  }
}

TEST(JournalWriter, DoesNotDependOnTheOrderOfTheDeclarations) {
  const auto book = sample_book();
  auto turned = book.declarations();
  std::ranges::reverse(turned.accounts);
  std::ranges::reverse(turned.commodities);
  for (const auto format : kTexts) {
    EXPECT_EQ(book.write(format, turned).value(), book.write(format).value());
  }
}

TEST(JournalWriter, RefusesWhatWasNotDeclared) {
  const auto book = sample_book();
  auto fewer_accounts = book.declarations();
  fewer_accounts.accounts.pop_back();
  auto fewer_commodities = book.declarations();
  fewer_commodities.commodities.pop_back();
  auto unknown = book.declarations();
  unknown.commodities.emplace_back("SHELLS");
  for (const auto format : kTexts) {
    EXPECT_EQ(outcome(book.write(format, fewer_accounts)), "InvalidInput/unknown_account");
    EXPECT_EQ(outcome(book.write(format, fewer_commodities)), "InvalidInput/unknown_commodity");
    EXPECT_EQ(outcome(book.write(format, unknown)), "InvalidInput/commodity");
  }
}

TEST(JournalWriter, LeavesOutRecordsWithoutPostings) {
  SampleBook book;
  book.post("2026-01-05T08:00:00Z", {});
  for (const auto format : kTexts) {
    EXPECT_EQ(book.write(format).value().find("kind 16"), std::string::npos);
  }
}

TEST(JournalWriter, EndsWhenTheSinkFails) {
  const auto book = sample_book();
  for (const auto format : {Format::Hledger, Format::Ledger, Format::Beancount, Format::Leaves}) {
    int pieces_left = format == Format::Leaves ? 0 : 1;
    const auto sink = [&pieces_left](std::string_view) -> core::Result<> {
      if (pieces_left-- > 0) return core::ok();
      return core::unavailable("disk_full", "", "No room is left.");
    };
    const auto writer = make_writer(format, book.header(), book.declarations(), sink).value();
    ledger::RecordView view;
    ASSERT_TRUE(ledger::decode_record(book.leaves()[1], view).has_value());
    EXPECT_EQ(outcome(writer->write(view, book.leaves()[1])), "Unavailable/disk_full");
  }
}

}  // namespace
}  // namespace reports::journals
