#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "core/bytes.h"
#include "core/time.h"
#include "ledger/leaf_group.h"

namespace ledger {

// At most this much is appended in one group: one fsync, all or nothing.
inline constexpr std::uint64_t kGroupRecordsMax = 8000;
inline constexpr std::uint64_t kGroupBytesMax = 4ull * 1024 * 1024;
inline constexpr std::size_t kRecordBytesMax = 65535;

// Whether the leaves may be appended as one group: their number and their sum.
bool fits_one_group(const LeafGroup& leaves);

// The right to append, as given by open(). A later open() mints a higher epoch and so fences the
// holder of this one.
struct Tenure {
  std::uint64_t epoch = 0;
  std::uint64_t size = 0;  // Records in the log when it was opened.
};

enum class AppendOutcome {
  Durable,   // All leaves are on disk and will survive a crash.
  Conflict,  // Nothing was written: the size or the epoch is not the log's.
  Unknown,   // It may or may not have landed; only open() is allowed now.
};

// What a read is true for.
struct LogState {
  std::uint64_t epoch = 0;
  std::uint64_t size = 0;
};

// An append-only sequence of leaves (stored record bytes). One contract suite proves every
// implementation alike (tests/ledger/store). No wall clock inside.
//
// read() and state() may run in other threads while an append is in flight and never show what is
// not durable; nothing may run beside open().
class Log {
 public:
  virtual ~Log() = default;

  // Takes the log for writing. `holder` is for people reading diagnostics.
  // Errors: Unavailable if the store cannot be opened; Corrupt/store if its content is damaged;
  //         Conflict/read_only if the log was made for reading only.
  virtual core::Result<Tenure> open(std::string_view holder) = 0;

  // Appends the leaves as one durable group at `expected_size`: at most kGroupRecordsMax leaves and
  // kGroupBytesMax bytes (CHECK), one append in flight; the caller has fixed their bytes. An empty
  // group writes nothing and answers Durable if size and epoch are the log's. Until open(), Unknown
  // makes appends Conflict and state() outcome_unknown; what was durable before is read, no more.
  virtual AppendOutcome append_group(std::uint64_t expected_size, std::uint64_t epoch,
                                     const LeafGroup& leaves) = 0;
  AppendOutcome append(std::uint64_t expected_size, std::uint64_t epoch,
                       std::span<const core::Bytes> leaves) {
    return append_group(expected_size, epoch, LeafGroup(leaves));
  }

  // Calls `visit(seq, leaf)` for first <= seq < end in order; the view lives for the call only.
  // A visitor's error ends the read and is returned. Answers with what the read is true for.
  // Errors: InvalidInput/range if first > end or end > size; Corrupt/chunk at "seq N", N the first
  //         sequence that could not be read (an unreadable record is never silently absent);
  //         Unavailable/store at "seq N" if reading failed without a sign of damage.
  using Visitor = std::function<core::Result<>(std::uint64_t seq, core::ByteView leaf)>;
  virtual core::Result<LogState> read(std::uint64_t first, std::uint64_t end,
                                      const Visitor& visit) = 0;

  virtual core::Result<LogState> state() = 0;
};

// What implementations of read() ask first. Errors: InvalidInput/range.
core::Result<> check_range(std::uint64_t first, std::uint64_t end, std::uint64_t size);
// Errors: always Unavailable/outcome_unknown, for a log whose last append is Unknown.
core::Error outcome_unknown();

// A log in memory, for tests and benchmarks.
std::unique_ptr<Log> make_memory_log();

}  // namespace ledger
