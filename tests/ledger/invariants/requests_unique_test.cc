#include "ledger/invariants/requests_unique.h"

#include <gtest/gtest.h>

#include "tests/support/outcome.h"

namespace ledger::invariants {
namespace {

RequestsUnique::Entry entry(std::uint64_t first_seq) {
  return {first_seq, core::sha256(core::as_bytes("command"))};
}

TEST(RequestsUnique, FindsWhatWasAdded) {
  RequestsUnique law;
  EXPECT_EQ(law.find("local", "r-1"), nullptr);
  EXPECT_EQ(tests::outcome(law.add("local", "r-1", entry(3))), "a value");
  ASSERT_NE(law.find("local", "r-1"), nullptr);
  EXPECT_EQ(law.find("local", "r-1")->first_seq, 3u);
  EXPECT_EQ(law.find("local", "r-1")->command_digest, core::sha256(core::as_bytes("command")));
  EXPECT_EQ(law.size(), 1u);
}

TEST(RequestsUnique, ASecondUseIsRefusedAndTheFirstStays) {
  RequestsUnique law;
  ASSERT_EQ(tests::outcome(law.add("local", "r-1", entry(3))), "a value");
  const auto refused = law.add("local", "r-1", entry(8));
  EXPECT_EQ(tests::outcome(refused), "Corrupt/request_id");
  EXPECT_EQ(refused.error().at, "seq 8");
  EXPECT_NE(refused.error().detail.find("seq 3"), std::string::npos);
  EXPECT_EQ(law.find("local", "r-1")->first_seq, 3u);
}

TEST(RequestsUnique, EachClientHasItsOwn) {
  RequestsUnique law;
  EXPECT_EQ(tests::outcome(law.add("local", "r-1", entry(3))), "a value");
  EXPECT_EQ(tests::outcome(law.add("web", "r-1", entry(4))), "a value");
  EXPECT_EQ(tests::outcome(law.add("local", "r-2", entry(5))), "a value");
  EXPECT_EQ(law.find("web", "r-2"), nullptr);
}

TEST(RequestsUnique, ClientAndRequestDoNotRunTogether) {
  RequestsUnique law;
  EXPECT_EQ(tests::outcome(law.add("ab", "c", entry(3))), "a value");
  EXPECT_EQ(tests::outcome(law.add("a", "bc", entry(4))), "a value");
  EXPECT_EQ(tests::outcome(law.add("", "abc", entry(5))), "a value");
  EXPECT_EQ(tests::outcome(law.add("abc", "", entry(6))), "a value");
}

TEST(RequestsUnique, AForgottenIdIsFree) {
  RequestsUnique law;
  ASSERT_EQ(tests::outcome(law.add("local", "r-1", entry(3))), "a value");
  law.forget("local", "r-1");
  EXPECT_EQ(law.find("local", "r-1"), nullptr);
  EXPECT_EQ(tests::outcome(law.add("local", "r-1", entry(4))), "a value");
  law.forget("local", "never used");
  EXPECT_EQ(law.size(), 1u);
}

}  // namespace
}  // namespace ledger::invariants
