#include "gateway/screening/keys.h"

#include <algorithm>

namespace gateway::screening {
namespace {

using core::names::Name;
using core::names::Script;

constexpr std::size_t kJoinedLetters = 6;  // Of a name's sound, at either end.
constexpr std::size_t kConsonants = 5;     // From the beginning of any of its words on.

enum class KeyKind : char {
  Joined = 'j',
  JoinedEnd = 'k',
  Consonants = 'c',
  FarConsonants = 'd',  // Of a name that is not written in Latin letters.
  Syllables = 'y',
  Identifier = '#'
};

// FNV-1a: names of strangers cannot make it slow, because equal keys only cost comparisons.
class Hash {
 public:
  explicit Hash(KeyKind kind) { mix(static_cast<char>(kind)); }
  Hash& mix(char c) {
    value_ = (value_ ^ static_cast<unsigned char>(c)) * 1099511628211u;
    return *this;
  }
  Hash& mix(std::string_view text) {
    for (const char c : text) mix(c);
    return *this;
  }
  Hash& mix(char32_t letter) {
    for (int shift = 0; shift < 32; shift += 8) mix(static_cast<char>(letter >> shift & 0xff));
    return *this;
  }
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 14695981039346656037u;
};

// Persons, bodies and things are found apart.
Hash begin_key(KeyKind kind, const Name& name) {
  return Hash(kind).mix(static_cast<char>(name.kind));
}

void add_joined(const Name& name, std::vector<NameKey>& keys) {
  const std::string_view joined = name.joined_sound;
  const std::size_t size = std::min(kJoinedLetters, joined.size());
  const std::string_view end = joined.substr(joined.size() - size);
  keys.push_back({begin_key(KeyKind::Joined, name).mix(joined.substr(0, size)).value(), true});
  keys.push_back({begin_key(KeyKind::JoinedEnd, name).mix(end).value(), true});
}

// From each word on, since the family name stands before or behind.
void add_consonants(const Name& name, Side side, std::vector<NameKey>& keys) {
  const bool far = name.script != Script::Latin;
  for (std::size_t first = 0; first < name.tokens.size(); ++first) {
    std::string consonants;
    for (std::size_t i = 0; i < name.tokens.size(); ++i) {
      consonants += name.tokens[(first + i) % name.tokens.size()].skeleton;
    }
    if (consonants.size() < kConsonants) return;
    consonants.resize(kConsonants);
    if (side == Side::Listed || far) {
      keys.push_back({begin_key(KeyKind::Consonants, name).mix(consonants).value()});
    }
    if (side == Side::Asked || far) {
      keys.push_back({begin_key(KeyKind::FarConsonants, name).mix(consonants).value()});
    }
  }
}

void add_syllables(const Name& name, std::vector<NameKey>& keys) {
  for (std::size_t i = 0; i + 1 < name.letters.size(); ++i) {
    Hash hash = begin_key(KeyKind::Syllables, name);
    keys.push_back({hash.mix(name.letters[i]).mix(name.letters[i + 1]).value()});
  }
}

}  // namespace

std::vector<NameKey> keys_of(const Name& name, Side side) {
  std::vector<NameKey> keys;
  add_joined(name, keys);
  add_consonants(name, side, keys);
  add_syllables(name, keys);
  std::ranges::sort(keys);
  const auto rest = std::unique(keys.begin(), keys.end());
  keys.erase(rest, keys.end());
  return keys;
}

std::uint64_t identifier_key(std::string_view value) {
  return Hash(KeyKind::Identifier).mix(value).value();
}

}  // namespace gateway::screening
