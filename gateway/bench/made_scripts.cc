#include "gateway/bench/made_scripts.h"

#include <algorithm>
#include <array>
#include <span>

namespace gateway::bench {
namespace {

struct Spelling {
  std::string_view latin;
  std::string_view written;
  std::string_view first{};  // At a word's beginning, if it is written otherwise there.
};

// Two letters before one.
constexpr auto kCyrillic = std::to_array<Spelling>({
    {"shch", "щ"}, {"sh", "ш"}, {"ch", "ч"}, {"zh", "ж"}, {"kh", "х"},     {"ts", "ц"}, {"ya", "я"},
    {"yu", "ю"},   {"a", "а"},  {"b", "б"},  {"c", "к"},  {"d", "д"},      {"e", "е"},  {"f", "ф"},
    {"g", "г"},    {"h", "х"},  {"i", "и"},  {"j", "дж"}, {"k", "к"},      {"l", "л"},  {"m", "м"},
    {"n", "н"},    {"o", "о"},  {"p", "п"},  {"q", "к"},  {"r", "р"},      {"s", "с"},  {"t", "т"},
    {"u", "у"},    {"v", "в"},  {"w", "в"},  {"x", "кс"}, {"y", "ы", "й"}, {"z", "з"},
});
constexpr auto kGreek = std::to_array<Spelling>({
    {"th", "θ"}, {"ph", "φ"}, {"kh", "χ"}, {"ch", "τσ"}, {"sh", "σ"}, {"a", "α"}, {"b", "μπ"},
    {"c", "κ"},  {"d", "ντ"}, {"e", "ε"},  {"f", "φ"},   {"g", "γκ"}, {"h", "χ"}, {"i", "ι"},
    {"j", "τζ"}, {"k", "κ"},  {"l", "λ"},  {"m", "μ"},   {"n", "ν"},  {"o", "ο"}, {"p", "π"},
    {"q", "κ"},  {"r", "ρ"},  {"s", "σ"},  {"t", "τ"},   {"u", "ου"}, {"v", "β"}, {"w", "ου"},
    {"x", "ξ"},  {"y", "υ"},  {"z", "ζ"},
});
constexpr auto kArabic = std::to_array<Spelling>({
    {"sh", "ش"}, {"kh", "خ"},      {"gh", "غ"}, {"th", "ث"},    {"ch", "تش"}, {"a", "", "ا"},
    {"b", "ب"},  {"c", "ك"},       {"d", "د"},  {"e", "", "ا"}, {"f", "ف"},   {"g", "غ"},
    {"h", "ه"},  {"i", "ي", "اي"}, {"j", "ج"},  {"k", "ك"},     {"l", "ل"},   {"m", "م"},
    {"n", "ن"},  {"o", "و", "او"}, {"p", "ب"},  {"q", "ق"},     {"r", "ر"},   {"s", "س"},
    {"t", "ت"},  {"u", "و", "او"}, {"v", "ف"},  {"w", "و"},     {"x", "كس"},  {"y", "ي"},
    {"z", "ز"},
});
constexpr auto kHebrew = std::to_array<Spelling>({
    {"sh", "ש"},      {"ch", "צ"}, {"kh", "ח"},    {"ts", "צ"}, {"a", "", "א"}, {"b", "ב"},
    {"c", "ק"},       {"d", "ד"},  {"e", "", "א"}, {"f", "פ"},  {"g", "ג"},     {"h", "ה"},
    {"i", "י", "אי"}, {"j", "ג"},  {"k", "ק"},     {"l", "ל"},  {"m", "מ"},     {"n", "נ"},
    {"o", "ו", "או"}, {"p", "פ"},  {"q", "ק"},     {"r", "ר"},  {"s", "ס"},     {"t", "ט"},
    {"u", "ו", "או"}, {"v", "ו"},  {"w", "ו"},     {"x", "קס"}, {"y", "י"},     {"z", "ז"},
});

std::span<const Spelling> table_of(MadeScript script) {
  switch (script) {
    case MadeScript::Cyrillic:
      return kCyrillic;
    case MadeScript::Greek:
      return kGreek;
    case MadeScript::Arabic:
      return kArabic;
    case MadeScript::Hebrew:
      return kHebrew;
  }
  return {};
}

std::string lower_case(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

}  // namespace

std::string written_in(MadeScript script, std::string_view name) {
  const auto marked = [](char c) { return static_cast<unsigned char>(c) >= 0x80; };
  if (std::ranges::any_of(name, marked)) return std::string(name);
  const std::span<const Spelling> table = table_of(script);
  const std::string lower = lower_case(name);
  std::string out;
  for (std::size_t at = 0; at < lower.size();) {
    const std::string_view rest = std::string_view(lower).substr(at);
    const auto found = std::ranges::find_if(
        table, [rest](const Spelling& spelling) { return rest.starts_with(spelling.latin); });
    if (found == table.end()) {
      out += rest.front();
      ++at;
      continue;
    }
    const bool first = at == 0 || lower[at - 1] == ' ';
    out += first && !found->first.empty() ? found->first : found->written;
    at += found->latin.size();
  }
  return out;
}

}  // namespace gateway::bench
