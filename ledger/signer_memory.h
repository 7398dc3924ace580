#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "core/sha256.h"

namespace ledger {

// What the signer last vouched for, kept outside the store (DIR/signer/) so that a store that lost
// records, or an old copy put back, is recognised. Source: docs/decisions/0008-signer-memory.md.
struct SignerState {
  std::string origin;
  std::uint32_t key_id = 0;        // The log key's id in the note format.
  std::uint64_t durable_size = 0;  // Records that were acknowledged as durable.
  std::uint64_t signed_size = 0;   // Size of the last signed checkpoint.
  core::Hash signed_root;
  std::string note;  // The last signed checkpoint, whole.
  bool operator==(const SignerState&) const = default;
};

// Two slots in one file, written in turn with a checksum and one fdatasync, so that a crash in
// mid-write leaves the previous slot readable.
class SignerMemory {
 public:
  // Makes the file (0600) with an initial state and fsyncs it and its folder.
  // Errors: Conflict/exists; InvalidInput/signer_state if it is too long; Unavailable/io.
  static core::Result<SignerMemory> create(const std::string& path, const SignerState& initial);
  // Errors: NotFound/signer_memory; Corrupt/signer_memory if no slot is whole; Unavailable/io.
  static core::Result<SignerMemory> open(const std::string& path);
  // Reads without opening for writing. Same errors as open.
  static core::Result<SignerState> read(const std::string& path);

  SignerMemory(SignerMemory&&) noexcept;
  SignerMemory& operator=(SignerMemory&&) noexcept;
  ~SignerMemory();

  const SignerState& state() const { return state_; }

  // Makes `next` the remembered state, durably.
  // Errors: Conflict/signer_regression if a size shrinks, or a root changes at an equal size, or
  // the
  //         origin or key differs; InvalidInput/signer_state if it is too long; Unavailable/io (the
  //         state then counts as unknown: stop writing; every later advance is refused too).
  core::Result<> advance(const SignerState& next);
  // The same, in one write, where another key signs from here on: what was signed goes over to it, so
  // that neither key ever signs less or something else. The caller has followed the log's own records
  // to that key. Errors: as advance(), but for the key's; Conflict/signer_regression also if `next`
  //         does not sign more than before.
  core::Result<> hand_over(const SignerState& next);

 private:
  core::Result<> write(const SignerState& next);
  SignerMemory() = default;
  int descriptor_ = -1;
  std::uint64_t generation_ = 0;
  bool failed_ = false;
  SignerState state_;
};

}  // namespace ledger
