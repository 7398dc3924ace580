#include "gateway/service/token.h"

#include <gtest/gtest.h>

namespace gateway::service {
namespace {

TEST(TokenMatches, OnlyTheSameTextMatches) {
  EXPECT_TRUE(token_matches("tally_0123", "tally_0123"));
  EXPECT_FALSE(token_matches("tally_0124", "tally_0123"));
  EXPECT_FALSE(token_matches("tally_012", "tally_0123"));
  EXPECT_FALSE(token_matches("tally_01234", "tally_0123"));
  EXPECT_FALSE(token_matches("", "tally_0123"));
}

TEST(TokenMatches, NothingMatchesAMissingToken) {
  EXPECT_FALSE(token_matches("", ""));
  EXPECT_FALSE(token_matches("tally_0123", ""));
}

}  // namespace
}  // namespace gateway::service
