#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.h"
#include "core/result.h"

namespace ledger::index {

// So many records make a segment, and each finished segment one run of sorted keys, written once.
inline constexpr std::uint64_t kSegmentRecords = 65536;

// A key without the segment it is in; see docs/formats/index.md.
struct KeyValue {
  std::string key;
  std::string value;
};

// Where runs are kept. get() and scan() may run in other threads beside write_segment().
class IndexStore {
 public:
  virtual ~IndexStore() = default;

  // Makes the run durable, whole or not at all. `run` is sorted by key and has no key twice.
  // Errors: Unavailable/index if it cannot be written.
  virtual core::Result<> write_segment(std::uint32_t segment, const std::vector<KeyValue>& run) = 0;
  // How many segments there are: 0, 1, ... without a gap.
  virtual std::uint32_t segments() const = 0;

  // Errors: Corrupt/index if the value cannot be read; Unavailable/index.
  virtual core::Result<std::optional<std::string>> get(std::uint32_t segment,
                                                       std::string_view key) const = 0;
  // What of a run has keys that begin with `prefix`, in their order, past every cache. A visitor's error
  // ends the scan. Errors: as get().
  using Visitor = std::function<core::Result<>(std::string_view key, std::string_view value)>;
  virtual core::Result<> scan(std::uint32_t segment, std::string_view prefix,
                              const Visitor& visit) const = 0;
};

// In memory: for tests, and for readers of a book whose runs are not written yet.
std::unique_ptr<IndexStore> make_memory_index_store();

// Reads from `below` what it has, and keeps what is written in memory: for reading a book without
// writing anything.
std::unique_ptr<IndexStore> make_overlay_index_store(std::unique_ptr<IndexStore> below);

// What every reader of a damaged run answers. Always Corrupt/index.
core::Error index_damage(std::uint32_t segment, std::string detail);

}  // namespace ledger::index
