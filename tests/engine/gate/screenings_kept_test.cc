// Of screenings that say the same, what a decision does not rest on is let go.

#include <algorithm>
#include <random>

#include "engine/gate/replay.h"
#include "tests/engine/gate/gate_book.h"
#include "tests/support/seeds.h"

namespace engine::gate {
namespace {

class ScreeningsKept : public GateOfABook {
 protected:
  std::string screen(const std::vector<ScreeningCandidate>& candidates) {
    core::Hash version;
    version.bytes.fill(++versions);
    EXPECT_EQ(give(RecordScreeningList{"uk", version, tests::day("2026-11-25"), 5000}), "done");
    return give(RecordScreening{manager, "uk", version, "names/1", candidates});
  }
  std::size_t kept() const {
    return static_cast<std::size_t>(std::ranges::count_if(
        book.state.gate->of_party.at(manager),
        [](const HeldEvidence& one) { return one.evidence.source == "screening"; }));
  }
  void a_day_later() { book.now.micros += 86'400'000'000; }

  static std::vector<ScreeningCandidate> like(std::uint64_t score) {
    return {{"A", {}, score, false, false}};
  }
  std::uint8_t versions = 0;
};

TEST_F(ScreeningsKept, TheFirstAndTheNewestOfThoseThatSayTheSame) {
  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(screen({}), "done");
    EXPECT_LE(kept(), 2u);
    a_day_later();
  }
  EXPECT_EQ(screen(like(950)), "done");
  EXPECT_EQ(screen(like(940)), "done");
  EXPECT_EQ(screen(like(930)), "done");
  EXPECT_EQ(kept(), 4u);
  const auto& newest = book.state.gate->of_party.at(manager).back();
  EXPECT_EQ(newest.evidence.documents.front().bytes.front(), versions);
}

TEST_F(ScreeningsKept, ThoseOnWhichSomethingWasDecided) {
  EXPECT_EQ(screen(like(950)), "done");
  for (std::uint64_t i = 1; i <= 10; ++i) {
    EXPECT_EQ(screen(like(950)), "done");
    EXPECT_EQ(screen(like(950)), "done");
    EXPECT_EQ(decide_now(i), "done");
  }
  EXPECT_EQ(kept(), 1u + 10u);
}

class ScreeningsKeptProperty : public ScreeningsKept {};

TEST_F(ScreeningsKeptProperty, AreEnoughToDecideAgainToTheSameBytes) {
  EXPECT_EQ(sign(), "done");
  const State begin = book.state;
  const core::Instant begun = book.now;
  for (std::uint64_t seed = 0; seed < tests::seeds() / 4 + 1; ++seed) {
    book.state = begin;
    book.now = begun;
    versions = 0;
    std::mt19937_64 random(seed);
    std::uint64_t decisions = 0;
    std::size_t changes = 0;
    std::uint64_t before = 0;
    for (int step = 0; step < 40; ++step) {
      const std::uint64_t what = random() % 8;
      if (what < 2) {
        EXPECT_EQ(decide_now(++decisions), "done");
      } else if (what == 2 && give(ReleaseCandidate{manager, "uk", "A", {}}) == "done") {
        ++changes;
        before = 0;
      } else {
        const std::uint64_t score = random() % 3 == 0 ? 650 + 100 * (random() % 4) : before;
        EXPECT_EQ(screen(score < 700 ? std::vector<ScreeningCandidate>() : like(score)), "done");
        changes += score == before ? 0 : 1;
        before = score;
      }
      if (random() % 3 == 0) a_day_later();
    }
    for (std::uint64_t i = 1; i <= decisions; ++i) {
      const auto again = replay(book.state, tests::id<core::DecisionId>(i), book.now);
      ASSERT_TRUE(again.has_value());
      ASSERT_TRUE(again.value().same) << seed << " " << i;
    }
    if (!book.state.gate->screenings.empty()) {
      ASSERT_LE(kept(), 2 + 2 * changes + decisions) << seed;
    }
  }
}

}  // namespace
}  // namespace engine::gate
