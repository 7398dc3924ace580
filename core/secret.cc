#include "core/secret.h"

#include <algorithm>
#include <utility>

#include "core/check.h"
#include "core/sodium.h"

namespace core {

Secret::Secret(std::size_t size) : size_(size) {
  if (size == 0) return;
  start_sodium();
  data_ = static_cast<std::uint8_t*>(sodium_malloc(size));
  CHECK(data_ != nullptr);
  sodium_memzero(data_, size);
}

Secret Secret::copy_of(ByteView bytes) {
  Secret secret(bytes.size());
  std::ranges::copy(bytes, secret.data_);
  return secret;
}

// sodium_free wipes, and allows null.
Secret::~Secret() { sodium_free(data_); }

Secret::Secret(Secret&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

Secret& Secret::operator=(Secret&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

void Secret::truncate(std::size_t size) {
  CHECK(size <= size_);
  size_ = size;
}

}  // namespace core
