#pragma once

#include "gateway/service/book.h"
#include "ledger/key_history.h"

namespace gateway::service {

// The keys that have signed for a book, as the records of the view tell.
// Errors: those of reading the index and the log, and of ledger::follow.
core::Result<ledger::KeyHistory> log_keys_of(const BookView& view);
// The one that signs now. Errors: as log_keys_of().
core::Result<ledger::VerifierKey> signing_key_of(const BookView& view);

}  // namespace gateway::service
