#include "core/html.h"

#include <libxml/HTMLparser.h>
#include <libxml/SAX2.h>
#include <libxml/parser.h>

#include <algorithm>
#include <memory>
#include <string_view>
#include <utility>

#include "core/byte_order_mark.h"
#include "core/check.h"
#include "core/utf8.h"

namespace core {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kNoBreakSpace = "\xc2\xa0";

Error not_html(std::int64_t line, std::string detail) {
  return invalid("html", "line " + std::to_string(line), std::move(detail));
}

std::int64_t line_of(std::string_view text, std::size_t offset) {
  return 1 + std::ranges::count(text.substr(0, offset), '\n');
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Appends with runs of white space made one space, also across calls; none at the start.
void append_collapsed(std::string& out, std::string_view piece) {
  while (!piece.empty()) {
    const bool no_break = piece.starts_with(kNoBreakSpace);
    if (no_break || is_space(piece.front())) {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else {
      out += piece.front();
    }
    piece.remove_prefix(no_break ? kNoBreakSpace.size() : 1);
  }
}

void trim_end(std::string& text) {
  if (text.ends_with(' ')) text.pop_back();
}

// The length of the tag at the start of the text, or npos if it does not end. A quote opens only
// after an equals sign, so that the name in <td title=O'Brien> does not.
std::size_t tag_length(std::string_view text) {
  char quote = 0;
  char previous = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if ((c == '"' || c == '\'') && previous == '=') {
      quote = c;
    } else if (c == '>') {
      return i + 1;
    }
    if (!is_space(c)) previous = c;
  }
  return text.npos;
}

// The offset of a tag longer than kHtmlTagBytesMax, or npos. libxml2 compares every attribute of a
// tag with all before it, so that one tag of some megabytes would keep it busy for hours.
std::size_t find_long_tag(std::string_view text) {
  std::size_t start = text.find('<');
  while (start != text.npos) {
    std::size_t length = 1;
    if (start + 1 < text.size() && is_letter(text[start + 1])) {
      const std::string_view window = text.substr(start, kHtmlTagBytesMax);
      length = tag_length(window);
      if (length == text.npos) return window.size() == kHtmlTagBytesMax ? start : text.npos;
    }
    start = text.find('<', start + length);
  }
  return text.npos;
}

// Collects rows from the parser's events. The parser closes what the document left open, so that
// every start() has its end().
class Collector {
 public:
  explicit Collector(htmlParserCtxt* parser) : parser_(parser) {}

  void start(std::string_view name, const xmlChar** attributes) {
    if (refused()) return;
    if (++depth_ > kHtmlDepthMax) return refuse("The elements are nested too deep.");
    if (name == "title" && tables_.title.empty()) in_title_ = true;
    if (name == "tr") start_row();
    if (name == "td" || name == "th") start_cell(attributes);
    if (name == "br") text(" ");
  }

  void end(std::string_view name) {
    if (refused()) return;
    if (depth_ > 0) --depth_;
    if (name == "title") in_title_ = false;
    if (name == "tr" && !open_.empty()) open_.pop_back();
    if ((name == "td" || name == "th") && !open_.empty()) close_cell(open_.back());
  }

  void text(std::string_view piece) {
    if (in_title_) {
      append_collapsed(tables_.title, piece);
    } else if (!open_.empty() && open_.back().in_cell) {
      append_collapsed(tables_.rows[open_.back().row].cells.back().text, piece);
    }
  }

  Result<HtmlTables> finish() && {
    if (refused()) return not_html(refused_line_, std::move(refused_));
    trim_end(tables_.title);
    return std::move(tables_);
  }

 private:
  struct OpenRow {
    std::size_t row = 0;
    bool in_cell = false;
  };

  bool refused() const { return !refused_.empty(); }

  void refuse(const char* why) {
    refused_ = why;
    refused_line_ = line();
    xmlStopParser(parser_);
  }

  std::int64_t line() const { return xmlSAX2GetLineNumber(parser_); }

  void start_row() {
    if (tables_.rows.size() == kHtmlRowsMax) return refuse("The document has too many rows.");
    open_.push_back({.row = tables_.rows.size()});
    tables_.rows.push_back({.line = line(), .cells = {}});
  }

  void start_cell(const xmlChar** attributes) {
    if (open_.empty()) return refuse("A table cell stands outside a row.");
    if (++cells_ > kHtmlCellsMax) return refuse("The document has too many table cells.");
    close_cell(open_.back());
    HtmlCell& cell = tables_.rows[open_.back().row].cells.emplace_back();
    open_.back().in_cell = true;
    for (; attributes != nullptr && attributes[0] != nullptr; attributes += 2) {
      if (reinterpret_cast<const char*>(attributes[0]) != "title"sv || attributes[1] == nullptr) {
        continue;
      }
      append_collapsed(cell.title, reinterpret_cast<const char*>(attributes[1]));
      trim_end(cell.title);
    }
  }

  void close_cell(OpenRow& open) {
    if (open.in_cell) trim_end(tables_.rows[open.row].cells.back().text);
    open.in_cell = false;
  }

  htmlParserCtxt* parser_;
  HtmlTables tables_;
  std::vector<OpenRow> open_;  // A table may stand in a cell; the innermost row is last.
  std::size_t depth_ = 0;
  std::size_t cells_ = 0;
  bool in_title_ = false;
  std::string refused_;
  std::int64_t refused_line_ = 0;
};

Collector& collector(void* context) { return *static_cast<Collector*>(context); }

void on_start(void* context, const xmlChar* name, const xmlChar** attributes) noexcept {
  collector(context).start(reinterpret_cast<const char*>(name), attributes);
}

void on_end(void* context, const xmlChar* name) noexcept {
  collector(context).end(reinterpret_cast<const char*>(name));
}

void on_text(void* context, const xmlChar* text, int bytes) noexcept {
  collector(context).text({reinterpret_cast<const char*>(text), static_cast<std::size_t>(bytes)});
}

// Scripts and style sheets.
void on_raw_text(void*, const xmlChar*, int) noexcept {}

// Events only: no tree is built, no entity but HTML's own is known, and nothing can be loaded.
htmlSAXHandler events() {
  htmlSAXHandler handler{};
  handler.startElement = on_start;
  handler.endElement = on_end;
  handler.characters = on_text;
  handler.ignorableWhitespace = on_text;
  handler.cdataBlock = on_raw_text;
  return handler;
}

struct FreeParser {
  void operator()(htmlParserCtxt* parser) const { htmlFreeParserCtxt(parser); }
};

Result<> check_limits(std::string_view text) {
  if (text.size() > kHtmlBytesMax) return not_html(1, "The document is larger than 64 MiB.");
  if (const std::size_t zero = text.find('\0'); zero != text.npos) {
    return not_html(line_of(text, zero),
                    "The document has a zero byte; save it as UTF-8, not as UTF-16.");
  }
  if (const std::size_t tag = find_long_tag(text); tag != text.npos) {
    return not_html(line_of(text, tag), "A tag is longer than 4096 bytes.");
  }
  return ok();
}

}  // namespace

Result<HtmlTables> parse_html_tables(ByteView document) {
  std::string_view text = as_text(document);
  TRY(check_limits(text));
  text = core::without_byte_order_mark(text);
  if (text.empty()) return HtmlTables{};

  const std::unique_ptr<htmlParserCtxt, FreeParser> parser(htmlNewParserCtxt());
  CHECK(parser != nullptr);
  Collector rows(parser.get());
  *parser->sax = events();
  parser->userData = &rows;
  const int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                      HTML_PARSE_NONET | HTML_PARSE_COMPACT;
  const htmlDocPtr tree =
      htmlCtxtReadMemory(parser.get(), text.data(), static_cast<int>(text.size()), nullptr,
                         is_utf8(text) ? "UTF-8" : nullptr, options);
  CHECK(tree == nullptr);
  return std::move(rows).finish();
}

}  // namespace core
