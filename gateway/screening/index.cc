#include "gateway/screening/index.h"

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <tuple>

#include "core/names/letters.h"

namespace gateway::screening {
namespace {

using core::names::Name;
using core::names::Token;

// Names that cannot score this are not compared.
constexpr std::int64_t kPossibleMin = core::names::kReviewScore;
// Names written together and apart differ in a tenth at most, a vowel counting little.
constexpr std::size_t kJoinedShare = 6;

core::names::Band band_of(const core::names::Assessment& assessment, bool held) {
  const auto band = core::names::band_of(assessment.score, assessment.identifier);
  return held && band == core::names::Band::Hit ? core::names::Band::Review : band;
}

// As what an entry is compared: of a warning it is not known whether it is about a person.
std::vector<core::names::Kind> kinds_of(const Entry& entry) {
  using core::names::Kind;
  if (entry.any_kind) return {Kind::Person, Kind::Organisation};
  return {entry.kind};
}

// From 1 on, as Met::add() counts them.
int place_of(std::size_t token) { return static_cast<int>(token) + 1; }

int weight_of(const Name& name) {
  int weight = 0;
  for (const Token& token : name.tokens) weight += token.weight;
  return weight;
}

bool is_vowelless(const Name& name) { return name.script == core::names::Script::Vowelless; }

// What two names have in common, as far as it has been met.
struct Shared {
  int last_token = 0;  // Of the left name, from 1 on, whose weight was counted last.
  int left_weight = 0;
  int right_weight = 0;
  std::int64_t sum = 0;       // Weights of both sides times the best score that was met with.
  std::uint32_t letters = 0;  // That are compared as written.
  bool met = false;
  bool key = false;  // Or consonants.
  bool joined_key = false;
};

// By the words that were met; 0 if that is too little for any band.
std::int64_t possible_score(const Shared& shared, int left, int right, core::names::Kind kind) {
  const std::int64_t weight = std::int64_t{shared.left_weight} + shared.right_weight;
  // Most names share one word of many: they are left out before anything is divided.
  const core::names::Unmatched unmatched{left - shared.left_weight, right - shared.right_weight};
  const int against = std::min(unmatched.left, unmatched.right);
  if (against >= 0 && shared.sum < (weight + 2 * against) * kPossibleMin) return 0;
  return core::names::score_of_weights(shared.sum, weight, unmatched, kind);
}

// Whether two names that begin or end alike may be one that is written together or apart.
bool may_be_joined(const Name& left, const Name& right) {
  if (left.tokens.size() == right.tokens.size()) return false;
  const std::size_t longer = std::max(left.joined_sound.size(), right.joined_sound.size());
  const std::size_t shorter = std::min(left.joined_sound.size(), right.joined_sound.size());
  return (longer - shorter) * kJoinedShare <= longer;
}

bool may_score_by_letters(std::size_t shared, const Name& left, const Name& right) {
  return shared > 0 && core::names::may_score(shared, left.letters.size(), right.letters.size(),
                                              left.kind, static_cast<int>(kPossibleMin));
}

}  // namespace

// What the vocabulary says of words, which many subjects have. All threads share it: which of them
// asks first changes nothing.
class Index::Known {
 public:
  using Nears = std::shared_ptr<const std::vector<Near>>;

  Nears near(const Vocabulary& words, const Token& token, const Name& name) {
    const Asked asked{name.kind, is_vowelless(name), token.text};
    {
      const std::lock_guard lock(mutex_);
      const auto known = near_.find(asked);
      if (known != near_.end()) return known->second;
    }
    auto found =
        std::make_shared<const std::vector<Near>>(words.near(token, name.kind, is_vowelless(name)));
    const std::lock_guard lock(mutex_);
    if (kept_ > kNearKeptMax) {
      near_.clear();
      kept_ = 0;
    }
    kept_ += found->size();
    near_.insert_or_assign(asked, found);
    return found;
  }

 private:
  using Asked = std::tuple<core::names::Kind, bool, std::string>;
  static constexpr std::size_t kNearKeptMax = std::size_t{1} << 22;

  std::mutex mutex_;
  std::map<Asked, Nears> near_;
  std::size_t kept_ = 0;
};

// Filled for one name at a time; what was met is forgotten without touching the rest.
class Index::Met {
 public:
  Met(Known& known, std::size_t names, std::size_t tokens)
      : known_(known), shared_(names), best_(tokens) {}

  Known& known() { return known_; }

  Shared& of(std::uint32_t name) {
    Shared& shared = shared_[name];
    if (!shared.met) names_.push_back(name);
    shared.met = true;
    return shared;
  }
  const std::vector<std::uint32_t>& names() const { return names_; }

  // A listed token is alike to one of the name's, of this place from 1 on and this weight. Of one
  // place the best scores come first.
  void add(const Bearer& bearer, int place, int weight, int score) {
    Shared& shared = of(bearer.name);
    if (shared.last_token != place) {
      shared.last_token = place;
      shared.left_weight += weight;
      shared.sum += std::int64_t{weight} * score;
    }
    std::int32_t& best = best_[bearer.token];
    if (best == 0) {
      shared.right_weight += bearer.weight;
      tokens_.push_back(bearer.token);
    }
    if (score > best) {
      shared.sum += std::int64_t{bearer.weight} * (score - best);
      best = score;
    }
  }

  void forget() {
    for (const std::uint32_t name : names_) shared_[name] = {};
    for (const std::uint32_t token : tokens_) best_[token] = 0;
    names_.clear();
    tokens_.clear();
  }

 private:
  Known& known_;
  std::vector<Shared> shared_;
  std::vector<std::uint32_t> names_;
  std::vector<std::int32_t> best_;  // Score of each listed token.
  std::vector<std::uint32_t> tokens_;
};

core::Result<Index> Index::create(const std::vector<List>& lists) {
  Index index;
  index.lists_ = &lists;
  const core::names::Folder folder;
  for (std::uint32_t list = 0; list < lists.size(); ++list) {
    for (std::uint32_t at = 0; at < lists[list].entries.size(); ++at) {
      TRY(index.add(folder, list, at));
    }
  }
  std::ranges::sort(index.bearers_);
  for (std::uint32_t word = 0; word <= index.words_.size(); ++word) {
    const auto first = std::ranges::lower_bound(index.bearers_, word, {}, &Bearer::word);
    index.first_bearer_.push_back(static_cast<std::size_t>(first - index.bearers_.begin()));
  }
  std::ranges::sort(index.words_apart_);
  std::ranges::sort(index.runs_);
  std::ranges::sort(index.keys_);
  std::ranges::sort(index.identifiers_);
  return index;
}

core::Result<> Index::add(const core::names::Folder& folder, std::uint32_t list, std::uint32_t at) {
  const Entry& entry = (*lists_)[list].entries[at];
  const auto first = static_cast<std::uint32_t>(names_.size());
  const std::string place = (*lists_)[list].format + " " + entry.id;
  bool findable = !entry.particulars.identifiers.empty();
  for (std::uint32_t i = 0; i < entry.names.size(); ++i) {
    for (const core::names::Kind kind : kinds_of(entry)) {
      const auto added = add_name(folder, {list, at, i, {}, 0, tokens_}, kind);
      if (!added) return core::Error(added.error()).within(place);
      findable = findable || added.value();
    }
  }
  if (!findable) {
    return core::invalid("name_text", place + " line " + std::to_string(entry.line),
                         "The entry can never be found: no name of it has a letter.");
  }
  if (entry.names.empty()) {
    Indexed none{list, at, 0, {}, 0, tokens_};
    none.read.kind = entry.kind;
    names_.push_back(std::move(none));
  }
  for (const auto& identifier : entry.particulars.identifiers) {
    identifiers_.push_back({identifier_key(identifier.value), first, KeyKind::Identifier});
  }
  return core::ok();
}

core::Result<bool> Index::add_name(const core::names::Folder& folder, Indexed indexed,
                                   core::names::Kind kind) {
  const Entry& entry = entry_of(indexed);
  TRY(Name name, core::names::read_name(folder, entry.names[indexed.name].text, kind));
  const auto place = static_cast<std::uint32_t>(names_.size());
  for (std::uint8_t at = 0; at < name.tokens.size(); ++at) {
    const Token& token = name.tokens[at];
    const std::uint32_t word = words_.add(token, kind, is_vowelless(name));
    bearers_.push_back({word, place, tokens_++, token.weight});
    if (token.consonants != 0) words_apart_.push_back({token.consonants, place, at, 1});
  }
  for (const core::names::Run& run : name.runs) {
    runs_.push_back({run.consonants, place, run.first, run.count});
  }
  for (const NameKey& key : keys_of(name)) keys_.push_back({key.hash, place, key.kind});
  Script& script = scripts_[static_cast<std::size_t>(kind)][static_cast<std::size_t>(name.script)];
  script.names.push_back(place);
  script.consonants.emplace_back(name);
  script.turned.emplace_back(name);
  const bool findable = !name.tokens.empty() || !name.letters.empty();
  indexed.weight = weight_of(name);
  indexed.read = std::move(name);
  names_.push_back(std::move(indexed));
  return findable;
}

void Index::meet_words(const Name& name, Met& met) const {
  for (std::size_t at = 0; at < name.tokens.size(); ++at) {
    const Token& token = name.tokens[at];
    meet_parts(name, at, met);  // First: they count as equal.
    const Known::Nears nears = met.known().near(words_, token, name);
    for (const Near& near : *nears) {
      for (std::size_t i = first_bearer_[near.word]; i < first_bearer_[near.word + 1]; ++i) {
        met.add(bearers_[i], place_of(at), token.weight, near.score);
      }
    }
  }
}

// What the token at that place may be a part of, or be the parts of.
void Index::meet_parts(const Name& name, std::size_t at, Met& met) const {
  if (is_vowelless(name)) return;
  const std::uint64_t consonants = name.tokens[at].consonants;
  if (consonants != 0) meet_part(runs_, consonants, name, at, met);
  for (const core::names::Run& run : name.runs) {
    const bool within = run.first <= at && at < std::size_t{run.first} + run.count;
    if (within) meet_part(words_apart_, run.consonants, name, at, met);
  }
}

void Index::meet_part(const std::vector<Part>& parts, std::uint64_t consonants, const Name& name,
                      std::size_t at, Met& met) const {
  auto part = std::ranges::lower_bound(parts, consonants, {}, &Part::consonants);
  for (; part != parts.end() && part->consonants == consonants; ++part) {
    const Indexed& other = names_[part->name];
    if (other.read.kind != name.kind || is_vowelless(other.read)) continue;
    const std::uint32_t end = part->first + std::uint32_t{part->count};
    for (std::uint32_t i = part->first; i < end; ++i) {
      met.add({0, part->name, other.first_token + i, other.read.tokens[i].weight}, place_of(at),
              name.tokens[at].weight, core::names::kScoreMax);
    }
  }
}

void Index::meet_keys(const Name& name, Met& met) const {
  for (const NameKey& key : keys_of(name)) {
    auto found = std::ranges::lower_bound(keys_, key.hash, {}, &Key::hash);
    for (; found != keys_.end() && found->hash == key.hash; ++found) {
      // Initials are no key of other initials.
      const bool words = (name.tokens.size() == 1) == (names_[found->name].read.tokens.size() == 1);
      if (found->kind == KeyKind::Acronym && words) continue;
      Shared& shared = met.of(found->name);
      shared.joined_key = shared.joined_key || found->kind == KeyKind::Joined;
      shared.key = shared.key || found->kind == KeyKind::Acronym;
      shared.letters += found->kind == KeyKind::Letter ? 1u : 0u;
    }
  }
}

void Index::meet_far(const Name& name, Met& met) const {
  const Consonants consonants(name);
  const Turns turns(name);
  const auto& scripts = scripts_[static_cast<std::size_t>(name.kind)];
  for (std::size_t at = 0; at < scripts.size(); ++at) {
    if (at == static_cast<std::size_t>(name.script)) continue;
    const Script& script = scripts[at];
    for (std::size_t i = 0; i < script.names.size(); ++i) {
      if (!consonants.may_meet(script.consonants[i])) continue;
      if (turns.may_meet(script.turned[i])) met.of(script.names[i]).key = true;
    }
  }
}

// In order.
std::vector<std::uint32_t> Index::candidates(const Name& name, Met& met) const {
  meet_words(name, met);
  meet_keys(name, met);
  meet_far(name, met);
  const int weight = weight_of(name);
  std::vector<std::uint32_t> out;
  for (const std::uint32_t place : met.names()) {
    const Shared& shared = met.of(place);
    const Indexed& other = names_[place];
    const std::int64_t possible = possible_score(shared, weight, other.weight, name.kind);
    const bool joined = shared.joined_key && may_be_joined(name, other.read);
    const bool letters = may_score_by_letters(shared.letters, name, other.read);
    const bool whole = (shared.key || joined) && possible < kPossibleMin && !letters &&
                       core::names::whole_score(name, other.read, kPossibleMin) >= kPossibleMin;
    if (whole || letters || possible >= kPossibleMin) out.push_back(place);
  }
  met.forget();
  std::ranges::sort(out);
  return out;
}

void Index::consider(const Subject& subject, const std::string& text, const Name& name,
                     std::uint32_t candidate, std::vector<Match>& matches) const {
  const Indexed& indexed = names_[candidate];
  const Entry& entry = entry_of(indexed);
  // Persons are not compared with companies.
  if (subject.kind != indexed.read.kind) return;
  const auto assessment = core::names::assess(core::names::score(name, indexed.read),
                                              subject.particulars, entry.particulars);
  const bool weak = !entry.names.empty() && entry.names[indexed.name].weak;
  const bool held = (weak || entry.clone) && !assessment.identifier;
  const auto band = band_of(assessment, held);
  if (band == core::names::Band::None) return;
  Match match{indexed.list,
              indexed.entry,
              indexed.name,
              band,
              assessment.score,
              assessment.identifier,
              held,
              text,
              core::names::compare(name, indexed.read),
              assessment.reasons};
  matches.push_back(std::move(match));
}

void Index::add_by_identifiers(const Subject& subject, std::vector<Match>& matches) const {
  for (const auto& identifier : subject.particulars.identifiers) {
    const std::uint64_t hash = identifier_key(identifier.value);
    auto key = std::ranges::lower_bound(identifiers_, hash, {}, &Key::hash);
    for (; key != identifiers_.end() && key->hash == hash; ++key) {
      const Indexed& indexed = names_[key->name];
      const auto assessment =
          core::names::assess(0, subject.particulars, entry_of(indexed).particulars);
      if (!assessment.identifier) continue;
      matches.push_back({indexed.list,
                         indexed.entry,
                         indexed.name,
                         core::names::Band::Hit,
                         assessment.score,
                         true,
                         false,
                         "",
                         {},
                         assessment.reasons});
    }
  }
}

core::Result<std::vector<Match>> Index::find(const core::names::Folder& folder,
                                             const Subject& subject, Search search) const {
  Known known;
  Met met(known, names_.size(), tokens_);
  return find(folder, met, subject, search);
}

core::Result<std::vector<Match>> Index::find(const core::names::Folder& folder, Met& met,
                                             const Subject& subject, Search search) const {
  std::vector<Match> matches;
  for (const std::string& text : subject.names) {
    TRY(const Name name, core::names::read_name(folder, text, subject.kind));
    if (name.tokens.empty() && name.letters.empty()) {
      return core::invalid("name_text", "names", "A name has no letter: nobody could be found.");
    }
    if (search == Search::AllPairs) {
      for (std::uint32_t i = 0; i < names_.size(); ++i) consider(subject, text, name, i, matches);
    } else {
      for (const std::uint32_t i : candidates(name, met)) {
        consider(subject, text, name, i, matches);
      }
    }
  }
  add_by_identifiers(subject, matches);
  // The surest name of each entry stays.
  const auto by_entry = [](const Match& match) {
    return std::tuple(match.list, match.entry, -static_cast<int>(match.band), -match.score,
                      match.name);
  };
  std::ranges::sort(matches, {}, by_entry);
  const auto rest =
      std::unique(matches.begin(), matches.end(), [](const Match& left, const Match& right) {
        return left.list == right.list && left.entry == right.entry;
      });
  matches.erase(rest, matches.end());
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
  Known known;
  std::vector<std::thread> threads;
  for (std::size_t part = 0; part < cores; ++part) {
    threads.emplace_back([&, part] {
      const core::names::Folder folder;
      Met met(known, names_.size(), tokens_);
      for (std::size_t i = part; i < subjects.size() && !failed[part]; i += cores) {
        auto matches = find(folder, met, subjects[i], search);
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
