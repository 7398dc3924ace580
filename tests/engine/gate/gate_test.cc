// What meets a fact and what does not, what a pack may not be, and what counts in a book.

#include "engine/gate/authorisation.h"
#include "engine/gate/cases.h"
#include "engine/gate/decide.h"
#include "engine/gate/facts.h"
#include "engine/gate/replay.h"
#include "tests/engine/gate/gate_world.h"

namespace engine::gate {
namespace {

using tests::at;
using tests::day;
using tests::first_pack;
using tests::GateWorld;
using tests::outcome;

// --- Facts ---

class Facts : public testing::Test {
 protected:
  Facts() {
    permission.source = "fca";
    permission.reference = "122702";
    permission.answered_at = at("2026-11-25T12:00:00Z");
    permission.facts = {{"fca.permission",
                         {{"activity", "Managing investments"},
                          {"firm_status", "Authorised"},
                          {"investment_type", "Rolling spot forex contract"}},
                         {},
                         {},
                         {}}};
    need = {"fca.permission",
            {},
            {{"activity", FactOperator::Is, {"Managing investments"}, {}},
             {"firm_status", FactOperator::Is, {"Authorised"}, {}},
             {"investment_type",
              FactOperator::Each,
              {},
              {{GateInstrument::FxRollingSpot, {"Rolling spot forex contract"}},
               {GateInstrument::Cfd, {"Contract for Differences"}}}}},
            {}};
  }
  void hold(Evidence evidence, std::uint64_t seq = 1) {
    held.push_back({std::move(evidence), false, seq, at("2026-11-25T13:00:00Z")});
  }
  std::string find(std::string_view as_of = "2026-11-26T12:00:00Z") {
    const Found found = find_fact(held, need, {at(as_of), ages, instruments, residence});
    return found.lack ? std::string(slug_of(*found.lack))
                      : "until " + core::to_string(*found.until);
  }

  Evidence permission;
  FactNeed need;
  std::vector<HeldEvidence> held;
  std::vector<SourceAge> ages{{"fca", 7}, {"capture", 180}};
  std::vector<GateInstrument> instruments{GateInstrument::FxRollingSpot};
  std::string residence = "GB";
};

TEST_F(Facts, AFreshFullAnswerMeetsANeedUntilItIsTooOld) {
  hold(permission);
  EXPECT_EQ(find(), "until 2026-12-02T12:00:00.000000Z");
  EXPECT_EQ(find("2026-12-02T11:59:59Z"), "until 2026-12-02T12:00:00.000000Z");
  EXPECT_EQ(find("2026-12-02T12:00:00Z"), "stale");
}

TEST_F(Facts, EveryInstrumentMustBeNamedInFull) {
  instruments = {GateInstrument::FxRollingSpot, GateInstrument::Cfd};
  hold(permission);
  EXPECT_EQ(find(), "not_shown");
  instruments = {GateInstrument::FxRollingSpot};
  held.front().evidence.facts.front().values[2].value =
      "Future (excluding a commodity future and a rolling spot forex contract)";
  EXPECT_EQ(find(), "not_shown");
}

TEST_F(Facts, NotFoundCouldNotAskAndIncompleteAreToldApart) {
  EXPECT_EQ(find(), "no_evidence");
  permission.coverage = Coverage::Partial;
  hold(permission);
  EXPECT_EQ(find(), "incomplete");
  held.front().evidence.coverage = Coverage::Complete;
  held.front().evidence.facts.clear();
  held.front().evidence.asked = Asked::NotFound;
  EXPECT_EQ(find(), "not_found");
  held.front().evidence.asked = Asked::CouldNotAsk;
  EXPECT_EQ(find(), "could_not_ask");
}

TEST_F(Facts, ALaterFailedCallTakesAnAnswerAway) {
  hold(permission, 1);
  permission.answered_at = at("2026-11-26T08:00:00Z");
  permission.facts.clear();
  permission.asked = Asked::CouldNotAsk;
  hold(permission, 2);
  EXPECT_EQ(find(), "could_not_ask");
  EXPECT_EQ(find("2026-11-26T07:00:00Z"), "until 2026-12-02T12:00:00.000000Z");
}

TEST_F(Facts, ALaterAnswerCountsForWhatItDates) {
  hold(permission);
  EXPECT_EQ(find("2026-06-01T00:00:00Z"), "unknown_as_at");
  held.front().evidence.facts.front().from = day("2026-01-01");
  EXPECT_EQ(find("2026-06-01T00:00:00Z"), "until 2026-12-02T12:00:00.000000Z");
  EXPECT_EQ(find("2025-12-31T00:00:00Z"), "ended");
  held.front().evidence.facts.front().to = day("2026-11-25");
  EXPECT_EQ(find(), "ended");
}

TEST_F(Facts, ExpiredAndUnclearWordsMeetNothing) {
  permission.expires = day("2026-11-26");
  hold(permission);
  EXPECT_EQ(find(), "until 2026-11-27T00:00:00.000000Z");
  EXPECT_EQ(find("2026-11-27T00:00:00Z"), "expired");
  held.front().evidence.facts.front().residue = "save as agreed";
  EXPECT_EQ(find(), "not_understood");
}

TEST_F(Facts, TwoSourcesThatDifferAreContradictory) {
  hold(permission, 1);
  permission.source = "capture";
  permission.facts.front().values[1].value = "No longer authorised";
  hold(permission, 2);
  EXPECT_EQ(find(), "contradictory");
}

TEST_F(Facts, AHedgingRestrictionFailsASpeculativeMandate) {
  need = {"asic.afsl.limb", {}, {{"restriction", FactOperator::Lacks, {"hedging"}, {}}}, {}};
  permission.source = "capture";
  permission.facts = {{"asic.afsl.limb", {{"restriction", "For Hedging only"}}, {}, {}, {}}};
  hold(permission);
  EXPECT_EQ(find(), "not_shown");
}

TEST_F(Facts, WhatStandsAgainstSomebodyStaysUntilAFullAnswerLacksIt) {
  need = {"asic.banned_person", {}, {}, {}};
  permission.source = "asic";
  permission.coverage = Coverage::Partial;
  permission.answered_at = at("2020-01-01T00:00:00Z");
  permission.facts = {{"asic.banned_person", {}, {}, {}, "and others"}};
  hold(permission, 1);
  const Asking asking{at("2026-11-26T12:00:00Z"), ages, instruments, residence};
  EXPECT_FALSE(find_adverse(held, need, asking).lack);
  permission.answered_at = at("2026-11-26T08:00:00Z");
  permission.facts.clear();
  hold(permission, 2);  // Partial: it proves nothing.
  EXPECT_FALSE(find_adverse(held, need, asking).lack);
  permission.coverage = Coverage::Complete;
  hold(permission, 3);
  EXPECT_TRUE(find_adverse(held, need, asking).lack);
}

// --- Packs ---

std::string checked(const std::function<void(RulePack&)>& spoil) {
  RulePack pack = first_pack();
  spoil(pack);
  return outcome(check_pack(pack));
}

TEST(Pack, WhatItCannotBeIsRefused) {
  const auto bad = "InvalidInput/rule_pack";
  EXPECT_EQ(checked([](RulePack&) {}), "a value");
  EXPECT_EQ(checked([](RulePack& p) { p.cells.pop_back(); }), bad);
  EXPECT_EQ(checked([](RulePack& p) { p.cells.push_back(p.cells.front()); }), bad);
  EXPECT_EQ(checked([](RulePack& p) { p.cells.front().sources.clear(); }), bad);
  EXPECT_EQ(checked([](RulePack& p) { p.cells.front().sources = {"s99"}; }), bad);
  EXPECT_EQ(checked([](RulePack& p) { p.cells.front().until = tests::day("2027-01-01"); }), bad);
  EXPECT_EQ(checked([](RulePack& p) { p.cells.front().manager_requires = "nothing"; }), bad);
  EXPECT_EQ(checked([](RulePack& p) { p.requirements.front().need->fact = "fca.licence"; }), bad);
  EXPECT_EQ(checked([](RulePack& p) { p.requirements.front().all_of = {"eu.entity_mif"}; }), bad);
  EXPECT_EQ(checked([](RulePack& p) { p.jurisdictions.front().countries.push_back("GB"); }), bad);
  EXPECT_EQ(checked([](RulePack& p) { p.ages.front().days_max = 0; }), bad);
}

TEST(Pack, ACellMayChangeOnADayWithoutAGapAndWithoutOverlapping) {
  const auto split = [](std::string_view until, std::string_view from) {
    return checked([&](RulePack& pack) {
      RuleCell second = pack.cells.front();
      pack.cells.front().until = day(until);
      second.from = day(from);
      pack.cells.push_back(second);
    });
  };
  EXPECT_EQ(split("2026-12-31", "2027-01-01"), "a value");
  EXPECT_EQ(split("2026-12-31", "2026-12-31"), "InvalidInput/rule_pack");
  EXPECT_EQ(split("2026-12-31", "2027-01-02"), "InvalidInput/rule_pack");
}

TEST(Pack, AnUnknownOperatorAndAnUnknownFieldAreRefusedInTheFile) {
  auto text = core::read_file("jurisdictions/rule_packs/2026-11-22.json").value();
  const auto load = [](const std::string& json) {
    return outcome(core::from_json<RulePack>(core::json::parse(json).value(), nullptr));
  };
  EXPECT_EQ(load(text), "a value");
  std::string other = text;
  other.replace(other.find("\"residence\""), 11, "\"resembles\"");
  EXPECT_EQ(load(other), "InvalidInput/unknown_choice");
  other = text;
  other.replace(other.find("\"status\""), 8, "\"statute\"");
  EXPECT_NE(load(other), "a value");
}

// --- Decisions ---

GateWorld satisfied(std::string_view id) {
  const RuleCell& cell = tests::cell_of(id);
  GateWorld world(cell);
  const auto managers = tests::ways(first_pack(), cell.manager_requires);
  const auto brokers = tests::ways(first_pack(), cell.broker_requires);
  for (const FactNeed& need : managers.front()) {
    world.bring(need, Holder::Manager);
  }
  for (const FactNeed& need : brokers.front()) {
    world.bring(need, Holder::Broker);
  }
  return world;
}

TEST(Decision, WhoLivesElsewhereIsForCounselAndWhoIsBlockedIsBlocked) {
  GateWorld world = satisfied("UK_FCA.MAM.PROFESSIONAL");
  EXPECT_EQ(world.verdict(), Verdict::Allow) << GateWorld::said(world.answer());
  world.question.other_countries = {"FR"};
  EXPECT_EQ(world.verdict(), Verdict::Refer);
  world.question.other_countries = {"US"};
  EXPECT_EQ(world.verdict(), Verdict::Block);
  world.question.other_countries.clear();
  world.question.residences = {"GB", "CH"};
  EXPECT_EQ(world.verdict(), Verdict::Counsel);
  world.known.excluded = {"CH"};
  EXPECT_EQ(world.verdict(), Verdict::Block);
}

TEST(Decision, AMissingPaperIsAConditionWithAnOwnerAndADay) {
  GateWorld world = satisfied("UK_FCA.MAM.PROFESSIONAL");
  world.known.of_manager.erase(world.known.of_manager.begin());  // KYC_CDD_FILE.
  const GateAnswer answer = world.answer();
  EXPECT_EQ(answer.verdict, Verdict::Conditions);
  ASSERT_EQ(answer.conditions.size(), 1u);
  EXPECT_EQ(answer.conditions.front().paper, "KYC_CDD_FILE");
  EXPECT_EQ(answer.conditions.front().owner, "broker");
  EXPECT_EQ(core::to_string(answer.conditions.front().due), "2026-12-26");
}

TEST(Decision, AnAllowEndsWithTheFirstThingItRestsOn) {
  const GateWorld world = satisfied("UK_FCA.MAM.PROFESSIONAL");
  // The register's answer of 25 November is good for seven days.
  EXPECT_EQ(core::to_string(*world.answer().valid_until), "2026-12-02T12:00:00.000000Z");
}

TEST(Decision, TheStrictestCategoryAndItsLimitsCount) {
  GateWorld world = satisfied("UK_FCA.PAMM_POOLED.PROFESSIONAL");
  EXPECT_EQ(world.verdict(), Verdict::Counsel);
  world.question.categories.push_back(ClientCategory::Retail);
  const GateAnswer answer = world.answer();
  EXPECT_EQ(answer.verdict, Verdict::Block);
  ASSERT_TRUE(answer.limits);
  EXPECT_TRUE(answer.limits->crypto_derivatives_banned);
}

TEST(Decision, WhatIsForbiddenBlocksWhateverLicencesThereAre) {
  GateWorld world = satisfied("UK_FCA.MAM.PROFESSIONAL");
  world.known.of_manager.push_back(world.hold(
      world.evidence({"gate.forbidden", {{"code", "LPOA_WITH_WITHDRAWAL_POWER"}}, {}, {}, {}})));
  EXPECT_EQ(world.verdict(), Verdict::Block);
}

// --- In a book ---

class GateOfABook : public testing::Test {
 protected:
  GateOfABook()
      : book([](State& state, const ledger::RecordView& record) {
          return tests::apply_one_of<RulePackAdopted, CellSignedOff, CountriesExcluded,
                                     EvidenceRecorded, AuthorisationDecided, ManagerSuspended,
                                     SuspensionLifted, DecisionAppealed, CaseOpened,
                                     InformationRequested, InformationAnswered, CaseWentLive,
                                     CaseDeclined, ExpiryAlerted>(
              state, record, [](State& s, const auto& body, const ledger::RecordView& r) {
                gate::apply(s, body, r);
                return core::ok();
              });
        }) {
    book.now = at("2026-11-26T12:00:00Z");
    book.state.genesis.profile = "fca";
    book.state.managers[manager] = {manager, "GB"};
    EXPECT_EQ(give(AdoptRulePack{first_pack()}), "done");
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
      evidence.expires = day("2027-01-20");
      EXPECT_EQ(give(RecordCapture{party, evidence}), "done");
    } else {
      EXPECT_EQ(give(RecordEvidence{party, evidence}), "done");
    }
  }
  std::string sign(bool demo = false) {
    return give(SignOffCell{hash_of(first_pack()),
                            "UK_FCA.MAM.PROFESSIONAL",
                            tests::client_id(8),
                            {},
                            day("2027-06-30"),
                            demo});
  }
  std::string decide_now(std::uint64_t number) {
    return give(DecideAuthorisation{tests::id<core::DecisionId>(number), world.question, {}});
  }
  std::string authorised() const {
    const auto found = authorisation(book.context(), manager, Model::Mam, Jurisdiction::Fca);
    return found ? "allowed" : outcome(found);
  }

  core::PartyId manager = tests::client_id(1);
  GateWorld world = satisfied("UK_FCA.MAM.PROFESSIONAL");
  tests::EngineBook book;
};

TEST_F(GateOfABook, ASignedCellAndAllFactsOpenTheGateUntilTheyLapse) {
  EXPECT_EQ(decide_now(1), "done");
  EXPECT_EQ(book.last<AuthorisationDecided>().front().answer.verdict, Verdict::Counsel);
  EXPECT_EQ(authorised(), "Conflict/not_authorised");
  EXPECT_EQ(sign(true), "Conflict/demo_only");
  EXPECT_EQ(sign(), "done");
  EXPECT_EQ(decide_now(1), "Conflict/exists");
  EXPECT_EQ(decide_now(2), "done");
  EXPECT_EQ(authorised(), "allowed");
  EXPECT_EQ(give(SuspendManager{manager, {}}), "done");
  EXPECT_EQ(authorised(), "Conflict/not_authorised");
  EXPECT_EQ(give(LiftSuspension{manager, {}}), "done");
  EXPECT_EQ(authorised(), "allowed");
  // An older decision by hand does not come back when this one lapses.
  book.now = at("2026-12-02T12:00:00Z");
  EXPECT_EQ(authorised(), "Conflict/not_authorised");
}

TEST_F(GateOfABook, ADecisionIsReplayedToTheSameBytesAndComparedWithNow) {
  EXPECT_EQ(sign(), "done");
  EXPECT_EQ(decide_now(1), "done");
  const auto later = replay(book.state, tests::id<core::DecisionId>(1), at("2026-12-24T00:00:00Z"));
  ASSERT_TRUE(later.has_value());
  EXPECT_TRUE(later.value().same);
  EXPECT_EQ(later.value().then.verdict, Verdict::Allow);
  EXPECT_EQ(later.value().now.verdict, Verdict::Refer);
  EXPECT_TRUE(later.value().gone.empty());
  EXPECT_EQ(later.value().come.front().reason, "stale");
  EXPECT_EQ(outcome(replay(book.state, {}, book.now)), "NotFound/unknown_decision");
}

TEST_F(GateOfABook, ANewPackSaysWhoseVerdictItChangesAndWhen) {
  EXPECT_EQ(sign(), "done");
  EXPECT_EQ(decide_now(1), "done");
  RulePack next = first_pack();
  next.version = 2;
  next.from = day("2027-01-01");
  EXPECT_TRUE(impact(book.state, next, book.now).empty());
  for (RuleCell& cell : next.cells) {
    if (cell.id == "UK_FCA.MAM.PROFESSIONAL") cell.verdict = CellVerdict::Counsel;
  }
  const auto changed = impact(book.state, next, book.now);
  ASSERT_EQ(changed.size(), 1u);
  EXPECT_EQ(changed.front().before, Verdict::Allow);
  EXPECT_EQ(changed.front().after, Verdict::Counsel);
  EXPECT_EQ(core::to_string(changed.front().from), "2027-01-01");
}

TEST_F(GateOfABook, ACaseGoesLiveWhenNothingIsAskedForAndTheDecisionIsItsOwn) {
  const auto onboarding = tests::id<CaseId>(5);
  const auto decision = tests::id<core::DecisionId>(1);
  EXPECT_EQ(give(OpenCase{onboarding, world.question, {}}), "done");
  EXPECT_EQ(give(RequestInformation{onboarding, "CV", "manager", day("2026-12-10")}), "done");
  EXPECT_EQ(sign(), "done");
  EXPECT_EQ(decide_now(1), "done");
  EXPECT_EQ(give(GoLive{onboarding, decision}), "Conflict/case_incomplete");
  EXPECT_EQ(give(AnswerInformation{onboarding, "CV", {}}), "done");
  EXPECT_EQ(give(GoLive{onboarding, decision}), "done");
  EXPECT_EQ(give(GoLive{onboarding, decision}), "Conflict/case_closed");
}

TEST_F(GateOfABook, WhatEndsIsSaidOnceForEachOfItsDays) {
  EXPECT_EQ(sign(), "done");
  const auto alerts = [&](std::string_view now) {
    book.now = at(now);
    Effects effects(book.now);
    expire(book.context(), effects);
    EXPECT_EQ(has_expired(book.state, book.now), !effects.take().empty());
    Effects again(book.now);
    expire(book.context(), again);
    EXPECT_EQ(book.commit(again.take()), "done");
    std::set<std::uint64_t> days;
    for (const ExpiryAlerted& one : book.last<ExpiryAlerted>()) days.insert(one.days);
    return days;
  };
  // The captures end on 20 January 2027: in 55 days.
  EXPECT_EQ(alerts("2026-11-26T13:00:00Z"), std::set<std::uint64_t>{60});
  EXPECT_EQ(alerts("2026-11-27T13:00:00Z"), std::set<std::uint64_t>{});
  EXPECT_EQ(alerts("2026-12-21T00:00:00Z"), std::set<std::uint64_t>{30});
  EXPECT_EQ(alerts("2027-01-13T00:00:00Z"), std::set<std::uint64_t>{7});
}

}  // namespace
}  // namespace engine::gate
