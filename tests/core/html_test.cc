#include "core/html.h"

#include <gtest/gtest.h>

#include <string>

namespace core {
namespace {

HtmlTables parsed(std::string_view document) {
  auto tables = parse_html_tables(as_bytes(document));
  EXPECT_TRUE(tables.has_value()) << to_string(tables.error());
  return tables ? std::move(tables.value()) : HtmlTables{};
}

Error refused(std::string_view document) {
  auto tables = parse_html_tables(as_bytes(document));
  EXPECT_FALSE(tables.has_value());
  return tables ? Error{} : tables.error();
}

std::string texts(const HtmlRow& row) {
  std::string out;
  for (const HtmlCell& cell : row.cells) out += "[" + cell.text + "]";
  return out;
}

TEST(Html, RowsCellsAndTitlesAreReadInOrder) {
  const HtmlTables tables = parsed(
      "<html><head><title> Statement:\n 1 </title></head><body><table>\n"
      "<tr><td title=\" Deposit \">1</td><td>two</td></tr>\n"
      "<tr><th>3</th></tr></table></body></html>");
  EXPECT_EQ(tables.title, "Statement: 1");
  ASSERT_EQ(tables.rows.size(), 2U);
  EXPECT_EQ(tables.rows[0].line, 3);
  EXPECT_EQ(tables.rows[1].line, 4);
  EXPECT_EQ(texts(tables.rows[0]), "[1][two]");
  EXPECT_EQ(tables.rows[0].cells[0].title, "Deposit");
  EXPECT_EQ(texts(tables.rows[1]), "[3]");
}

TEST(Html, WhiteSpaceAndNoBreakSpacesCollapse) {
  const HtmlTables tables = parsed(
      "<table><tr><td>&nbsp;</td><td> a \n <b>b</b>&nbsp; c </td><td>-4&nbsp;401.60</td>"
      "<td>x<br>y</td></tr></table>");
  EXPECT_EQ(texts(tables.rows.at(0)), "[][a b c][-4 401.60][x y]");
}

TEST(Html, EntitiesAreDecodedAndNoOthersExist) {
  const HtmlTables tables = parsed(
      "<!DOCTYPE html [<!ENTITY x \"boom\">]><table><tr><td title=\"a&amp;b\">&lt;&eacute;&x;</td>"
      "</tr></table>");
  EXPECT_EQ(texts(tables.rows.at(0)), "[<\xc3\xa9&x;]");
  EXPECT_EQ(tables.rows[0].cells[0].title, "a&b");
}

TEST(Html, MissingEndTagsAreForgiven) {
  const HtmlTables tables = parsed("<table><tr><td>1<td>2<tr><td><b>3</td><td>4");
  ASSERT_EQ(tables.rows.size(), 2U);
  EXPECT_EQ(texts(tables.rows[0]), "[1][2]");
  EXPECT_EQ(texts(tables.rows[1]), "[3][4]");
}

TEST(Html, ATableInACellIsARowOfItsOwn) {
  const HtmlTables tables =
      parsed("<table><tr><td>a<table><tr><td>inner</td></tr></table>b</td><td>c</td></tr></table>");
  ASSERT_EQ(tables.rows.size(), 2U);
  EXPECT_EQ(texts(tables.rows[0]), "[ab][c]");
  EXPECT_EQ(texts(tables.rows[1]), "[inner]");
}

TEST(Html, ScriptsAndStylesAreNoText) {
  const HtmlTables tables = parsed(
      "<table><tr><td><script>if (a < b) alert('<td>x</td>')</script><style>td{}</style>1"
      "</td></tr></table>");
  EXPECT_EQ(texts(tables.rows.at(0)), "[1]");
}

TEST(Html, BytesThatAreNotUtf8AreReadAsDeclaredOrAsLatin1) {
  EXPECT_EQ(texts(parsed("<table><tr><td>\xe9</td></tr></table>").rows.at(0)), "[\xc3\xa9]");
  EXPECT_EQ(texts(parsed("<head><meta http-equiv=Content-Type content='text/html; "
                         "charset=windows-1251'></head><table><tr><td>\xe9</td></tr></table>")
                      .rows.at(0)),
            "[\xd0\xb9]");
  EXPECT_EQ(texts(parsed("\xef\xbb\xbf<table><tr><td>\xc3\xa9</td></tr></table>").rows.at(0)),
            "[\xc3\xa9]");
}

TEST(Html, LinesBeyondSixteenBitsAreCounted) {
  const HtmlTables tables =
      parsed("<table>" + std::string(70'000, '\n') + "<tr><td>1</td></tr></table>");
  EXPECT_EQ(tables.rows.at(0).line, 70'001);
}

TEST(Html, TextWithoutTablesHasNoRows) {
  EXPECT_TRUE(parsed("").rows.empty());
  EXPECT_TRUE(parsed("no markup").rows.empty());
  EXPECT_TRUE(parsed(std::string(10'000'000, '<')).rows.empty());
}

TEST(Html, AZeroByteIsRefused) {
  const Error error = refused(std::string_view("<table>\n<tr>\0</tr></table>", 26));
  EXPECT_EQ(error.reason, "html");
  EXPECT_EQ(error.at, "line 2");
}

TEST(Html, ACellOutsideARowIsRefused) {
  const Error error = refused("<table>\n<td>1</td></table>");
  EXPECT_EQ(error.code, Code::InvalidInput);
  EXPECT_EQ(error.reason, "html");
  EXPECT_EQ(error.at, "line 2");
}

TEST(Html, ADocumentThatIsTooLargeIsRefused) {
  EXPECT_EQ(refused(std::string(kHtmlBytesMax + 1, ' ')).reason, "html");
}

TEST(Html, NestingHasALimit) {
  std::string deep;
  for (int i = 0; i < 1'000'000; ++i) deep += "<div>";
  EXPECT_EQ(refused(deep).reason, "html");
}

TEST(Html, RowsHaveALimit) {
  std::string rows = "<table>";
  for (std::size_t i = 0; i <= kHtmlRowsMax; ++i) rows += "<tr>";
  EXPECT_EQ(refused(rows).reason, "html");
}

TEST(Html, CellsHaveALimit) {
  std::string cells = "<table><tr>";
  for (std::size_t i = 0; i <= kHtmlCellsMax; ++i) cells += "<td>";
  EXPECT_EQ(refused(cells).reason, "html");
}

TEST(Html, TheLengthOfATagHasALimit) {
  std::string tag = "\n<td ";
  for (int i = 0; i < 100'000; ++i) tag += " a" + std::to_string(i);
  const Error error = refused(tag + ">");
  EXPECT_EQ(error.reason, "html");
  EXPECT_EQ(error.at, "line 2");
  EXPECT_EQ(refused("<td title=\">" + std::string(5000, 'x') + "\">").reason, "html");
}

TEST(Html, AnApostropheInABareAttributeOpensNoQuote) {
  const HtmlTables tables = parsed("<table><tr><td title=O'Brien>1</td></tr></table>" +
                                   std::string(2 * kHtmlTagBytesMax, ' '));
  EXPECT_EQ(tables.rows.at(0).cells.at(0).title, "O'Brien");
}

}  // namespace
}  // namespace core
