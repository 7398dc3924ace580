#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "core/names/particulars.h"
#include "gateway/screening/consonants.h"
#include "gateway/screening/keys.h"
#include "gateway/screening/list.h"
#include "gateway/screening/vocabulary.h"

namespace gateway::screening {

// Who is looked for.
struct Subject {
  std::string id;
  core::names::Kind kind = core::names::Kind::Person;
  std::vector<std::string> names;  // His own and others that he uses.
  core::names::Particulars particulars;
};

// One entry that a subject may be.
struct Match {
  std::size_t list = 0;   // Of those that the index was made from.
  std::size_t entry = 0;  // In that list.
  std::size_t name = 0;   // Of the entry: the one that is most alike.
  core::names::Band band = core::names::Band::None;
  int score = 0;            // Thousandths.
  bool identifier = false;  // An equal one: a hit whatever the names.
  bool held = false;        // A weak name, or a warning's about its clone: a review at most.
  std::string subject_name;
  core::names::Comparison comparison;
  std::vector<std::string> reasons;
};

// How candidates are found.
enum class Search { ByIndex, AllPairs };

// Lists made ready to be searched. A subject's words are looked for among the different words of
// the lists (vocabulary.h); of the names that have words in common with his only those are compared
// that what they have in common, and what not, does not keep out of all bands. Names that are one
// though their words are not are found by keys (keys.h), those of scripts that are far apart by
// counting their consonants (consonants.h), words that are written apart by theirs.
class Index {
 public:
  // The lists must outlive the index.
  // Errors: InvalidInput/name_text with the list's format and the entry's id, also of an entry that
  //         could never be found: no name of it has a letter, and it has no identifier.
  static core::Result<Index> create(const std::vector<List>& lists);

  // Entries in the review or hit band, the surest first; of equal ones the list's and entry's
  // order. Weak names and names of good firms in warnings about clones never make more than a
  // review. Errors: InvalidInput/name_text, also of a name without a letter.
  core::Result<std::vector<Match>> find(const core::names::Folder& folder, const Subject& subject,
                                        Search search = Search::ByIndex) const;

  // The same for each subject, on all cores; in the subjects' order whatever the cores do.
  core::Result<std::vector<std::vector<Match>>> find_all(const std::vector<Subject>& subjects,
                                                         Search search = Search::ByIndex) const;

  std::size_t names() const { return names_.size(); }

 private:
  struct Indexed {
    std::uint32_t list = 0;
    std::uint32_t entry = 0;
    std::uint32_t name = 0;
    core::names::Name read;
    int weight = 0;                 // Of all tokens.
    std::uint32_t first_token = 0;  // Place of the first in scores_of_tokens of Met.
  };
  // That a word stands in a name.
  struct Bearer {
    std::uint32_t word = 0;
    std::uint32_t name = 0;  // Place in names_.
    std::uint32_t token =
        0;  // Place in scores_of_tokens of Met: of all names, one after the other.
    std::int32_t weight = 0;
    auto operator<=>(const Bearer&) const = default;
  };
  struct Key {
    std::uint64_t hash = 0;
    std::uint32_t name = 0;
    KeyKind kind = KeyKind::Joined;
    auto operator<=>(const Key&) const = default;
  };
  // Some neighbouring tokens of a name, by their consonants: one, or what may be one word.
  struct Part {
    std::uint64_t consonants = 0;
    std::uint32_t name = 0;
    std::uint8_t first = 0;
    std::uint8_t count = 0;
    auto operator<=>(const Part&) const = default;
  };
  // Names of one kind and script, and their consonants.
  struct Script {
    std::vector<std::uint32_t> names;
    std::vector<Consonants> consonants;
    std::vector<Turned> turned;
  };
  class Known;
  class Met;  // What has been met of each name; one for each thread.

  core::Result<> add(const core::names::Folder& folder, std::uint32_t list, std::uint32_t at);
  // False if there is nothing by which it could be found.
  core::Result<bool> add_name(const core::names::Folder& folder, Indexed indexed,
                              core::names::Kind kind);
  const Entry& entry_of(const Indexed& indexed) const {
    return (*lists_)[indexed.list].entries[indexed.entry];
  }
  core::Result<std::vector<Match>> find(const core::names::Folder& folder, Met& met,
                                        const Subject& subject, Search search) const;
  // What a subject's name has in common with others: words, keys, consonants.
  void meet_words(const core::names::Name& name, Met& met) const;
  void meet_parts(const core::names::Name& name, std::size_t at, Met& met) const;
  void meet_part(const std::vector<Part>& parts, std::uint64_t consonants,
                 const core::names::Name& name, std::size_t at, Met& met) const;
  void meet_keys(const core::names::Name& name, Met& met) const;
  void meet_far(const core::names::Name& name, Met& met) const;
  std::vector<std::uint32_t> candidates(const core::names::Name& name, Met& met) const;
  void consider(const Subject& subject, const std::string& text, const core::names::Name& name,
                std::uint32_t candidate, std::vector<Match>& matches) const;
  void add_by_identifiers(const Subject& subject, std::vector<Match>& matches) const;

  const std::vector<List>* lists_ = nullptr;
  std::vector<Indexed> names_;
  Vocabulary words_;
  std::vector<Bearer> bearers_;            // Sorted.
  std::vector<std::size_t> first_bearer_;  // Of each word; and the end of all.
  std::uint32_t tokens_ = 0;
  std::vector<Part> words_apart_;                 // Single tokens. Sorted.
  std::vector<Part> runs_;                        // Of two and three. Sorted.
  std::array<std::array<Script, 4>, 3> scripts_;  // By kind and script.
  std::vector<Key> keys_;                         // Sorted.
  std::vector<Key> identifiers_;  // Of values; the first name of their entry. Sorted.
};

}  // namespace gateway::screening
