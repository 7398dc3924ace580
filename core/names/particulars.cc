#include "core/names/particulars.h"

#include <algorithm>
#include <array>

#include "core/check.h"

namespace core::names {
namespace {

constexpr int kYearContradicts = 150;
constexpr int kDayContradicts = 250;
constexpr int kCountryContradicts = 200;
constexpr int kGenderContradicts = 200;

bool years_meet(const BirthDate& left, const BirthDate& right) {
  return left.year_from <= right.year_to && right.year_from <= left.year_to;
}

bool days_meet(const BirthDate& left, const BirthDate& right) {
  if (left.month == 0 || right.month == 0) return true;
  const bool turned = left.month == right.day && left.day == right.month;
  if (turned && left.day != 0) return true;
  if (left.month != right.month) return false;
  return left.day == 0 || right.day == 0 || left.day == right.day;
}

// 0 if any two of the dates can be one; else what the nearest two take.
int birth_cost(const Particulars& left, const Particulars& right) {
  if (left.births.empty() || right.births.empty()) return 0;
  int least = kDayContradicts;
  for (const BirthDate& one : left.births) {
    for (const BirthDate& other : right.births) {
      const bool whole_days = one.day != 0 && other.day != 0;
      if (years_meet(one, other)) {
        least = std::min(least, days_meet(one, other) ? 0 : kDayContradicts);
      } else if (!whole_days) {
        least = std::min(least, kYearContradicts);
      }
    }
  }
  return least;
}

bool countries_contradict(const Particulars& left, const Particulars& right) {
  if (left.countries.empty() || right.countries.empty()) return false;
  return std::ranges::none_of(left.countries, [&](const std::string& country) {
    return std::ranges::find(right.countries, country) != right.countries.end();
  });
}

bool genders_contradict(const Particulars& left, const Particulars& right) {
  return left.gender != Gender::Unknown && right.gender != Gender::Unknown &&
         left.gender != right.gender;
}

// A paper of which nothing is known can be one of these.
bool is_paper(IdentifierKind kind) {
  return kind != IdentifierKind::Website && kind != IdentifierKind::Phone &&
         kind != IdentifierKind::Email;
}

bool kinds_meet(IdentifierKind left, IdentifierKind right) {
  if (left == right) return true;
  const bool open = left == IdentifierKind::Document || right == IdentifierKind::Document;
  return open && is_paper(left) && is_paper(right);
}

const Identifier* equal_identifier(const Particulars& left, const Particulars& right) {
  for (const Identifier& one : left.identifiers) {
    for (const Identifier& other : right.identifiers) {
      if (one.value == other.value && kinds_meet(one.kind, other.kind)) return &other;
    }
  }
  return nullptr;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string lowered(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != ' ' && c != '\t') out += lower(c);
  }
  return out;
}

std::string host_of(std::string_view text) {
  std::string address = lowered(text);
  std::string_view host = address;
  if (const auto scheme = host.find("://"); scheme != host.npos) host.remove_prefix(scheme + 3);
  host = host.substr(0, host.find_first_of("/?#:"));
  if (host.starts_with("www.")) host.remove_prefix(4);
  while (host.ends_with('.')) host.remove_suffix(1);
  return std::string(host.find('.') == host.npos ? std::string_view() : host);
}

std::string digits_of(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (is_digit(c) && (!out.empty() || c != '0')) out += c;
  }
  return out;
}

std::string number_of(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (is_digit(c)) out += c;
    if (lower(c) >= 'a' && lower(c) <= 'z') out += static_cast<char>(lower(c) - 'a' + 'A');
  }
  return out;
}

std::string cleaned(IdentifierKind kind, std::string_view text) {
  switch (kind) {
    case IdentifierKind::Website:
      return host_of(text);
    case IdentifierKind::Phone:
      return digits_of(text);
    case IdentifierKind::Email:
      return lowered(text);
    case IdentifierKind::Document:
    case IdentifierKind::Passport:
    case IdentifierKind::NationalId:
    case IdentifierKind::TaxNumber:
    case IdentifierKind::Registration:
    case IdentifierKind::Lei:
    case IdentifierKind::Imo:
      return number_of(text);
  }
  CHECK(false);
}

}  // namespace

std::string_view identifier_kind_name(IdentifierKind kind) {
  static constexpr auto kNames =
      std::to_array<std::string_view>({"document", "passport", "national_id", "tax_number",
                                       "registration", "lei", "imo", "website", "phone", "email"});
  return kNames[static_cast<std::size_t>(kind)];
}

std::string clean_identifier(IdentifierKind kind, std::string_view text) {
  std::string value = cleaned(kind, text);
  if (value.size() < kIdentifierCharactersMin) value.clear();
  // "Unknown" and the like are no numbers.
  if (is_paper(kind) && std::ranges::none_of(value, is_digit)) value.clear();
  return value;
}

Assessment assess(int name_score, const Particulars& left, const Particulars& right) {
  Assessment out;
  out.score = name_score;
  if (const Identifier* const equal = equal_identifier(left, right)) {
    out.identifier = true;
    out.reasons.push_back("identifier " + std::string(identifier_kind_name(equal->kind)));
  }
  const auto take = [&](int cost, const char* reason) {
    if (cost == 0) return;
    out.score -= cost;
    out.reasons.emplace_back(reason);
  };
  const int birth = birth_cost(left, right);
  take(birth, birth == kDayContradicts ? "birth_day" : "birth_year");
  take(countries_contradict(left, right) ? kCountryContradicts : 0, "country");
  take(genders_contradict(left, right) ? kGenderContradicts : 0, "gender");
  out.score = std::max(0, out.score);
  std::ranges::sort(out.reasons);
  return out;
}

Band band_of(int score, bool identifier) {
  if (identifier || score >= kHitScore) return Band::Hit;
  return score >= kReviewScore ? Band::Review : Band::None;
}

std::string_view band_name(Band band) {
  switch (band) {
    case Band::None:
      return "none";
    case Band::Review:
      return "review";
    case Band::Hit:
      return "hit";
  }
  CHECK(false);
}

}  // namespace core::names
