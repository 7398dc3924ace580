#include "gateway/screening/index.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>

#include "core/names/compare.h"
#include "gateway/screening/vocabulary.h"
#include "tests/support/seeds.h"

// All names are invented.
namespace gateway::screening {
namespace {

using core::names::Kind;

std::vector<List> lists_of(const std::vector<std::string>& names, Kind kind = Kind::Person) {
  std::vector<List> lists(1);
  for (const std::string& name : names) {
    Entry entry;
    entry.id = name;
    entry.kind = kind;
    entry.names.push_back({name, NameKind::Primary, false});
    lists[0].entries.push_back(std::move(entry));
  }
  return lists;
}

std::set<std::size_t> entries_of(const Index& index, const std::string& name, Search search,
                                 Kind kind = Kind::Person) {
  Subject subject{"s", kind, {name}, {}};
  std::set<std::size_t> entries;
  const auto matches = index.find(core::names::Folder(), subject, search).value();
  for (const Match& match : matches) entries.insert(match.entry);
  return entries;
}

// Each is found though no word of it is written as on the list, or it has none in common.
TEST(Index, FindsWhatIsWrittenOtherwise) {
  const std::vector<std::pair<std::string, std::string>> pairs{
      {"Friedrych Buchenberk", "Fridrich Buchenberg"},  // Both words changed.
      {"Bill Thornbury", "William Thornbury"},
      {"A. Thornbury", "Alice Thornbury"},
      {"Alice Thornbury", "A. Thornbury"},
      {"AlicePetrova", "Alice Petrova"},
      {"Salim Karimi", "سليم كريمي"},
      {"张小明", "張小明"},
      {"María Delez", "María José de Reyez"},
      {"Ali Jazi", "Hassan al Jazi"},
  };
  for (const auto& [asked, listed] : pairs) {
    const auto lists = lists_of({"Walter Lindqvist", listed});
    const Index index = Index::create(lists).value();
    EXPECT_EQ(entries_of(index, asked, Search::AllPairs).count(1), 1u) << asked;
    EXPECT_EQ(entries_of(index, asked, Search::ByIndex).count(1), 1u) << asked;
  }
}

TEST(Index, DoesNotFindACompanyForAPerson) {
  const auto lists = lists_of({"Walter Lindqvist"}, Kind::Organisation);
  const Index index = Index::create(lists).value();
  EXPECT_TRUE(entries_of(index, "Walter Lindqvist", Search::ByIndex).empty());
  EXPECT_EQ(entries_of(index, "Walter Lindqvist", Search::ByIndex, Kind::Organisation).size(), 1u);
}

TEST(Index, ForgetsOneNameBeforeTheNext) {
  const auto lists = lists_of({"Walter Lindqvist", "Greta Holm"});
  const Index index = Index::create(lists).value();
  Subject subject{"s", Kind::Person, {"Walter Lindqvist", "Olga Petrova", "Greta Holm"}, {}};
  EXPECT_EQ(index.find(core::names::Folder(), subject).value().size(), 2u);
}

TEST(Vocabulary, GivesTheSurestWordFirst) {
  const core::names::Folder folder;
  const auto token = [&](std::string_view word) {
    return core::names::read_name(folder, word, Kind::Person).value().tokens.at(0);
  };
  Vocabulary words;
  const auto spelled = words.add(token("petrowa"), Kind::Person, false);
  const auto same = words.add(token("petrova"), Kind::Person, false);
  words.add(token("lindqvist"), Kind::Person, false);
  words.add(token("petrova"), Kind::Organisation, false);
  EXPECT_EQ(words.add(token("petrova"), Kind::Person, false), same);
  const auto found = words.near(token("petrova"), Kind::Person, false);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].word, same);
  EXPECT_EQ(found[0].score, core::names::kScoreMax);
  EXPECT_EQ(found[1].word, spelled);
}

// Words of few syllables, so that many are alike.
std::string drawn_name(std::uint64_t& state) {
  static constexpr std::array<std::string_view, 12> kSyllables{
      "ka", "ri", "mo", "len", "sto", "vich", "ber", "an", "dul", "ha", "yu", "tsen"};
  const auto draw = [&state](std::size_t end) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::size_t>(state >> 33) % end;
  };
  std::string name;
  for (std::size_t words = 1 + draw(2); words > 0; --words) {
    for (std::size_t syllables = 1 + draw(2); syllables > 0; --syllables) {
      name += kSyllables[draw(kSyllables.size())];
    }
    name += words > 1 ? " " : "";
  }
  return name;
}

// What the index loses stays below half a percent of what every pair finds.
TEST(IndexProperty, FindsWhatComparingEveryPairFinds) {
  std::size_t all = 0;
  std::size_t lost = 0;
  for (std::uint64_t seed = 0; seed < std::min<std::uint64_t>(tests::seeds(), 500); ++seed) {
    std::uint64_t state = seed + 1;
    std::vector<std::string> names(40);
    for (std::string& name : names) name = drawn_name(state);
    const auto lists = lists_of(names);
    const Index index = Index::create(lists).value();
    const std::string asked = drawn_name(state);
    const auto full = entries_of(index, asked, Search::AllPairs);
    const auto indexed = entries_of(index, asked, Search::ByIndex);
    all += full.size();
    for (const std::size_t entry : full) lost += indexed.contains(entry) ? 0u : 1u;
    for (const std::size_t entry : indexed) EXPECT_TRUE(full.contains(entry)) << asked;
  }
  EXPECT_GT(all, 100u);
  EXPECT_LE(lost * 200, all);
}

}  // namespace
}  // namespace gateway::screening
