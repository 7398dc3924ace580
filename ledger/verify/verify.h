#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "core/sha256.h"
#include "ledger/index/store.h"
#include "ledger/journal/snapshot.h"
#include "ledger/log.h"
#include "ledger/record.h"

// Checks a log from its stored bytes alone: encoding, chain, tree, batches, subjects, request ids,
// double entry and laws, and the result against what was signed. Trusts nothing derived; what is
// derived it makes again and compares.
namespace ledger::verify {

// At most so many findings are kept; more than that and the first ones say enough. All are counted.
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
  std::uint64_t findings_count = 0;   // The same, and those that were not kept.
  // What is derived and not what follows from the records. They can be made again.
  std::vector<core::Error> rebuildable;
  std::uint64_t runs_compared = 0;
  bool snapshot_compared = false;
  std::uint64_t index_roots = 0;  // Records that commit to all subjects, checked and sound.
  // The log ends inside a very large batch that a crash broke off: no damage, and no effect.
  std::optional<std::uint64_t> open_batch;
  bool clean() const { return findings_count == 0 && rebuildable.empty(); }
};

// Called for each record of a batch that took effect, after the batch's own checks.
using Observer = std::function<core::Result<>(const RecordView& record, core::ByteView leaf)>;

struct Options {
  unsigned threads = 0;  // That read and hash; 0: as many as there are cores.
  // Only chain, tree and anchors: not what the records say.
  bool quick = false;
  // The index's runs, to be compared with those made anew. May be null.
  std::unique_ptr<index::IndexStore> runs;
  // To be compared with what the records up to its size come to. May be empty.
  std::optional<journal::Snapshot> snapshot;
  // Told the number of records checked, now and then. On the calling thread.
  std::function<void(std::uint64_t records)> progress;
};

// Reads records [0, size) on several threads, which also hash, and checks what they say in order on
// the calling one. Goes on behind what is damaged. Each finding names the sequence it is about, or the
// range that could not be read.
Report verify_log(Log& log, std::uint64_t size, const std::vector<Anchor>& anchors,
                  const Observer& observe, Options options = {});

}  // namespace ledger::verify
