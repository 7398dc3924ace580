#include "gateway/bench/made_names.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "core/names/compare.h"
#include "gateway/bench/made_scripts.h"
#include "gateway/screening/consonants.h"

namespace gateway::bench {
namespace {

using screening::Index;
using screening::Search;

TEST(MadeScripts, AreAsTheirReadersWouldWrite) {
  EXPECT_EQ(written_in(MadeScript::Cyrillic, "Sharmin Yakov"), "шармин яков");
  EXPECT_EQ(written_in(MadeScript::Greek, "Petra"), "πετρα");
  EXPECT_EQ(written_in(MadeScript::Arabic, "Anil Karim"), "انيل كريم");
  EXPECT_EQ(written_in(MadeScript::Hebrew, "Anil Karim"), "אניל קרימ");  // No final letters.
  EXPECT_EQ(written_in(MadeScript::Greek, "Jürgen"), "Jürgen");
}

TEST(MadeNames, AreTheSameForOneSeed) {
  const MadeNames one = make_names(300, 50, 7);
  const MadeNames other = make_names(300, 50, 7);
  ASSERT_EQ(one.subjects.size(), other.subjects.size());
  for (std::size_t i = 0; i < one.subjects.size(); ++i) {
    EXPECT_EQ(one.subjects[i].names, other.subjects[i].names);
  }
}

// What `tally bench screening` measures at large: every way in which names are planted occurs, and
// the index loses none of the planted that the measure finds.
TEST(MadeNames, PlantedInEveryWayAreNotLostByTheIndex) {
  const MadeNames made = make_names(kPlantedEach * 400, 300, 7);
  const Index index = Index::create(made.lists).value();
  const core::names::Folder folder;
  std::map<std::string_view, std::size_t> full;
  for (const MadeNames::Planted& planted : made.planted) {
    const auto finds = [&](Search search) {
      const auto matches = index.find(folder, made.subjects[planted.subject], search).value();
      std::set<std::size_t> entries;
      for (const auto& match : matches) entries.insert(match.entry);
      return entries;
    };
    const auto all = finds(Search::AllPairs);
    EXPECT_EQ(finds(Search::ByIndex), all) << made.subjects[planted.subject].names[0];
    full[planted.change] += all.contains(planted.entry) ? 1u : 0u;
  }
  for (const std::string_view change :
       {"initial", "joined", "none", "order", "parted", "script", "spelling", "typo", "word"}) {
    EXPECT_GT(full[change], 10u) << change;
  }
}

std::vector<core::names::Name> names_in_all_scripts() {
  const core::names::Folder folder;
  const MadeNames made = make_names(0, 400, 3);
  std::vector<core::names::Name> names;
  const auto add = [&](const std::string& text, core::names::Kind kind) {
    names.push_back(core::names::read_name(folder, text, kind).value());
  };
  for (const screening::Entry& entry : made.lists[0].entries) {
    const std::string& name = entry.names[0].text;
    add(name, entry.kind);
    for (int script = 0; script < static_cast<int>(kMadeScripts); ++script) {
      add(written_in(static_cast<MadeScript>(script), name), entry.kind);
    }
  }
  return names;
}

// Neither the counts nor the changes of the consonants keep out what the measure takes for one.
TEST(Consonants, BoundTheMeasureOfNamesFarApart) {
  const auto names = names_in_all_scripts();
  std::size_t one = 0;
  std::size_t kept = 0;
  std::size_t pairs = 0;
  for (std::size_t i = 0; i < names.size(); i += 5) {
    const screening::Consonants counts(names[i]);
    const screening::Turns turns(names[i]);
    for (const core::names::Name& other : names) {
      // Written together or apart, and initials, are found by keys.
      const bool far = names[i].script != other.script && names[i].kind == other.kind &&
                       names[i].tokens.size() == other.tokens.size();
      if (!far) continue;
      ++pairs;
      const bool bound =
          counts.may_meet(screening::Consonants(other)) && turns.may_meet(screening::Turned(other));
      kept += bound ? 1u : 0u;
      if (core::names::whole_score(names[i], other) < core::names::kReviewScore) continue;
      ++one;
      EXPECT_TRUE(bound) << names[i].joined << " " << other.joined;
    }
  }
  EXPECT_GT(one, 300u);
  EXPECT_LT(kept * 50, pairs);
}

// Asked only for what may be a review, the measure says the same of all that is one.
TEST(WholeScore, IsTheSameFromTheLeastOn) {
  const auto names = names_in_all_scripts();
  constexpr int kLeast = core::names::kReviewScore;
  for (std::size_t i = 0; i < names.size(); i += 41) {
    for (const core::names::Name& other : names) {
      const int whole = core::names::whole_score(names[i], other);
      const int asked = core::names::whole_score(names[i], other, kLeast);
      EXPECT_EQ(asked >= kLeast, whole >= kLeast);
      EXPECT_TRUE(whole < kLeast || asked == whole) << names[i].joined << " " << other.joined;
    }
  }
}

}  // namespace
}  // namespace gateway::bench
