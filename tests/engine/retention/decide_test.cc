#include "engine/retention/decide.h"

#include <gtest/gtest.h>

#include "engine/retention/standing.h"
#include "tests/support/engine_fixture.h"

namespace engine::retention {
namespace {

using tests::client_id;
using tests::id;
using tests::outcome;

const auto kHold = id<HoldId>(77);
const auto kAnna = client_id(1);
const auto kMia = client_id(2);
const auto kPool = id<core::StructureId>(50);

class RetentionCommands : public testing::Test {
 protected:
  RetentionCommands()
      : book([](State& state, const ledger::RecordView& record) {
          return tests::apply_one_of<HoldPlaced, HoldReleased, RetentionExtended,
                                     RelationshipEnded>(
              state, record, [](State& s, const auto& body, const ledger::RecordView& r) {
                return apply(s, body, r);
              });
        }) {
    book.add_client(kAnna, ClientCategory::Retail);
    book.add_manager(kMia);
    Structure& pool = book.add_structure(kPool, Model::Pamm, kMia, {});
    pool.mandates[kAnna] = {};
    pool.jurisdiction = Jurisdiction::Asic;
  }
  template <class Command>
  std::string give(const Command& command) {
    return book.commit(decide(book.context(), command));
  }
  std::size_t holds_over_subject(const core::PartyId& party) {
    return holds_over(book.state, party.bytes).size();
  }
  std::string place(const HoldId& hold, std::optional<core::PartyId> subject) {
    return give(PlaceHold{hold, subject, core::sha256({}), HoldBasis::Litigation});
  }

  tests::EngineBook book;
};

TEST_F(RetentionCommands, AHoldStandsUntilItIsReleased) {
  const auto drafts =
      decide(book.context(), PlaceHold{kHold, kAnna, core::sha256({}), HoldBasis::Regulator});
  ASSERT_EQ(outcome(drafts), "a value");
  EXPECT_EQ(drafts.value().front().subjects, std::vector{kAnna.bytes});
  EXPECT_EQ(drafts.value().front().documents, std::vector{core::sha256({})});
  EXPECT_EQ(book.commit(drafts), "done");
  EXPECT_EQ(holds_over_subject(kAnna), 1u);
  EXPECT_EQ(holds_over_subject(kMia), 0u);
  EXPECT_EQ(place(kHold, kMia), "Conflict/exists");
  const auto released = decide(book.context(), ReleaseHold{kHold});
  ASSERT_EQ(outcome(released), "a value");
  EXPECT_EQ(released.value().front().subjects, std::vector{kAnna.bytes});
  EXPECT_EQ(book.commit(released), "done");
  EXPECT_EQ(holds_over_subject(kAnna), 0u);
  EXPECT_EQ(give(ReleaseHold{kHold}), "NotFound/unknown_hold");
}

TEST_F(RetentionCommands, AHoldOnEverythingKeepsEverybody) {
  EXPECT_EQ(place(kHold, std::nullopt), "done");
  EXPECT_EQ(holds_over_subject(kAnna), 1u);
  EXPECT_EQ(holds_over_subject(client_id(999)), 1u);
}

TEST_F(RetentionCommands, AHoldOnAStructureKeepsWhoTookPartInIt) {
  EXPECT_EQ(place(kHold, core::PartyId{kPool.bytes}), "done");
  EXPECT_EQ(holds_over_subject(kAnna), 1u);
  EXPECT_EQ(holds_over_subject(kMia), 1u);
  EXPECT_EQ(holds_over_subject(client_id(999)), 0u);
}

TEST_F(RetentionCommands, AHoldIsOnSomebodyTheBookKnows) {
  EXPECT_EQ(place(kHold, client_id(999)), "NotFound/unknown_subject");
}

TEST_F(RetentionCommands, RetentionIsOnlyEverLengthened) {
  const auto extend = [&](std::uint64_t years, CountedFrom from) {
    return give(ExtendRetention{RecordClass::Report, years, from});
  };
  EXPECT_EQ(extend(0, CountedFrom::Record), "InvalidInput/retention_years");
  EXPECT_EQ(extend(101, CountedFrom::Record), "InvalidInput/retention_years");
  EXPECT_EQ(extend(8, CountedFrom::Record), "done");
  EXPECT_EQ(extend(8, CountedFrom::Record), "Conflict/retention_shorter");
  EXPECT_EQ(extend(7, CountedFrom::Record), "Conflict/retention_shorter");
  EXPECT_EQ(extend(7, CountedFrom::YearEnd), "done");
  EXPECT_EQ(extend(9, CountedFrom::Record), "done");
  const auto rules = house_rules(book.state);
  ASSERT_EQ(rules.size(), 2u);
  EXPECT_EQ(rules.back().rule.years, 9u);
  EXPECT_EQ(rules.back().origin, "house");
}

TEST_F(RetentionCommands, ARelationshipEndsWhenNothingIsOpen) {
  book.state.requests[id<core::RequestId>(5)].client = kAnna;
  EXPECT_EQ(give(EndRelationship{kAnna}), "Conflict/relationship_open");
  book.state.requests.clear();
  const core::Instant now = book.now;
  EXPECT_EQ(give(EndRelationship{kAnna}), "done");
  EXPECT_EQ(book.state.relationship_ends.at(kAnna).ended_at, now);
  EXPECT_EQ(give(EndRelationship{client_id(999)}), "NotFound/unknown_subject");
}

TEST_F(RetentionCommands, RulesAreOfTheJurisdictionsThatASubjectIsIn) {
  EXPECT_EQ(jurisdictions_of(book.state, kAnna.bytes), std::vector{Jurisdiction::Asic});
  EXPECT_EQ(jurisdictions_of(book.state, kMia.bytes), std::vector{Jurisdiction::Asic});
  EXPECT_TRUE(jurisdictions_of(book.state, client_id(999).bytes).empty());
}

}  // namespace
}  // namespace engine::retention
