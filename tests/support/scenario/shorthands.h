#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/support/scenario/line.h"

namespace tests::scenario {

using Variables = std::map<std::string, std::string>;

// Words that stand for several lines, so that a story need not repeat its setting:
//
//   shorthand investor $client $category $amount $currency $pool ...
//     do register_client client=$client category=$category residence=CY $more
//
// "..." allows further words; they stand where $more does, and a key=value among them replaces the
// one that the line has already.
class Shorthands {
 public:
  // Errors: InvalidInput/scenario with the place; those of read_lines().
  static core::Result<Shorthands> load(const std::string& path);

  bool knows(const std::string& verb) const { return shorthands_.contains(verb); }

  // What a line that begins with a shorthand stands for; its places are the line's. `variables` are
  // those of the book.
  // Errors: InvalidInput/scenario if it has too few words or too many, or at an unknown variable.
  core::Result<std::vector<Line>> expand(const Line& line, const Variables& variables) const;

 private:
  struct Shorthand {
    std::vector<std::string> parameters;  // Without their '$'.
    bool open_ended = false;
    std::vector<Line> lines;
  };
  core::Result<> expand_into(const Line& line, const Variables& variables, unsigned depth,
                             std::vector<Line>& out) const;

  std::map<std::string, Shorthand> shorthands_;
};

// The part of "key=value", "key:=json" or "key[]=list" before the sign; empty if it is none.
std::string_view key_of(std::string_view word);

}  // namespace tests::scenario
