#include "ledger/id_hash.h"

#include <gtest/gtest.h>

#include <set>

namespace ledger {
namespace {

using Id = std::array<std::uint8_t, 16>;

// How many places of a table of 1024 the ids take that differ in these two bytes alone. Of a hash
// that is as good as random they take 647 on average.
std::size_t places(std::size_t first, std::size_t second) {
  std::set<std::uint64_t> taken;
  for (unsigned i = 0; i < 1024; ++i) {
    Id id{};
    id[first] = static_cast<std::uint8_t>(i & 0xff);
    id[second] = static_cast<std::uint8_t>(i >> 8);
    taken.insert(hash_of_id(id) % 1024);
  }
  return taken.size();
}

TEST(IdHash, IdsThatAreCountedUpInAnyBytesFallApart) {
  for (std::size_t byte = 0; byte < 16; ++byte) {
    SCOPED_TRACE(byte);
    EXPECT_GT(places(byte, (byte + 1) % 16), 500u);
    EXPECT_GT(places(byte, (byte + 15) % 16), 500u);
  }
}

}  // namespace
}  // namespace ledger
