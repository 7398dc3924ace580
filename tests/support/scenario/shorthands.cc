#include "tests/support/scenario/shorthands.h"

#include <algorithm>
#include <span>

namespace tests::scenario {
namespace {

constexpr unsigned kDepthMax = 4;
constexpr std::string_view kMore = "$more";

bool is_name_character(char c) { return (c >= 'a' && c <= 'z') || c == '_'; }

core::Result<std::string> substitute(const Line& at, std::string_view word,
                                     const Variables& variables) {
  std::string out;
  while (!word.empty()) {
    const std::size_t dollar = word.find('$');
    out += word.substr(0, dollar);
    if (dollar == std::string_view::npos) break;
    word.remove_prefix(dollar + 1);
    const auto end = std::ranges::find_if_not(word, is_name_character);
    const std::string name(word.begin(), end);
    const auto value = variables.find(name);
    if (value == variables.end()) return bad_line(at, "There is no variable $" + name + ".");
    out += value->second;
    word.remove_prefix(name.size());
  }
  return out;
}

// The further words at the end of `line` replace what it says for the same keys.
void splice(std::span<const std::string> more, std::vector<std::string>& words) {
  for (const std::string& word : more) {
    const std::string_view key = key_of(word);
    std::erase_if(
        words, [&](const std::string& earlier) { return !key.empty() && key_of(earlier) == key; });
  }
  words.insert(words.end(), more.begin(), more.end());
}

}  // namespace

std::string_view key_of(std::string_view word) {
  std::string_view key = word.substr(0, word.find('='));
  if (key.size() == word.size()) return {};
  if (key.ends_with(':')) key.remove_suffix(1);
  if (key.ends_with("[]")) key.remove_suffix(2);
  return key;
}

core::Result<Shorthands> Shorthands::load(const std::string& path) {
  Shorthands out;
  TRY(auto lines, read_lines(path));
  Shorthand* open = nullptr;
  for (Line& line : lines) {
    if (line.indented) {
      if (open == nullptr) return bad_line(line, "A shorthand begins with its name.");
      open->lines.push_back(std::move(line));
      continue;
    }
    if (line.verb() != "shorthand" || line.words.size() < 2) {
      return bad_line(line, "Write: shorthand NAME $parameter...; its lines are indented.");
    }
    open = &out.shorthands_[line.words[1]];
    for (std::size_t i = 2; i < line.words.size(); ++i) {
      if (line.words[i] == "...") {
        open->open_ended = true;
      } else {
        open->parameters.push_back(line.words[i].substr(1));
      }
    }
  }
  return out;
}

core::Result<std::vector<Line>> Shorthands::expand(const Line& line,
                                                   const Variables& variables) const {
  std::vector<Line> out;
  TRY(expand_into(line, variables, 0, out));
  return out;
}

core::Result<> Shorthands::expand_into(const Line& line, const Variables& variables, unsigned depth,
                                       std::vector<Line>& out) const {
  const auto found = shorthands_.find(line.verb());
  if (found == shorthands_.end()) {
    out.push_back(line);
    return core::ok();
  }
  const Shorthand& shorthand = found->second;
  const std::size_t fixed = shorthand.parameters.size() + 1;
  if (depth == kDepthMax) return bad_line(line, "Shorthands within shorthands go on for ever.");
  if (line.words.size() < fixed || (line.words.size() > fixed && !shorthand.open_ended)) {
    return bad_line(line, "'" + line.verb() + "' takes " +
                              std::to_string(shorthand.parameters.size()) + " words.");
  }
  Variables inner = variables;
  inner["line"] = std::to_string(line.number);
  for (std::size_t i = 1; i < fixed; ++i) inner[shorthand.parameters[i - 1]] = line.words[i];
  for (const Line& pattern : shorthand.lines) {
    Line made{line.place, line.number, false, {}};
    for (const std::string& word : pattern.words) {
      if (word == kMore) {
        splice(std::span(line.words).subspan(fixed), made.words);
      } else {
        TRY(auto text, substitute(line, word, inner));
        made.words.push_back(std::move(text));
      }
    }
    TRY(expand_into(made, variables, depth + 1, out));
  }
  return core::ok();
}

}  // namespace tests::scenario
