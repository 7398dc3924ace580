#pragma once

#include <string>
#include <string_view>
#include <vector>

// Pieces of HTML pages that need nothing from elsewhere: no scripts, fonts, images or links.
namespace reports {

// Text for any place in a page. Control characters and the marks that turn the direction of writing
// become U+FFFD: a ticket or symbol comes from a platform and must not rearrange what stands beside
// it.
std::string html_escape(std::string_view text);

enum class Cell {
  Words,
  Number,  // To the right, in digits of one width.
  Code,    // An identifier, which may break anywhere to fit.
};

struct Column {
  std::string_view heading;
  Cell cell = Cell::Words;
};

// What a table is, and in what. A title that repeats the heading above it is for those who listen.
struct Caption {
  std::string title;
  std::string unit;
  bool repeats_heading = false;
};

// A table with a caption and headings; the first cell of each row is the row's heading.
class HtmlTable {
 public:
  HtmlTable(Caption caption, std::vector<Column> columns);

  // Cells are text, not yet escaped; as many as there are columns.
  void row(const std::vector<std::string>& cells) { add(cells, ""); }
  void subtotal(const std::vector<std::string>& cells) { add(cells, " class=\"subtotal\""); }
  void total(const std::vector<std::string>& cells) { add(cells, " class=\"total\""); }
  // With a sentence in its place if there is no row.
  std::string finish(std::string_view if_empty) const;

 private:
  void add(const std::vector<std::string>& cells, std::string_view attributes);

  Caption caption_;
  std::vector<Column> columns_;
  std::string rows_;
};

}  // namespace reports
