#include "gateway/http/reports.h"

#include <gtest/gtest.h>

#include <sstream>

#include "tests/gateway/http/served_book.h"
#include "tests/support/files.h"

namespace gateway::http {
namespace {

using tests::json_of;
using tests::problem;
using tests::ServedBook;

constexpr std::string_view kOrder =
    R"({"structure":"@alpha","client":"@anna","from":"2026-03-01T00:00:00Z",)"
    R"("to":"2026-04-01T00:00:00Z"})";

// The demo brokerage, told over HTTP.
class Reports : public ::testing::Test {
 protected:
  Reports() {
    std::istringstream lines(tests::read_file("demo/brokerage.jsonl"));
    std::string body;
    int number = 0;
    for (std::string line; std::getline(lines, line);) {
      if (line.empty() || line[0] == '#') continue;
      line.insert(1, R"("request_id":"d-)" + std::to_string(++number) + R"(",)");
      body += line + "\n";
    }
    const Response response = served_.post("commands", body, "application/x-ndjson");
    EXPECT_EQ(response.body.find("\"error\""), std::string::npos) << response.body;
  }
  Response order(std::string_view body) { return served_.post("statements", std::string(body)); }

  ServedBook served_;
};

TEST_F(Reports, AStatementIsIssuedAndRebuiltByteForByte) {
  const Response issued = order(kOrder);
  ASSERT_EQ(issued.status, 200) << issued.body;
  const std::string report(json_of(issued).text("report"));
  const Response again = served_.get("statements/" + report);
  EXPECT_EQ(again.content_type, "application/json");
  EXPECT_EQ(json_of(again), *json_of(issued).find("json"));
  const Response page = served_.get("statements/" + report, "text/html,*/*;q=0.8");
  EXPECT_EQ(page.content_type, "text/html; charset=utf-8");
  EXPECT_EQ(tests::header(page, "Content-Security-Policy"),
            "default-src 'none'; style-src 'unsafe-inline'");
  EXPECT_TRUE(page.body.starts_with("<!DOCTYPE html>"));
  EXPECT_EQ(problem(served_.get("statements/" + report, "image/png")), "406 not_acceptable");
}

TEST_F(Reports, TheSameStatementOfAnUnchangedBookIsTheSameReport) {
  const Response first = order(kOrder);
  const Response second = order(kOrder);
  EXPECT_EQ(second.status, 200);
  EXPECT_EQ(first.body, second.body);
}

TEST_F(Reports, AnOrderIsReadStrictly) {
  const auto with = [](const std::string& more) {
    std::string text(kOrder);
    return text.insert(1, more + ",");
  };
  EXPECT_EQ(problem(order("")), "400 json");
  EXPECT_EQ(problem(order("[]")), "400 wrong_type");
  EXPECT_EQ(problem(order("{}")), "400 missing_field");
  EXPECT_EQ(problem(order(with(R"("color":"red")"))), "400 unknown_field");
  EXPECT_EQ(problem(order(with(R"("language":7)"))), "400 wrong_type");
  EXPECT_EQ(problem(order(with(R"("language":"tlh")"))), "400 language");
  std::string unknown(kOrder);
  unknown.replace(unknown.find("@anna"), 5, "@nobody");
  EXPECT_EQ(problem(order(unknown)), "404 unknown_reference");
}

TEST_F(Reports, AReportThatWasNotIssuedIsSaidSo) {
  EXPECT_EQ(problem(served_.get("statements/00000000000000000000000000000000")),
            "404 unknown_report");
  EXPECT_EQ(problem(served_.get("statements/latest")), "400 id");
}

}  // namespace
}  // namespace gateway::http
