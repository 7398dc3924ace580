#include "gateway/service/completeness.h"

#include <utility>
#include <vector>

#include "core/check.h"
#include "engine/closing_commands.h"
#include "engine/closing_records.h"
#include "engine/dispatch/command_bytes.h"
#include "gateway/service/actors.h"
#include "gateway/service/queries.h"
#include "ledger/completeness/history_proof.h"
#include "ledger/record.h"

namespace gateway::service {
namespace {

using ledger::completeness::ProvenLeaf;
using ledger::completeness::SubjectEntry;
using ledger::completeness::SubjectTable;
using ledger::index::Order;

constexpr std::string_view kClientId = "service";
constexpr std::int64_t kMicrosPerDay = 86'400'000'000;

core::Result<core::Bytes> book_salt(const BookView& view) {
  TRY(const core::Bytes leaf, query_leaf(view, 0));
  ledger::RecordView record;
  TRY(ledger::decode_record(leaf, record));
  return core::Bytes(record.salt.begin(), record.salt.end());
}

core::Result<SubjectTable> table_below(const BookView& view, std::uint64_t size,
                                       core::ByteView salt) {
  core::Sha256 sha256;
  std::vector<SubjectEntry> entries;
  TRY(view.index.visit_subjects(
      size, [&](const ledger::SubjectId& id, const ledger::index::SubjectLast& last) {
        entries.push_back(
            {ledger::completeness::subject_key(sha256, salt, id), last.count, last.seq, {}});
      }));
  for (SubjectEntry& entry : entries) {
    TRY(const auto hashes, view.index.leaf_hashes(entry.head_seq, 1));
    entry.head_leaf = hashes.front();
  }
  return SubjectTable(std::move(entries));
}

core::Result<ProvenLeaf> proven_record(const BookView& view, std::uint64_t seq) {
  ProvenLeaf proven{seq, {}, {}};
  TRY(proven.leaf, query_leaf(view, seq));
  TRY(proven.proof, view.index.inclusion_proof(seq, view.size));
  return proven;
}

ProvenLeaf proven_entry(const SubjectTable& table, std::uint64_t index) {
  return {index, encode_entry(table.entry(index)), table.inclusion_proof(index)};
}

std::int64_t day_of(core::Instant time) {
  const std::int64_t day = time.micros / kMicrosPerDay;
  return time.micros % kMicrosPerDay < 0 ? day - 1 : day;
}

using Emit = std::function<core::Result<>(std::string_view line)>;

core::Result<> emit_absence(const SubjectTable& table, std::uint64_t place, const Emit& line) {
  std::optional<ProvenLeaf> before;
  std::optional<ProvenLeaf> after;
  if (place > 0) before = proven_entry(table, place - 1);
  if (place < table.size()) after = proven_entry(table, place);
  return line(core::json::print(ledger::completeness::absence_line(before, after)));
}

core::Result<> emit_records(const BookView& view, const ledger::SubjectId& subject,
                            std::uint64_t end, const Emit& line) {
  ledger::index::PageQuery query{0, end, 256, Order::Ascending};
  while (true) {
    TRY(const auto page, view.index.subject_records(subject, query));
    for (const std::uint64_t seq : page.entries) {
      TRY(const auto record, proven_record(view, seq));
      TRY(line(core::json::print(ledger::completeness::record_line(record))));
    }
    if (!page.next) return core::ok();
    query.from = *page.next;
  }
}

}  // namespace

core::Result<Submission> index_root_command(const BookView& view, const core::PartyId& actor) {
  engine::CommitIndex command;
  command.index.size = view.size;
  TRY(command.index.salt, book_salt(view));
  TRY(const SubjectTable table, table_below(view, view.size, command.index.salt));
  command.index.subjects = table.size();
  command.index.root = table.root();
  Submission submission;
  submission.type = engine::CommitIndex::kType;
  submission.command = core::to_cbor(engine::dispatch::CommandBytes{{}, core::to_cbor(command)});
  submission.client_id = kClientId;
  submission.request_id = "index-root-" + std::to_string(view.size);
  submission.actor = actor;
  return submission;
}

ReceiptResult record_index_root(Book& book) {
  TRY(const auto actor, party_of(book, kServiceActor));
  Submission command;
  TRY(book.read([&](const BookView& view) -> core::Result<> {
    TRY(command, index_root_command(view, actor));
    return core::ok();
  }));
  return book.execute(std::span(&command, 1)).front();
}

core::Result<std::optional<RecordedIndexRoot>> last_index_root(const BookView& view) {
  if (view.size == 0) return std::optional<RecordedIndexRoot>();
  TRY(const auto page, view.index.kind_records(ledger::kIndexRoot,
                                               {view.size - 1, view.size, 1, Order::Descending}));
  if (page.entries.empty()) return std::optional<RecordedIndexRoot>();
  RecordedIndexRoot last;
  last.seq = page.entries.front();
  TRY(const core::Bytes leaf, query_leaf(view, last.seq));
  ledger::RecordView record;
  TRY(ledger::decode_record(leaf, record));
  last.recorded_at = record.recorded_at;
  TRY(last.body, core::from_cbor<ledger::IndexRoot>(record.body));
  return std::optional(std::move(last));
}

core::Result<bool> closing_lacks_index_root(const BookView& view) {
  if (view.size == 0) return false;
  TRY(const auto closed, view.index.kind_records(engine::PeriodClosed::kKind,
                                                 {view.size - 1, view.size, 1, Order::Descending}));
  if (closed.entries.empty()) return false;
  TRY(const auto root, last_index_root(view));
  return !root || root->seq < closed.entries.front();
}

core::Result<bool> index_root_is_due(const BookView& view, core::Instant now) {
  TRY(const auto last, last_index_root(view));
  if (!last) return view.size > 0;
  if (last->seq + 1 < view.size && day_of(last->recorded_at) < day_of(now)) return true;
  return closing_lacks_index_root(view);
}

core::Result<std::shared_ptr<const SubjectTable>> SubjectTables::below(
    const BookView& view, const ledger::IndexRoot& root) {
  const std::lock_guard lock(mutex_);
  if (table_ && root_ == root.root) return table_;
  TRY(SubjectTable table, table_below(view, root.size, root.salt));
  // A table that is not what the index root says is told anew to each who asks.
  auto made = std::make_shared<const SubjectTable>(std::move(table));
  if (made->root() == root.root) {
    root_ = root.root;
    table_ = made;
  }
  return std::shared_ptr<const SubjectTable>(std::move(made));
}

core::Result<> prove_history(const BookView& view, SubjectTables& tables,
                             const ledger::SubjectId& subject, const Emit& line) {
  TRY(const auto root, last_index_root(view));
  if (!root) {
    return core::not_found("no_index_root", "",
                           "The book has not committed to its subjects yet; record an index root "
                           "first (tally index-root).");
  }
  TRY(const auto kept, tables.below(view, root->body));
  const SubjectTable& table = *kept;
  if (table.size() != root->body.subjects || table.root() != root->body.root) {
    return core::corrupt("index_root", "seq " + std::to_string(root->seq),
                         "The records are not those that the index root commits to; run tally "
                         "verify.");
  }
  TRY(line(core::json::print(
      ledger::completeness::history_header(view.genesis.origin, subject, view.checkpoint))));
  TRY(const auto record, proven_record(view, root->seq));
  TRY(line(core::json::print(ledger::completeness::index_root_line(record))));
  core::Sha256 sha256;
  const core::Hash key = ledger::completeness::subject_key(sha256, root->body.salt, subject);
  const std::uint64_t place = table.lower_bound(key);
  if (place == table.size() || table.entry(place).key != key) {
    return emit_absence(table, place, line);
  }
  TRY(line(core::json::print(ledger::completeness::entry_line(proven_entry(table, place)))));
  return emit_records(view, subject, root->body.size, line);
}

}  // namespace gateway::service
