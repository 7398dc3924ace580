#include "tests/support/scenario/line.h"

#include <optional>
#include <utility>

#include "core/files.h"

namespace tests::scenario {
namespace {

// Adds the words of one physical line; false if a quote stays open.
bool split_words(std::string_view text, std::vector<std::string>& words) {
  std::optional<std::string> word;
  bool quoted = false;
  for (const char c : text) {
    if (c == '\'') {
      quoted = !quoted;
      if (!word) word.emplace();
    } else if (quoted || (c != ' ' && c != '\t')) {
      if (!quoted && !word && c == '#') return true;
      if (!word) word.emplace();
      *word += c;
    } else if (word) {
      words.push_back(*std::exchange(word, std::nullopt));
    }
  }
  if (word) words.push_back(*word);
  return !quoted;
}

std::string_view take_line(std::string_view& rest) {
  const std::size_t end = rest.find('\n');
  const std::string_view line = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
  return line;
}

}  // namespace

std::string Line::text() const {
  std::string out;
  for (const std::string& word : words) {
    const bool plain = word.find(' ') == std::string::npos;
    out += (out.empty() ? "" : " ") + (plain ? word : "'" + word + "'");
  }
  return out;
}

core::Error bad_line(const Line& line, std::string detail) {
  return core::invalid("scenario", line.place, std::move(detail));
}

core::Result<std::vector<Line>> parse_lines(std::string_view name, std::string_view text) {
  std::vector<Line> lines;
  bool goes_on = false;
  for (std::size_t number = 1; !text.empty(); ++number) {
    std::string_view line = take_line(text);
    if (!goes_on) {
      lines.push_back(
          {std::string(name) + ":" + std::to_string(number), number, line.starts_with(' '), {}});
    }
    goes_on = line.ends_with('\\');
    if (goes_on) line.remove_suffix(1);
    if (!split_words(line, lines.back().words)) {
      return bad_line(lines.back(), "A quote is not closed.");
    }
  }
  std::erase_if(lines, [](const Line& line) { return line.words.empty(); });
  return lines;
}

core::Result<std::vector<Line>> read_lines(const std::string& path) {
  TRY(const std::string text, core::read_file(path));
  return parse_lines(path, text);
}

}  // namespace tests::scenario
