#include "gateway/http/responses.h"

#include <gtest/gtest.h>

#include "tests/gateway/http/served_book.h"

namespace gateway::http {
namespace {

TEST(Responses, AProblemSaysWhatIsWrongAndWhere) {
  const Response response =
      respond_problem(core::invalid("decimal", "line 3: amount", "Write digits."));
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(response.body,
            R"({"type":"urn:tallystick:error:decimal","title":"InvalidInput","status":400,)"
            R"("detail":"Write digits.","code":"InvalidInput","reason":"decimal",)"
            R"("at":"line 3: amount"})");
  EXPECT_EQ(tests::header(response, "Retry-After"), "");
}

TEST(Responses, UnavailableSaysWhenToTryAgain) {
  const Response response = respond_problem(core::unavailable("queue_full", "", "Later."));
  EXPECT_EQ(tests::problem(response), "503 queue_full");
  EXPECT_EQ(tests::header(response, "Retry-After"), "1");
}

TEST(Responses, AFaultOfHttpKeepsItsOwnStatus) {
  const Response response = respond_problem(421, core::invalid("host", "Host", "Not here."));
  EXPECT_EQ(tests::problem(response), "421 host");
}

}  // namespace
}  // namespace gateway::http
