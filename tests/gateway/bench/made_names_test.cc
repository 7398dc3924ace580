#include "gateway/bench/made_names.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "gateway/bench/made_scripts.h"

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

}  // namespace
}  // namespace gateway::bench
