#include "gateway/bench/figures.h"

#include <algorithm>

namespace gateway::bench {

std::uint64_t Stopwatch::nanos() const {
  return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::nanoseconds>(
                                        std::chrono::steady_clock::now() - begin_)
                                        .count());
}

std::uint64_t per_second(std::uint64_t count, std::uint64_t micros) {
  return count * 1'000'000 / std::max<std::uint64_t>(micros, 1);
}

std::string ratio(std::uint64_t value, std::uint64_t raw) {
  const std::uint64_t hundredths = value * 100 / std::max<std::uint64_t>(raw, 1);
  const std::string tail = std::to_string(hundredths % 100);
  return std::to_string(hundredths / 100) + "." + (tail.size() == 1 ? "0" : "") + tail;
}

std::uint64_t Latencies::percentile(unsigned percent) const {
  if (values_.empty()) return 0;
  std::vector<std::uint64_t> values = values_;
  const auto at = values.begin() +
                  static_cast<std::ptrdiff_t>((values.size() - 1) * std::min(percent, 100u) / 100);
  std::ranges::nth_element(values, at);
  return *at;
}

Line& Line::add(std::string_view key, std::string_view value) {
  text_.append(" ").append(key).append("=").append(value);
  return *this;
}

Line& Line::add(std::string_view key, std::uint64_t value) {
  return add(key, std::string_view(std::to_string(value)));
}

Line& Line::add_beside_raw(std::string_view key, std::uint64_t rate, std::uint64_t raw) {
  return add(key, rate).add("raw", raw).add("ratio", ratio(rate, raw));
}

}  // namespace gateway::bench
