#pragma once

#include <string>
#include <vector>

#include "gateway/vault/vault.h"

namespace gateway::refs {

// The names of a book that was made before there was a vault, in DIR/private/refs: one "@name id
// check" a line. Source: docs/formats/vault.md, "Names before the vault".
// Errors: Corrupt/refs with the line; Unavailable/io.
core::Result<std::vector<vault::NamedId>> read_old_references(const std::string& path);

}  // namespace gateway::refs
