#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "core/bytes.h"
#include "ledger/note.h"
#include "ledger/signer_memory.h"

// The bytes of the signer's memory (docs/formats/store.md). Two slots of kSignerSlotBytes each;
// generation g lies in slot g % 2. Integers are big-endian.
//
//   slot := magic:"TALLYSM1"  generation:u64  length:u32  body[length]  sha256(magic ... body)
//   body := origin_length:u32 origin  key_id:u32  durable_size:u64  signed_size:u64
//           signed_root:32 bytes  note_length:u32 note
//
// What follows in the slot is without meaning: what an earlier, longer generation left.
namespace ledger {

inline constexpr std::size_t kSignerSlotAlignment = 4096;
inline constexpr std::size_t kSignerSlotBytes = 80 * kSignerSlotAlignment;
inline constexpr std::size_t kSignerSlotHeaderBytes = 8 + 8 + 4;
inline constexpr std::size_t kSignerBodyBytesMax = kSignerSlotBytes - kSignerSlotHeaderBytes - 32;
static_assert(kSignerBodyBytesMax >= 60 + kKeyNameBytesMax + kNoteBytesMax);

struct SignerSlot {
  std::uint64_t generation = 0;
  SignerState state;
};

// Errors: InvalidInput/signer_state if the state does not fit a slot.
core::Result<core::Bytes> encode_signer_slot(std::uint64_t generation, const SignerState& state);

// Empty if the slot is not whole: never written, torn or altered.
std::optional<SignerSlot> decode_signer_slot(core::ByteView slot);

}  // namespace ledger
