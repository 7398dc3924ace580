// What one person may record, what he must say with it, and what a new answer is good for.

#include "engine/gate/queue.h"
#include "tests/engine/gate/gate_book.h"

namespace engine::gate {
namespace {

using tests::at;
using tests::day;

class Recording : public GateOfABook {
 protected:
  Evidence answer_of(const char* source) {
    Evidence out;
    out.source = source;
    out.reference = "122702";
    out.documents = {{}};
    out.answered_at = book.now;
    out.parser = "p";
    return out;
  }
  std::string record(const Evidence& evidence) { return give(RecordEvidence{manager, evidence}); }
};

TEST_F(Recording, AnAnswerOfUnknownAgeIsRefused) {
  for (const Asked asked : {Asked::Found, Asked::NotFound, Asked::CouldNotAsk}) {
    Evidence evidence = answer_of("fca");
    evidence.asked = asked;
    evidence.answered_at.reset();
    EXPECT_EQ(record(evidence), asked == Asked::CouldNotAsk ? "done" : "InvalidInput/evidence");
    evidence.answered_at = book.now;
    EXPECT_EQ(record(evidence), "done");
  }
}

TEST_F(Recording, ACallThatFailedFoundNothing) {
  Evidence evidence = answer_of("fca");
  for (const std::uint64_t status : {100u, 199u, 300u, 404u, 503u}) {
    evidence.http_status = status;
    EXPECT_EQ(record(evidence), "InvalidInput/evidence") << status;
  }
  for (const std::uint64_t status : {200u, 204u, 299u}) {
    evidence.http_status = status;
    EXPECT_EQ(record(evidence), "done") << status;
  }
  evidence.http_status = 503;
  evidence.coverage = Coverage::Partial;  // Of several pages this was the last.
  EXPECT_EQ(record(evidence), "done");
  evidence.coverage = Coverage::Complete;
  evidence.http_status = 404;
  evidence.asked = Asked::NotFound;
  EXPECT_EQ(record(evidence), "done");
}

TEST_F(Recording, OnePersonRecordsRegistersAlone) {
  for (const char* source : {"asic", "esma", "fca", "gleif"}) {
    EXPECT_EQ(record(answer_of(source)), "done") << source;
  }
  for (const char* source : {"nca", "eu", "gate", "offshore", "au", "lpoa", "person", "case",
                             "capture", "cysec", "insurance", "content", "mine"}) {
    EXPECT_EQ(record(answer_of(source)), "InvalidInput/needs_reviewer") << source;
  }
}

TEST_F(Recording, WhatAFactSaysOfItsEndIsAlerted) {
  Evidence evidence = answer_of("fca");
  evidence.facts = {{"fca.regulator", {}, {}, day("2027-01-25"), {}},
                    {"fca.passport", {}, {}, day("2026-11-25"), {}}};  // Over when it was asked.
  EXPECT_EQ(record(evidence), "done");
  const auto of_facts = [&] {
    std::string out;
    for (const Ending& one : calendar(book.state, book.now, kCalendarDays)) {
      if (one.of == EndingOf::Fact) out += core::to_string(one.last_day) + " " + one.what + "; ";
    }
    return out;
  };
  EXPECT_EQ(of_facts(), "2027-01-25 fca 122702: fca.regulator; ");
  Effects effects(book.now);
  expire(book.context(), effects);
  EXPECT_EQ(book.commit(effects.take()), "done");
  const auto alerts = book.last<ExpiryAlerted>();
  EXPECT_TRUE(std::ranges::any_of(alerts, [](const ExpiryAlerted& one) {
    return one.expires == day("2027-01-25") && one.days == 60;
  }));
  // A newer answer without it takes its place.
  evidence.facts.clear();
  EXPECT_EQ(record(evidence), "done");
  EXPECT_EQ(of_facts(), "");
}

TEST_F(Recording, TheCalendarHasTheNextPackAndItsTimeRules) {
  const auto of_rules = [&] {
    std::string out;
    for (const Ending& one : calendar(book.state, book.now, kCalendarDays)) {
      if (one.of != EndingOf::RulePack && one.of != EndingOf::TimeRule) continue;
      out += core::to_string(one.last_day) + " " + one.what.substr(0, one.what.find(':')) + "; ";
    }
    return out;
  };
  // Told 180 days before, where all else is told 90 days before.
  EXPECT_EQ(of_rules(), "2027-05-23 AU-CFD-PIO; ");
  RulePack next = tests::first_pack();
  next.version = 2;
  next.from = day("2027-01-01");
  EXPECT_EQ(give(AdoptRulePack{next}), "done");
  EXPECT_EQ(of_rules(),
            "2026-12-31 tallystick/permission-matrix 1, then tallystick/permission-matrix 2; "
            "2027-05-23 AU-CFD-PIO; ");
}

TEST_F(Recording, ALiveCaseIsAskedForMoreAndADeclinedOneIsNot) {
  const auto onboarding = tests::id<CaseId>(5);
  EXPECT_EQ(sign(), "done");
  EXPECT_EQ(decide_now(5), "done");
  EXPECT_EQ(begin(5), "done");
  EXPECT_EQ(queue(book.state, book.now).front().next, NextStep::None);
  EXPECT_EQ(give(RequestInformation{onboarding, "AUDIT", "manager", day("2026-12-10")}), "done");
  const QueuedCase asked = queue(book.state, book.now).front();
  EXPECT_EQ(asked.next, NextStep::Collect);
  EXPECT_EQ(asked.missing.front().item, "AUDIT");
  EXPECT_EQ(give(AnswerInformation{onboarding, "AUDIT", {}}), "done");
  EXPECT_EQ(queue(book.state, book.now).front().next, NextStep::None);
  const auto other = tests::id<CaseId>(6);
  EXPECT_EQ(give(OpenCase{other, world.question, {}}), "done");
  EXPECT_EQ(give(DeclineCase{other, {}}), "done");
  EXPECT_EQ(give(RequestInformation{other, "AUDIT", "manager", day("2026-12-10")}),
            "Conflict/case_closed");
}

TEST_F(Recording, AnAppealIsDecidedOnNewEvidence) {
  const auto first = tests::id<core::DecisionId>(1);
  EXPECT_EQ(decide_now(1), "done");
  EXPECT_EQ(give(AppealDecision{first, {}}), "done");
  const auto decide_appeal = [&](std::uint64_t number) {
    return give(DecideAuthorisation{tests::id<core::DecisionId>(number), world.question, first});
  };
  EXPECT_EQ(decide_appeal(2), "Conflict/no_new_evidence");
  Evidence failed = answer_of("fca");
  failed.asked = Asked::CouldNotAsk;
  EXPECT_EQ(record(failed), "done");
  EXPECT_EQ(decide_appeal(2), "Conflict/no_new_evidence");
  Evidence of_firm = answer_of("fca");
  EXPECT_EQ(give(RecordEvidence{{}, of_firm}), "done");
  EXPECT_EQ(decide_appeal(2), "done");
}

}  // namespace
}  // namespace engine::gate
