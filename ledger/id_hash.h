#pragma once

#include <array>
#include <cstdint>
#include <cstring>

namespace ledger {

// For hash tables whose keys are ids of 16 bytes. Ids that we mint are random, but a client may
// bring his own and count them up, so every byte counts. Order never leaves a table keyed so.
inline std::uint64_t hash_of_id(const std::array<std::uint8_t, 16>& id) {
  // The finaliser of MurmurHash3: each bit of its input changes each bit of its output.
  const auto mix = [](std::uint64_t value) {
    value = (value ^ (value >> 33)) * 0xff51afd7ed558ccd;
    value = (value ^ (value >> 33)) * 0xc4ceb9fe1a85ec53;
    return value ^ (value >> 33);
  };
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  std::memcpy(&low, id.data(), sizeof low);
  std::memcpy(&high, id.data() + sizeof low, sizeof high);
  return mix(mix(low + 1) ^ high);
}

}  // namespace ledger
