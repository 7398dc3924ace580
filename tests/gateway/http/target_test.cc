#include "gateway/http/target.h"

#include <gtest/gtest.h>

#include "tests/support/outcome.h"

namespace gateway::http {
namespace {

using Segments = std::vector<std::string>;
using Parameters = std::map<std::string, std::string>;

TEST(Target, SegmentsAndParametersAreDecoded) {
  const auto target =
      parse_target("/v1/b%20c/%C3%A4%2Fx?account=liabilities:cm:client:@anna&as_of=%32").value();
  EXPECT_EQ(target.segments, (Segments{"v1", "b c", "ä/x"}));
  EXPECT_EQ(target.parameters,
            (Parameters{{"account", "liabilities:cm:client:@anna"}, {"as_of", "2"}}));
}

TEST(Target, APlusIsAPlus) {
  EXPECT_EQ(parse_target("/a?t=2026-01-01T00:00:00+00:00").value().parameters.at("t"),
            "2026-01-01T00:00:00+00:00");
}

TEST(Target, EmptyPartsAreKept) {
  EXPECT_EQ(parse_target("/").value().segments, Segments{});
  EXPECT_EQ(parse_target("//a/").value().segments, (Segments{"", "a", ""}));
  EXPECT_EQ(parse_target("/a?b&c=").value().parameters, (Parameters{{"b", ""}, {"c", ""}}));
}

TEST(Target, DotsAreNoWayOut) {
  EXPECT_EQ(parse_target("/a/../b/./c").value().segments, (Segments{"a", "..", "b", ".", "c"}));
}

TEST(Target, BadEncodingIsRefused) {
  for (const std::string_view text : {"/%", "/%0", "/%g0", "/a?%", "/a?b=%c3", "/%ed%a0%80",
                                      "/a%7f", "/\xc3\xa4", "/a b", "", "a", "?a=b"}) {
    SCOPED_TRACE(text);
    EXPECT_EQ(tests::outcome(parse_target(text)), "InvalidInput/target");
  }
  EXPECT_EQ(tests::outcome(parse_target("/a?b=1&%62=2")), "InvalidInput/duplicate_parameter");
}

}  // namespace
}  // namespace gateway::http
