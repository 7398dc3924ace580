#pragma once

#include <cstdint>
#include <functional>
#include <span>

#include "ledger/leaf_group.h"
#include "ledger/log.h"

namespace gateway::bench {

// Reads a log's leaves from `first` on, group by group as `group_ends` has them, and hands over a
// stretch of groups at a time, so that memory does not grow with their number.
// Errors: those of reading the log and of `take`.
core::Result<> for_each_stretch(
    ledger::Log& log, std::uint64_t first, std::span<const std::uint64_t> group_ends,
    const std::function<core::Result<>(std::span<const ledger::LeafGroup>)>& take);

// The ends of groups of so many records each, up to `size`.
std::vector<std::uint64_t> even_groups(std::uint64_t first, std::uint64_t size,
                                       std::uint64_t records);

}  // namespace gateway::bench
