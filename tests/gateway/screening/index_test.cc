#include "gateway/screening/index.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <set>

#include "core/names/compare.h"
#include "gateway/screening/rows.h"
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
      {"María Reyes", "María José de Reyez"},
      {"Ali Jazi", "Hassan al Jazi"},
  };
  for (const auto& [asked, listed] : pairs) {
    const auto lists = lists_of({"Walter Lindqvist", listed});
    const Index index = Index::create(lists).value();
    EXPECT_EQ(entries_of(index, asked, Search::AllPairs).count(1), 1u) << asked;
    EXPECT_EQ(entries_of(index, asked, Search::ByIndex).count(1), 1u) << asked;
  }
}

// Names in native scripts, written together, apart and by initials.
const std::vector<std::string> kPersons{
    "Dawud Ibrahim Karimi",
    "দাউদ ইব্রাহিম করিমি",
    "داود ابراهيم كريمي",
    "Davud Ebrahim Karimy",
    "Choe Ryong Su",
    "최룡수",
    "Choi Ryong-soo",
    "Yair Lapin",
    "יאיר לפין",
    "Jair Lappin",
    "Noureddine Salih",
    "Nur al-Din Salih",
    "Nuraddin Saleh",
    "نور الدين صالح",
    "FridrichBuchenberg",
    "Fridrich Buchenberg",
    "Friedrich Buchenberc",
    "Anna Petrova",
    "Анна Петрова",
    "Άννα Πετρόβα",
    "ანნა პეტროვა",
    "Աննա Պետրովա",
    "अन्ना पेट्रोवा",
    "王小明",
    "王明",
    "王小",
    "Wang Xiaoming",
    "Wang Xiao Ming",
    "សុខ សំណាង",
    "សុខ សំណាង ២",
    "タナカ・タロウ",
    "たなか たろう",
    "Tanaka Taro",
    "田中太郎",
    "Abdul Rahman al-Nasiri",
    "Abdulrahman Alnasiri",
    "عبد الرحمن الناصري",
    "Abderrahmane Nasiri",
    "AbdulRahmanAlNasiri",
};
const std::vector<std::string> kBodies{
    "Nordwind Harbour Towage Crew",
    "NHTC",
    "北风贸易有限公司",
    "北风贸易",
    "Bei Feng Mao Yi",
    "北风石油集团",
    "株式会社北風",
    "ООО Нордвинд",
    "Nordwind LLC",
    "Nordwind-Handel GmbH",
    "Nordwindhandel",
    "Nord Wind Handel",
    "주식회사 북풍",
    "북풍",
    "شركة نوردويند",
    "21st Fund",
    "Twenty First Fund",
    "Fund 21",
    "TUN",
    "Towage Union of Nordwind",
};

// Each score of a review or more between any two of them is found by the index too.
TEST(Index, FindsWhatTheMeasureTakesForOneInAllScripts) {
  for (const Kind kind : {Kind::Person, Kind::Organisation}) {
    const auto& names = kind == Kind::Person ? kPersons : kBodies;
    const auto lists = lists_of(names, kind);
    const Index index = Index::create(lists).value();
    for (const std::string& name : names) {
      EXPECT_EQ(entries_of(index, name, Search::ByIndex, kind),
                entries_of(index, name, Search::AllPairs, kind))
          << name;
    }
  }
}

// A name by which nobody can be found is no clear answer.
TEST(Index, RefusesNamesWithoutALetter) {
  const auto lists = lists_of({"Walter Lindqvist"});
  const Index index = Index::create(lists).value();
  const Subject subject{"s", Kind::Person, {"..."}, {}};
  EXPECT_EQ(index.find(core::names::Folder(), subject).error().reason, "name_text");
  auto listed = lists_of({"..."});
  EXPECT_EQ(Index::create(listed).error().reason, "name_text");
  listed[0].entries[0].particulars.identifiers = {
      {core::names::IdentifierKind::Passport, "AB1234567"}};
  EXPECT_TRUE(Index::create(listed));
}

// Whether a warning is about a person it does not say.
TEST(Index, ComparesAWarningWithPersonsAndBodies) {
  auto lists = lists_of({"Walter Lindqvist"}, Kind::Organisation);
  lists[0].entries[0].any_kind = true;
  const Index index = Index::create(lists).value();
  for (const Search search : {Search::ByIndex, Search::AllPairs}) {
    EXPECT_EQ(entries_of(index, "Lindqvist, Walter", search, Kind::Person).size(), 1u);
    EXPECT_EQ(entries_of(index, "Walter Lindqvist Ltd", search, Kind::Organisation).size(), 1u);
    EXPECT_TRUE(entries_of(index, "Walter Lindqvist", search, Kind::Thing).empty());
  }
}

// The labelled pairs, which are not in the repository: every pair that scores a review is found.
TEST(Index, FindsEveryLabelledPairThatScoresAReview) {
  const char* const shared = std::getenv("SHARED");
  const auto file = std::filesystem::path(shared != nullptr ? shared : "../shared") /
                    "samples/names/labelled_pairs.csv";
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "shared samples are absent";
  RowReader rows(open_source(file.string()).value(), ',');
  std::size_t pairs = 0;
  std::size_t lost = 0;
  ASSERT_TRUE(rows.next().value());
  while (rows.next().value()) {
    const auto& fields = rows.fields();
    const Kind kind = fields[1] == "Person"   ? Kind::Person
                      : fields[1] == "Vessel" ? Kind::Thing
                                              : Kind::Organisation;
    const auto lists = lists_of({fields[3]}, kind);
    const Index index = Index::create(lists).value();
    if (entries_of(index, fields[2], Search::AllPairs, kind).empty()) continue;
    ++pairs;
    if (!entries_of(index, fields[2], Search::ByIndex, kind).empty()) continue;
    ++lost;
    ADD_FAILURE() << "line " << rows.line();
  }
  EXPECT_GT(pairs, 200u);
  EXPECT_EQ(lost, 0u);
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
