#include <mutex>
#include <vector>

#include "core/check.h"
#include "ledger/log.h"

namespace ledger {
namespace {

class MemoryLog final : public Log {
 public:
  core::Result<Tenure> open(std::string_view) override {
    const std::scoped_lock lock(mutex_);
    taken_ = true;
    return Tenure{++state_.epoch, state_.size};
  }

  AppendOutcome append_group(std::uint64_t expected_size, std::uint64_t epoch,
                             const LeafGroup& leaves) override {
    CHECK(fits_one_group(leaves));
    const std::scoped_lock lock(mutex_);
    if (!taken_ || epoch != state_.epoch || expected_size != state_.size) {
      return AppendOutcome::Conflict;
    }
    for (std::size_t i = 0; i < leaves.count(); ++i) {
      const core::ByteView leaf = leaves.leaf(i);
      leaves_.emplace_back(leaf.begin(), leaf.end());
    }
    state_.size = leaves_.size();
    return AppendOutcome::Durable;
  }

  core::Result<LogState> read(std::uint64_t first, std::uint64_t end,
                              const Visitor& visit) override {
    const LogState seen = locked_state();
    TRY(check_range(first, end, seen.size));
    core::Bytes leaf;
    for (std::uint64_t seq = first; seq < end; ++seq) {
      copy_leaf(seq, leaf);
      TRY(visit(seq, leaf));
    }
    return seen;
  }

  core::Result<LogState> state() override { return locked_state(); }

 private:
  LogState locked_state() {
    const std::scoped_lock lock(mutex_);
    return state_;
  }

  // A copy, so that the visitor runs without the lock while an append may move the leaves.
  void copy_leaf(std::uint64_t seq, core::Bytes& leaf) {
    const std::scoped_lock lock(mutex_);
    leaf = leaves_[seq];
  }

  std::mutex mutex_;
  std::vector<core::Bytes> leaves_;
  LogState state_;
  bool taken_ = false;
};

}  // namespace

std::unique_ptr<Log> make_memory_log() { return std::make_unique<MemoryLog>(); }

}  // namespace ledger
