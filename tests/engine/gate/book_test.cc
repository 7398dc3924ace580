// What counts in a book: decisions, cases, alerts, re-checks, screenings and the queue of people.

#include "engine/gate/agenda.h"
#include "engine/gate/authorisation.h"
#include "engine/gate/mandates.h"
#include "engine/gate/queue.h"
#include "engine/gate/replay.h"
#include "tests/engine/gate/gate_book.h"

namespace engine::gate {
namespace {

using tests::at;
using tests::day;
using tests::first_pack;
using tests::outcome;

TEST_F(GateOfABook, ASignedCellAndAllFactsOpenTheGateUntilTheyLapse) {
  EXPECT_EQ(decide_now(1), "done");
  EXPECT_EQ(book.last<AuthorisationDecided>().front().answer.verdict, Verdict::Counsel);
  EXPECT_EQ(authorised(), "Conflict/not_authorised");
  EXPECT_EQ(sign(true), "Conflict/demo_only");
  EXPECT_EQ(sign(), "done");
  EXPECT_EQ(decide_now(1), "Conflict/exists");
  EXPECT_EQ(decide_now(2), "done");
  EXPECT_EQ(authorised(), "Conflict/not_authorised");  // Its case has not gone live.
  EXPECT_EQ(begin(2), "done");
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
  EXPECT_EQ(give(GoLive{onboarding, decision}), "Conflict/screen_first");
  see_nothing_in_a_list();
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

TEST_F(GateOfABook, AnAnswerThatCountsForItsLastDayIsAskedForAgainOnce) {
  const auto rechecks_on = [&](std::string_view now) {
    book.now = at(now);
    Effects effects(book.now);
    expire(book.context(), effects);
    EXPECT_EQ(book.commit(effects.take()), "done");
    std::set<std::string> sources;
    for (const RecheckDue& one : book.last<RecheckDue>()) {
      sources.insert((one.party ? "manager " : "firm ") + one.source);
    }
    return sources;
  };
  // Answered on 25 November, good for seven days by the pack. The firm is watched always, a manager
  // from his application on; captures have last days of their own.
  EXPECT_EQ(rechecks_on("2026-12-01T23:59:59Z"), std::set<std::string>{});
  EXPECT_EQ(rechecks_on("2026-12-02T00:00:00Z"), std::set<std::string>{"firm fca"});
  EXPECT_FALSE(has_expired(book.state, book.now));
  EXPECT_EQ(give(OpenCase{tests::id<CaseId>(5), world.question, {}}), "done");
  EXPECT_TRUE(has_expired(book.state, book.now));
  EXPECT_EQ(rechecks_on("2026-12-02T12:00:00Z"), std::set<std::string>{"manager fca"});
  EXPECT_FALSE(has_expired(book.state, book.now));
  EXPECT_EQ(rechecks(book.state, book.now).front().source, "fca");
}

TEST_F(GateOfABook, WhoeverWasDeclinedIsAskedAboutNoMore) {
  EXPECT_EQ(give(OpenCase{tests::id<CaseId>(5), world.question, {}}), "done");
  const auto watched = [&] {
    return std::ranges::any_of(rechecks(book.state, book.now),
                               [](const Recheck& one) { return one.party.has_value(); });
  };
  EXPECT_TRUE(watched());
  EXPECT_EQ(give(DeclineCase{tests::id<CaseId>(5), {}}), "done");
  EXPECT_FALSE(watched());
}

TEST_F(GateOfABook, AnotherSignatureTakesThePlaceOfTheOneThatEnds) {
  const auto signed_ends = [&] {
    std::set<std::string> days;
    for (const Ending& one : endings(book.state)) {
      if (one.of == EndingOf::Signature) days.insert(core::to_string(one.last_day));
    }
    return days;
  };
  EXPECT_EQ(sign(), "done");
  EXPECT_EQ(signed_ends(), std::set<std::string>{"2027-06-30"});
  EXPECT_EQ(give(SignOffCell{hash_of(first_pack()),
                             "UK_FCA.MAM.PROFESSIONAL",
                             tests::client_id(8),
                             {},
                             day("2028-06-30"),
                             false}),
            "done");
  EXPECT_EQ(signed_ends(), std::set<std::string>{"2028-06-30"});
}

TEST_F(GateOfABook, AnAnswerWithoutAFindSaysWhatWasAskedAndNothingElse) {
  Evidence evidence;
  evidence.source = "fca";
  evidence.reference = "999999";
  evidence.asked = Asked::NotFound;
  evidence.documents = {{}};
  evidence.answered_at = book.now;
  evidence.facts = {{"fca.endpoint", {{"asked", "not_found"}, {"endpoint", "Search"}}, {}, {}, {}}};
  EXPECT_EQ(give(RecordEvidence{manager, evidence}), "done");
  evidence.facts.push_back({"fca.firm", {{"firm_status", "Authorised"}}, {}, {}, {}});
  EXPECT_EQ(give(RecordEvidence{manager, evidence}), "InvalidInput/evidence");
}

TEST_F(GateOfABook, ASourceSaysOnlyWhatItsOwnAnswerSays) {
  Evidence evidence;
  evidence.source = "esma";
  evidence.reference = "x";
  evidence.documents = {{}};
  evidence.answered_at = book.now;
  evidence.parser = "p";
  for (const char* fact :
       {"gate.paper", "fca.permission", "esma", "esmapaper", "offshore.licence"}) {
    evidence.facts = {{fact, {}, {}, {}, {}}};
    EXPECT_EQ(give(RecordEvidence{manager, evidence}), "InvalidInput/needs_reviewer") << fact;
  }
  evidence.source = "fca";
  evidence.facts = {{"fca.requirements_reviewed", {}, {}, {}, {}}};
  EXPECT_EQ(give(RecordEvidence{manager, evidence}), "InvalidInput/needs_reviewer");
}

// --- The queue ---

TEST_F(GateOfABook, TheQueueSaysWhatIsMissingFromWhomAndWhatComesNext) {
  const auto onboarding = tests::id<CaseId>(5);
  const auto first = [&] { return queue(book.state, book.now).front(); };
  const auto missing = [&] {
    std::string out;
    for (const Missing& one : first().missing) {
      out += one.item + " from " + one.from + "; ";
    }
    return out;
  };
  EXPECT_TRUE(queue(book.state, book.now).empty());
  EXPECT_EQ(give(OpenCase{onboarding, world.question, {}}), "done");
  EXPECT_EQ(missing(), "UK_FCA.MAM.PROFESSIONAL from counsel; ");
  EXPECT_EQ(first().next, NextStep::Collect);
  EXPECT_EQ(sign(), "done");
  EXPECT_EQ(missing(), "");
  EXPECT_EQ(first().next, NextStep::Decide);
  EXPECT_EQ(give(RequestInformation{onboarding, "CV", "manager", day("2026-12-10")}), "done");
  EXPECT_EQ(missing(), "CV from manager; ");
  EXPECT_EQ(first().missing.front().due, day("2026-12-10"));
  EXPECT_EQ(first().next, NextStep::Collect);
  EXPECT_EQ(give(AnswerInformation{onboarding, "CV", {}}), "done");
  EXPECT_EQ(decide_now(1), "done");
  EXPECT_EQ(first().next, NextStep::GoLive);
  EXPECT_EQ(first().decision, tests::id<core::DecisionId>(1));
  see_nothing_in_a_list();
  EXPECT_EQ(give(GoLive{onboarding, tests::id<core::DecisionId>(1)}), "done");
  EXPECT_EQ(first().next, NextStep::None);
  EXPECT_EQ(give(SuspendManager{manager, {}}), "done");
  EXPECT_EQ(first().next, NextStep::LiftSuspension);
  EXPECT_EQ(give(LiftSuspension{manager, {}}), "done");
  // A week later the register's answers are old.
  book.now = at("2026-12-03T12:00:00Z");
  EXPECT_EQ(missing(), "fca.permission from compliance; ");
  EXPECT_EQ(first().next, NextStep::Collect);
  const auto another = tests::id<CaseId>(6);
  EXPECT_EQ(give(OpenCase{another, world.question, {}}), "done");
  EXPECT_EQ(first().id, another);  // Open ones stand first.
  EXPECT_EQ(give(DeclineCase{another, {}}), "done");
  EXPECT_EQ(queue(book.state, book.now).size(), 1u);
}

TEST_F(GateOfABook, TheCalendarHasWhatEndsWithinItsDaysAndWhatHasEnded) {
  EXPECT_EQ(sign(), "done");  // Until 30 June 2027; the captures end on 20 January.
  const auto days = [&](std::string_view now) {
    book.now = at(now);
    std::set<std::string> out;
    for (const Ending& one : calendar(book.state, book.now, kCalendarDays)) {
      out.insert(core::to_string(one.last_day));
    }
    return out;
  };
  EXPECT_EQ(days("2026-10-21T12:00:00Z"), std::set<std::string>{});
  EXPECT_EQ(days("2026-10-22T12:00:00Z"), std::set<std::string>{"2027-01-20"});
  // In between a time rule of the pack.
  EXPECT_EQ(days("2027-04-01T00:00:00Z"),
            (std::set<std::string>{"2027-01-20", "2027-05-23", "2027-06-30"}));
}

// --- Screening ---

class Screening : public GateOfABook {
 protected:
  static core::Hash version(std::uint8_t number) {
    core::Hash out;
    out.bytes.fill(number);
    return out;
  }
  std::string list(std::uint8_t number) {
    return give(RecordScreeningList{"uk", version(number), day("2026-11-25"), 5000});
  }
  std::string screen(std::uint8_t number, std::vector<ScreeningCandidate> candidates) {
    return give(RecordScreening{manager, "uk", version(number), "names/1", std::move(candidates)});
  }
  std::string release(const std::string& entry) {
    return give(ReleaseCandidate{manager, "uk", entry, {}});
  }
  std::string asked() {
    const GateAnswer said =
        answer(known_of(book.state, manager, book.now, book.now), world.question, book.now);
    return std::string(core::EnumNames<Verdict>::names[static_cast<std::size_t>(said.verdict)]);
  }
};

TEST_F(Screening, AHitBlocksAndAReviewRefersUntilTwoPeopleReleaseIt) {
  EXPECT_EQ(sign(), "done");
  EXPECT_EQ(screen(1, {}), "NotFound/unknown_list");
  EXPECT_EQ(list(1), "done");
  EXPECT_EQ(list(1), "Conflict/exists");
  EXPECT_EQ(asked(), "allow");
  EXPECT_EQ(screen(1, {{"A", version(7), 899, false, false}, {"B", version(8), 900, false, false}}),
            "done");
  EXPECT_EQ(book.last<ScreeningRecorded>().front().outcome, ScreeningOutcome::Hit);
  EXPECT_EQ(asked(), "block");
  EXPECT_EQ(release("B"), "done");
  EXPECT_EQ(asked(), "refer");
  EXPECT_EQ(release("B"), "Conflict/exists");
  EXPECT_EQ(release("C"), "NotFound/unknown_candidate");
  EXPECT_EQ(release("A"), "done");
  EXPECT_EQ(book.last<CandidateReleased>().front().outcome, ScreeningOutcome::Clear);
  EXPECT_EQ(asked(), "allow");
}

TEST_F(Screening, AnIdentifierIsAHitAndAWeakAliasNeverMoreThanAReview) {
  EXPECT_EQ(list(1), "done");
  EXPECT_EQ(screen(1, {{"A", {}, 0, true, true}}), "done");
  EXPECT_EQ(book.last<ScreeningRecorded>().front().outcome, ScreeningOutcome::Hit);
  // One person does not take it back on the same version.
  EXPECT_EQ(screen(1, {}), "Conflict/candidate_dropped");
  EXPECT_EQ(screen(1, {{"A", {}, 1000, false, true}}), "Conflict/candidate_dropped");
  EXPECT_EQ(list(2), "done");
  EXPECT_EQ(screen(2, {{"A", {}, 1000, false, true}}), "done");
  EXPECT_EQ(book.last<ScreeningRecorded>().front().outcome, ScreeningOutcome::Hit);
  EXPECT_EQ(release("A"), "done");
  EXPECT_EQ(screen(2, {{"A", {}, 1000, false, true}, {"B", {}, 1000, false, true}}), "done");
  EXPECT_EQ(book.last<ScreeningRecorded>().front().outcome, ScreeningOutcome::Review);
  EXPECT_EQ(list(1), "done");
  EXPECT_EQ(screen(1, {{"A", {}, 699, false, false}}), "InvalidInput/screening");
  EXPECT_EQ(screen(1, {{"A", {}, 1001, false, false}}), "InvalidInput/screening");
  EXPECT_EQ(screen(1, {{"A", {}, 700, false, false}, {"A", {}, 700, false, false}}),
            "InvalidInput/screening");
}

TEST_F(Screening, AReleaseHoldsOnANewListWhileTheEntryIsAsItWas) {
  EXPECT_EQ(list(1), "done");
  EXPECT_EQ(screen(1, {{"A", version(7), 950, false, false}}), "done");
  EXPECT_EQ(release("A"), "done");
  EXPECT_TRUE(lists_to_screen(book.state, manager).empty());
  EXPECT_EQ(list(2), "done");
  EXPECT_EQ(lists_to_screen(book.state, manager), std::vector<std::string>{"uk"});
  EXPECT_EQ(screen(1, {}), "Conflict/list_superseded");
  EXPECT_EQ(screen(2, {{"A", version(7), 950, false, false}}), "done");
  EXPECT_EQ(book.last<ScreeningRecorded>().front().outcome, ScreeningOutcome::Clear);
  EXPECT_EQ(list(3), "done");
  EXPECT_EQ(screen(3, {{"A", version(9), 950, false, false}}), "done");
  EXPECT_EQ(book.last<ScreeningRecorded>().front().outcome, ScreeningOutcome::Hit);
}

TEST_F(Screening, NobodyRecordsItsOutcomeByHand) {
  Evidence evidence;
  evidence.source = "screening";
  evidence.reference = "uk";
  evidence.documents = {{}};
  evidence.facts = {{"screening.result", {{"outcome", "clear"}}, {}, {}, {}}};
  EXPECT_EQ(give(RecordEvidence{manager, evidence}), "InvalidInput/evidence");
}

TEST_F(Screening, TheQueueMarksWhomANewListConcerns) {
  EXPECT_EQ(give(OpenCase{tests::id<CaseId>(5), world.question, {}}), "done");
  EXPECT_EQ(list(1), "done");
  EXPECT_EQ(queue(book.state, book.now).front().lists, std::vector<std::string>{"uk"});
  EXPECT_EQ(screen(1, {}), "done");
  EXPECT_TRUE(queue(book.state, book.now).front().lists.empty());
}

// --- Mandates with a last day ---

TEST_F(GateOfABook, AMandateCountsOnItsLastDayAndNoMoreAfterIt) {
  const auto structure = tests::id<core::StructureId>(3);
  const auto client = tests::client_id(2);
  book.state.structures[structure].mandates[client] = {};
  book.state.gate->mandate_ends[structure][client] = {9, day("2026-11-26"), {}};
  book.now = at("2026-11-26T23:59:59Z");
  EXPECT_EQ(outcome(require_active_mandate(book.context(), structure, client)), "a value");
  book.now = at("2026-11-27T00:00:00Z");
  EXPECT_EQ(outcome(require_active_mandate(book.context(), structure, client)),
            "Conflict/mandate_over");
  EXPECT_EQ(outcome(require_active_mandate(book.context(), structure, manager)),
            "Conflict/no_mandate");
}

TEST_F(GateOfABook, AMandateAndItsAssessmentAreAlertedApart) {
  const auto structure = tests::id<core::StructureId>(3);
  const auto client = tests::client_id(2);
  book.state.gate->mandate_ends[structure][client] = {9, day("2026-12-20"), day("2026-12-01")};
  plan_mandate(*book.state.gate, structure, client, day("2026-11-26"));
  const auto alerted = [&](std::string_view now) {
    book.now = at(now);
    Effects effects(book.now);
    expire(book.context(), effects);
    EXPECT_EQ(book.commit(effects.take()), "done");
    std::set<std::string> out;
    for (const ExpiryAlerted& one : book.last<ExpiryAlerted>()) {
      if (one.seq == 9) out.insert(core::to_string(one.expires) + " " + std::to_string(one.days));
    }
    return out;
  };
  EXPECT_EQ(alerted("2026-11-26T13:00:00Z"),
            (std::set<std::string>{"2026-12-01 7", "2026-12-20 30"}));
  EXPECT_EQ(alerted("2026-12-13T00:00:00Z"), std::set<std::string>{"2026-12-20 7"});
}

}  // namespace
}  // namespace engine::gate
