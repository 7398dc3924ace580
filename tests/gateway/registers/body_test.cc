#include "gateway/registers/body.h"

#include <gtest/gtest.h>

#include "tests/support/outcome.h"

namespace gateway::registers {
namespace {

TEST(Body, NumbersThatAreNotWholeBecomeTheTextsThatTheyWere) {
  EXPECT_EQ(with_decimals_as_texts(R"({"a":-33.860,"b":[1,2.5e-3,1E+2],"c":0.0})"),
            R"({"a":"-33.860","b":[1,"2.5e-3","1E+2"],"c":"0.0"})");
  EXPECT_EQ(with_decimals_as_texts("1.5"), "\"1.5\"");
}

TEST(Body, WhatStandsInATextIsNoNumber) {
  for (const char* body : {R"({"a":"1.5"})", R"({"1.5":"say \"2.5\" \\"})", R"("\\\"1.5)", ""}) {
    EXPECT_EQ(with_decimals_as_texts(body), body);
  }
}

TEST(Body, WhatIsNoNumberOfJsonsStaysAndIsRefused) {
  for (const char* body : {"1.", "01.5", "-.5", "1.5.2", "1e", "1.5e+", "-", "1.5-2", "--1.5"}) {
    EXPECT_EQ(with_decimals_as_texts(body), body);
  }
  for (const char* body : {"1.", "01.5", "-.5", "1.5.2", "1e", "+1.5", "x1.5", "1.5x"}) {
    EXPECT_EQ(tests::outcome(parse_body(with_decimals_as_texts(body), "body 1")),
              "InvalidInput/json")
        << body;
  }
}

}  // namespace
}  // namespace gateway::registers
