#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace core::identifiers {

// Countries as lists write them: "RU", "Russia", "RUSSIAN FEDERATION".
class Countries {
 public:
  Countries();

  // The code of a country of is_country(), or XK for Kosovo; empty if the text is no such code, and
  // names none as ICU does in English, nor by one of the other usual names.
  std::string code_of(std::string_view text) const;

 private:
  struct Named {
    std::string name;  // Letters a-z alone.
    std::string code;
  };
  std::vector<Named> names_;  // Sorted by name.
};

}  // namespace core::identifiers
