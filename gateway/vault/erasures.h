#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/vault/values.h"

// The list of erasures, DIR/vault/erasures: what a restore needs so that what was erased stays
// erased. Source: docs/formats/vault.md.
namespace gateway::vault {

using ErasureId = std::array<std::uint8_t, 16>;

struct Erasure {
  ErasureId erasure{};
  core::Hash blinded;      // HMAC-SHA-256(list key, id): the vault's entries say whose it is.
  std::uint64_t size = 0;  // Of the book, once it was recorded.
  bool operator==(const Erasure&) const = default;
};

core::Hash blind(const ListKey& key, const IdBytes& id);
// What the record of an erasure says of its line: SHA-256(erasure || blinded).
core::Hash line_digest(const ErasureId& erasure, const core::Hash& blinded);

struct Erasures {
  Tag vault{};
  std::vector<Erasure> list;
  // Of a list that was given away: all erasures that the book had recorded at this size are here.
  std::optional<std::uint64_t> complete;
  std::size_t end = 0;
  bool torn = false;

  bool contains(const core::Hash& blinded) const;
};

// Errors: Corrupt/erasure_list with the line. What follows the last line end is the rest of a
// crash.
core::Result<Erasures> read_erasures(std::string_view content, const std::string& path);

// What the file begins with, and what is appended to it.
std::string erasures_header(const Tag& vault);
std::string erasure_line(const Erasure& erasure);
// The list as it is given away.
std::string print_erasures(const Erasures& erasures, std::uint64_t complete);

}  // namespace gateway::vault
