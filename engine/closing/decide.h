#pragma once

#include <vector>

#include "engine/closing_commands.h"
#include "engine/context.h"
#include "ledger/record.h"

// What the book holds at a moment, fixed in a record.
namespace engine::closing {

// Errors: InvalidInput/index_root for a size that is not of this book, or too long ago.
core::Result<std::vector<ledger::Draft>> decide(const Context& context, const CommitIndex& command);

}  // namespace engine::closing
