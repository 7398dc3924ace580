#pragma once

#include <cstdint>
#include <vector>

#include "gateway/bench/figures.h"
#include "gateway/bench/workload.h"

namespace gateway::bench {

// Which entries are recorded, and how.
struct Feed {
  std::uint64_t first = 0;  // Number of the first entry.
  std::uint64_t commands = 0;
  std::uint64_t batch = 0;  // Records in a group, at most; one command if that is less.
};

struct Recorded {
  std::uint64_t micros = 0;  // While commands were recorded; making them is not counted.
  std::uint64_t first_seq = 0;
  std::uint64_t records = 0;
  std::vector<std::uint64_t> group_ends;  // The sequence behind each group, in order.
  Latencies group_micros;  // Of what is given at once: from its first command to its last receipt.
};

// Records entries through the book, as the service does it: one group is decided while others are
// committed. Commands are made a stretch at a time, so memory does not grow with their number.
// Errors: a refusal; what keeps the book from writing.
core::Result<Recorded> record_entries(service::Book& book, const Entries& entries,
                                      const Feed& feed);

}  // namespace gateway::bench
