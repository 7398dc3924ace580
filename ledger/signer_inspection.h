#pragma once

#include <string>

#include "ledger/signer_memory.h"

namespace ledger {

// What can be read of a signer's memory.
struct SignerInspection {
  SignerState state;
  // The slot that does not count is neither whole nor empty: a crash in mid-write, or it was
  // altered. The next write replaces it.
  bool slot_damaged = false;
};

// Reads without opening for writing. Errors: as SignerMemory::open.
core::Result<SignerInspection> inspect_signer_memory(const std::string& path);

}  // namespace ledger
