#include "gateway/service/open_log.h"

#include "core/files.h"
#include "gateway/service/unfinished.h"
#include "ledger/checkpoint.h"
#include "ledger/note.h"
#include "ledger/signer_inspection.h"
#include "ledger/store/rocks_log.h"

namespace gateway::service {
namespace {

core::Result<std::uint64_t> size_of(ledger::Log& log) {
  TRY(const ledger::LogState state, log.state());
  return state.size;
}

// The text of a note, of which a restored book keeps a copy: whether its signature is good is for
// verify, which is given the key.
core::Result<ledger::SignerState> state_of_note(std::string note) {
  ledger::SignerState state;
  TRY(const auto checkpoint, ledger::parse_checkpoint(ledger::text_of_note(note)));
  state.origin = checkpoint.origin;
  state.durable_size = checkpoint.size;
  state.signed_size = checkpoint.size;
  state.signed_root = checkpoint.root;
  state.note = std::move(note);
  return state;
}

// What was signed last: by the signer's memory, or, in a book restored from a backup, by its note.
// Such a book is read-only: only the memory tells whether more was signed since.
core::Result<> read_signer(const Folder& folder, OpenedLog& opened) {
  auto memory = ledger::inspect_signer_memory(folder.signer_memory());
  opened.restored = !memory && memory.error().code == core::Code::NotFound &&
                    core::file_exists(folder.restored_note());
  if (opened.restored) {
    TRY(auto note, core::read_file(folder.restored_note(), ledger::kNoteBytesMax));
    TRY(opened.signer, state_of_note(std::move(note)));
    return core::ok();
  }
  TRY(auto inspected, memory);
  opened.signer = std::move(inspected.state);
  opened.signer_slot_damaged = inspected.slot_damaged;
  return core::ok();
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
  TRY(read_signer(folder, opened));
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
