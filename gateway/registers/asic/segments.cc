#include "gateway/registers/asic/segments.h"

#include <algorithm>
#include <array>

#include "gateway/registers/words.h"

namespace gateway::registers::asic {
namespace {

constexpr std::size_t kNumberSizeMax = 4;  // "(viii)" has four letters.

struct Scope {
  std::string_view phrase;
  bool retail = false;
  bool wholesale = false;
  std::string_view retail_restriction = {};
};

// The longest first: each but the last holds one that follows it.
constexpr auto kScopes = std::to_array<Scope>({
    {"to retail clients (limited to employees and officers of the licensee) and wholesale clients",
     true, true, "limited to employees and officers of the licensee"},
    {"to both retail and wholesale clients", true, true},
    {"to both wholesale and retail clients", true, true},
    {"to retail and wholesale clients", true, true},
    {"to wholesale and retail clients", true, true},
    {"to wholesale clients only", false, true},
    {"to retail clients only", true, false},
    {"to wholesale clients", false, true},
    {"to retail clients", true, false},
});

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// The ASCII capitals: the licence's words have no others that matter.
std::string small(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  return out;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

// "(a)(i)(A) words" gives "words".
std::string_view without_numbers(std::string_view text) {
  while (text.starts_with('(')) {
    const std::size_t end = text.find(')');
    if (end == std::string_view::npos || end < 2 || end > kNumberSizeMax + 1 ||
        !std::ranges::all_of(text.substr(1, end - 1), is_letter_or_digit)) {
      break;
    }
    text = trimmed(text.substr(end + 1));
  }
  return text;
}

std::string_view without_quotes(std::string_view text) {
  const bool quoted = text.size() >= 2 && text.front() == '"' && text.back() == '"' &&
                      text.substr(1, text.size() - 2).find('"') == std::string_view::npos;
  return quoted ? trimmed(text.substr(1, text.size() - 2)) : text;
}

// Takes end marks and conjunctions off; says whether there was a colon.
std::string_view without_end(std::string_view text, bool& opens) {
  for (bool changed = true; changed;) {
    changed = false;
    text = trimmed(text);
    while (!text.empty() && std::string_view(":;,.").find(text.back()) != std::string_view::npos) {
      opens = opens || text.back() == ':';
      text = trimmed(text.substr(0, text.size() - 1));
      changed = true;
    }
    for (const std::string_view word : {" and", " or"}) {
      if (!text.ends_with(word)) continue;
      text.remove_suffix(word.size());
      changed = true;
    }
  }
  return text;
}

void take_clients(Segment& segment) {
  const std::string lower = small(segment.words);
  for (const Scope& scope : kScopes) {
    const std::size_t at = lower.find(scope.phrase);
    if (at == std::string::npos) continue;
    if (scope.retail) segment.clients.push_back({"retail", std::string(scope.retail_restriction)});
    if (scope.wholesale) segment.clients.push_back({"wholesale", ""});
    const bool comma = segment.words.substr(at + scope.phrase.size()).starts_with(',');
    segment.words.erase(at, scope.phrase.size() + (comma ? 1 : 0));
    break;
  }
}

}  // namespace

std::vector<Segment> segments_of(std::string_view text) {
  std::vector<Segment> segments;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('~'), text.size());
    const std::string words = plain(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    Segment segment;
    std::string_view rest = without_numbers(without_quotes(words));
    segment.words = without_end(without_quotes(rest), segment.opens);
    take_clients(segment);
    // Also what stood before the clients may end in a mark: "advice to wholesale clients, for".
    segment.words = plain(without_end(plain(segment.words), segment.opens));
    segment.lower = small(segment.words);
    if (!segment.words.empty() || !segment.clients.empty()) segments.push_back(std::move(segment));
  }
  return segments;
}

}  // namespace gateway::registers::asic
