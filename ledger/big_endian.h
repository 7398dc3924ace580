#pragma once

#include <concepts>
#include <cstddef>

#include "core/bytes.h"
#include "core/check.h"

// Unsigned integers as bytes, highest first: the order of every format of ours on disk, so that
// keys sort as their numbers do.
namespace ledger {

template <std::unsigned_integral T>
void append_big_endian(core::Bytes& out, T value) {
  for (std::size_t i = sizeof(T); i-- > 0;) {
    out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
  }
}

template <std::unsigned_integral T>
T read_big_endian(core::ByteView bytes) {
  CHECK(bytes.size() == sizeof(T));
  T value = 0;
  for (const std::uint8_t byte : bytes) value = static_cast<T>(static_cast<T>(value << 8) | byte);
  return value;
}

}  // namespace ledger
