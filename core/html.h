#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/bytes.h"
#include "core/result.h"

namespace core {

// Text has its white space and no-break spaces collapsed to single spaces, and none at the ends.
struct HtmlCell {
  std::string text;
  std::string title;  // The title attribute.
};

struct HtmlRow {
  std::int64_t line = 0;  // Where its tag ends in the file; the first line is 1.
  std::vector<HtmlCell> cells;
};

struct HtmlTables {
  std::string title;          // Of the document.
  std::vector<HtmlRow> rows;  // Of all tables, in the order in which they start.
};

inline constexpr std::size_t kHtmlBytesMax = std::size_t{64} * 1024 * 1024;
inline constexpr std::size_t kHtmlTagBytesMax = 4096;
inline constexpr std::size_t kHtmlDepthMax = 200;
inline constexpr std::size_t kHtmlRowsMax = 500'000;
inline constexpr std::size_t kHtmlCellsMax = 4'000'000;

// The table rows of an HTML document, read as forgivingly as a browser does and without ever
// opening a file or the network. Bytes that are not UTF-8 are read in the encoding the document
// declares, or else as Latin-1.
//
// Errors: InvalidInput/html with the line: a zero byte, a cell outside a row, or one of the limits
//         above is passed.
Result<HtmlTables> parse_html_tables(ByteView document);

}  // namespace core
