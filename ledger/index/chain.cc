#include "ledger/index/chain.h"

#include <bit>

namespace ledger::index {

ChainLinks ChainHead::grow(std::uint32_t run) {
  const std::uint64_t number = length_++;
  ChainLinks links{number, {}};
  if (number == 0) {
    latest_ = {run};
    return links;
  }
  // The last level is element 0's, a multiple of everything, and stays so.
  if (std::has_single_bit(number)) latest_.push_back(latest_.back());
  const auto height = static_cast<std::size_t>(std::countr_zero(number));
  for (std::size_t k = 0; k <= height; ++k) {
    links.runs.push_back(latest_[k]);
    latest_[k] = run;
  }
  return links;
}

}  // namespace ledger::index
