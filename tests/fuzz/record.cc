#include "ledger/record.h"

#include <algorithm>

#include "core/check.h"
#include "core/fields.h"
#include "ledger/bodies.h"
#include "tests/fuzz/support/limits.h"

// The bytes of a record in the store. A record that is read is the one encoding of what was read,
// and so is the body of a kind that the ledger knows.
namespace {

// A record has up to 1000 postings of 48 bytes, each from 7 bytes at least; vectors double as they
// grow.
constexpr fuzz::Allowance kAllowance{.per_byte = 64, .beside = std::size_t{64} * 1024};

ledger::Draft draft_of(const ledger::RecordView& view) {
  ledger::Draft draft;
  draft.kind = view.kind;
  draft.version = view.version;
  draft.body.assign(view.body.begin(), view.body.end());
  for (const ledger::PostingView& posting : view.postings) {
    draft.postings.push_back(
        {std::string(posting.account), std::string(posting.commodity), posting.amount});
  }
  for (const ledger::SubjectLink& link : view.subjects) draft.subjects.push_back(link.id);
  draft.documents = view.documents;
  draft.corrects = view.corrects;
  draft.effective_at = view.effective_at;
  return draft;
}

ledger::Place place_of(const ledger::RecordView& view) {
  return {view.seq, view.prev, view.salt, view.recorded_at, view.batch, view.subjects};
}

void check_same(core::ByteView leaf, const ledger::RecordView& view) {
  const auto again = ledger::encode_record(draft_of(view), place_of(view));
  CHECK(again.has_value());
  CHECK(std::ranges::equal(again.value(), leaf));
  const auto link = ledger::read_link(leaf);
  CHECK(link.has_value());
  CHECK(link->seq == view.seq);
  CHECK(link->prev == view.prev);
}

template <class Body>
void check_body(core::ByteView bytes) {
  const auto body = core::from_cbor<Body>(bytes);
  if (!body) return;
  CHECK(std::ranges::equal(core::to_cbor(body.value()), bytes));
}

void check_command(core::ByteView bytes) {
  check_body<ledger::CommandBody>(bytes);
  const auto body = core::from_cbor<ledger::CommandBody>(bytes);
  const auto key = ledger::read_command_key(bytes);
  if (!body) return;
  CHECK(key.has_value());
  CHECK(key.value().type == body.value().type);
  CHECK(std::ranges::equal(key.value().command, body.value().command));
  CHECK(key.value().client_id == body.value().client_id);
  CHECK(key.value().request_id == body.value().request_id);
}

void check_known_body(const ledger::RecordView& view) {
  if (view.kind == ledger::kGenesis) check_body<ledger::Genesis>(view.body);
  if (view.kind == ledger::kCommand) check_command(view.body);
  if (view.kind == ledger::kAccountsOpened) check_body<ledger::AccountsOpened>(view.body);
  if (view.kind == ledger::kEvent) check_body<ledger::Event>(view.body);
  if (view.kind == ledger::kBatchEnd) check_body<ledger::BatchEnded>(view.body);
  if (view.kind == ledger::kBatchVoid) check_body<ledger::BatchVoided>(view.body);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const core::ByteView leaf(data, size);
  const fuzz::MemoryLimit limit(size, kAllowance);
  ledger::RecordView view;
  if (!ledger::decode_record(leaf, view)) return 0;
  check_same(leaf, view);
  check_known_body(view);
  return 0;
}
