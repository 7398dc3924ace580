#include "core/random.h"

#include <algorithm>

#include "core/check.h"
#include "core/sodium.h"

namespace core {

void SystemRandom::fill(std::span<std::uint8_t> out) {
  if (out.empty()) return;
  start_sodium();
  randombytes_buf(out.data(), out.size());
}

SeededRandom::SeededRandom(std::string_view seed) : key_(sha256(as_bytes(seed))) {}

void SeededRandom::fill(std::span<std::uint8_t> out) {
  std::size_t filled = 0;
  while (filled < out.size()) {
    if (used_ == buffer_.size()) refill();
    const std::size_t count = std::min(out.size() - filled, buffer_.size() - used_);
    std::copy_n(&buffer_[used_], count, &out[filled]);
    filled += count;
    used_ += count;
  }
}

void SeededRandom::refill() {
  static constexpr std::uint64_t kChaChaBlockBytes = 64;
  static_assert(crypto_stream_chacha20_KEYBYTES == sizeof(key_.bytes));
  start_sodium();
  // The keystream is what encrypting zeros gives. Nonce zero: a key is used for one stream only.
  const std::array<std::uint8_t, crypto_stream_chacha20_NONCEBYTES> nonce{};
  buffer_.fill(0);
  const int status = crypto_stream_chacha20_xor_ic(buffer_.data(), buffer_.data(), buffer_.size(),
                                                   nonce.data(), block_, key_.bytes.data());
  CHECK(status == 0);
  block_ += buffer_.size() / kChaChaBlockBytes;
  used_ = 0;
}

}  // namespace core
