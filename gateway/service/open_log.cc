#include "gateway/service/open_log.h"

#include "core/files.h"
#include "gateway/service/unfinished.h"
#include "ledger/signer_inspection.h"
#include "ledger/store/rocks_log.h"

namespace gateway::service {
namespace {

core::Result<std::uint64_t> size_of(ledger::Log& log) {
  TRY(const ledger::LogState state, log.state());
  return state.size;
}

core::Error shorter(std::uint64_t size, std::uint64_t durable) {
  return core::corrupt("shorter_than_signer", "seq " + std::to_string(size),
                       "The store holds " + std::to_string(size) + " records but " +
                           std::to_string(durable) + " were acknowledged. First missing: seq " +
                           std::to_string(size) + ". See docs/runbooks/corrupt.md.");
}

}  // namespace

core::Result<OpenedLog> open_log_read_only(const Folder& folder) {
  if (core::file_exists(unfinished_path(folder))) {
    return core::not_found("book", folder.root,
                           "The making of this book was interrupted; run tally init again.");
  }
  if (!core::file_exists(folder.store())) {
    return core::not_found("book", folder.root, "There is no book here; make one with tally init.");
  }
  OpenedLog opened;
  TRY(auto memory, ledger::inspect_signer_memory(folder.signer_memory()));
  opened.signer = std::move(memory.state);
  opened.signer_slot_damaged = memory.slot_damaged;
  ledger::store::RocksOptions options;
  options.path = folder.store();
  options.mode = ledger::store::Mode::ReadOnly;
  auto strict = ledger::store::open_rocks_log(options);
  if (strict) {
    opened.log = std::move(strict.value());
    TRY(opened.size, size_of(*opened.log));
    if (opened.size < opened.signer.durable_size) {
      opened.damage = shorter(opened.size, opened.signer.durable_size);
    }
    return opened;
  }
  if (strict.error().code != core::Code::Corrupt) return std::move(strict.error());
  // Damaged somewhere: read up to the last consistent point, so that the place can be named.
  options.point_in_time = true;
  TRY(opened.log, ledger::store::open_rocks_log(options));
  TRY(opened.size, size_of(*opened.log));
  if (opened.size < opened.signer.durable_size) {
    opened.damage = shorter(opened.size, opened.signer.durable_size);
  } else {
    opened.torn_tail = true;
  }
  return opened;
}

}  // namespace gateway::service
