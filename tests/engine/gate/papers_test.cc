#include "engine/gate/papers.h"

#include "tests/engine/gate/ruled.h"

namespace engine::gate {
namespace {

using tests::client_id;
using tests::day;

// A retail client of Cyprus in a group; 26 November 2026.
class Papers : public testing::Test {
 protected:
  Papers() : book([](State&, const ledger::RecordView&) -> core::Result<> { return core::ok(); }) {
    book.now = tests::at("2026-11-26T12:00:00Z");
    book.state.genesis.profile = "cysec";
    book.add_manager(manager);
    book.state.clients[client] = {client, ClientCategory::Retail, "CY"};
    book.add_structure(structure, Model::Mam, manager, {}).mandates[client] = {};
    book.add_decision(manager, Model::Mam, Verdict::Allow);
  }
  MandateEnds& ends() { return book.state.gate->mandate_ends[structure][client]; }
  std::string admitted() {
    const auto done = admit_money(book.context(), structure, client);
    return done ? "done" : tests::outcome(done);
  }

  void confirm_each() {
    book.state.structures.at(structure).model = Model::CopyConfirmed;
    book.add_decision(manager, Model::CopyConfirmed, Verdict::Allow);
    tests::decide_by_rules(book.state, GateModel::CopyManual);
    ends().tax_certified = true;
    give_papers();
  }
  void give_papers() { ends().papers = {"LPOA_TRADING_ONLY", "EX_ANTE_COSTS_DISCLOSURE"}; }
  void show_general_only(const char* when) {
    Evidence evidence;
    evidence.source = "capture";
    evidence.reference = "nadia";
    evidence.answered_at = tests::at(when);
    evidence.facts = {
        {"content.is_general_recommendation_only", {{"evidence", "compliance_memo"}}, {}, {}, {}}};
    book.state.gate->of_party[manager].push_back({evidence, true, 9, tests::at(when)});
  }

  core::PartyId manager = client_id(800);
  core::PartyId client = client_id(1);
  core::StructureId structure = tests::id<core::StructureId>(700);
  tests::EngineBook book;
};

TEST_F(Papers, WithoutRulesNoneIsAskedFor) {
  EXPECT_EQ(admitted(), "done");
  book.state.structures.at(structure).mandates.clear();
  EXPECT_EQ(admitted(), "Conflict/no_mandate");
}

TEST_F(Papers, AnAssessmentCountsOnItsLastDayAndNoMoreAfterIt) {
  ends().suitability = day("2026-11-26");
  EXPECT_EQ(admitted(), "done");
  ends().suitability = day("2026-11-25");
  EXPECT_EQ(admitted(), "Conflict/assessment_over");
}

TEST_F(Papers, TheRulesAskForTaxAndSuitability) {
  tests::decide_by_rules(book.state, GateModel::Mam);
  give_papers();
  EXPECT_EQ(admitted(), "Conflict/paper_missing");
  ends().tax_certified = true;
  EXPECT_EQ(admitted(), "Conflict/paper_missing");
  ends().suitability = day("2027-11-26");
  ends().assessed = SuitabilityResult::Warned;
  EXPECT_EQ(admitted(), "Conflict/paper_missing");
  ends().assessed = SuitabilityResult::Appropriate;
  EXPECT_EQ(admitted(), "Conflict/paper_missing");
  ends().assessed = SuitabilityResult::Suitable;
  EXPECT_EQ(admitted(), "done");
  ends().tax_certified = false;
  EXPECT_EQ(admitted(), "Conflict/paper_missing");
}

// Copying that the client confirms each time asks for appropriateness, if nobody advises him.
TEST_F(Papers, AWarnedClientMayGoOnWhereAppropriatenessIsEnough) {
  confirm_each();
  show_general_only("2026-11-25T12:00:00Z");
  EXPECT_EQ(admitted(), "Conflict/paper_missing");
  ends().assessed = SuitabilityResult::Warned;
  EXPECT_EQ(admitted(), "done");
}

TEST_F(Papers, WhoMayBeAdvisedPersonallyIsAskedForSuitability) {
  confirm_each();
  ends().assessed = SuitabilityResult::Appropriate;
  EXPECT_EQ(admitted(), "Conflict/paper_missing");
  show_general_only("2026-01-01T12:00:00Z");  // Too old to count.
  EXPECT_EQ(admitted(), "Conflict/paper_missing");
  show_general_only("2026-11-25T12:00:00Z");
  EXPECT_EQ(admitted(), "done");
  book.state.gate->of_party.clear();
  ends().assessed = SuitabilityResult::Suitable;
  EXPECT_EQ(admitted(), "done");
}

TEST_F(Papers, OfAProfessionalAppropriatenessIsPresumed) {
  confirm_each();
  show_general_only("2026-11-25T12:00:00Z");
  book.state.clients.at(client).category = ClientCategory::Professional;
  EXPECT_EQ(admitted(), "done");
}

TEST_F(Papers, AnotherModelsRulesAskForNothingHere) {
  tests::decide_by_rules(book.state, GateModel::CopyManual);
  EXPECT_EQ(admitted(), "done");
}

TEST_F(Papers, EachOtherPaperOfTheClientsIsAskedForByItsCode) {
  tests::decide_by_rules(book.state, GateModel::Mam);
  ends().tax_certified = true;
  ends().assessed = SuitabilityResult::Suitable;
  EXPECT_EQ(admitted(), "Conflict/paper_missing");
  give_papers();
  EXPECT_EQ(admitted(), "done");
  for (const std::string& code : std::vector(ends().papers)) {
    give_papers();
    std::erase(ends().papers, code);
    EXPECT_EQ(admitted(), "Conflict/paper_missing") << code;
  }
}

TEST_F(Papers, TheManagersOwnMoneyNeedsNone) {
  tests::decide_by_rules(book.state, GateModel::Mam);
  book.state.structures.at(structure).manager_client = client;
  EXPECT_EQ(admitted(), "done");
}

}  // namespace
}  // namespace engine::gate
