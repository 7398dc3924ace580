#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace core::names {

// Countries as lists write them: "RU", "Russia", "RUSSIAN FEDERATION".
class Countries {
 public:
  Countries();

  // The ISO 3166-1 alpha-2 code; empty if the text names no country that ICU knows in English, nor
  // one of the other usual names.
  std::string code_of(std::string_view text) const;

 private:
  struct Named {
    std::string name;  // Letters a-z alone.
    std::string code;
  };
  std::vector<Named> names_;  // Sorted by name.
};

}  // namespace core::names
