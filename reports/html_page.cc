#include "reports/html_page.h"

#include <array>
#include <utility>

#include "core/check.h"

namespace reports {
namespace {

constexpr std::string_view kReplacement = "\uFFFD";
// Bidirectional embeddings, overrides and isolates.
constexpr std::array<std::string_view, 12> kDirectionMarks = {
    "\u061C", "\u200E", "\u200F", "\u202A", "\u202B", "\u202C",
    "\u202D", "\u202E", "\u2066", "\u2067", "\u2068", "\u2069"};

// The length of a direction mark at the start of the text, or 0.
std::size_t direction_mark(std::string_view text) {
  for (const std::string_view mark : kDirectionMarks) {
    if (text.starts_with(mark)) return mark.size();
  }
  return 0;
}

bool is_control(char character) {
  const auto code = static_cast<unsigned char>(character);
  return code < 0x20 || code == 0x7f;
}

void append_escaped(char character, std::string& out) {
  switch (character) {
    case '&':
      out += "&amp;";
      return;
    case '<':
      out += "&lt;";
      return;
    case '>':
      out += "&gt;";
      return;
    case '"':
      out += "&quot;";
      return;
    case '\'':
      out += "&#39;";
      return;
    default:
      if (is_control(character)) {
        out += kReplacement;
      } else {
        out += character;
      }
  }
}

std::string_view class_of(Cell cell) {
  switch (cell) {
    case Cell::Words:
      return "";
    case Cell::Number:
      return " class=\"number\"";
    case Cell::Code:
      return " class=\"code\"";
  }
  core::check_failed("cell is one of the three", __FILE__, __LINE__);
}

}  // namespace

std::string html_escape(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t mark = direction_mark(text);
    if (mark > 0) {
      out += kReplacement;
    } else {
      append_escaped(text.front(), out);
    }
    text.remove_prefix(mark > 0 ? mark : 1);
  }
  return out;
}

HtmlTable::HtmlTable(Caption caption, std::vector<Column> columns)
    : caption_(std::move(caption)), columns_(std::move(columns)) {}

void HtmlTable::add(const std::vector<std::string>& cells, std::string_view attributes) {
  CHECK(cells.size() == columns_.size());
  rows_ += "<tr";
  rows_ += attributes;
  rows_ += '>';
  for (std::size_t i = 0; i < cells.size(); ++i) {
    rows_ += i == 0 ? "<th scope=\"row\"" : "<td";
    rows_ += class_of(columns_[i].cell);
    rows_ += '>' + html_escape(cells[i]) + (i == 0 ? "</th>" : "</td>");
  }
  rows_ += "</tr>\n";
}

std::string HtmlTable::finish(std::string_view if_empty) const {
  if (rows_.empty()) return "<p class=\"none\">" + html_escape(if_empty) + "</p>\n";
  const std::string title = html_escape(caption_.title);
  std::string out = "<table>\n<caption>";
  out += caption_.repeats_heading ? "<span class=\"heard\">" + title + ": </span>" : title;
  if (!caption_.repeats_heading && !caption_.unit.empty()) out += " – ";
  out += html_escape(caption_.unit) + "</caption>\n<thead><tr>";
  for (const Column& column : columns_) {
    out += "<th scope=\"col\"";
    out += class_of(column.cell);
    out += '>' + html_escape(column.heading) + "</th>";
  }
  return out + "</tr></thead>\n<tbody>\n" + rows_ + "</tbody>\n</table>\n";
}

}  // namespace reports
