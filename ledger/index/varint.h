#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/decimal.h"

// Numbers of the index's values: seven bits a byte, lowest first; the top bit says that more
// follow.
namespace ledger::index {

__extension__ using Unsigned128 = unsigned __int128;

inline void put_varint(std::string& out, Unsigned128 value) {
  while (value >= 0x80) {
    out.push_back(static_cast<char>(static_cast<std::uint8_t>(value) | 0x80));
    value >>= 7;
  }
  out.push_back(static_cast<char>(value));
}

// Small either way: 0, -1, 1, -2, ... become 0, 1, 2, 3, ...
inline void put_signed(std::string& out, core::Minor value) {
  const auto bits = static_cast<Unsigned128>(value);
  put_varint(out, value < 0 ? ~(bits << 1) : bits << 1);
}

// Reads what put_* wrote. After a fault every answer is 0 and ok() is false.
class VarintReader {
 public:
  explicit VarintReader(std::string_view data) : data_(data) {}

  Unsigned128 varint() {
    Unsigned128 value = 0;
    for (unsigned shift = 0; shift < 128; shift += 7) {
      if (data_.empty()) return fault();
      const auto byte = static_cast<std::uint8_t>(data_.front());
      data_.remove_prefix(1);
      value |= static_cast<Unsigned128>(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    return fault();
  }
  std::uint64_t number() {
    const Unsigned128 value = varint();
    return value > UINT64_MAX ? static_cast<std::uint64_t>(fault())
                              : static_cast<std::uint64_t>(value);
  }
  core::Minor signed_number() {
    const Unsigned128 bits = varint();
    const auto half = static_cast<core::Minor>(bits >> 1);
    return bits % 2 == 0 ? half : -1 - half;
  }
  std::int64_t signed_64() {
    const core::Minor value = signed_number();
    if (value < INT64_MIN || value > INT64_MAX) return static_cast<std::int64_t>(fault());
    return static_cast<std::int64_t>(value);
  }
  // What was read makes no sense: a fault like any other.
  void refuse() { fault(); }
  std::string_view bytes(std::size_t count) {
    if (count > data_.size()) {
      fault();
      return {};
    }
    const std::string_view view = data_.substr(0, count);
    data_.remove_prefix(count);
    return view;
  }
  bool at_end() const { return data_.empty(); }
  std::string_view rest() const { return data_; }
  bool ok() const { return ok_; }

 private:
  Unsigned128 fault() {
    ok_ = false;
    data_ = {};
    return 0;
  }
  std::string_view data_;
  bool ok_ = true;
};

}  // namespace ledger::index
