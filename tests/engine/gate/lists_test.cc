// Who was compared with the lists of names, and with which versions.

#include "engine/gate/lists.h"

#include "tests/engine/gate/gate_book.h"

namespace engine::gate {
namespace {

using tests::day;

class Lists : public GateOfABook {
 protected:
  Lists() {
    book.state.clients[client] = {client, ClientCategory::Professional, "GB"};
    Structure& added = book.state.structures[group];
    added.manager = manager;
    added.model = Model::Mam;
    added.jurisdiction = Jurisdiction::Fca;
  }
  core::Hash version(std::uint8_t number) const {
    core::Hash out;
    out.bytes[0] = number;
    return out;
  }
  std::string list(std::uint8_t number, const char* published = "2026-11-25",
                   std::uint64_t names = 5000, const char* name = "uk") {
    return give(RecordScreeningList{name, version(number), day(published), names});
  }
  std::string compare(const core::PartyId& party, std::uint8_t number, const char* name = "uk") {
    return give(RecordScreening{party, name, version(number), "names/1", {}});
  }
  // The case's end without what begin() of the fixture adds.
  std::string go_live() {
    const auto onboarding = tests::id<CaseId>(1);
    EXPECT_EQ(give(OpenCase{onboarding, world.question, {}}), "done");
    return give(GoLive{onboarding, tests::id<core::DecisionId>(1)});
  }
  std::string paid(const core::PartyId& party) const {
    const auto asked = require_payable(book.context(), party, "client");
    return asked ? "yes" : tests::outcome(asked);
  }
  std::string joins() const {
    const auto asked = authorisation(book.context(), group, client);
    return asked ? "yes" : tests::outcome(asked);
  }

  core::PartyId client = tests::client_id(2);
  core::StructureId group = tests::id<core::StructureId>(3);
};

TEST_F(Lists, WithoutAnyListNobodyBegins) {
  ASSERT_EQ(sign(), "done");
  ASSERT_EQ(decide_now(1), "done");
  EXPECT_EQ(go_live(), "Conflict/screen_first");
  ASSERT_EQ(list(1), "done");
  const GoLive live{tests::id<CaseId>(1), tests::id<core::DecisionId>(1)};
  EXPECT_EQ(give(live), "Conflict/screen_first");
  ASSERT_EQ(compare(manager, 1), "done");
  EXPECT_EQ(give(live), "done");
}

TEST_F(Lists, AClientIsComparedBeforeHeJoinsAndNotAnewForEachVersion) {
  ASSERT_EQ(sign(), "done");
  ASSERT_EQ(decide_now(1), "done");
  ASSERT_EQ(begin(1), "done");
  EXPECT_EQ(joins(), "Conflict/screen_first");
  ASSERT_EQ(list(1), "done");
  ASSERT_EQ(compare(client, 1), "done");
  EXPECT_EQ(joins(), "yes");
  ASSERT_EQ(list(2), "done");
  EXPECT_EQ(joins(), "yes");
}

TEST_F(Lists, NobodyIsPaidBeforeHeIsComparedWithTheListsAsTheyStand) {
  EXPECT_EQ(paid(client), "Conflict/screen_first");  // There is no list.
  ASSERT_EQ(list(1), "done");
  EXPECT_EQ(paid(client), "Conflict/screen_first");
  ASSERT_EQ(compare(client, 1), "done");
  EXPECT_EQ(paid(client), "yes");
  ASSERT_EQ(list(2), "done");
  EXPECT_EQ(paid(client), "Conflict/screen_first");
  ASSERT_EQ(compare(client, 2), "done");
  ASSERT_EQ(list(7, "2026-11-25", 900, "un"), "done");
  EXPECT_EQ(paid(client), "Conflict/screen_first");
  ASSERT_EQ(compare(client, 7, "un"), "done");
  EXPECT_EQ(paid(client), "yes");
  EXPECT_EQ(paid(manager), "Conflict/screen_first");
}

TEST_F(Lists, HoldersWhoAreClientsAreComparedToo) {
  ASSERT_EQ(sign(), "done");
  ASSERT_EQ(decide_now(1), "done");
  ASSERT_EQ(begin(1), "done");
  const core::PartyId holder = tests::client_id(4);
  book.state.clients[holder] = {holder, ClientCategory::Professional, "GB"};
  book.state.clients[client].holders = {holder, tests::client_id(5)};  // The second is no client.
  ASSERT_EQ(give(RecordScreening{client, "un", {}, "names/1", {}}), "done");
  EXPECT_EQ(joins(), "Conflict/screen_first");
  EXPECT_EQ(paid(client), "Conflict/screen_first");
  ASSERT_EQ(give(RecordScreening{holder, "un", {}, "names/1", {}}), "done");
  EXPECT_EQ(joins(), "yes");
  EXPECT_EQ(paid(client), "yes");
}

TEST_F(Lists, BeforeRulesBeginOnlyAHitStopsPayment) {
  book.state.gate->packs.clear();
  EXPECT_EQ(paid(client), "yes");
}

TEST_F(Lists, AnOlderVersionDoesNotTakeTheNewestsPlace) {
  ASSERT_EQ(list(1, "2026-11-25"), "done");
  EXPECT_EQ(list(2, "2026-11-24"), "Conflict/list_older");
  EXPECT_EQ(list(2, "2026-11-25"), "done");  // Twice on one day.
  EXPECT_EQ(list(3, "2020-01-01", 3, "un"), "done");
}

TEST_F(Lists, AVersionWithLessThanHalfOfTheNamesMayHaveBeenCut) {
  const auto shrunk = [&](std::uint64_t names) {
    return has_shrunk(book.state, {"uk", version(2), day("2026-11-25"), names});
  };
  EXPECT_FALSE(shrunk(1));
  ASSERT_EQ(list(1), "done");
  EXPECT_FALSE(shrunk(2500));
  EXPECT_TRUE(shrunk(2499));
  // Piece by piece is no less; what two people took counts from then on.
  ASSERT_EQ(list(3, "2026-11-25", 2600), "done");
  EXPECT_TRUE(shrunk(2400));
  ASSERT_EQ(list(4, "2026-11-25", 1000), "done");
  EXPECT_FALSE(shrunk(500));
  EXPECT_TRUE(shrunk(499));
}

}  // namespace
}  // namespace engine::gate
