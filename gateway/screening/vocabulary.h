#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "core/names/name.h"

namespace gateway::screening {

// A word of a vocabulary that may be one with a word that was asked for.
struct Near {
  std::uint32_t word = 0;
  std::int32_t score = 0;  // As core::names::token_score() gives it.
};

// The different words of many names. Names have few words between them that are not in others too:
// each is compared once, whoever bears it.
class Vocabulary {
 public:
  // The word's number, from 0 on. Words of persons, bodies and things are told apart, and those
  // that were written without vowels.
  std::uint32_t add(const core::names::Token& token, core::names::Kind kind, bool vowelless);

  // All words of the kind that may be one with the token, the surest first.
  // Left out without being compared are words that have less than half of their letters in
  // common, as they are written and sound, and, if either was written without vowels, too few
  // consonants, what can be no match by what it has in common, at best; how much is lost by that is
  // measured (docs/performance.md).
  std::vector<Near> near(const core::names::Token& token, core::names::Kind kind,
                         bool vowelless) const;

  std::size_t size() const { return words_.size(); }

 private:
  // The different letters of a word: a bit for each.
  struct Letters {
    explicit Letters(const std::string& text);
    bool mostly_in_common(const Letters& other) const;
    // Whether they can be so alike as they are written, or sound, that they are one.
    bool may_be_spelled_alike(const Letters& other, bool sound) const;
    // Of skeletons: whether they can be so alike that they are one.
    bool may_be_one(const Letters& other) const;

    std::uint64_t bits = 0;
    int count = 0;
    int size = 0;
    std::uint32_t first_four = 0;
  };
  struct Summary {
    Summary(const core::names::Token& token, bool vowelless);

    Letters text;
    Letters sound;
    Letters skeleton;
    std::size_t variant = 0;  // Its hash.
    std::uint64_t nicknames = 0;
    bool vowelless = false;
  };
  using WordKey = std::tuple<core::names::Kind, bool, std::string>;

  static bool may_be_near(const Summary& left, const Summary& right);

  std::vector<core::names::Token> words_;
  std::vector<Summary> summaries_;                 // Of each word.
  std::vector<std::vector<std::uint32_t>> kinds_;  // The words of each.
  std::map<WordKey, std::uint32_t> numbers_;
};

}  // namespace gateway::screening
