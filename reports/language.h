#pragma once

#include <string_view>

#include "core/result.h"

namespace reports {

// A text in the languages that reports are written in.
struct Text {
  std::string_view en;
  std::string_view el;
};

enum class Language { English, Greek };

// "en" or "el". Errors: InvalidInput/language.
inline core::Result<Language> find_language(std::string_view tag) {
  if (tag == "en") return Language::English;
  if (tag == "el") return Language::Greek;
  return core::invalid("language", "language", "Reports are written in en and el.");
}

inline std::string_view in_language(const Text& text, Language language) {
  return language == Language::Greek ? text.el : text.en;
}

// The locale of numbers and dates.
inline std::string_view locale_of(Language language) {
  return language == Language::Greek ? "el" : "en";
}

}  // namespace reports
