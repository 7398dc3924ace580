#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"

// One published checkpoint in a file of many. Source: docs/formats/tlog.md.
namespace ledger {

struct PublishedNote {
  std::uint64_t size = 0;
  std::string note;
  bool operator==(const PublishedNote&) const = default;
};

// size:u64 length:u32 note[length] sha256(all before)
std::string encode_published(const PublishedNote& published);

// Takes the first frame off the front of `rest`; empty if `rest` is.
// Errors: Corrupt/published if what is there is not a whole frame; `rest` is then as before.
core::Result<std::optional<PublishedNote>> take_published(std::string_view& rest);

}  // namespace ledger
