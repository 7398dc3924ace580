#include <algorithm>

#include "core/bytes.h"
#include "core/check.h"
#include "core/sha256.h"
#include "ledger/published_frame.h"
#include "tests/fuzz/support/limits.h"

// Frames of published checkpoints: as they are, and behind a right digest. What is read is written
// again as the same bytes.
namespace {

constexpr fuzz::Allowance kAllowance{.per_byte = 16, .beside = std::size_t{8} * 1024};

void check_frames(std::string_view bytes) {
  std::string_view rest = bytes;
  std::string again;
  while (true) {
    const std::string_view before = rest;
    const auto frame = ledger::take_published(rest);
    if (!frame) {
      CHECK(rest == before);
      break;
    }
    if (!frame.value()) {
      CHECK(rest.empty());
      break;
    }
    again += ledger::encode_published(*frame.value());
  }
  CHECK(again == bytes.substr(0, bytes.size() - rest.size()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const core::ByteView input(data, size);
  const fuzz::MemoryLimit limit(size, kAllowance);
  check_frames(core::as_text(input));
  if (size < 12) return 0;
  core::Bytes whole(input.begin(), input.end());
  const std::size_t length = size - 12;
  for (std::size_t i = 0; i < 4; ++i)
    whole[8 + i] = static_cast<std::uint8_t>(length >> (8 * (3 - i)));
  const core::Hash digest = core::sha256(whole);
  whole.insert(whole.end(), digest.bytes.begin(), digest.bytes.end());
  std::string_view rest = core::as_text(whole);
  CHECK(ledger::take_published(rest).value().has_value());
  CHECK(rest.empty());
  check_frames(core::as_text(whole));
  return 0;
}
