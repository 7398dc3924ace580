#include "gateway/bench/figures.h"

#include <gtest/gtest.h>

namespace gateway::bench {
namespace {

TEST(Figures, RatesAreRoundedDownAndSurviveNoTime) {
  EXPECT_EQ(per_second(3, 2'000'000), 1u);
  EXPECT_EQ(per_second(5, 0), 5'000'000u);
}

TEST(Figures, RatiosAreHundredthsRoundedDown) {
  EXPECT_EQ(ratio(699, 1000), "0.69");
  EXPECT_EQ(ratio(5, 100), "0.05");
  EXPECT_EQ(ratio(250, 100), "2.50");
  EXPECT_EQ(ratio(3, 0), "3.00");
}

TEST(Figures, APercentileIsAValueThatWasMeasured) {
  Latencies latencies;
  EXPECT_EQ(latencies.percentile(50), 0u);
  for (std::uint64_t value = 100; value > 0; --value) latencies.add(value);
  EXPECT_EQ(latencies.percentile(50), 50u);
  EXPECT_EQ(latencies.percentile(99), 99u);
  EXPECT_EQ(latencies.max(), 100u);
}

TEST(Figures, ALineNamesItsFiguresInOrder) {
  Line line("ingest");
  line.add("batch", 100).add("cache", "warm").add_beside_raw("rate", 30, 40);
  EXPECT_EQ(line.text(), "ingest batch=100 cache=warm rate=30 raw=40 ratio=0.75");
}

}  // namespace
}  // namespace gateway::bench
