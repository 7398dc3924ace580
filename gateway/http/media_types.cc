#include "gateway/http/media_types.h"

#include <algorithm>

namespace gateway::http {
namespace {

constexpr int kQualityMax = 1000;  // Thousandths.

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

// Takes what stands before the next `mark`.
std::string_view take_until(std::string_view& rest, char mark) {
  const std::size_t end = rest.find(mark);
  const std::string_view part = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return trim(part);
}

// "0.25" in thousandths; a malformed one counts as 0, so that it is not preferred by mistake.
int parse_quality(std::string_view text) {
  if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return 0;
  int quality = text[0] == '1' ? kQualityMax : 0;
  if (text.size() > 1 && text[1] != '.') return 0;
  int unit = kQualityMax / 10;
  for (const char c : text.substr(std::min<std::size_t>(2, text.size()))) {
    if (c < '0' || c > '9') return 0;
    quality += (c - '0') * unit;
    unit /= 10;
  }
  return std::min(quality, kQualityMax);
}

// How exactly a range of types meets a type: 3 by name, 2 by "text/*", 1 by "*/*", 0 not at all.
int match(std::string_view range, std::string_view type) {
  if (range == type) return 3;
  if (range == "*/*") return 1;
  if (range.ends_with("/*") && type.starts_with(range.substr(0, range.size() - 1))) return 2;
  return 0;
}

int quality_of(std::string_view accept, std::string_view type) {
  int best_match = 0;
  int quality = 0;
  while (!accept.empty()) {
    std::string_view item = take_until(accept, ',');
    const std::string range = lower(take_until(item, ';'));
    int stated = kQualityMax;
    while (!item.empty()) {
      const std::string parameter = lower(take_until(item, ';'));
      if (parameter.starts_with("q=")) {
        stated = parse_quality(std::string_view(parameter).substr(2));
      }
    }
    // The most exact range decides: "text/*, text/html;q=0" refuses HTML.
    const int matched = match(range, type);
    if (matched > best_match) {
      best_match = matched;
      quality = stated;
    }
  }
  return quality;
}

}  // namespace

std::string media_type(std::string_view content_type) {
  return lower(take_until(content_type, ';'));
}

std::string_view choose_type(std::string_view accept, std::span<const std::string_view> offered) {
  if (trim(accept).empty()) return offered.front();
  std::string_view best;
  int best_quality = 0;
  for (const std::string_view type : offered) {
    const int quality = quality_of(accept, media_type(type));
    if (quality > best_quality) {
      best = type;
      best_quality = quality;
    }
  }
  return best;
}

}  // namespace gateway::http
