#include "core/random.h"

#include <gtest/gtest.h>

#include "core/bytes.h"

namespace core {
namespace {

// Made with: openssl enc -chacha20 -K $(printf tallystick | sha256sum) -iv 0, over zeros.
TEST(SeededRandom, IsTheChaCha20StreamOfTheHashedSeed) {
  SeededRandom random("tallystick");
  EXPECT_EQ(to_hex(random.take<32>()),
            "36fb7b118f321a977b77584c70ff7b26cbd11c32ac17d6208a72b2210676b1ae");
  Bytes skipped(4080 - 32);
  random.fill(skipped);
  // This part lies on both sides of the buffer's end.
  EXPECT_EQ(to_hex(random.take<32>()),
            "d07a29e762cda2417e5afec13c593a27aebb2f4914cb2730ea33bcca1bc0568f");
}

TEST(SeededRandom, GivesTheSameBytesInPiecesOfAnySize) {
  SeededRandom whole("seed");
  Bytes expected(20'000);
  whole.fill(expected);
  SeededRandom pieces("seed");
  Bytes actual(expected.size());
  std::size_t at = 0;
  for (std::size_t size = 1; at < actual.size(); size = size * 3 + 1) {
    const std::size_t count = std::min(size, actual.size() - at);
    pieces.fill(std::span(actual).subspan(at, count));
    at += count;
  }
  EXPECT_EQ(actual, expected);
}

TEST(SeededRandom, ADifferentSeedGivesDifferentBytes) {
  EXPECT_NE(SeededRandom("1").take<32>(), SeededRandom("2").take<32>());
}

TEST(SeededRandom, FillingNothingTakesNothing) {
  SeededRandom random("seed");
  random.fill({});
  EXPECT_EQ(random.take<32>(), SeededRandom("seed").take<32>());
}

TEST(SystemRandom, FillsNothingWithNothing) { SystemRandom().fill({}); }

TEST(SystemRandom, DoesNotRepeatItself) {
  SystemRandom random;
  EXPECT_NE(random.take<32>(), random.take<32>());
}

}  // namespace
}  // namespace core
