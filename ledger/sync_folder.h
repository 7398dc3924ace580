#pragma once

#include <string>

#include "core/result.h"

namespace ledger {

// Makes the names in a folder durable: a new file's content is not safe until its name is.
// Errors: Unavailable/io.
core::Result<> sync_folder(const std::string& path);

}  // namespace ledger
