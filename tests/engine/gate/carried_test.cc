// What a comparison found stays until two people release it, whatever the list's next version says.

#include <map>
#include <random>

#include "engine/gate/desk.h"
#include "tests/engine/gate/gate_book.h"
#include "tests/support/seeds.h"

namespace engine::gate {
namespace {

using tests::day;

class Carried : public GateOfABook {
 protected:
  static core::Hash digest(std::uint8_t number) {
    core::Hash out;
    out.bytes.fill(number);
    return out;
  }
  // A version of its own, unless the one before is meant.
  std::string screen(const std::vector<ScreeningCandidate>& candidates, bool same_version = false) {
    if (!same_version) {
      ++versions;
      EXPECT_EQ(give(RecordScreeningList{"uk", version(), day("2026-11-25"), 5000}), "done");
    }
    return give(RecordScreening{manager, "uk", version(), "names/1", candidates});
  }
  std::string release(const std::string& entry) {
    return give(ReleaseCandidate{manager, "uk", entry, {}});
  }
  core::Hash version() const {
    core::Hash out;
    out.bytes[0] = static_cast<std::uint8_t>(versions);
    out.bytes[1] = static_cast<std::uint8_t>(versions >> 8);
    return out;
  }
  const HeldScreening& held() const { return book.state.gate->screenings.at(manager).at("uk"); }
  // "A hit carried; B review; ", of what stands unreleased.
  std::string stands() const {
    std::string out;
    for (const Standing& one : standing(held())) {
      const auto outcome = static_cast<std::size_t>(one.outcome);
      out += one.entry + " " + std::string(core::EnumNames<ScreeningOutcome>::names[outcome]) +
             (one.carried ? " carried; " : "; ");
    }
    return out;
  }
  bool is_hit() const { return has_hit(book.state, manager); }

  std::uint64_t versions = 0;
};

TEST_F(Carried, AnotherVersionWithoutHimClearsNobody) {
  EXPECT_EQ(screen({{"A", digest(1), 950, false, false}}), "done");
  EXPECT_EQ(screen({}), "done");
  const ScreeningRecorded recorded = book.last<ScreeningRecorded>().front();
  EXPECT_EQ(recorded.outcome, ScreeningOutcome::Hit);
  ASSERT_EQ(recorded.carried.size(), 1u);
  EXPECT_EQ(recorded.carried.front().digest, digest(1));
  EXPECT_TRUE(is_hit());
  EXPECT_EQ(stands(), "A hit carried; ");
  // And so on, also with the first version again.
  EXPECT_EQ(screen({}), "done");
  EXPECT_EQ(screen({}, true), "done");
  EXPECT_EQ(stands(), "A hit carried; ");
  EXPECT_EQ(authorised(), "Conflict/not_authorised");
  EXPECT_EQ(release("A"), "done");
  EXPECT_EQ(book.last<CandidateReleased>().front().outcome, ScreeningOutcome::Clear);
  EXPECT_EQ(release("A"), "Conflict/exists");
  EXPECT_FALSE(is_hit());
  // Who was released is carried no more.
  EXPECT_EQ(screen({}), "done");
  EXPECT_TRUE(held().carried.empty());
  EXPECT_EQ(release("A"), "NotFound/unknown_candidate");
}

TEST_F(Carried, WhatIsFoundAsLessStaysAsMuchAsItWas) {
  EXPECT_EQ(screen({{"A", digest(1), 0, true, false}, {"B", digest(1), 720, false, false}}),
            "done");
  EXPECT_EQ(screen({{"A", digest(2), 750, false, false}, {"B", digest(1), 710, false, false}}),
            "done");
  EXPECT_EQ(stands(), "A review; B review; A hit carried; ");
  EXPECT_EQ(book.last<ScreeningRecorded>().front().outcome, ScreeningOutcome::Hit);
  // The next one lacks him: the likelier of the two stays.
  EXPECT_EQ(screen({{"B", digest(1), 710, false, false}}), "done");
  EXPECT_EQ(stands(), "B review; A hit carried; ");
  EXPECT_EQ(held().carried.front().digest, digest(1));
  // Found as much as ever: it stands for itself.
  EXPECT_EQ(screen({{"A", digest(3), 900, false, false}}), "done");
  EXPECT_EQ(stands(), "A hit; B review carried; ");
}

TEST_F(Carried, OneReleaseIsOfTheEntryAsFoundAndAsCarried) {
  EXPECT_EQ(screen({{"A", digest(1), 950, false, false}}), "done");
  EXPECT_EQ(screen({{"A", digest(2), 750, false, false}}), "done");
  EXPECT_EQ(release("A"), "done");
  EXPECT_EQ(stands(), "");
  // Both are as they were when he was released.
  EXPECT_EQ(screen({{"A", digest(2), 750, false, false}}), "done");
  EXPECT_EQ(stands(), "");
  EXPECT_EQ(screen({{"A", digest(2), 950, false, false}}), "done");
  EXPECT_EQ(stands(), "A hit; ");
}

TEST_F(Carried, WhoComesBackAsHeWasReleasedStaysReleased) {
  EXPECT_EQ(screen({{"A", digest(1), 950, false, false}}), "done");
  EXPECT_EQ(screen({}), "done");
  EXPECT_EQ(release("A"), "done");
  EXPECT_EQ(screen({{"A", digest(1), 940, false, false}}), "done");
  EXPECT_EQ(stands(), "");
}

TEST_F(Carried, TheSameVersionTakesNothingBack) {
  EXPECT_EQ(screen({{"A", digest(1), 950, false, false}}), "done");
  EXPECT_EQ(screen({{"B", digest(1), 750, false, false}}), "done");
  EXPECT_EQ(screen({}, true), "Conflict/candidate_dropped");
  EXPECT_EQ(screen({{"B", digest(1), 750, false, false}}, true), "done");
  EXPECT_EQ(stands(), "B review; A hit carried; ");
}

TEST_F(Carried, ThereAreFiveHundredAtMostWithThem) {
  const auto candidates = [](std::size_t first, std::size_t count) {
    std::vector<ScreeningCandidate> out;
    for (std::size_t i = first; i < first + count; ++i) {
      out.push_back({"E" + std::to_string(i), {}, 750, false, false});
    }
    return out;
  };
  EXPECT_EQ(screen(candidates(0, 300)), "done");
  EXPECT_EQ(screen(candidates(300, 201)), "Conflict/release_first");
  EXPECT_EQ(release("E7"), "done");
  EXPECT_EQ(screen(candidates(300, 201), true), "done");
  EXPECT_EQ(held().carried.size(), 299u);
  EXPECT_EQ(screen(candidates(0, 501)), "InvalidInput/screening");
}

TEST_F(Carried, TheDeskSaysWhomTwoPeopleAreToRelease) {
  EXPECT_EQ(screen({{"A", {}, 950, false, false}, {"B", {}, 750, false, false}}), "done");
  EXPECT_EQ(screen({{"B", {}, 750, false, false}}), "done");
  const auto items = desk(*book.state.gate, book.now);
  ASSERT_EQ(items.size(), 2u);
  EXPECT_EQ(name_of(items[0].of), "candidate");
  EXPECT_EQ(items[0].id, "B");
  EXPECT_FALSE(items[0].carried);
  EXPECT_EQ(items[1].id, "A");
  EXPECT_TRUE(items[1].carried);
  EXPECT_EQ(items[1].party, manager);
  EXPECT_EQ(items[1].list, "uk");
  EXPECT_EQ(items[1].what, "hit");
  EXPECT_EQ(items[1].next, "release_candidate");
  EXPECT_EQ(release("A"), "done");
  EXPECT_EQ(release("B"), "done");
  EXPECT_TRUE(desk(*book.state.gate, book.now).empty());
}

TEST_F(Carried, TheStateIsReadAsItWasSaved) {
  EXPECT_EQ(screen({{"A", digest(1), 950, false, false}}), "done");
  EXPECT_EQ(screen({}), "done");
  const core::Bytes saved = core::to_cbor(*book.state.gate);
  const auto read = core::from_cbor<GateBook>(saved);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(core::to_cbor(read.value()), saved);
  EXPECT_EQ(read.value().hits.count(manager), 1u);
  EXPECT_EQ(read.value().screenings.at(manager).at("uk").carried.size(), 1u);
}

TEST_F(Carried, AHitOfAHolderIsOneOfTheClient) {
  const auto client = tests::client_id(2);
  const auto other = tests::client_id(3);
  for (const auto& one : {client, other}) {
    book.state.clients[one] = {one, ClientCategory::Professional, "GB"};
  }
  book.state.clients[client].holders = {manager};
  EXPECT_EQ(screen({{"A", {}, 899, false, false}}), "done");
  EXPECT_FALSE(has_hit(book.state, client));
  EXPECT_EQ(screen({{"A", {}, 900, false, false}}), "done");
  EXPECT_TRUE(has_hit(book.state, client));
  EXPECT_FALSE(has_hit(book.state, other));
  EXPECT_EQ(release("A"), "done");
  EXPECT_FALSE(has_hit(book.state, client));
}

// Random versions, comparisons and releases beside a model that forgets nothing: what stands of an
// entry is the most that was found of it since it was released.
class CarriedProperty : public Carried {
 protected:
  static ScreeningOutcome outcome_of(const ScreeningCandidate& one) {
    return one.score < 900 ? ScreeningOutcome::Review : ScreeningOutcome::Hit;
  }
  void check(std::uint64_t seed, int step) {
    std::map<std::string, ScreeningOutcome> found;
    for (const Standing& one : standing(held())) {
      ScreeningOutcome& known = found[one.entry];
      known = std::max(known, one.outcome);
    }
    ASSERT_EQ(found, most) << seed << " " << step;
    ScreeningOutcome worst = ScreeningOutcome::Clear;
    for (const auto& [entry, outcome] : most) worst = std::max(worst, outcome);
    ASSERT_EQ(gate::outcome_of(book.state, manager), worst) << seed << " " << step;
    ASSERT_EQ(is_hit(), worst == ScreeningOutcome::Hit) << seed << " " << step;
    const HeldEvidence& newest = book.state.gate->of_party.at(manager).back();
    ASSERT_EQ(newest.evidence.facts.front().values.back().value,
              core::EnumNames<ScreeningOutcome>::names[static_cast<std::size_t>(worst)]);
  }

  std::map<std::string, ScreeningOutcome> most;  // Unreleased.
};

TEST_F(CarriedProperty, NothingGoesButByARelease) {
  const State begin = book.state;
  for (std::uint64_t seed = 0; seed < tests::seeds(); ++seed) {
    book.state = begin;
    most.clear();
    std::mt19937_64 random(seed);
    ASSERT_EQ(screen({}), "done");
    for (int step = 0; step < 40; ++step) {
      const std::string entry(1, static_cast<char>('A' + random() % 4));
      if (random() % 4 == 0) {
        const bool stood = most.erase(entry) == 1;
        ASSERT_EQ(release(entry) == "done", stood) << seed << " " << step;
      } else {
        std::vector<ScreeningCandidate> found;
        for (char name = 'A'; name <= 'D'; ++name) {
          if (random() % 2 == 0) continue;
          // Each time another digest: who was released is not, if he is found.
          found.push_back({std::string(1, name), digest(static_cast<std::uint8_t>(random())),
                           850 + 100 * (random() % 2), false, false});
          found.back().digest.bytes[0] = static_cast<std::uint8_t>(step);
        }
        ASSERT_EQ(screen(found), "done");
        for (const ScreeningCandidate& one : found) {
          ScreeningOutcome& known = most[one.entry];
          known = std::max(known, outcome_of(one));
        }
      }
      ASSERT_NO_FATAL_FAILURE(check(seed, step));
    }
  }
}

}  // namespace
}  // namespace engine::gate
