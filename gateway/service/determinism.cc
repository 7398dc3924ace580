#include "gateway/service/determinism.h"

#include <algorithm>

namespace gateway::service {
namespace {

template <std::size_t N>
std::array<std::uint8_t, N> from_seed(core::Sha256& sha256, const std::string& seed,
                                      std::string_view purpose, std::string_view what) {
  const std::array<core::ByteView, 6> text{core::as_bytes("tallystick/simulated/v1\n"),
                                           core::as_bytes(seed),
                                           core::as_bytes("\n"),
                                           core::as_bytes(purpose),
                                           core::as_bytes("\n"),
                                           core::as_bytes(what)};
  const core::Hash hash = sha256(text);
  static_assert(N <= sizeof hash.bytes);
  std::array<std::uint8_t, N> out{};
  std::copy_n(hash.bytes.begin(), N, out.begin());
  return out;
}

}  // namespace

ledger::journal::SaltSource salt_source(const std::optional<std::string>& seed) {
  if (seed) {
    // Every record needs one: the hasher is kept.
    return [seed = *seed, sha256 = std::make_shared<core::Sha256>()](
               std::uint64_t first_seq, std::span<ledger::Salt> salts) {
      for (ledger::Salt& salt : salts) {
        salt = from_seed<16>(*sha256, seed, "salt", std::to_string(first_seq++));
      }
    };
  }
  return [](std::uint64_t, std::span<ledger::Salt> salts) {
    static_assert(sizeof(ledger::Salt) == 16);
    if (salts.empty()) return;
    core::SystemRandom().fill({salts.front().data(), salts.size() * sizeof(ledger::Salt)});
  };
}

refs::Mint reference_mint(const std::optional<std::string>& seed) {
  if (seed) {
    return [seed = *seed](std::string_view name) {
      core::Sha256 sha256;
      return from_seed<16>(sha256, seed, "ref", name);
    };
  }
  return [](std::string_view) { return core::SystemRandom().take<16>(); };
}

vault::Draw vault_draw(const std::optional<std::string>& seed) {
  if (seed) {
    return [seed = *seed](std::string_view purpose, std::span<std::uint8_t> out) {
      core::Sha256 sha256;
      const auto bytes = from_seed<32>(sha256, seed, "vault", purpose);
      std::copy_n(bytes.begin(), std::min(bytes.size(), out.size()), out.begin());
    };
  }
  return [](std::string_view, std::span<std::uint8_t> out) { core::SystemRandom().fill(out); };
}

std::array<std::uint8_t, 32> key_seed(const std::optional<std::string>& seed,
                                      std::string_view purpose) {
  if (seed) {
    core::Sha256 sha256;
    return from_seed<32>(sha256, *seed, "key", purpose);
  }
  return core::SystemRandom().take<32>();
}

}  // namespace gateway::service
