#include "gateway/registers/words.h"

#include <algorithm>
#include <utility>

namespace gateway::registers {
namespace {

constexpr std::string_view kNoBreakSpace = "\u00A0";
constexpr std::string_view kCut = " [...]";

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f';
}

// No byte of a character is left alone.
std::string cut(std::string text, std::size_t bytes_max = kValueBytesMax) {
  if (text.size() <= bytes_max) return text;
  std::size_t size = bytes_max - kCut.size();
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
  text.resize(size);
  text += kCut;
  return text;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::string plain(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool gap = false;
  while (!text.empty()) {
    const bool wide = text.starts_with(kNoBreakSpace);
    if (wide || is_space(text.front())) {
      gap = !out.empty();
      text.remove_prefix(wide ? kNoBreakSpace.size() : 1);
      continue;
    }
    if (std::exchange(gap, false)) out += ' ';
    out += text.front();
    text.remove_prefix(1);
  }
  return out;
}

std::string plain_start(std::string_view text, std::size_t bytes_max) {
  return cut(plain(text), bytes_max);
}

core::Result<std::optional<core::Date>> day_first(std::string_view text, std::string_view at) {
  constexpr std::string_view kForm = "dd/mm/yyyy";
  const std::string day = plain(text);
  if (day.empty()) return std::optional<core::Date>{};
  bool formed = day.size() == kForm.size();
  for (std::size_t i = 0; formed && i < day.size(); ++i) {
    formed = kForm[i] == '/' ? day[i] == '/' : is_digit(day[i]);
  }
  if (formed) {
    const auto date =
        core::parse_date(day.substr(6) + "-" + day.substr(3, 2) + "-" + day.substr(0, 2));
    if (date) return std::optional(date.value());
  }
  return core::invalid("register_date", std::string(at),
                       "\"" + cut(day) + "\" is no day; dd/mm/yyyy is expected.");
}

void put(engine::Fact& fact, std::string_view key, std::string_view value) {
  std::string text = cut(plain(value));
  if (!text.empty()) fact.values.push_back({std::string(key), std::move(text)});
}

void put_residue(engine::Fact& fact, std::string_view words) {
  const std::string text = plain(words);
  if (text.empty()) return;
  fact.residue = cut(fact.residue ? *fact.residue + " | " + text : text);
}

void arrange(engine::Fact& fact) {
  std::ranges::stable_sort(fact.values, {}, &engine::FactValue::key);
}

std::string_view value_of(const engine::Fact& fact, std::string_view key) {
  const auto found = std::ranges::find(fact.values, key, &engine::FactValue::key);
  return found == fact.values.end() ? std::string_view{} : std::string_view(found->value);
}

}  // namespace gateway::registers
