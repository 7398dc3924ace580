#pragma once

#include <memory>

#include "gateway/service/folder.h"
#include "ledger/log.h"
#include "ledger/signer_memory.h"

namespace gateway::service {

// A store opened for reading, judged against what the signer remembers.
struct OpenedLog {
  std::unique_ptr<ledger::Log> log;
  ledger::SignerState signer;
  std::uint64_t size = 0;
  // The write-ahead log was broken off behind what the signer remembers: a kill in mid-append.
  bool torn_tail = false;
  // One of the signer's two slots is neither whole nor empty; the other one counts.
  bool signer_slot_damaged = false;
  // There is no signer's memory: the book was restored from a backup, and `signer` is its note.
  bool restored = false;
  // The store is damaged; `log` holds what could still be read.
  std::optional<core::Error> damage;
};

// Opens DIR/store read-only. The signer's memory is read first, so that a writer working beside
// cannot make the store look short.
// Errors: NotFound/book; Corrupt/signer_memory; Corrupt/store if nothing at all can be read.
core::Result<OpenedLog> open_log_read_only(const Folder& folder);

}  // namespace gateway::service
