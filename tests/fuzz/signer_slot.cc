#include "ledger/signer_slot.h"

#include <algorithm>
#include <array>

#include "core/check.h"
#include "core/sha256.h"
#include "tests/fuzz/support/limits.h"

// A slot of the signer's memory: as it is, and with the length and checksum that let its body be
// read.
namespace {

constexpr std::size_t kLengthAt = 16;
constexpr fuzz::Allowance kAllowance{.per_byte = 16, .beside = std::size_t{16} * 1024};

void check_slot(core::ByteView slot) {
  const auto read = ledger::decode_signer_slot(slot);
  if (!read) return;
  const auto again = ledger::encode_signer_slot(read->generation, read->state);
  CHECK(again.has_value());
  CHECK(again.value().size() <= slot.size());
  CHECK(std::ranges::equal(again.value(), slot.first(again.value().size())));
}

core::Bytes with_checksum(core::ByteView header_and_body) {
  core::Bytes slot(header_and_body.begin(), header_and_body.end());
  const std::size_t length = slot.size() - ledger::kSignerSlotHeaderBytes;
  for (std::size_t i = 0; i < 4; ++i) {
    slot[kLengthAt + i] = static_cast<std::uint8_t>(length >> (8 * (3 - i)));
  }
  const core::Hash digest = core::sha256(slot);
  slot.insert(slot.end(), digest.bytes.begin(), digest.bytes.end());
  return slot;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const core::ByteView input(data, size);
  const fuzz::MemoryLimit limit(size, kAllowance);
  check_slot(input);
  if (size < ledger::kSignerSlotHeaderBytes) return 0;
  core::Bytes slot = with_checksum(input);
  check_slot(slot);
  // What an earlier, longer generation left behind it is without meaning.
  slot.resize(slot.size() + 7, 0xee);
  check_slot(slot);
  return 0;
}
