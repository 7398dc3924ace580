#pragma once

#include <set>
#include <string>

#include "engine/gate/authorisation.h"
#include "engine/gate/cases.h"
#include "engine/gate/decide.h"
#include "engine/gate/decision.h"
#include "engine/gate/lists.h"
#include "engine/gate/screening.h"
#include "tests/engine/gate/gate_world.h"

namespace engine::gate {

// A book of a firm in London with the first pack, its manager, and all that the cell of MAM for
// professional clients asks for. Nobody has signed.
class GateOfABook : public testing::Test {
 protected:
  GateOfABook()
      : book([](State& state, const ledger::RecordView& record) {
          return tests::apply_one_of<RulePackAdopted, CellSignedOff, CountriesExcluded,
                                     EvidenceRecorded, AuthorisationDecided, ManagerSuspended,
                                     SuspensionLifted, DecisionAppealed, CaseOpened,
                                     InformationRequested, InformationAnswered, CaseWentLive,
                                     CaseDeclined, ExpiryAlerted, RecheckDue, ScreeningListRecorded,
                                     ScreeningRecorded, CandidateReleased>(
              state, record, [](State& s, const auto& body, const ledger::RecordView& r) {
                gate::apply(s, body, r);
                return core::ok();
              });
        }) {
    book.now = tests::at("2026-11-26T12:00:00Z");
    book.state.genesis.profile = "fca";
    book.state.managers[manager] = {manager, "GB"};
    EXPECT_EQ(give(AdoptRulePack{tests::first_pack()}), "done");
    for (const auto* all : {&world.known.of_manager, &world.known.of_firm}) {
      for (const HeldEvidence& held : *all) bring(all == &world.known.of_firm, held.evidence);
    }
  }
  template <class Command>
  std::string give(const Command& command) {
    return book.commit(decide(book.context(), command));
  }
  void bring(bool is_firm, Evidence evidence) {
    const auto party = is_firm ? std::nullopt : std::optional(manager);
    if (evidence.source == "capture") {
      EXPECT_EQ(give(RecordEvidence{party, evidence}), "InvalidInput/needs_reviewer");
      EXPECT_EQ(give(RecordCapture{party, evidence}), "InvalidInput/evidence");
      evidence.expires = tests::day("2027-01-20");
      EXPECT_EQ(give(RecordCapture{party, evidence}), "done");
    } else {
      EXPECT_EQ(give(RecordEvidence{party, evidence}), "done");
    }
  }
  std::string sign(bool demo = false) {
    return give(SignOffCell{hash_of(tests::first_pack()),
                            "UK_FCA.MAM.PROFESSIONAL",
                            tests::client_id(8),
                            {},
                            tests::day("2027-06-30"),
                            demo});
  }
  std::string decide_now(std::uint64_t number) {
    return give(DecideAuthorisation{tests::id<core::DecisionId>(number), world.question, {}});
  }
  // The case on the world's question, until its end by a decision.
  std::string begin(std::uint64_t number) {
    if (book.state.gate->lists.empty()) see_nothing_in_a_list();
    const auto onboarding = tests::id<CaseId>(number);
    EXPECT_EQ(give(OpenCase{onboarding, world.question, {}}), "done");
    return give(GoLive{onboarding, tests::id<core::DecisionId>(number)});
  }
  // The manager is compared with a list, and nobody there is like him.
  void see_nothing_in_a_list() {
    EXPECT_EQ(give(RecordScreeningList{"un", {}, tests::day("2026-11-25"), 900}), "done");
    EXPECT_EQ(give(RecordScreening{manager, "un", {}, "names/1", {}}), "done");
  }
  // A decision by the first pack, whatever the evidence says.
  void rules_say(std::uint64_t number, GateModel model, Verdict verdict) {
    AuthorisationDecided decided;
    decided.decision = tests::id<core::DecisionId>(number);
    decided.question = world.question;
    decided.question.model = model;
    decided.answer.verdict = verdict;
    decided.answer.as_of = book.now;
    decided.answer.pack = hash_of(tests::first_pack());
    Effects effects(book.now);
    effects.add(decided, {}, {});
    EXPECT_EQ(book.commit(effects.take()), "done");
  }
  void people_say(std::uint64_t number, Model model, Verdict verdict) {
    keep_decision(book.state, {tests::id<core::DecisionId>(number),
                               manager,
                               model,
                               Jurisdiction::Fca,
                               verdict,
                               {0},
                               core::kInstantMax,
                               {}});
  }
  // Of the decisions in force, by its number; 0: none.
  std::uint64_t in_force(GateModel model) const {
    const auto found = decision_in_force(book.state, book.now, manager, model, Jurisdiction::Fca);
    return found ? found.value().bytes.back() : 0;
  }
  std::string authorised() const {
    const auto found = authorisation(book.context(), manager, GateModel::Mam, Jurisdiction::Fca);
    return found ? "allowed" : tests::outcome(found);
  }

  core::PartyId manager = tests::client_id(1);
  tests::GateWorld world = tests::satisfied("UK_FCA.MAM.PROFESSIONAL");
  tests::EngineBook book;
};

}  // namespace engine::gate
