// What holds for every order, whatever its fills.

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "engine/mam/allocation.h"
#include "tests/engine/mam/group.h"
#include "tests/support/numbers.h"
#include "tests/support/seeds.h"

namespace engine::mam {
namespace {

using core::Minor;

std::string lots(Minor steps) { return core::to_string(core::to_decimal(steps, 2)); }

// A group of random accounts with an order of random size.
struct RandomGroup : Group {
  explicit RandomGroup(std::uint64_t seed) {
    tests::Numbers numbers(seed);
    accounts_count = 1 + numbers.below(5);
    for (std::uint64_t number = 1; number <= accounts_count; ++number) {
      // Small equities make ties frequent.
      add_account(number, static_cast<std::int64_t>(1 + numbers.below(seed % 2 == 0 ? 4 : 900)));
    }
    steps = static_cast<Minor>(accounts_count * 900 + numbers.below(200));
    EXPECT_EQ(accept(1, lots(steps), numbers.below(2) == 0 ? Side::Buy : Side::Sell), "done");
  }

  Minor shared_by_all() const {
    Minor sum = 0;
    for (const auto& [id, share] : order(1).shares) sum += share.filled + share.error;
    return sum;
  }

  std::uint64_t accounts_count = 0;
  Minor steps = 0;
};

TEST(OrderProperty, PartsSumToTheFillsNeverShrinkAndEndWithinAStep) {
  for (std::uint64_t seed = 0; seed < tests::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    tests::Numbers numbers(seed ^ 77);
    RandomGroup group(seed);
    std::map<core::AccountId, Minor> before;
    Minor left = group.steps;
    for (int name = 0; left > 0; ++name) {
      const auto part = std::min<Minor>(left, static_cast<Minor>(1 + numbers.below(700)));
      left -= part;
      const bool final = left == 0 || numbers.below(12) == 0;
      ASSERT_EQ(group.fill(1, std::to_string(name), lots(part), final), "done");
      EXPECT_TRUE(group.shared_by_all() == group.order(1).filled);
      const bool corrected = !group.last<AllocationCorrected>().empty();
      for (const auto& [id, share] : group.order(1).shares) {
        EXPECT_TRUE(corrected || share.filled >= before[id]);
        before[id] = share.filled;
      }
      if (final) break;
    }
    Minor total = 0;
    for (const auto& [id, share] : group.order(1).shares) total += share.weight;
    for (const auto& [id, share] : group.order(1).shares) {
      const Minor away = share.filled * total - share.weight * group.order(1).filled;
      EXPECT_TRUE(away < total && -away < total);
    }
  }
}

// One fill's life: told, perhaps amended, perhaps annulled, and perhaps told again at any moment.
struct Life {
  std::string name;
  Minor steps = 0;
  Minor amended = 0;  // 0: not amended.
  bool busted = false;
  int stage = 0;
};

std::vector<Life> random_lives(std::uint64_t seed, Minor steps) {
  tests::Numbers numbers(seed ^ 99);
  std::vector<Life> lives(1 + numbers.below(5));
  const auto most = static_cast<std::uint64_t>(steps) / lives.size();
  for (Life& life : lives) {
    life.name = "f" + std::to_string(&life - lives.data());
    life.steps = static_cast<Minor>(1 + numbers.below(most));
    if (numbers.below(2) == 0) life.amended = static_cast<Minor>(1 + numbers.below(most));
    life.busted = numbers.below(4) == 0;
  }
  return lives;
}

bool is_over(const Life& life) { return life.stage == 3; }

RecordFill fill_of(const Life& life) {
  return {tests::id<core::OrderId>(1), life.name, tests::decimal(lots(life.steps)),
          tests::decimal("1.1"),       false,     tests::decimal("-0.07")};
}

void tell_next(Group& group, Life& life) {
  switch (life.stage++) {
    case 0:
      ASSERT_EQ(group.run(fill_of(life)), "done");
      return;
    case 1:
      if (life.amended == 0) return;
      ASSERT_EQ(group.run(AmendFill{tests::id<core::OrderId>(1), life.name,
                                    tests::decimal(lots(life.amended)), tests::decimal("1.2"),
                                    tests::decimal("-0.11"), "told late"}),
                "done");
      return;
    default:
      if (!life.busted) return;
      ASSERT_EQ(group.bust(1, life.name), "done");
  }
}

// Positions, money and balances of extra steps after all of it, in an order that the seed gives.
std::string end_of(std::uint64_t seed, std::uint64_t order_of_events) {
  RandomGroup group(seed);
  auto lives = random_lives(seed, group.steps);
  tests::Numbers numbers(order_of_events);
  while (!std::ranges::all_of(lives, is_over)) {
    Life& life = lives[numbers.below(lives.size())];
    if (is_over(life)) continue;
    tell_next(group, life);
    if (numbers.below(3) == 0) {
      EXPECT_EQ(group.run(fill_of(life)), "Conflict/duplicate_fill");
    }
    EXPECT_TRUE(group.shared_by_all() == group.order(1).filled);
  }
  const bool complete = group.order(1).final;
  EXPECT_EQ(group.fill(1, "end", "0", true), complete ? "Conflict/order_final" : "done");
  std::string text = group.filled(1) + " | " + group.errors(1);
  for (std::uint64_t number = 1; number <= group.accounts_count; ++number) {
    text += " " + core::to_string(group.position(number)) + " " +
            core::to_string(group.owed(number)) + " " +
            core::to_string(group.state.blocks->extra[Group::account(number)]);
  }
  return text + " " + core::to_string(group.order(1).price_steps);
}

TEST(OrderProperty, AnyOrderOfEventsEndsInTheSamePositionsAndMoney) {
  for (std::uint64_t seed = 0; seed < tests::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    const std::string first = end_of(seed, seed * 3 + 1);
    EXPECT_EQ(end_of(seed, seed * 3 + 2), first);
    EXPECT_EQ(end_of(seed, seed * 3 + 3), first);
  }
}

// 10,000 orders over accounts of one weight: nobody is ever more than a step ahead of another.
TEST(OrderProperty, NobodyIsFavoured) {
  constexpr std::uint64_t kOrders = 10'000;
  for (std::uint64_t seed = 0; seed < tests::seeds() / 100; ++seed) {
    SCOPED_TRACE(seed);
    tests::Numbers numbers(seed);
    const std::size_t count = 2 + numbers.below(6);
    std::vector<Minor> balances(count, 0);
    std::vector<Minor> extras(count, 0);
    for (std::uint64_t order = 0; order < kOrders; ++order) {
      std::vector<core::Hash> ties(count);
      for (std::size_t i = 0; i < count; ++i) {
        ties[i] = tie_of(tests::id<core::OrderId>(order), tests::id<core::AccountId>(i));
      }
      std::vector<Claim> claims(count);
      for (std::size_t i = 0; i < count; ++i) {
        claims[i].weight = 7;
        for (std::size_t j = 0; j < count; ++j) {
          const bool first =
              balances[j] != balances[i] ? balances[j] < balances[i] : ties[j] < ties[i];
          if (first) ++claims[i].rank;
        }
      }
      const auto steps = static_cast<Minor>(1 + numbers.below(60));
      const auto parts = sainte_lague(steps, claims).value();
      for (std::size_t i = 0; i < count; ++i) {
        extras[i] += parts[i] - steps / static_cast<Minor>(count);
        balances[i] += extra_steps(parts[i], 7, 7 * static_cast<Minor>(count), steps).value();
      }
      const auto [least, most] = std::ranges::minmax(extras);
      ASSERT_TRUE(most - least <= 1) << order;
    }
  }
}

}  // namespace
}  // namespace engine::mam
