#include "gateway/registers/table.h"

#include <gtest/gtest.h>

#include <array>
#include <sstream>

namespace gateway::registers {
namespace {

constexpr auto kColumns = std::to_array<std::string_view>({"NAME", "TEXT"});

// "2:a|b 3:c|d", or the refusal and where it is.
std::string rows(const std::string& bytes, TableForm form = TableForm::Comma) {
  std::istringstream file(bytes);
  TableReader reader(file, form);
  if (const auto header = reader.header(kColumns); !header) {
    return header.error().reason + " at " + header.error().at;
  }
  std::string out;
  Row row;
  while (true) {
    const auto any = reader.next(row);
    if (!any) return any.error().reason + " at " + any.error().at;
    if (!any.value()) return out;
    out += (out.empty() ? "" : " ") + std::to_string(row.line) + ":";
    for (std::size_t i = 0; i < row.fields.size(); ++i) out += (i == 0 ? "" : "|") + row.fields[i];
  }
}

TEST(Table, AByteOrderMarkAndEitherLineEndAreRead) {
  EXPECT_EQ(rows("\xef\xbb\xbfNAME,TEXT\r\na,b\r\n\r\nc,d"), "2:a|b 4:c|d");
  EXPECT_EQ(rows("NAME,TEXT\n"), "");
}

TEST(Table, QuotedFieldsHoldCommasLineEndsAndQuotationMarks) {
  EXPECT_EQ(rows("\"NAME\",\"TEXT\"\n\"a,b\",\"say \"\"x\"\"\"\n\"c\nd\",e\nf,g\n"),
            "2:a,b|say \"x\" 3:c\nd|e 5:f|g");
  EXPECT_EQ(rows("NAME,TEXT\na,\"b\n"), "register_table at line 2");
}

TEST(Table, BetweenTabsAQuotationMarkStandsForItself) {
  EXPECT_EQ(rows("NAME\tTEXT\n\"a\tb\"\n", TableForm::Tab), "2:\"a|b\"");
}

TEST(Table, OtherColumnsAreNamed) {
  for (const std::string header :
       {"", "NAME\n", "TEXT,NAME\n", "NAME,TEXT,MORE\n", "name,TEXT\n", "NAME;TEXT\n"}) {
    EXPECT_EQ(rows(header), "register_table at line 1") << header;
  }
  std::istringstream file("NAME,WORDS\n");
  TableReader reader(file, TableForm::Comma);
  EXPECT_NE(reader.header(kColumns).error().detail.find("Column 2 must be TEXT and is WORDS"),
            std::string::npos);
}

TEST(Table, ARowOfAnotherLengthOrEncodingIsNamedByItsLine) {
  EXPECT_EQ(rows("NAME,TEXT\na,b\nc\n"), "register_table at line 3");
  EXPECT_EQ(rows("NAME,TEXT\na,b,c\n"), "register_table at line 2");
  EXPECT_EQ(rows("NAME,TEXT\nM\xfcller,b\n"), "register_table at line 2");
  EXPECT_EQ(rows(std::string("\xff\xfeN\0A\0", 6)), "register_table at line 1");
}

TEST(Table, ARowWithoutAnEndIsRefusedBeforeItFillsTheMemory) {
  EXPECT_EQ(rows("NAME,TEXT\n" + std::string(kRowBytesMax + 10, 'x')), "register_table at line 2");
  EXPECT_EQ(rows("NAME,TEXT\n\"" + std::string(kRowBytesMax + 10, '\n')),
            "register_table at line 2");
}

TEST(Table, ARowsPlaceIsItsLineOrItsRecord) {
  EXPECT_EQ(at_row({0, 12, {}}), "line 12");
  EXPECT_EQ(at_row({0, 12, {}}, "NAME"), "line 12: NAME");
  EXPECT_EQ(at_row({2, 3, {}}), "body 2: record 3");
  EXPECT_EQ(at_row({2, 3, {}}, "NAME"), "body 2: record 3: NAME");
}

TEST(Table, TheDigestIsOfTheWholeFile) {
  std::string bytes = "\xef\xbb\xbfNAME,TEXT\n";
  for (int i = 0; i < 50'000; ++i) bytes += "a,b\n";
  std::istringstream file(bytes);
  TableReader reader(file, TableForm::Comma);
  ASSERT_TRUE(reader.header(kColumns).has_value());
  Row row;
  while (reader.next(row).value()) {
  }
  EXPECT_EQ(reader.digest(), core::sha256(core::as_bytes(bytes)));
}

}  // namespace
}  // namespace gateway::registers
