#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "core/sha256.h"

namespace core {

// The only source of random numbers; passed in, so that a simulated book repeats from its seed.
class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<std::uint8_t> out) = 0;

  template <std::size_t N>
  std::array<std::uint8_t, N> take() {
    std::array<std::uint8_t, N> out{};
    fill(out);
    return out;
  }
};

// The operating system's generator (libsodium randombytes).
class SystemRandom final : public Random {
 public:
  void fill(std::span<std::uint8_t> out) override;
};

// ChaCha20 keystream of SHA-256(seed text), position by position: the same seed gives the same
// bytes. For simulated books and tests only.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::string_view seed);
  void fill(std::span<std::uint8_t> out) override;

 private:
  void refill();

  Hash key_;
  std::uint64_t block_ = 0;
  std::array<std::uint8_t, 4096> buffer_{};
  std::size_t used_ = 4096;
};

}  // namespace core
