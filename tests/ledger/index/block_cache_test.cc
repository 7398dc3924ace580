#include "ledger/index/block_cache.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace ledger::index {
namespace {

using Cache = BlockCache<std::uint64_t>;

Cache::Key key_of(std::uint32_t run) { return {run, "k0"}; }

Cache::BlockPtr block_of(std::uint64_t first, std::size_t entries = 256) {
  Block<std::uint64_t> block;
  block.entries.assign(entries, first);
  return std::make_shared<const Block<std::uint64_t>>(std::move(block));
}

TEST(BlockCache, KeepsWhatWasReadUnderRunAndBlock) {
  Cache cache(1 << 20);
  EXPECT_EQ(cache.find(key_of(1)), nullptr);
  const auto block = block_of(7);
  cache.keep(key_of(1), block);
  EXPECT_EQ(cache.find(key_of(1)), block);
  EXPECT_EQ(cache.find({2, "k0"}), nullptr);
  EXPECT_EQ(cache.find({1, "k1"}), nullptr);
}

TEST(BlockCache, KeepsTheFirstOfTwoReaders) {
  Cache cache(1 << 20);
  const auto block = block_of(7);
  cache.keep(key_of(1), block);
  const std::size_t bytes = cache.bytes();
  cache.keep(key_of(1), block_of(7));
  EXPECT_EQ(cache.find(key_of(1)), block);
  EXPECT_EQ(cache.bytes(), bytes);
}

TEST(BlockCache, NeverHoldsMoreThanItsRoomAndForgetsWhatNobodyAsksFor) {
  constexpr std::size_t kRoom = 1 << 18;
  Cache cache(kRoom);
  cache.keep(key_of(0), block_of(0));
  for (std::uint32_t run = 1; run <= 1000; ++run) {
    cache.keep(key_of(run), block_of(run));
    EXPECT_LE(cache.bytes(), kRoom);
    // Asked for again and again, the first one stays.
    ASSERT_NE(cache.find(key_of(0)), nullptr) << run;
  }
  EXPECT_GT(cache.bytes(), kRoom / 2);
  EXPECT_EQ(cache.find(key_of(1)), nullptr);
  ASSERT_NE(cache.find(key_of(1000)), nullptr);
  EXPECT_EQ(cache.find(key_of(1000))->entries.front(), 1000u);
}

TEST(BlockCache, ABlockThatFillsMuchOfItIsNotKept) {
  Cache cache(1 << 12);
  cache.keep(key_of(1), block_of(1));
  EXPECT_EQ(cache.find(key_of(1)), nullptr);
  EXPECT_EQ(cache.bytes(), 0u);
}

TEST(BlockCache, ManyThreadsSeeOnlyWhatBelongsToTheirKey) {
  Cache cache(1 << 16);
  std::vector<std::thread> threads;
  std::atomic<int> wrong = 0;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (std::uint32_t i = 0; i < 20000; ++i) {
        const std::uint32_t run = i % 97;
        const auto found = cache.find(key_of(run));
        if (found == nullptr) {
          cache.keep(key_of(run), block_of(run));
        } else if (found->entries.front() != run) {
          ++wrong;
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace ledger::index
