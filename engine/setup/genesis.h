#pragma once

#include <vector>

#include "engine/effects.h"

namespace engine::setup {

// The batch that begins a book: the genesis record and the accounts every book has.
std::vector<ledger::Draft> genesis_batch(const ledger::Genesis& genesis, core::Instant now);

}  // namespace engine::setup
