#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/fields.h"
#include "core/sha256.h"

// Words of the vault. Source: docs/formats/vault.md.
namespace gateway::vault {

// Of a person or whatever else has a name in the book.
using IdBytes = std::array<std::uint8_t, 16>;

// Fills with 16 to 32 bytes for a purpose ("person-key 0a..."): random ones, or in a simulated book
// those that follow from its seed. The same purpose may give the same bytes.
using Draw = std::function<void(std::string_view purpose, std::span<std::uint8_t> out)>;

using Salt = std::array<std::uint8_t, 32>;

// One personal text: what a commitment in the book stands for.
struct Field {
  std::string kind;   // Of what it is a field: "person".
  std::string field;  // "name"
  std::string text;   // In normal form C.
  Salt salt{};
  bool operator==(const Field&) const = default;
};

inline constexpr std::size_t kKindBytesMax = 32;
inline constexpr std::size_t kFieldBytesMax = 64;
inline constexpr std::size_t kTextBytesMax = 16 * 1024;
// Of one import.
inline constexpr std::size_t kFieldsMax = 64;

// HMAC-SHA-256(salt, length || kind || length || field || text), lengths as 4 bytes.
core::Hash commitment(const Field& field);

// Errors: InvalidInput/personal_field unless kind and field are lower-case words ("home_address");
//         InvalidInput/text, too_long. Gives the field with its text in normal form C.
core::Result<Field> check_field(std::string kind, std::string field, std::string_view text);

// The key of the erasure list: it blinds ids, and lies in the vault alone.
using ListKey = std::array<std::uint8_t, 32>;
// Which vault a file belongs to; tells nothing of the list's key.
using Tag = std::array<std::uint8_t, 16>;
Tag tag_of(const ListKey& key);

}  // namespace gateway::vault
