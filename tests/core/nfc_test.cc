#include "core/nfc.h"

#include <gtest/gtest.h>

#include "tests/support/outcome.h"

namespace core {
namespace {

// Source: Unicode Standard Annex #15, figure 3 and table 5.
TEST(Nfc, ComposesWhatCanBeComposed) {
  EXPECT_EQ(to_nfc("A\u030A").value(), "\u00C5");
  EXPECT_EQ(to_nfc("\u212B").value(), "\u00C5");
  EXPECT_EQ(to_nfc("s\u0323\u0307").value(), "\u1E69");
  EXPECT_EQ(to_nfc("s\u0307\u0323").value(), "\u1E69");
  EXPECT_EQ(to_nfc("\u1100\u1161\u11A8").value(), "\uAC01");
}

TEST(Nfc, LeavesTheRest) {
  EXPECT_EQ(to_nfc("").value(), "");
  EXPECT_EQ(to_nfc("Anna Müller").value(), "Anna Müller");
  // Compatibility is another form.
  EXPECT_EQ(to_nfc("\uFB01").value(), "\uFB01");
}

TEST(Nfc, RefusesWhatIsNoText) {
  EXPECT_EQ(tests::outcome(to_nfc("\xff")), "InvalidInput/text");
  EXPECT_EQ(tests::outcome(to_nfc("\xed\xa0\x80")), "InvalidInput/text");
}

}  // namespace
}  // namespace core
