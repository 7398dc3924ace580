#include "gateway/tables/rows.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/byte_order_mark.h"

namespace gateway::tables {
namespace {

core::Error refuse(Fault fault, std::uint64_t line, std::string detail) {
  return core::invalid(fault == Fault::Row ? "row" : "encoding", std::to_string(line),
                       std::move(detail));
}

// A byte at a time, as slow as a source can be.
Source drop_by_drop(std::string bytes) {
  return [bytes = std::move(bytes),
          at = std::size_t{0}](std::span<char> buffer) mutable -> core::Result<std::size_t> {
    if (at == bytes.size() || buffer.empty()) return std::size_t{0};
    buffer[0] = bytes[at++];
    return std::size_t{1};
  };
}

// "1:a|b 3:c", or the refusal and its line.
std::string told(const std::string& bytes, char separator = ',') {
  RowReader rows(drop_by_drop(bytes), separator, refuse);
  std::string out;
  while (true) {
    const auto more = rows.next();
    if (!more) return more.error().reason + " at " + more.error().at;
    if (!more.value()) return out;
    out += (out.empty() ? "" : " ") + std::to_string(rows.line()) + ":";
    for (std::size_t i = 0; i < rows.fields().size(); ++i) {
      out += (i == 0 ? "" : "|") + rows.fields()[i];
    }
  }
}

TEST(Rows, HaveTheirLinesAndLoseMarkAndEmptyOnes) {
  EXPECT_EQ(told(std::string(core::kByteOrderMark) + "\"a\",b\r\n\r\n \nc,d"), "1:a|b 4:c|d");
  EXPECT_EQ(told(""), "");
}

TEST(Rows, QuotesHoldWhatSeparates) {
  EXPECT_EQ(told("\"a,\"\"b\"\"\nc\",d\ne,f\n"), "1:a,\"b\"\nc|d 3:e|f");
  EXPECT_EQ(told("\"a\tb\"\n", '\t'), "1:\"a|b\"");
  EXPECT_EQ(told("a,b\nc,\"d\n"), "row at 2");
}

TEST(Rows, OfAnotherEncodingAreRefused) {
  EXPECT_EQ(told("a\nM\xfcller\n"), "encoding at 2");
  EXPECT_EQ(told(std::string("a\0", 2)), "encoding at 1");
}

TEST(Rows, WithoutAnEndAreRefused) {
  EXPECT_EQ(told(std::string(kRowBytesMax + 1, 'x')), "row at 1");
  EXPECT_EQ(told("\"" + std::string(kRowBytesMax + 1, '\n')), "row at 1");
}

TEST(Rows, AByteOrderMarkStandsAtTheBeginningAlone) {
  EXPECT_EQ(core::without_byte_order_mark("\xef\xbb\xbf\xef\xbb\xbf a"), "\xef\xbb\xbf a");
  EXPECT_EQ(core::without_byte_order_mark("\xef\xbb"), "\xef\xbb");
}

}  // namespace
}  // namespace gateway::tables
