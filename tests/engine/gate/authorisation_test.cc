// What a decision opens: for which model, as long as which rules, after which steps, for whom and
// for what.

#include "engine/gate/authorisation.h"

#include "engine/gate/queue.h"
#include "engine/lookup.h"
#include "tests/engine/gate/gate_book.h"

namespace engine::gate {
namespace {

using tests::at;
using tests::day;
using tests::first_pack;
using tests::outcome;

class WhatADecisionOpens : public GateOfABook {
 protected:
  WhatADecisionOpens() {
    book.state.clients[client] = {client, ClientCategory::Professional, "GB"};
    Structure& added = book.state.structures[group];
    added.manager = manager;
    added.model = Model::Mam;
    added.jurisdiction = Jurisdiction::Fca;
    book.state.gate->screenings[client]["un"] = {};  // Nobody there is like him.
  }
  // All is there, and the manager has begun.
  void let_in() {
    EXPECT_EQ(sign(), "done");
    EXPECT_EQ(decide_now(1), "done");
    EXPECT_EQ(begin(1), "done");
  }
  std::string adopt(std::uint64_t version, std::string_view from) {
    RulePack next = first_pack();
    next.version = version;
    next.from = day(from);
    return give(AdoptRulePack{next});
  }
  std::string list() { return give(RecordScreeningList{"uk", {}, day("2026-11-25"), 5000}); }
  std::string found(const core::PartyId& party, std::vector<ScreeningCandidate> candidates) {
    return give(RecordScreening{party, "uk", {}, "names/1", std::move(candidates)});
  }
  std::string release(const core::PartyId& party, const std::string& entry) {
    return give(ReleaseCandidate{party, "uk", entry, {}});
  }
  // Whether a client may join, with the place of the refusal.
  std::string joins() const {
    const auto asked = authorisation(book.context(), group, client);
    return asked ? "yes" : outcome(asked) + " " + asked.error().at;
  }

  core::PartyId client = tests::client_id(2);
  core::StructureId group = tests::id<core::StructureId>(3);
};

// --- For which model ---

TEST_F(WhatADecisionOpens, APoolInLawAndSharesOverClientsAccountsAreAnsweredApart) {
  rules_say(1, GateModel::PammSegregated, Verdict::Allow);
  EXPECT_EQ(in_force(GateModel::PammSegregated), 1u);
  EXPECT_EQ(in_force(GateModel::PammPooled), 0u);
  rules_say(2, GateModel::PammPooled, Verdict::Block);
  EXPECT_EQ(in_force(GateModel::PammSegregated), 1u);
  rules_say(3, GateModel::PammPooled, Verdict::Allow);
  rules_say(4, GateModel::PammSegregated, Verdict::Block);
  EXPECT_EQ(in_force(GateModel::PammSegregated), 0u);
  EXPECT_EQ(in_force(GateModel::PammPooled), 3u);
}

TEST_F(WhatADecisionOpens, PeopleBlockBothKindsOfPoolsUntilTheRulesDecideAgain) {
  rules_say(1, GateModel::PammSegregated, Verdict::Allow);
  rules_say(2, GateModel::PammPooled, Verdict::Allow);
  people_say(3, Model::Pamm, Verdict::Block);
  EXPECT_EQ(in_force(GateModel::PammSegregated), 0u);
  EXPECT_EQ(in_force(GateModel::PammPooled), 0u);
  rules_say(4, GateModel::PammSegregated, Verdict::Allow);
  EXPECT_EQ(in_force(GateModel::PammSegregated), 4u);
  EXPECT_EQ(in_force(GateModel::PammPooled), 0u);
}

TEST_F(WhatADecisionOpens, WithoutRulesAnAllowByPeopleIsForEitherKind) {
  book.state.gate->packs.clear();
  people_say(1, Model::Pamm, Verdict::Allow);
  EXPECT_EQ(in_force(GateModel::PammSegregated), 1u);
  EXPECT_EQ(in_force(GateModel::PammPooled), 1u);
  EXPECT_EQ(in_force(GateModel::Mam), 0u);
}

// The pack counts from 22 November 2026 on.
TEST_F(WhatADecisionOpens, AnAllowByPeopleEndsOnTheFirstDayOfTheRules) {
  people_say(1, Model::Mam, Verdict::Allow);
  book.now = at("2026-11-21T23:59:59Z");
  EXPECT_FALSE(rules_have_begun(book.state, book.now));
  EXPECT_EQ(in_force(GateModel::Mam), 1u);
  book.now = at("2026-11-22T00:00:00Z");
  EXPECT_TRUE(rules_have_begun(book.state, book.now));
  EXPECT_EQ(in_force(GateModel::Mam), 0u);
}

// --- As long as which rules ---

TEST_F(WhatADecisionOpens, AnAllowEndsWithTheRulesItWasMadeBy) {
  let_in();
  EXPECT_EQ(adopt(2, "2026-11-28"), "done");
  book.now = at("2026-11-27T23:59:59Z");
  EXPECT_EQ(authorised(), "allowed");
  book.now = at("2026-11-28T00:00:00Z");
  EXPECT_EQ(authorised(), "Conflict/not_authorised");
  // By the new rules, whose cells nobody has signed.
  EXPECT_EQ(decide_now(2), "done");
  EXPECT_EQ(book.last<AuthorisationDecided>().front().answer.verdict, Verdict::Counsel);
}

TEST_F(WhatADecisionOpens, RulesThatCountAtOnceEndItAtOnce) {
  let_in();
  EXPECT_EQ(adopt(2, "2026-11-01"), "done");
  EXPECT_EQ(authorised(), "Conflict/not_authorised");
}

TEST_F(WhatADecisionOpens, TheNextRulesThatAreKnownBoundWhatIsDecidedBefore) {
  EXPECT_EQ(sign(), "done");
  EXPECT_EQ(adopt(2, "2026-11-28"), "done");
  EXPECT_EQ(decide_now(1), "done");
  const GateAnswer& said = book.last<AuthorisationDecided>().front().answer;
  EXPECT_EQ(said.verdict, Verdict::Allow);
  EXPECT_EQ(core::to_string(*said.valid_until), "2026-11-28T00:00:00.000000Z");
}

// --- After which steps ---

TEST_F(WhatADecisionOpens, NothingOpensBeforeTheCaseOnItsQuestionIsLive) {
  EXPECT_EQ(sign(), "done");
  EXPECT_EQ(decide_now(1), "done");
  EXPECT_EQ(in_force(GateModel::Mam), 1u);
  EXPECT_EQ(authorised(), "Conflict/not_authorised");
  EXPECT_EQ(begin(1), "done");
  EXPECT_EQ(authorised(), "allowed");
  // Decided again on the same question in another order: the case has gone live.
  std::ranges::reverse(world.question.instruments);
  EXPECT_EQ(decide_now(2), "done");
  EXPECT_EQ(authorised(), "allowed");
  // Another question is another case.
  world.question.instruments.pop_back();
  EXPECT_EQ(decide_now(3), "done");
  EXPECT_EQ(authorised(), "Conflict/not_authorised");
  EXPECT_EQ(begin(3), "done");
  EXPECT_EQ(authorised(), "allowed");
}

TEST_F(WhatADecisionOpens, NobodyBeginsBeforeHeWasScreenedAndReleased) {
  EXPECT_EQ(sign(), "done");
  EXPECT_EQ(decide_now(1), "done");
  EXPECT_EQ(list(), "done");
  EXPECT_EQ(begin(1), "Conflict/screen_first");
  const auto next = [&] { return queue(book.state, book.now).front().next; };
  EXPECT_EQ(next(), NextStep::Collect);
  const auto goes = [&] {
    return give(GoLive{tests::id<CaseId>(1), tests::id<core::DecisionId>(1)});
  };
  EXPECT_EQ(found(manager, {{"A", {}, 750, false, false}}), "done");
  EXPECT_EQ(goes(), "Conflict/not_authorised");
  EXPECT_EQ(release(manager, "A"), "done");
  EXPECT_EQ(next(), NextStep::GoLive);
  EXPECT_EQ(give(SuspendManager{manager, {}}), "done");
  EXPECT_EQ(next(), NextStep::LiftSuspension);
  EXPECT_EQ(goes(), "Conflict/not_authorised");
  EXPECT_EQ(give(LiftSuspension{manager, {}}), "done");
  EXPECT_EQ(goes(), "done");
}

TEST_F(WhatADecisionOpens, WhatIsFoundOfTheManagerLaterShutsTheGate) {
  let_in();
  EXPECT_EQ(list(), "done");
  EXPECT_EQ(authorised(), "allowed");  // Only beginning waits for the newest version.
  EXPECT_EQ(found(manager, {{"A", {}, 750, false, false}, {"B", {}, 950, false, false}}), "done");
  EXPECT_EQ(authorised(), "Conflict/not_authorised");
  EXPECT_EQ(release(manager, "B"), "done");
  EXPECT_EQ(authorised(), "Conflict/not_authorised");
  EXPECT_EQ(release(manager, "A"), "done");
  EXPECT_EQ(authorised(), "allowed");
}

// --- For whom and for what ---

TEST_F(WhatADecisionOpens, ClientsAreOfTheScopeAndReleased) {
  let_in();
  EXPECT_EQ(joins(), "yes");
  book.state.clients[client].residence = "FR";
  EXPECT_EQ(joins(), "Conflict/not_authorised manager");
  book.state.clients[client].residence = "GB";
  book.state.clients[client].category = ClientCategory::Retail;
  EXPECT_EQ(joins(), "Conflict/not_authorised manager");
  book.state.clients[client].category = ClientCategory::Professional;
  EXPECT_EQ(list(), "done");
  EXPECT_EQ(found(client, {{"A", {}, 700, false, false}}), "done");
  EXPECT_EQ(joins(), "Conflict/not_authorised client");
  EXPECT_EQ(release(client, "A"), "done");
  EXPECT_EQ(joins(), "yes");
  // A holder who is a client himself.
  const auto holder = tests::client_id(7);
  book.state.clients[holder] = {holder, ClientCategory::Retail, "GB"};
  book.state.clients[client].holders = {holder};
  EXPECT_EQ(found(holder, {{"A", {}, 990, false, false}}), "done");
  EXPECT_EQ(joins(), "Conflict/not_authorised client");
}

TEST_F(WhatADecisionOpens, InstrumentsAreThoseThatWereAskedFor) {
  let_in();  // cfd and fx_rolling_spot.
  const auto decision = tests::id<core::DecisionId>(1);
  ContractVersion contract;
  const auto may = [&](const ContractVersion* one) {
    return outcome(require_product(book.state, decision, one));
  };
  EXPECT_EQ(may(nullptr), "Conflict/not_authorised");
  EXPECT_EQ(may(&contract), "Conflict/not_authorised");
  contract.spec.product = GateInstrument::SpreadBet;
  EXPECT_EQ(may(&contract), "Conflict/not_authorised");
  contract.spec.product = GateInstrument::Cfd;
  EXPECT_EQ(may(&contract), "a value");
  // Whoever asked for all needs no word on each; nor does a decision by people.
  world.question.instruments.push_back(GateInstrument::SpreadBet);
  rules_say(2, GateModel::Mam, Verdict::Allow);
  EXPECT_EQ(outcome(require_product(book.state, tests::id<core::DecisionId>(2), nullptr)),
            "a value");
  people_say(3, Model::Mam, Verdict::Allow);
  EXPECT_EQ(outcome(require_product(book.state, tests::id<core::DecisionId>(3), nullptr)),
            "a value");
}

// Ruling 2: a citizenship or a payment from elsewhere is another question.
TEST_F(WhatADecisionOpens, AClientsOtherCountriesMustHaveBeenAskedFor) {
  let_in();
  EXPECT_EQ(joins(), "yes");
  book.state.clients[client].other_countries = {"FR"};
  EXPECT_EQ(joins(), "Conflict/not_authorised manager");
  book.state.clients[client].other_countries = {"GB"};  // Where clients of his live.
  EXPECT_EQ(joins(), "yes");
}

TEST_F(WhatADecisionOpens, NothingIsPaidToWhomAListNames) {
  const auto paid = [&] { return outcome(require_payable(book.context(), client, "client")); };
  EXPECT_EQ(list(), "done");
  EXPECT_EQ(found(client, {{"A", {}, 899, false, false}}), "done");
  EXPECT_EQ(paid(), "a value");  // A likeness alone freezes nothing.
  EXPECT_EQ(found(client, {{"A", {}, 900, false, false}}), "done");
  EXPECT_EQ(paid(), "Conflict/screening_hit");
  EXPECT_EQ(release(client, "A"), "done");
  EXPECT_EQ(paid(), "a value");
}

// --- Appeals ---

TEST_F(WhatADecisionOpens, AnAppealIsAgainstADecisionOnTheSameQuestionThatWasAppealed) {
  EXPECT_EQ(decide_now(1), "done");
  const auto decide_appeal = [&](std::uint64_t number, std::uint64_t against) {
    return give(DecideAuthorisation{tests::id<core::DecisionId>(number), world.question,
                                    tests::id<core::DecisionId>(against)});
  };
  people_say(2, Model::Mam, Verdict::Block);
  EXPECT_EQ(decide_appeal(3, 2), "NotFound/unknown_decision");
  EXPECT_EQ(decide_appeal(3, 9), "NotFound/unknown_decision");
  EXPECT_EQ(decide_appeal(3, 1), "Conflict/not_appealed");
  EXPECT_EQ(give(AppealDecision{tests::id<core::DecisionId>(1), {}}), "done");
  const auto asked = world.question;
  world.question.residences = {"GB", "FR"};
  EXPECT_EQ(decide_appeal(3, 1), "Conflict/wrong_decision");
  world.question = asked;
  EXPECT_EQ(decide_appeal(3, 1), "Conflict/no_new_evidence");
  // What says the same again is no news.
  Evidence again = world.known.of_firm.front().evidence;
  bring(true, again);
  EXPECT_EQ(decide_appeal(3, 1), "Conflict/no_new_evidence");
  see_nothing_in_a_list();
  EXPECT_EQ(decide_appeal(3, 1), "Conflict/no_new_evidence");
  again.facts.push_back({"fca.name", {{"name", "KESTREL"}}, {}, {}, {}});
  bring(true, again);
  EXPECT_EQ(decide_appeal(3, 1), "done");
}

}  // namespace
}  // namespace engine::gate
