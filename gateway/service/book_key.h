#pragma once

#include "core/result.h"
#include "ledger/bodies.h"
#include "ledger/note.h"

namespace gateway::service {

// The key that signs for a book, as its first record names it.
// Errors: Corrupt/record if that names none; those of ledger::make_verifier_key.
core::Result<ledger::VerifierKey> book_key(const ledger::Genesis& genesis);

}  // namespace gateway::service
