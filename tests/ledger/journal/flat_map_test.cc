#include "ledger/journal/flat_map.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace ledger::journal {
namespace {

using Map = FlatMap<std::uint64_t>;

Map::Key key_of(std::uint64_t number, std::size_t byte) {
  Map::Key key{};
  key[byte] = static_cast<std::uint8_t>(number);
  key[(byte + 1) % key.size()] = static_cast<std::uint8_t>(number >> 8);
  return key;
}

// Against a map that cannot be wrong; ids that are counted up, put and erased in a random order.
TEST(FlatMap, HoldsWhatAnOrderedMapHolds) {
  for (std::uint64_t seed = 1; seed <= 16; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937_64 random(seed);
    Map map;
    std::map<Map::Key, std::uint64_t> expected;
    for (int i = 0; i < 4000; ++i) {
      const Map::Key key = key_of(random() % 900, seed - 1);
      if (random() % 3 == 0) {
        map.erase(key);
        expected.erase(key);
        continue;
      }
      const auto [value, added] = map.try_emplace(key);
      EXPECT_EQ(added, !expected.contains(key));
      *value = random();
      expected[key] = *value;
    }
    EXPECT_EQ(map.size(), expected.size());
    for (std::uint64_t number = 0; number < 900; ++number) {
      const Map::Key key = key_of(number, seed - 1);
      const std::uint64_t* found = map.find(key);
      ASSERT_EQ(found != nullptr, expected.contains(key));
      if (found != nullptr) {
        EXPECT_EQ(*found, expected.at(key));
      }
    }
  }
}

}  // namespace
}  // namespace ledger::journal
