#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace ledger::index {

// Tells in which runs a key may be, without keeping the keys: a table of fingerprints of 16 bits,
// each with the run it was seen in, about 5 bytes a key. It may name a run in vain (about one
// question in two thousand), and never leaves one out. Holds runs 0 to 65,535: 4.2 thousand million
// records.
class RunFilter {
 public:
  RunFilter() = default;

  // `hash` is uniform over 64 bits.
  void add(std::uint64_t hash, std::uint32_t run);
  // As add(), for a key whose newest run moves on from `from`: takes that place if it has one.
  void move(std::uint64_t hash, std::uint32_t from, std::uint32_t to);
  // The runs that may have the key, newest first.
  void find(std::uint64_t hash, std::vector<std::uint32_t>& runs) const;

  void save(std::string& out) const;
  // Errors: Corrupt/snapshot.
  static core::Result<RunFilter> load(std::string_view data);
  std::size_t bytes() const;

 private:
  // 0 is an empty slot; otherwise the run in the upper half, the fingerprint, never 0, in the
  // lower.
  static constexpr std::size_t kSlots = 16;
  struct alignas(64) Bucket {
    std::array<std::uint32_t, kSlots> slots{};
  };
  struct Layer {
    std::vector<Bucket> buckets;  // A power of two of them.
    std::uint64_t used = 0;
  };

  template <class Visit>
  static void probe(const Layer& layer, std::uint64_t hash, const Visit& visit);
  static std::uint64_t count_used(const std::vector<Bucket>& buckets);
  static bool put(Layer& layer, std::uint64_t hash, std::uint32_t slot);

  std::vector<Layer> layers_;  // Each twice as large as the one before; only the last one grows.
};

}  // namespace ledger::index
