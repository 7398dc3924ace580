#include "ledger/journal/snapshot.h"

#include <string>

#include "core/check.h"
#include "engine/state.h"
#include "engine/state_parts.h"
#include "ledger/index/index.h"
#include "ledger/journal/books.h"
#include "tests/fuzz/support/limits.h"

// The snapshot file and the three parts in it. The first byte chooses: the file, which gets its
// checksum here, or one part as it stands in it. A part that is taken in is saved as the same
// again.
namespace {

constexpr std::string_view kMaker = "fuzz";
// Accounts of 200 bytes and holdings of 160, each from some 10 bytes of input; and an index has its
// tables from the start.
constexpr fuzz::Allowance kAllowance{.per_byte = 256, .beside = std::size_t{512} * 1024};

void check_file(std::string_view content) {
  std::string file(content);
  file += core::as_text(core::sha256(core::as_bytes(content)).view());
  CHECK(!ledger::journal::decode_snapshot(content, kMaker).has_value());
  const auto read = ledger::journal::decode_snapshot(file, kMaker);
  if (!read) return;
  const std::string again = ledger::journal::encode_snapshot(*read);
  CHECK(ledger::journal::decode_snapshot(again, kMaker) == read);
}

std::unique_ptr<ledger::index::Index> open_index(std::string_view saved) {
  auto index = ledger::index::Index::open(ledger::index::make_memory_index_store(), saved);
  if (!index) return nullptr;
  return std::move(index.value());
}

// Some of what is asked of an index when a book opens and a person looks at it.
void ask(const ledger::index::Index& index) {
  const std::uint64_t size = index.size();
  static_cast<void>(index.root());
  static_cast<void>(index.batch_before(size).has_value());
  if (size == 0) return;
  static_cast<void>(index.balances_at("", size - 1).has_value());
  static_cast<void>(index.balances_effective("", size - 1, {0}).has_value());
}

void check_index(std::string_view saved) {
  const auto index = open_index(saved);
  if (index == nullptr) return;
  ask(*index);
  const std::string again = index->save().value();
  const auto reopened = open_index(again);
  CHECK(reopened != nullptr);
  CHECK(reopened->save().value() == again);
}

void check_books(std::string_view saved) {
  ledger::journal::Books books;
  if (!books.restore(saved)) return;
  const std::string again = books.save();
  ledger::journal::Books restored;
  CHECK(restored.restore(again).has_value());
  CHECK(restored.save() == again);
}

void check_state(core::ByteView saved) {
  const auto state = core::from_cbor<engine::State>(saved);
  if (!state) return;
  CHECK(std::ranges::equal(core::to_cbor(state.value()), saved));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const core::ByteView part(data + 1, size - 1);
  const fuzz::MemoryLimit limit(size, kAllowance);
  switch (data[0] % 4) {
    case 0:
      check_file(core::as_text(part));
      break;
    case 1:
      check_index(core::as_text(part));
      break;
    case 2:
      check_books(core::as_text(part));
      break;
    default:
      check_state(part);
  }
  return 0;
}
