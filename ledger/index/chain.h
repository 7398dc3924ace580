#pragma once

#include <cstdint>
#include <vector>

namespace ledger::index {

// The runs that mention one key form a chain. Element n of it names the run of element n - 2^k for
// every k with 2^k a divisor of n: from the newest element any other is O(log n) steps away.
struct ChainLinks {
  std::uint64_t number = 0;
  std::vector<std::uint32_t> runs;  // [k]: the run of element number - 2^k. Empty for element 0.
};

// What is kept in memory of a chain, to grow it and to enter it.
class ChainHead {
 public:
  bool empty() const { return length_ == 0; }
  std::uint64_t length() const { return length_; }
  // The run of the newest element.
  std::uint32_t newest() const { return latest_.front(); }
  // Appends an element that is in run `run`, later than all before.
  ChainLinks grow(std::uint32_t run);

  const std::vector<std::uint32_t>& latest() const { return latest_; }
  void restore(std::uint64_t length, std::vector<std::uint32_t> latest) {
    length_ = length;
    latest_ = std::move(latest);
  }

 private:
  std::uint64_t length_ = 0;
  // [k]: the run of the latest element whose number is a multiple of 2^k.
  std::vector<std::uint32_t> latest_;
};

}  // namespace ledger::index
