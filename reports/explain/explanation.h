#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/json.h"
#include "core/time.h"

// How a record came to say what it says: step by step, with the records it rests on.
namespace reports::explain {

// One line of the calculation. A step that was worked out again stands beside what was recorded.
struct Step {
  std::string what;           // "performance fee"
  std::string how;            // "0.20 x 2000.00, rounded down"; empty for what was given.
  std::string value;          // "400.00 EUR", as worked out, or as given.
  bool checked = false;       // Worked out from other figures and compared.
  std::string recorded = {};  // Where it differs: what the record says.
  bool differs() const { return !recorded.empty(); }
};

struct RestsOn {
  std::uint64_t seq = 0;
  std::string what;
};

struct Explanation {
  std::uint64_t seq = 0;
  std::uint64_t kind = 0;
  std::string name;
  std::string title;  // What it is, in words.
  core::Instant recorded_at;
  core::Instant effective_at;
  std::vector<Step> steps;
  std::vector<RestsOn> rests_on;

  // No figure differs from what the record says.
  bool sound() const;
};

std::string to_text(const Explanation& explanation);
core::json::Value to_json(const Explanation& explanation);

}  // namespace reports::explain
