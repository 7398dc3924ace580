#include "ledger/verify/request_ids.h"

#include <algorithm>
#include <functional>

namespace ledger::verify {

void RequestIds::add(std::string_view client_id, std::string_view request_id,
                     std::uint64_t seq) {
  const std::hash<std::string_view> hash;
  // The multiplier keeps ("a", "b") and ("b", "a") apart.
  entries_.push_back({hash(client_id) * 0x9e3779b97f4a7c15 ^ hash(request_id), seq});
}

std::vector<std::pair<std::uint64_t, std::uint64_t>> RequestIds::suspects() {
  std::ranges::sort(entries_);
  std::vector<std::pair<std::uint64_t, std::uint64_t>> pairs;
  for (std::size_t i = 1; i < entries_.size(); ++i) {
    if (entries_[i].hash == entries_[i - 1].hash) {
      pairs.emplace_back(entries_[i - 1].seq, entries_[i].seq);
    }
  }
  return pairs;
}

}  // namespace ledger::verify
