#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/random.h"
#include "gateway/refs/references.h"
#include "gateway/vault/values.h"
#include "ledger/journal/journal.h"

namespace gateway::service {

// Where a book's salts and ids come from: the operating system's generator, or, in a simulated
// book, its seed. A seeded value depends on the seed and on what it is for, not on what was drawn
// before, so that a restart changes nothing.
ledger::journal::SaltSource salt_source(const std::optional<std::string>& seed);
refs::Mint reference_mint(const std::optional<std::string>& seed);
// Keys and salts of the vault.
vault::Draw vault_draw(const std::optional<std::string>& seed);
// A key seed for `purpose`: "log", "root", "officer-1", ...
std::array<std::uint8_t, 32> key_seed(const std::optional<std::string>& seed,
                                      std::string_view purpose);

}  // namespace gateway::service
