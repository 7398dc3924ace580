#include "gateway/bench/leaves.h"

#include <algorithm>
#include <vector>

namespace gateway::bench {
namespace {

constexpr std::size_t kStretchBytes = 128u << 20;

}  // namespace

core::Result<> for_each_stretch(
    ledger::Log& log, std::uint64_t first, std::span<const std::uint64_t> group_ends,
    const std::function<core::Result<>(std::span<const ledger::LeafGroup>)>& take) {
  std::vector<ledger::LeafGroup> stretch;
  std::size_t bytes = 0;
  for (const std::uint64_t end : group_ends) {
    ledger::LeafGroup& group = stretch.emplace_back();
    TRY(log.read(first, end, [&](std::uint64_t, core::ByteView leaf) {
      group.add(leaf);
      return core::ok();
    }));
    first = end;
    bytes += group.leaf_bytes();
    if (bytes < kStretchBytes && end != group_ends.back()) continue;
    TRY(take(stretch));
    stretch.clear();
    bytes = 0;
  }
  return core::ok();
}

std::vector<std::uint64_t> even_groups(std::uint64_t first, std::uint64_t size,
                                       std::uint64_t records) {
  std::vector<std::uint64_t> ends;
  while (first < size) ends.push_back(first = std::min(size, first + records));
  return ends;
}

}  // namespace gateway::bench
