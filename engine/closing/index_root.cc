#include "engine/closing/decide.h"
#include "engine/effects.h"

namespace engine::closing {

Drafts decide(const Context& context, const CommitIndex& command) {
  const std::uint64_t size = command.index.size;
  if (size == 0 || size > context.command_seq ||
      context.command_seq - size > ledger::kIndexRootBehindMax) {
    return core::invalid(
        "index_root", "size",
        "An index root is for a size at most 1,048,576 records before its command.");
  }
  Effects effects(context.effective_at);
  effects.commit_index(command.index);
  return effects.take();
}

}  // namespace engine::closing
