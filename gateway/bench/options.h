#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace gateway::bench {

// What a benchmark is asked for. Source: docs/performance.md.
struct Options {
  std::string folder;  // Exists; everything measured is made below it.
  std::uint64_t records = 200000;
  std::vector<std::uint64_t> batches = {1, 100, 8000};  // Records in a group, at most.
  std::uint64_t investors = 100000;  // Of the pool that rolls over; who are screened.
  std::uint64_t listed = 0;          // Names that those are looked for among; 0: half as many.
  std::string file;                  // Of labelled names.
  std::function<void(std::string_view line)> print;  // Called with each line, without its end.
};

}  // namespace gateway::bench
