#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// How figures are taken and written.
namespace gateway::bench {

// Runs from when it is made.
class Stopwatch {
 public:
  std::uint64_t nanos() const;
  std::uint64_t micros() const { return nanos() / 1000; }

 private:
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

// Whole ones in a second, rounded down. A time of 0 counts as 1.
std::uint64_t per_second(std::uint64_t count, std::uint64_t micros);

// "0.57": value / raw in hundredths, rounded down. A raw of 0 counts as 1.
std::string ratio(std::uint64_t value, std::uint64_t raw);

// Times of single things, of which few are slow and those are what people feel.
class Latencies {
 public:
  void add(std::uint64_t value) { values_.push_back(value); }
  std::size_t count() const { return values_.size(); }
  // The value that so many percent of them do not exceed; 0 if there are none.
  std::uint64_t percentile(unsigned percent) const;
  std::uint64_t max() const { return percentile(100); }

 private:
  std::vector<std::uint64_t> values_;
};

// "name key=value key=value": one measurement.
class Line {
 public:
  explicit Line(std::string_view name) : text_(name) {}
  Line& add(std::string_view key, std::string_view value);
  Line& add(std::string_view key, std::uint64_t value);
  // " rate=... raw=... ratio=...", all of one unit.
  Line& add_beside_raw(std::string_view key, std::uint64_t rate, std::uint64_t raw);
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace gateway::bench
