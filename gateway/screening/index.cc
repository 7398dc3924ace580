#include "gateway/screening/index.h"

#include <algorithm>
#include <array>
#include <optional>
#include <thread>
#include <tuple>

namespace gateway::screening {
namespace {

using core::names::Name;
using core::names::Token;

constexpr std::size_t kEndLetters = 4;     // Of a word's sound, at either end.
constexpr std::size_t kJoinedLetters = 6;  // Of a name written as one word.
constexpr std::size_t kSkeletonLetters = 5;
constexpr int kKeyWeightMin = 3;  // Lighter tokens say too little to look them up.

enum class KeyKind : char {
  Begin = 'b',
  End = 'e',
  Skeleton = 's',
  Variant = 'v',
  Nickname = 'n',
  Joined = 'j',
  JoinedEnd = 'k',
  Consonants = 'c',
  Syllables = 'y',
  Identifier = 'i'
};

// FNV-1a: names of strangers cannot make it slow, because equal keys only cost comparisons.
std::uint64_t hash_of(KeyKind kind, std::string_view text) {
  std::uint64_t hash = 14695981039346656037u;
  const auto mix = [&hash](char c) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
  };
  mix(static_cast<char>(kind));
  for (const char c : text) mix(c);
  return hash;
}

std::string_view end_of(std::string_view text, std::size_t letters) {
  return text.substr(text.size() - std::min(letters, text.size()));
}

void add_token_keys(const Token& token, std::vector<std::uint64_t>& keys) {
  if (token.weight < kKeyWeightMin) return;
  keys.push_back(hash_of(KeyKind::Begin, std::string_view(token.sound).substr(0, kEndLetters)));
  keys.push_back(hash_of(KeyKind::End, end_of(token.sound, kEndLetters)));
  keys.push_back(hash_of(KeyKind::Variant, token.variant));
  if (token.skeleton.size() > 1) keys.push_back(hash_of(KeyKind::Skeleton, token.skeleton));
  for (std::size_t row = 0; row < 64; ++row) {
    if ((token.nicknames >> row & 1) != 0) {
      keys.push_back(hash_of(KeyKind::Nickname, std::to_string(row)));
    }
  }
}

void add_syllable_keys(const std::u32string& letters, std::vector<std::uint64_t>& keys) {
  for (std::size_t i = 0; i + 1 < letters.size(); ++i) {
    keys.push_back(hash_of(KeyKind::Syllables,
                           std::to_string(static_cast<std::uint32_t>(letters[i])) + "," +
                               std::to_string(static_cast<std::uint32_t>(letters[i + 1]))));
  }
}

std::vector<std::uint64_t> keys_of(const Name& name) {
  std::vector<std::uint64_t> keys;
  std::string consonants;
  for (const Token& token : name.tokens) {
    add_token_keys(token, keys);
    consonants += token.skeleton;
  }
  const std::string_view joined = name.joined_sound;
  keys.push_back(hash_of(KeyKind::Joined, joined.substr(0, kJoinedLetters)));
  keys.push_back(hash_of(KeyKind::JoinedEnd, end_of(joined, kJoinedLetters)));
  if (consonants.size() >= kSkeletonLetters) {
    keys.push_back(
        hash_of(KeyKind::Consonants, std::string_view(consonants).substr(0, kSkeletonLetters)));
  }
  add_syllable_keys(name.letters, keys);
  std::ranges::sort(keys);
  keys.erase(std::ranges::unique(keys).begin(), keys.end());
  return keys;
}

// Persons are not compared with companies; what a subject or an entry is, is known.
bool kinds_meet(core::names::Kind left, core::names::Kind right) { return left == right; }

core::names::Band band_of(const core::names::Assessment& assessment, const Entry& entry,
                          bool weak) {
  const auto band = core::names::band_of(assessment.score, assessment.identifier);
  const bool held = (weak || entry.clone) && !assessment.identifier;
  return held && band == core::names::Band::Hit ? core::names::Band::Review : band;
}

}  // namespace

core::Result<Index> Index::create(const std::vector<List>& lists) {
  Index index;
  index.lists_ = &lists;
  const core::names::Folder folder;
  for (std::uint32_t list = 0; list < lists.size(); ++list) {
    for (std::uint32_t at = 0; at < lists[list].entries.size(); ++at) {
      const Entry& entry = lists[list].entries[at];
      const auto first = static_cast<std::uint32_t>(index.names_.size());
      for (std::uint32_t name = 0; name < entry.names.size(); ++name) {
        auto read = core::names::read_name(folder, entry.names[name].text, entry.kind);
        if (!read) return std::move(read.error()).within(lists[list].format + " " + entry.id);
        const auto place = static_cast<std::uint32_t>(index.names_.size());
        for (const std::uint64_t hash : keys_of(read.value())) index.keys_.push_back({hash, place});
        index.names_.push_back({list, at, name, std::move(read.value())});
      }
      if (entry.names.empty()) index.names_.push_back({list, at, 0, {}});
      for (const auto& identifier : entry.particulars.identifiers) {
        index.identifiers_.push_back({hash_of(KeyKind::Identifier, identifier.value), first});
      }
    }
  }
  std::ranges::sort(index.keys_);
  std::ranges::sort(index.identifiers_);
  return index;
}

std::vector<std::uint32_t> Index::candidates(const Name& name) const {
  std::vector<std::uint32_t> out;
  for (const std::uint64_t hash : keys_of(name)) {
    for (const Key& key : std::ranges::equal_range(keys_, hash, {}, &Key::hash)) {
      out.push_back(key.name);
    }
  }
  std::ranges::sort(out);
  out.erase(std::ranges::unique(out).begin(), out.end());
  return out;
}

void Index::consider(const Subject& subject, const std::string& text, const Name& name,
                     std::uint32_t candidate, std::vector<Match>& matches) const {
  const Indexed& indexed = names_[candidate];
  const Entry& entry = entry_of(indexed);
  if (!kinds_meet(subject.kind, entry.kind)) return;
  const auto assessment = core::names::assess(core::names::score(name, indexed.read),
                                              subject.particulars, entry.particulars);
  const bool weak = !entry.names.empty() && entry.names[indexed.name].weak;
  const auto band = band_of(assessment, entry, weak);
  if (band == core::names::Band::None) return;
  Match match{indexed.list,
              indexed.entry,
              indexed.name,
              band,
              assessment.score,
              text,
              core::names::compare(name, indexed.read),
              assessment.reasons};
  matches.push_back(std::move(match));
}

void Index::add_by_identifiers(const Subject& subject, std::vector<Match>& matches) const {
  for (const auto& identifier : subject.particulars.identifiers) {
    const std::uint64_t hash = hash_of(KeyKind::Identifier, identifier.value);
    for (const Key& key : std::ranges::equal_range(identifiers_, hash, {}, &Key::hash)) {
      const Indexed& indexed = names_[key.name];
      const auto assessment =
          core::names::assess(0, subject.particulars, entry_of(indexed).particulars);
      if (!assessment.identifier) continue;
      matches.push_back({indexed.list,
                         indexed.entry,
                         indexed.name,
                         core::names::Band::Hit,
                         assessment.score,
                         "",
                         {},
                         assessment.reasons});
    }
  }
}

core::Result<std::vector<Match>> Index::find(const core::names::Folder& folder,
                                             const Subject& subject, Search search) const {
  std::vector<Match> matches;
  for (const std::string& text : subject.names) {
    TRY(const Name name, core::names::read_name(folder, text, subject.kind));
    if (search == Search::AllPairs) {
      for (std::uint32_t i = 0; i < names_.size(); ++i) consider(subject, text, name, i, matches);
    } else {
      for (const std::uint32_t i : candidates(name)) consider(subject, text, name, i, matches);
    }
  }
  add_by_identifiers(subject, matches);
  // The surest name of each entry stays.
  const auto by_entry = [](const Match& match) {
    return std::tuple(match.list, match.entry, -static_cast<int>(match.band), -match.score,
                      match.name);
  };
  std::ranges::sort(matches, {}, by_entry);
  const auto rest = std::ranges::unique(matches, [](const Match& left, const Match& right) {
    return left.list == right.list && left.entry == right.entry;
  });
  matches.erase(rest.begin(), rest.end());
  std::ranges::sort(matches, {}, [](const Match& match) {
    return std::tuple(-static_cast<int>(match.band), -match.score, match.list, match.entry);
  });
  return matches;
}

core::Result<std::vector<std::vector<Match>>> Index::find_all(const std::vector<Subject>& subjects,
                                                              Search search) const {
  std::vector<std::vector<Match>> found(subjects.size());
  const std::size_t cores = std::max(1u, std::thread::hardware_concurrency());
  std::vector<std::optional<core::Error>> failed(cores);
  std::vector<std::thread> threads;
  for (std::size_t part = 0; part < cores; ++part) {
    threads.emplace_back([&, part] {
      const core::names::Folder folder;
      for (std::size_t i = part; i < subjects.size() && !failed[part]; i += cores) {
        auto matches = find(folder, subjects[i], search);
        if (matches) {
          found[i] = std::move(matches.value());
        } else {
          failed[part] = std::move(matches.error()).within(subjects[i].id);
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (auto& error : failed) {
    if (error) return std::move(*error);
  }
  return found;
}

}  // namespace gateway::screening
