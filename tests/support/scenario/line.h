#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace tests::scenario {

// One line of a scenario, in words. '#' begins a comment, 'quotes' keep a word together, and a line
// that ends in '\' goes on in the next.
struct Line {
  std::string place;  // "tests/scenarios/worked/hwm_01.scenario:12"
  std::size_t number = 0;
  bool indented = false;
  std::vector<std::string> words;

  const std::string& verb() const { return words.front(); }
  std::string text() const;
};

// Errors: InvalidInput/scenario with the place, if a quote is not closed.
core::Result<std::vector<Line>> parse_lines(std::string_view name, std::string_view text);

// The lines of a file, named as `path` is. Errors: NotFound/file and those of parse_lines().
core::Result<std::vector<Line>> read_lines(const std::string& path);

// What is wrong with the scenario itself, not with the product.
core::Error bad_line(const Line& line, std::string detail);

}  // namespace tests::scenario
