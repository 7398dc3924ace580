#include "ledger/store/chunk.h"

#include <algorithm>

#include "core/check.h"
#include "tests/fuzz/support/limits.h"

// A chunk of the store: eight bytes say where it begins, the rest is its entry bundle. Also a
// chunk's key.
namespace {

constexpr std::size_t kFirstBytes = 8;
// A view of 16 bytes for each entry of two; vectors double as they grow.
constexpr fuzz::Allowance kAllowance{.per_byte = 32, .beside = std::size_t{16} * 1024};

void check_key(core::ByteView bytes) {
  const auto first = ledger::store::parse_chunk_key(core::as_text(bytes));
  if (first) CHECK(ledger::store::chunk_key(*first) == core::as_text(bytes));
}

void check_chunk(std::uint64_t first, core::ByteView value) {
  const auto records = ledger::store::parse_chunk(first, value);
  if (!records) return;
  core::Bytes again;
  for (const core::ByteView record : records.value()) {
    CHECK(ledger::append_entry(again, record).has_value());
  }
  CHECK(std::ranges::equal(again, value));
  CHECK(!records.value().empty());
  CHECK(records.value().size() <= ledger::store::span_end(first) - first);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const core::ByteView input(data, size);
  const fuzz::MemoryLimit limit(size, kAllowance);
  check_key(input);
  if (size < kFirstBytes) return 0;
  std::uint64_t first = 0;
  for (const std::uint8_t byte : input.first(kFirstBytes)) first = first << 8 | byte;
  // The last span of all would end beyond what a sequence can be.
  check_chunk(first >> 9, input.subspan(kFirstBytes));
  return 0;
}
