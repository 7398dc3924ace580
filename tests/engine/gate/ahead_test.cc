// Decisions that are made before the day from which they count: until then they replace nothing,
// and from then on nothing that was made before.

#include "engine/gate/ahead.h"

#include <map>
#include <random>

#include "engine/gate/queue.h"
#include "engine/gate/replay.h"
#include "tests/engine/gate/gate_book.h"
#include "tests/support/seeds.h"

namespace engine::gate {
namespace {

using tests::at;
using tests::day;
using tests::first_pack;
using tests::outcome;

// The second pack begins on 28 November; it is the 26th. The answers of registers are of the 25th
// and count for a week.
class DecidingAhead : public GateOfABook {
 protected:
  static RulePack pack_from(std::uint64_t version, std::string_view from) {
    RulePack next = first_pack();
    next.version = version;
    next.from = day(from);
    return next;
  }
  void adopt(const RulePack& pack) {
    EXPECT_EQ(give(AdoptRulePack{pack}), "done");
    EXPECT_EQ(give(SignOffCell{hash_of(pack),
                               "UK_FCA.MAM.PROFESSIONAL",
                               tests::client_id(8),
                               {},
                               day("2027-06-30"),
                               false}),
              "done");
  }
  void let_in() {
    EXPECT_EQ(sign(), "done");
    EXPECT_EQ(decide_now(1), "done");
    EXPECT_EQ(begin(1), "done");
  }
  std::string decide_from(std::uint64_t number, std::string_view from) {
    return give(
        DecideAuthorisation{tests::id<core::DecisionId>(number), world.question, {}, day(from)});
  }
  GateAnswer said() const { return book.last<AuthorisationDecided>().front().answer; }
  std::uint64_t mam() const { return in_force(GateModel::Mam); }
  std::uint64_t newest() const {
    return newest_by_rules(book.state, manager, book.now).at(GateModel::Mam).bytes.back();
  }

  std::uint8_t versions = 0;
};

TEST_F(DecidingAhead, CountsFromTheFirstMomentOfItsDayWithoutAnotherCase) {
  let_in();
  adopt(pack_from(2, "2026-11-28"));
  EXPECT_EQ(decide_from(2, "2026-11-28"), "done");
  EXPECT_EQ(said().verdict, Verdict::Allow);
  EXPECT_EQ(said().pack, hash_of(pack_from(2, "2026-11-28")));
  EXPECT_EQ(core::to_string(said().as_of), "2026-11-28T00:00:00.000000Z");
  EXPECT_EQ(book.state.decisions.at(tests::id<core::DecisionId>(2)).valid_from,
            at("2026-11-28T00:00:00Z"));
  EXPECT_EQ(core::to_string(*said().valid_until), "2026-12-02T12:00:00.000000Z");
  EXPECT_EQ(mam(), 1u);
  EXPECT_EQ(newest(), 1u);
  book.now = at("2026-11-27T23:59:59Z");
  EXPECT_EQ(mam(), 1u);
  EXPECT_EQ(authorised(), "allowed");
  book.now = at("2026-11-28T00:00:00Z");
  EXPECT_EQ(mam(), 2u);
  EXPECT_EQ(newest(), 2u);
  EXPECT_EQ(authorised(), "allowed");
  book.now = at("2026-12-02T12:00:00Z");
  EXPECT_EQ(mam(), 0u);
}

TEST_F(DecidingAhead, IsForADayOnWhichOtherRulesHaveBegun) {
  let_in();
  EXPECT_EQ(decide_from(2, "2026-11-28"), "Conflict/not_ahead");
  adopt(pack_from(2, "2026-11-28"));
  EXPECT_EQ(decide_from(2, "2026-11-25"), "InvalidInput/not_ahead");
  EXPECT_EQ(decide_from(2, "2026-11-26"), "Conflict/not_ahead");
  EXPECT_EQ(decide_from(2, "2026-11-27"), "Conflict/not_ahead");
  EXPECT_EQ(decide_from(2, "2026-11-29"), "done");
  book.now = at("2026-11-28T12:00:00Z");
  EXPECT_EQ(decide_from(3, "2026-11-29"), "Conflict/not_ahead");
  EXPECT_EQ(mam(), 0u);
  book.now = at("2026-11-29T00:00:00Z");
  EXPECT_EQ(mam(), 2u);
}

TEST_F(DecidingAhead, WhatWillBeOverByThenIsMissing) {
  let_in();
  adopt(pack_from(2, "2026-11-28"));
  EXPECT_EQ(decide_from(2, "2026-12-02"), "done");
  EXPECT_EQ(said().verdict, Verdict::Allow);
  EXPECT_EQ(decide_from(3, "2026-12-03"), "done");
  EXPECT_EQ(said().verdict, Verdict::Refer);
  EXPECT_EQ(said().reasons.front().reason, "stale");
  // A refusal made ahead refuses from its day on, not before.
  EXPECT_EQ(mam(), 1u);
  book.now = at("2026-12-02T06:00:00Z");
  EXPECT_EQ(mam(), 2u);
  book.now = at("2026-12-03T00:00:00Z");
  EXPECT_EQ(mam(), 0u);
}

TEST_F(DecidingAhead, WhatIsDecidedByTodaysRulesMeanwhileDoesNotTakeItsPlace) {
  let_in();
  adopt(pack_from(2, "2026-11-28"));
  EXPECT_EQ(decide_from(2, "2026-11-28"), "done");
  book.now = at("2026-11-27T12:00:00Z");
  EXPECT_EQ(decide_now(3), "done");
  EXPECT_EQ(mam(), 3u);
  EXPECT_EQ(newest(), 3u);
  book.now = at("2026-11-28T06:00:00Z");
  EXPECT_EQ(mam(), 2u);
  EXPECT_EQ(newest(), 2u);
  EXPECT_EQ(decide_now(4), "done");
  EXPECT_EQ(mam(), 4u);
  EXPECT_EQ(newest(), 4u);
  // It has lapsed, and what it replaced does not come back.
  book.now = at("2026-12-02T12:00:00Z");
  EXPECT_EQ(mam(), 0u);
}

TEST_F(DecidingAhead, ARefusalThatCameAfterItStands) {
  let_in();
  adopt(pack_from(2, "2026-11-28"));
  EXPECT_EQ(decide_from(2, "2026-11-28"), "done");
  people_say(3, Model::Mam, Verdict::Block);
  book.now = at("2026-11-28T06:00:00Z");
  EXPECT_EQ(mam(), 0u);
  EXPECT_EQ(decide_now(4), "done");
  EXPECT_EQ(mam(), 4u);
}

TEST_F(DecidingAhead, ARefusalThatWasReplacedDoesNot) {
  let_in();
  adopt(pack_from(2, "2026-11-28"));
  EXPECT_EQ(decide_from(2, "2026-11-28"), "done");
  people_say(3, Model::Mam, Verdict::Block);
  EXPECT_EQ(decide_now(4), "done");
  book.now = at("2026-11-28T06:00:00Z");
  EXPECT_EQ(mam(), 2u);
}

TEST_F(DecidingAhead, WhatALapsedOneReplacedDoesNotComeBack) {
  let_in();  // Until 2 December.
  adopt(pack_from(2, "2026-11-30"));
  EXPECT_EQ(decide_from(2, "2026-11-30"), "done");
  AuthorisationDecided brief;
  brief.decision = tests::id<core::DecisionId>(3);
  brief.question = world.question;
  brief.answer.verdict = Verdict::Allow;
  brief.answer.as_of = book.now;
  brief.answer.valid_until = at("2026-11-27T00:00:00Z");
  brief.answer.pack = hash_of(first_pack());
  Effects effects(book.now);
  effects.add(brief, {}, {});
  EXPECT_EQ(book.commit(effects.take()), "done");
  EXPECT_EQ(mam(), 3u);
  book.now = at("2026-11-28T00:00:00Z");
  EXPECT_EQ(mam(), 0u);
  EXPECT_EQ(newest(), 3u);
  book.now = at("2026-11-30T00:00:00Z");
  EXPECT_EQ(mam(), 2u);
  EXPECT_EQ(newest(), 2u);
}

TEST_F(DecidingAhead, TheNewestForADayCountsAndEachForItsOwn) {
  let_in();
  adopt(pack_from(2, "2026-11-28"));
  adopt(pack_from(3, "2026-11-30"));
  EXPECT_EQ(decide_from(2, "2026-11-30"), "done");
  EXPECT_EQ(decide_from(3, "2026-11-28"), "done");
  EXPECT_EQ(decide_from(4, "2026-11-28"), "done");
  EXPECT_EQ(allowed_ahead(book.state, world.question, book.now), tests::id<core::DecisionId>(4));
  book.now = at("2026-11-29T00:00:00Z");
  EXPECT_EQ(mam(), 4u);
  book.now = at("2026-11-30T00:00:00Z");
  EXPECT_EQ(mam(), 2u);
  EXPECT_EQ(newest(), 2u);
}

TEST_F(DecidingAhead, RulesThatAreAdoptedLaterForItsDayEndIt) {
  let_in();
  adopt(pack_from(2, "2026-11-28"));
  EXPECT_EQ(decide_from(2, "2026-11-28"), "done");
  adopt(pack_from(3, "2026-11-27"));
  EXPECT_FALSE(allowed_ahead(book.state, world.question, book.now).has_value());
  book.now = at("2026-11-28T00:00:00Z");
  EXPECT_EQ(mam(), 0u);
}

TEST_F(DecidingAhead, IsMadeAgainToTheSameBytes) {
  let_in();
  EXPECT_EQ(give(RecordScreeningList{"uk", {}, day("2026-11-25"), 5000}), "done");
  const auto screen = [&] {
    core::Hash version;
    version.bytes[1] = ++versions;
    EXPECT_EQ(give(RecordScreeningList{"uk", version, day("2026-11-25"), 5000}), "done");
    EXPECT_EQ(give(RecordScreening{manager, "uk", version, "names/1", {}}), "done");
  };
  for (int i = 0; i < 3; ++i) screen();
  adopt(pack_from(2, "2026-11-28"));
  EXPECT_EQ(decide_from(2, "2026-11-28"), "done");
  for (int i = 0; i < 3; ++i) screen();
  const auto again = [&] {
    return replay(book.state, tests::id<core::DecisionId>(2), book.now).value();
  };
  EXPECT_TRUE(again().same);
  // Before its day it is asked as of its day.
  EXPECT_EQ(again().now.verdict, Verdict::Allow);
  EXPECT_EQ(again().now.as_of, at("2026-11-28T00:00:00Z"));
  EXPECT_EQ(again().now.pack, again().recorded.pack);
  book.now = at("2026-12-20T00:00:00Z");
  screen();
  EXPECT_TRUE(again().same);
  EXPECT_EQ(again().now.as_of, book.now);
  EXPECT_EQ(again().now.verdict, Verdict::Refer);
}

TEST_F(DecidingAhead, TheQueueSaysWhenItCanBeDoneAndThatItWas) {
  let_in();
  const auto first = [&] { return queue(book.state, book.now).front(); };
  EXPECT_EQ(first().next, NextStep::None);
  EXPECT_FALSE(first().rules_change.has_value());
  EXPECT_EQ(give(AdoptRulePack{pack_from(2, "2026-11-28")}), "done");
  EXPECT_EQ(first().rules_change, day("2026-11-28"));
  EXPECT_EQ(first().next, NextStep::None);  // Its cell is not signed.
  adopt(pack_from(4, "2026-11-28"));
  EXPECT_EQ(first().next, NextStep::DecideAhead);
  EXPECT_EQ(decide_from(2, "2026-11-28"), "done");
  EXPECT_EQ(first().next, NextStep::None);
  EXPECT_EQ(first().decided_ahead, tests::id<core::DecisionId>(2));
}

// --- Before the first rules ---

class BeforeTheRules : public DecidingAhead {
 protected:
  BeforeTheRules() {
    book.state.gate->packs.clear();
    people_say(1, Model::Mam, Verdict::Allow);
  }
  std::string live(std::uint64_t number) {
    return give(GoLive{tests::id<CaseId>(5), tests::id<core::DecisionId>(number)});
  }
};

TEST_F(BeforeTheRules, WhomPeopleAllowedGoesOnByWhatWasDecidedAhead) {
  adopt(pack_from(1, "2026-11-28"));
  EXPECT_EQ(give(OpenCase{tests::id<CaseId>(5), world.question, {}}), "done");
  const auto next = [&] { return queue(book.state, book.now).front().next; };
  EXPECT_EQ(decide_now(2), "Conflict/no_rule_pack");
  EXPECT_EQ(next(), NextStep::DecideAhead);
  EXPECT_EQ(decide_from(2, "2026-11-28"), "done");
  EXPECT_EQ(next(), NextStep::GoLive);
  EXPECT_EQ(mam(), 1u);
  see_nothing_in_a_list();
  EXPECT_EQ(live(2), "done");
  EXPECT_EQ(mam(), 1u);
  EXPECT_EQ(authorised(), "allowed");
  book.now = at("2026-11-28T00:00:00Z");
  EXPECT_EQ(mam(), 2u);
  EXPECT_EQ(authorised(), "allowed");
}

TEST_F(BeforeTheRules, ACaseGoesLiveOnNoOtherThanTheOneOfItsDay) {
  adopt(pack_from(1, "2026-11-28"));
  EXPECT_EQ(give(OpenCase{tests::id<CaseId>(5), world.question, {}}), "done");
  EXPECT_EQ(decide_from(2, "2026-11-28"), "done");
  EXPECT_EQ(decide_from(3, "2026-11-28"), "done");
  EXPECT_EQ(live(2), "Conflict/wrong_decision");
  EXPECT_EQ(decide_from(4, "2026-12-20"), "done");
  EXPECT_EQ(live(4), "Conflict/not_authorised");
  see_nothing_in_a_list();
  EXPECT_EQ(live(3), "done");
}

TEST_F(BeforeTheRules, AnImpactNamesTheAllowsThatEnd) {
  const auto other = tests::client_id(4);
  const RulePack pack = pack_from(1, "2026-11-28");
  const auto say = [&](std::uint64_t number, const core::PartyId& who, Model model, Verdict verdict,
                       std::string_view until) {
    keep_decision(book.state, {tests::id<core::DecisionId>(number),
                               who,
                               model,
                               Jurisdiction::Fca,
                               verdict,
                               {0},
                               at(until),
                               {}});
  };
  say(11, other, Model::Mam, Verdict::Allow, "2027-11-28T00:00:00Z");
  say(12, other, Model::Mam, Verdict::Block, "2027-11-28T00:00:00Z");
  say(13, other, Model::Pamm, Verdict::Allow, "2026-11-28T00:00:00Z");  // Ends by itself.
  say(14, other, Model::CopyAutomatic, Verdict::Allow, "2026-11-28T00:00:01Z");
  const auto ending = [&] {
    std::string out;
    for (const EndingAllow& one : allows_ending(book.state, pack, book.now)) {
      out += std::to_string(one.decision.bytes.back()) + " " + core::to_string(one.from) +
             (one.decided_ahead ? " ahead; " : "; ");
    }
    return out;
  };
  EXPECT_EQ(ending(), "1 2026-11-28; 14 2026-11-28; ");
  adopt(pack);
  EXPECT_EQ(ending(), "1 2026-11-28; 14 2026-11-28; ");
  EXPECT_EQ(decide_from(2, "2026-11-28"), "done");
  EXPECT_EQ(ending(), "1 2026-11-28 ahead; 14 2026-11-28; ");
  book.now = at("2026-11-28T00:00:00Z");
  EXPECT_EQ(ending(), "");
}

// --- Beside a model ---

// Of decisions that all allow: the one in force is the last that was made and holds, unless one
// that was made after it has lapsed whose day was not before its own.
class DecidingAheadProperty : public DecidingAhead {
 protected:
  bool holds(const GateAnswer& answer) const {
    const AdoptedPack* pack = pack_in_force(book.state, core::utc_date(book.now), book.now);
    return answer.pack == pack->hash && book.now < *answer.valid_until;
  }
  bool is_replaced(const GateDecision& decision) const {
    return std::ranges::any_of(book.state.gate->decisions, [&](const auto& one) {
      const GateDecision& other = one.second;
      const core::Instant day = other.decided.answer.as_of;
      return other.seq > decision.seq && day <= book.now && !holds(other.decided.answer) &&
             decision.decided.answer.as_of <= day;
    });
  }
  std::uint64_t expected() const {
    std::uint64_t best = 0;
    std::uint64_t seq = 0;
    for (const auto& [id, decision] : book.state.gate->decisions) {
      const GateAnswer& answer = decision.decided.answer;
      if (book.now < answer.as_of || !holds(answer) || is_replaced(decision)) continue;
      if (decision.seq < seq) continue;
      best = id.bytes.back();
      seq = decision.seq;
    }
    return best;
  }
};

TEST_F(DecidingAheadProperty, TheLastThatHoldsCounts) {
  EXPECT_EQ(sign(), "done");
  const State begin = book.state;
  const core::Instant begun = book.now;
  for (std::uint64_t seed = 0; seed < tests::seeds() / 2 + 1; ++seed) {
    book.state = begin;
    book.now = begun;
    std::mt19937_64 random(seed);
    std::uint64_t decisions = 0;
    std::uint64_t packs = 1;
    // All of it within the week of the evidence, so that everything allows.
    for (int step = 0; step < 30 && book.now < at("2026-11-29T00:00:00Z"); ++step) {
      const core::Date later{core::utc_date(book.now).days + 1 +
                             static_cast<std::int32_t>(random() % 3)};
      switch (random() % 5) {
        case 0:
          if (packs < 5) adopt(pack_from(++packs, core::to_string(later)));
          break;
        case 1:
          if (decide_now(decisions + 1) == "done") ++decisions;
          break;
        case 2:
          if (decide_from(decisions + 1, core::to_string(later)) == "done") ++decisions;
          break;
        default:
          book.now.micros += static_cast<std::int64_t>(random() % 12) * 3'600'000'000;
      }
      ASSERT_EQ(mam(), expected()) << seed << " " << step;
      ASSERT_TRUE(mam() == 0 || newest() == mam()) << seed << " " << step;
      for (std::uint64_t i = 1; i <= decisions; ++i) {
        ASSERT_TRUE(replay(book.state, tests::id<core::DecisionId>(i), book.now).value().same);
      }
    }
  }
}

}  // namespace
}  // namespace engine::gate
