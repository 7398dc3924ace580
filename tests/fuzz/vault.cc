#include "core/check.h"
#include "gateway/vault/entries.h"
#include "gateway/vault/erasures.h"
#include "gateway/vault/person_keys.h"
#include "tests/fuzz/support/limits.h"

// The vault's three files, as they lie there and behind right checks. What is accepted is written
// again as the same bytes, up to where a crash broke it off.
namespace {

using namespace gateway::vault;

constexpr fuzz::Allowance kAllowance{.per_byte = 64, .beside = std::size_t{64} * 1024};

void try_entries(core::ByteView data) {
  const auto entries = read_entries(data, "");
  if (!entries) return;
  CHECK(entries.value().end <= data.size());
  CHECK(entries.value().torn == (entries.value().end < data.size()));
  std::size_t at = 48;
  std::uint64_t last = 0;
  for (const Place& place : entries.value().places) {
    CHECK(place.begin == at);
    CHECK(place.number > last || at == 48);
    at += place.bytes;
    last = place.number;
  }
  CHECK(at == entries.value().end);
  const auto again = read_entries(data.first(entries.value().end), "");
  CHECK(again && !again.value().torn);
}

void try_keys(core::ByteView data) {
  const auto keys = PersonKeys::read(data, "");
  if (!keys) return;
  CHECK(keys.value().end() <= data.size());
  const core::Bytes printed = keys.value().print();
  CHECK(printed.size() == keys.value().end());
}

void try_erasures(core::ByteView data) {
  const auto list = read_erasures(core::as_text(data), "");
  if (!list) return;
  std::string printed = erasures_header(list.value().vault);
  for (const Erasure& erasure : list.value().list) printed += erasure_line(erasure);
  if (list.value().complete) printed = print_erasures(list.value(), *list.value().complete);
  CHECK(printed == core::as_text(data.first(list.value().end)));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const fuzz::MemoryLimit limit(size, kAllowance);
  const core::ByteView bytes(data, size);
  try_entries(bytes);
  try_keys(bytes);
  try_erasures(bytes);
  return 0;
}
