#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "core/bytes.h"

namespace core {

// Bytes that must not stay behind: a passphrase, a private key. Their memory lies between guard
// pages, is kept out of the swap and of core dumps where the system lets us, and is wiped when they
// die. They move and are never copied.
class Secret {
 public:
  Secret() = default;
  // Zeros.
  explicit Secret(std::size_t size);
  static Secret copy_of(ByteView bytes);
  ~Secret();
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;

  std::span<std::uint8_t> bytes() { return {data_, size_}; }
  ByteView view() const { return {data_, size_}; }
  std::string_view text() const { return as_text(view()); }
  std::size_t size() const { return size_; }
  // Keeps the first `size` bytes; the rest is wiped with them.
  void truncate(std::size_t size);

 private:
  std::uint8_t* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace core
