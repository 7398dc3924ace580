#include "ledger/verify/block.h"

namespace ledger::verify {
namespace {

constexpr std::size_t kBlocksMax = 4;

}  // namespace

void BlockQueue::push(Block block) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return blocks_.size() < kBlocksMax; });
  blocks_.push_back(std::move(block));
  changed_.notify_all();
}

void BlockQueue::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  changed_.notify_all();
}

std::optional<Block> BlockQueue::pop() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return closed_ || !blocks_.empty(); });
  if (blocks_.empty()) return std::nullopt;
  Block block = std::move(blocks_.front());
  blocks_.pop_front();
  changed_.notify_all();
  return block;
}

}  // namespace ledger::verify
