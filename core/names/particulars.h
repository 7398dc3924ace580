#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/names/compare.h"

namespace core::names {

// A birth date as far as it is known: lists often have only the year, or a span of years.
struct BirthDate {
  int year_from = 0;
  int year_to = 0;  // The same, or later.
  int month = 0;    // 0 = not known; only with one year.
  int day = 0;      // 0 = not known; only with a month.
  auto operator<=>(const BirthDate&) const = default;
};

// What a number or address is; a Document is a paper of which nothing more is known.
enum class IdentifierKind {
  Document,
  Passport,
  NationalId,
  TaxNumber,
  Registration,
  Lei,
  Imo,
  Website,
  Phone,
  Email
};

// Its word in files and answers: "document", "passport", "national_id", ...
std::string_view identifier_kind_name(IdentifierKind kind);

struct Identifier {
  IdentifierKind kind = IdentifierKind::Document;
  std::string value;  // As clean_identifier() gives it.
  auto operator<=>(const Identifier&) const = default;
};

// The value in the one form in which it is compared: a number as capital letters and digits alone,
// a website as its host without "www.", a phone as digits without leading zeros. Empty if too
// little is left to tell anybody apart: under kIdentifierCharactersMin.
inline constexpr std::size_t kIdentifierCharactersMin = 5;
std::string clean_identifier(IdentifierKind kind, std::string_view text);

enum class Gender { Unknown, Male, Female };

// What is known of somebody beside his names.
struct Particulars {
  std::vector<BirthDate> births;       // Any may be right.
  std::vector<std::string> countries;  // ISO 3166-1 alpha-2, of nationality or registration.
  std::vector<Identifier> identifiers;
  Gender gender = Gender::Unknown;
};

// Why a score is what it is.
struct Assessment {
  int score = 0;
  bool identifier = false;           // One is equal: a hit whatever the names are.
  std::vector<std::string> reasons;  // "identifier passport", "birth_year", "country", ...; sorted.
};

// What contradicts takes from a name's score: the year of birth 150, or its day 250 instead, the
// country 200, the gender 200. What one side does not say contradicts nothing; nor do a day and
// month that changed places. Equal identifiers come first: they make a hit of any names.
//
// Source: docs/decisions/0034-name-matching.md.
Assessment assess(int name_score, const Particulars& left, const Particulars& right);

// The bands in which people decide.
enum class Band { None, Review, Hit };
inline constexpr int kReviewScore = 700;
inline constexpr int kHitScore = 900;
Band band_of(int score, bool identifier);
std::string_view band_name(Band band);  // "none", "review", "hit".

}  // namespace core::names
