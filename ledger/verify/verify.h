#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "core/result.h"
#include "core/sha256.h"
#include "ledger/log.h"
#include "ledger/record.h"
#include "ledger/signer_memory.h"

// Checks a log from its stored bytes alone: encoding, chain, tree, batches, subjects, request ids,
// double entry and laws, and the result against what was signed. Trusts nothing derived.
namespace ledger::verify {

// At most so many findings are listed; more than that and the first ones say enough.
inline constexpr std::size_t kFindingsMax = 20;

// A signed statement about the log: the first `size` records have this root.
struct Anchor {
  std::uint64_t size = 0;
  core::Hash root;
  std::string source;  // For people: "signer", "trusted note".
};

struct Report {
  std::uint64_t records = 0;  // Read and checked.
  core::Hash root;
  std::vector<core::Error> findings;  // Empty: everything holds.
  bool clean() const { return findings.empty(); }
};

// Called for each record that could be read, after its own checks.
using Observer = std::function<core::Result<>(const RecordView& record, core::ByteView leaf)>;

// Reads records [0, size) on one thread, which also hashes, and checks them on another.
// Each finding names the sequence it is about.
Report verify_log(Log& log, std::uint64_t size, const std::vector<Anchor>& anchors,
                  const Observer& observe);

}  // namespace ledger::verify
