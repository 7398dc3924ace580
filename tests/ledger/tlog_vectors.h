#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.h"
#include "core/ed25519.h"
#include "core/sha256.h"
#include "ledger/merkle.h"
#include "ledger/note.h"

// The published example log of eight entries, signed by the key of seed 000102..1f. Its hashes,
// proofs and note were checked with Go's sumdb packages.
namespace ledger::vectors {

inline constexpr std::string_view kLogName = "ledger.example/broker-1";
inline constexpr std::string_view kLogVkey =
    "ledger.example/broker-1+6e5791d5+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4";
inline constexpr std::string_view kCheckpointText =
    "ledger.example/broker-1\n"
    "8\n"
    "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n";
inline constexpr std::string_view kLogSignatureLine =
    "\xe2\x80\x94 ledger.example/broker-1 "
    "bleR1UxDQgBn6eC1rxLu2ZBozq/DkU//F+WEwW6b/vgp2DPbIDsTb/yx/5hKditlo2ydnImD6K2SEw/"
    "MPlb0kx5yNQU=\n";
// A cosignature (type 4), which a verifier of the log does not know.
inline constexpr std::string_view kWitnessSignatureLine =
    "\xe2\x80\x94 witness.example/w1 "
    "IDJKvgAAAABrAjCAwY8IO5jo7WIK/2w3MJ9bSIa/XML++mo9GT17+4kJohWbnGKYMZKKlqcptb8aCzEhTRauD/"
    "t0splsGpcZrTobBw==\n";
inline constexpr std::string_view kRoot8 =
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328";

// The example in the documentation of Go's sumdb/note.
inline constexpr std::string_view kGoVkey =
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
inline constexpr std::string_view kGoPrivateKey =
    "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
inline constexpr std::string_view kGoText =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n";
inline constexpr std::string_view kGoSignatureLine =
    "\xe2\x80\x94 PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
    "\n";

inline std::string log_note() {
  return std::string(kCheckpointText).append("\n").append(kLogSignatureLine);
}
inline std::string witnessed_note() { return log_note().append(kWitnessSignatureLine); }

inline core::Hash hash(std::string_view hex) { return core::parse_hash(hex).value(); }

inline std::vector<core::Hash> hashes(std::initializer_list<std::string_view> hex) {
  std::vector<core::Hash> result;
  for (const auto text : hex) result.push_back(hash(text));
  return result;
}

inline std::vector<core::Bytes> entries() {
  std::vector<core::Bytes> entries;
  for (const char* hex : {"", "00", "10", "2021", "3031", "40414243", "5051525354555657",
                          "606162636465666768696a6b6c6d6e6f"}) {
    entries.push_back(core::from_hex(hex).value());
  }
  return entries;
}

inline MerkleTree tree() {
  core::Sha256 sha256;
  MerkleTree tree;
  for (const core::Bytes& entry : entries()) tree.append(sha256, leaf_hash(sha256, entry));
  return tree;
}

// The key whose seed counts up from `first`.
inline core::SigningKey counting_key(std::uint8_t first) {
  std::array<std::uint8_t, 32> seed{};
  for (std::uint8_t i = 0; i < 32; ++i) seed[i] = static_cast<std::uint8_t>(first + i);
  return core::SigningKey::from_seed(seed);
}

inline NoteSigner log_signer() { return NoteSigner::create(kLogName, counting_key(0)).value(); }
inline VerifierKey log_key() { return log_signer().verifier_key(); }

}  // namespace ledger::vectors
