#include "gateway/service/book_key.h"

#include <algorithm>

#include "gateway/service/queries.h"
#include "ledger/record.h"

namespace gateway::service {
namespace {

using ledger::index::Order;

constexpr std::size_t kPage = 100;

// Rotations and compromises, in their order. A handful in the life of a book.
core::Result<std::vector<std::uint64_t>> records_of_keys(const BookView& view) {
  std::vector<std::uint64_t> seqs;
  for (const std::uint64_t kind : {ledger::kLogKeyRotated, ledger::kLogKeyCompromised}) {
    ledger::index::PageQuery query{0, view.size, kPage, Order::Ascending};
    while (true) {
      TRY(const auto page, view.index.kind_records(kind, query));
      seqs.insert(seqs.end(), page.entries.begin(), page.entries.end());
      if (!page.next) break;
      query.from = *page.next;
    }
  }
  std::ranges::sort(seqs);
  return seqs;
}

}  // namespace

core::Result<ledger::KeyHistory> log_keys_of(const BookView& view) {
  TRY(auto seqs, records_of_keys(view));
  seqs.insert(seqs.begin(), 0);
  ledger::KeyHistory history;
  for (const std::uint64_t seq : seqs) {
    TRY(const core::Bytes leaf, query_leaf(view, seq));
    ledger::RecordView record;
    TRY(ledger::decode_record(leaf, record));
    TRY(ledger::follow(history, record));
  }
  return history;
}

core::Result<ledger::VerifierKey> signing_key_of(const BookView& view) {
  TRY(const auto history, log_keys_of(view));
  return ledger::verifier_key_of(history, history.keys.back());
}

}  // namespace gateway::service
