#include "gateway/screening/keys.h"

#include <algorithm>
#include <map>

namespace gateway::screening {
namespace {

using core::names::Name;

constexpr std::size_t kJoinedLetters = 5;       // Of a name's sound; shorter ones are never joined.
constexpr std::size_t kConsonantMayDiffer = 9;  // From so many letters on: the measure's tenth.

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

// Equal consonants beside each other are one, whichever word they are of.
std::string consonants_of_all(const Name& name) {
  std::string out;
  for (const auto& token : name.tokens) {
    for (const char c : token.skeleton) {
      if (out.empty() || out.back() != c) out += c;
    }
  }
  return out;
}

void add_joined(const Name& name, std::vector<NameKey>& keys) {
  if (name.joined_sound.size() < kJoinedLetters) return;
  const std::string consonants = consonants_of_all(name);
  const auto add = [&](std::string_view front, std::string_view back) {
    std::string text(front);
    // What stood on both sides of one that is left out may be equal.
    if (!front.empty() && !back.empty() && front.back() == back.front()) back.remove_prefix(1);
    text += back;
    keys.push_back({begin_key(KeyKind::Joined, name).mix(text).value(), KeyKind::Joined});
  };
  const std::string_view all = consonants;
  add(all, {});
  if (name.joined_sound.size() < kConsonantMayDiffer) return;
  for (std::size_t i = 0; i < all.size(); ++i) add(all.substr(0, i), all.substr(i + 1));
}

void add_acronyms(const Name& name, std::vector<NameKey>& keys) {
  if (name.kind == core::names::Kind::Person || name.tokens.empty()) return;
  std::vector<std::string> words = core::names::acronyms_of(name);
  if (name.tokens.size() == 1) words.push_back(name.tokens.front().text);
  for (const std::string& word : words) {
    keys.push_back({begin_key(KeyKind::Acronym, name).mix(word).value(), KeyKind::Acronym});
  }
}

void add_letters(const Name& name, std::vector<NameKey>& keys) {
  std::map<char32_t, char> before;
  for (const char32_t letter : name.letters) {
    Hash hash = begin_key(KeyKind::Letter, name);
    keys.push_back({hash.mix(letter).mix(before[letter]++).value(), KeyKind::Letter});
  }
}

}  // namespace

std::vector<NameKey> keys_of(const Name& name) {
  std::vector<NameKey> keys;
  add_joined(name, keys);
  add_acronyms(name, keys);
  add_letters(name, keys);
  std::ranges::sort(keys);
  const auto rest = std::unique(keys.begin(), keys.end());
  keys.erase(rest, keys.end());
  return keys;
}

std::uint64_t identifier_key(std::string_view value) {
  return Hash(KeyKind::Identifier).mix(value).value();
}

}  // namespace gateway::screening
