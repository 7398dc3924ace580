#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/secret.h"
#include "gateway/vault/values.h"

// The file of sealed entries, DIR/vault/data. Source: docs/formats/vault.md.
namespace gateway::vault {

enum class EntryType : std::uint8_t { Name = 1, Field = 2 };

// Where an entry lies and whose it is; what it says, only the key of its id opens.
struct Place {
  std::uint64_t number = 0;
  EntryType type = EntryType::Name;
  IdBytes id{};
  std::size_t begin = 0;  // Of the whole entry in the file.
  std::size_t bytes = 0;
};

struct Entries {
  ListKey list_key{};
  std::vector<Place> places;
  std::size_t end = 0;  // What follows is the rest of a crash.
  bool torn = false;
};

core::Bytes entries_header(const ListKey& key);

// Errors: Corrupt/vault with the place if a byte is another than was written. A rest that a crash
//         may leave is none.
core::Result<Entries> read_entries(core::ByteView content, const std::string& path);

// An entry as it is appended. `number` is greater than all before it.
core::Bytes name_entry(std::uint64_t number, const IdBytes& id, std::string_view name,
                       core::ByteView key, const ListKey& list_key, core::Random& random);
core::Bytes field_entry(std::uint64_t number, const IdBytes& id, const Field& field,
                        core::ByteView key, const ListKey& list_key, core::Random& random);

// What an entry says. Errors: Corrupt/vault if it is not what was sealed for this place.
core::Result<std::string> open_name(const Place& place, core::ByteView entry, core::ByteView key,
                                    const ListKey& list_key);
core::Result<Field> open_field(const Place& place, core::ByteView entry, core::ByteView key,
                               const ListKey& list_key);

}  // namespace gateway::vault
