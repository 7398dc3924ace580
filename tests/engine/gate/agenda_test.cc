// What is due is found by the agenda as by looking at everything, and without doing so.

#include "engine/gate/agenda.h"

#include <random>

#include "engine/gate/replay.h"
#include "tests/engine/gate/gate_book.h"
#include "tests/support/seeds.h"

namespace engine::gate {
namespace {

using tests::day;

// "alert 12 2027-01-20 30; recheck 14; ": all that is due, found by looking at everything.
std::string looked_up(const State& state, core::Instant now) {
  const GateBook& book = *state.gate;
  const core::Date today = core::utc_date(now);
  std::string out;
  std::set<std::pair<std::uint64_t, core::Date>> said;
  for (const Ending& one : endings(state)) {
    const auto alert = due_alert(book, one, today);
    if (!alert || !said.emplace(one.seq, one.last_day).second) continue;
    out += "alert " + std::to_string(one.seq) + " " + core::to_string(one.last_day) + " " +
           std::to_string(*alert) + "; ";
  }
  for (const Recheck& one : rechecks(state, now)) {
    if (today < one.due || book.rechecks.contains(one.seq)) continue;
    out += "recheck " + std::to_string(one.seq) + "; ";
  }
  return out;
}

std::string by_agenda(const tests::EngineBook& book) {
  Effects effects(book.now);
  expire(book.context(), effects);
  std::string out;
  for (const ledger::Draft& draft : effects.take()) {
    if (draft.kind == ExpiryAlerted::kKind) {
      const auto one = core::from_cbor<ExpiryAlerted>(draft.body).value();
      out += "alert " + std::to_string(one.seq) + " " + core::to_string(one.expires) + " " +
             std::to_string(one.days) + "; ";
    } else {
      out +=
          "recheck " + std::to_string(core::from_cbor<RecheckDue>(draft.body).value().seq) + "; ";
    }
  }
  return out;
}

// Managers of whom something is recorded at random days.
class Agenda : public GateOfABook {
 protected:
  void be_seeded(std::uint64_t seed) {
    random.seed(seed);
    for (std::uint64_t i = 1; i <= kManagers; ++i) {
      book.state.managers[tests::client_id(i)] = {tests::client_id(i), "GB"};
    }
  }
  std::uint64_t below(std::uint64_t end) { return random() % end; }
  core::PartyId somebody() { return tests::client_id(1 + below(kManagers)); }
  core::Date later(std::uint64_t days) {
    return {core::utc_date(book.now).days + static_cast<std::int32_t>(below(days))};
  }
  void tick() {
    Effects effects(book.now);
    expire(book.context(), effects);
    EXPECT_EQ(book.commit(effects.take()), "done");
  }

  void record_evidence() {
    Evidence evidence = world.known.of_manager.front().evidence;
    evidence.source = below(2) == 0 ? "fca" : "esma";
    evidence.facts.clear();
    evidence.reference = std::to_string(below(3));
    evidence.answered_at = book.now;
    if (below(2) == 0) evidence.expires = later(120);
    if (below(5) == 0) {
      evidence.asked = Asked::CouldNotAsk;
    } else if (below(2) == 0) {
      evidence.facts = {{evidence.source + ".name", {}, {}, later(120), {}},
                        {evidence.source + ".kind", {}, {}, later(120), {}}};
    }
    const auto party = below(4) == 0 ? std::nullopt : std::optional(somebody());
    EXPECT_EQ(give(RecordEvidence{party, evidence}), "done");
  }
  void sign_somewhat() {
    EXPECT_EQ(give(SignOffCell{hash_of(tests::first_pack()),
                               below(2) == 0 ? "UK_FCA.MAM.PROFESSIONAL" : "UK_FCA.MAM.RETAIL",
                               tests::client_id(8),
                               {},
                               later(120),
                               false}),
              "done");
  }
  void apply_or_decline() {
    GateQuestion question = world.question;
    question.manager = somebody();
    const auto id = tests::id<CaseId>(1 + below(6));
    give(OpenCase{id, question, {}});
    if (below(2) == 0) give(DeclineCase{tests::id<CaseId>(1 + below(6)), {}});
  }
  void change_mandate() {
    const auto structure = tests::id<core::StructureId>(1 + below(2));
    const core::PartyId client = somebody();
    auto& clients = book.state.gate->mandate_ends[structure];
    if (below(3) == 0) {
      clients.erase(client);
    } else {
      clients[client] = {1000 + ++mandates, later(120), later(120)};
    }
    plan_mandate(*book.state.gate, structure, client, core::utc_date(book.now));
  }
  void adopt_another() {
    RulePack next = tests::first_pack();
    next.version = 2 + packs;
    next.from = later(40);
    for (SourceAge& age : next.ages) age.days_max = 1 + below(20);
    if (packs < 3 && give(AdoptRulePack{next}) == "done") ++packs;
  }
  void something() {
    switch (below(8)) {
      case 0:
        return sign_somewhat();
      case 1:
        return apply_or_decline();
      case 2:
        return change_mandate();
      case 3:
        return adopt_another();
      case 4:
        return tick();
      case 5:
        give(DecideAuthorisation{tests::id<core::DecisionId>(++decisions), world.question, {}});
        return;
      default:
        return record_evidence();
    }
  }

  static constexpr std::uint64_t kManagers = 4;
  std::mt19937_64 random;
  std::uint64_t mandates = 0;
  std::uint64_t packs = 0;
  std::uint64_t decisions = 0;
};

class AgendaProperty : public Agenda {};

TEST_F(AgendaProperty, SaysWhatLookingAtEverythingSays) {
  const State begin = book.state;
  const core::Instant begun = book.now;
  for (std::uint64_t seed = 0; seed < tests::seeds(); ++seed) {
    book.state = begin;
    book.now = begun;
    be_seeded(seed);
    mandates = packs = decisions = 0;
    for (int step = 0; step < 25; ++step) {
      book.now.micros += static_cast<std::int64_t>(below(12)) * 86'400'000'000;
      something();
      const std::string due = looked_up(book.state, book.now);
      ASSERT_EQ(by_agenda(book), due) << seed << " " << step;
      ASSERT_EQ(has_expired(book.state, book.now), !due.empty()) << seed << " " << step;
    }
  }
}

TEST_F(Agenda, OfManyManagersNoneIsLookedAtBeforeHisDay) {
  be_seeded(1);
  Evidence evidence = world.known.of_manager.front().evidence;
  evidence.source = "capture";
  evidence.expires = day("2027-11-20");
  for (std::uint64_t i = 100; i < 1100; ++i) {
    const auto party = tests::client_id(i);
    book.state.managers[party] = {party, "GB"};
    evidence.expires->days = day("2027-06-20").days + static_cast<std::int32_t>(i % 2);
    ASSERT_EQ(give(RecordCapture{party, evidence}), "done");
  }
  const auto due = [&](const char* date) { return items_due(*book.state.gate, day(date)).size(); };
  // Of the book's own firm and manager captures end on 20 January.
  EXPECT_EQ(due("2026-10-21"), 0u);
  EXPECT_EQ(due("2026-10-22"), 2u);
  book.now = tests::at("2027-01-13T00:00:00Z");
  tick();
  EXPECT_EQ(due("2027-01-13"), 0u);
  // 90 days before the first 500 end, and of the others a day later.
  EXPECT_EQ(due("2027-03-21"), 0u);
  EXPECT_EQ(due("2027-03-22"), 500u);
  EXPECT_EQ(due("2027-03-23"), 1000u);
}

TEST_F(Agenda, OfWhatIsDueATickSaysAThousandAtATime) {
  book.now = tests::at("2026-12-20T00:00:00Z");
  tick();
  GateBook& gate = *book.state.gate;
  HeldEvidence held{world.known.of_manager.front().evidence, false, 5000, book.now};
  held.evidence.source = "fca";
  for (std::uint64_t i = 0; i < 1500; ++i) {
    const auto party = tests::client_id(100 + i % 50);
    held.evidence.reference = std::to_string(i);
    held.seq += 1;
    gate.of_party[party].push_back(held);
    gate.watched.insert(party);
    plan_evidence(gate, party, core::utc_date(book.now));
  }
  tick();
  EXPECT_EQ(book.last<RecheckDue>().size(), 1000u);
  EXPECT_TRUE(has_expired(book.state, book.now));
  tick();
  EXPECT_EQ(book.last<RecheckDue>().size(), 500u);
  EXPECT_FALSE(has_expired(book.state, book.now));
}

}  // namespace
}  // namespace engine::gate
