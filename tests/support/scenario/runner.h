#pragma once

#include <string>
#include <vector>

#include "tests/support/scenario/shorthands.h"

namespace tests::scenario {

// A line that did not come out as written.
struct Failure {
  std::string place;
  std::string line;
  std::string expected;
  std::string found;
};

// "FILE:LINE: the line", then what was expected and what was found.
std::string to_string(const Failure& failure);

// Tells a scenario to a book of its own, in the language of tests/scenarios/README.md. Wrong
// figures are collected; a command that is refused, or one that should have been, ends the story.
// At the end the book is verified.
std::vector<Failure> run_scenario(const std::string& path, const Shorthands& shorthands);

}  // namespace tests::scenario
