#include "core/result.h"

#include <gtest/gtest.h>

#include "tests/support/outcome.h"

namespace core {
namespace {

Result<int> half(int number) {
  if (number % 2 != 0) return invalid("odd", "number", "The number is odd.");
  return number / 2;
}

Result<int> quarter(int number) {
  TRY(const int halved, half(number));
  TRY(const int quartered, half(halved));
  return quartered;
}

TEST(Result, TryPassesTheValueOn) { EXPECT_EQ(quarter(12).value(), 3); }

TEST(Result, TryPassesTheErrorOn) { EXPECT_EQ(tests::outcome(quarter(6)), "InvalidInput/odd"); }

TEST(Result, EveryCodeHasAName) {
  EXPECT_EQ(code_name(Code::InvalidInput), "InvalidInput");
  EXPECT_EQ(code_name(Code::NotFound), "NotFound");
  EXPECT_EQ(code_name(Code::Conflict), "Conflict");
  EXPECT_EQ(code_name(Code::Overflow), "Overflow");
  EXPECT_EQ(code_name(Code::Corrupt), "Corrupt");
  EXPECT_EQ(code_name(Code::Unavailable), "Unavailable");
}

TEST(Result, AnErrorPrintsReasonPlaceAndDetail) {
  EXPECT_EQ(to_string(half(1).error()), "odd at number: The number is odd.");
  EXPECT_EQ(to_string(not_found("account", "", "")), "account");
}

TEST(Result, WithinPutsTheOuterPlaceFirst) {
  EXPECT_EQ(half(1).error().at, "number");
  EXPECT_EQ(invalid("odd", "amount", "").within("line 3").at, "line 3: amount");
  EXPECT_EQ(invalid("odd", "", "").within("line 3").at, "line 3");
}

TEST(ResultDeathTest, TheValueOfAnErrorEndsTheProcess) {
  EXPECT_DEATH(static_cast<void>(half(1).value()), "value\\(\\) of an error: odd at number");
}

}  // namespace
}  // namespace core
