#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/bytes.h"
#include "ledger/log.h"

namespace tests {

// A leaf that names its sequence, so that one in the wrong place is seen. Not a record.
inline core::Bytes leaf_of(std::uint64_t seq) {
  const std::string text = "leaf " + std::to_string(seq) + std::string(seq % 40, '.');
  const core::ByteView bytes = core::as_bytes(text);
  return {bytes.begin(), bytes.end()};
}

// The leaves of sequences first <= seq < end.
inline std::vector<core::Bytes> leaves_of(std::uint64_t first, std::uint64_t end) {
  std::vector<core::Bytes> leaves;
  for (std::uint64_t seq = first; seq < end; ++seq) leaves.push_back(leaf_of(seq));
  return leaves;
}

// What a log answers for a range: the leaves it visited, and its error if it gave one.
struct ReadOut {
  std::vector<core::Bytes> leaves;
  core::Result<ledger::LogState> outcome;
};

inline ReadOut read_out(ledger::Log& log, std::uint64_t first, std::uint64_t end) {
  ReadOut out{{}, ledger::LogState{}};
  std::uint64_t expected = first;
  out.outcome = log.read(first, end, [&](std::uint64_t seq, core::ByteView leaf) -> core::Result<> {
    if (seq != expected++) return core::corrupt("test", "", "sequences are not in order");
    out.leaves.emplace_back(leaf.begin(), leaf.end());
    return core::ok();
  });
  return out;
}

}  // namespace tests
