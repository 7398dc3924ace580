#include "ledger/completeness/index_root.h"

#include <algorithm>
#include <string>

namespace ledger::completeness {
namespace {

core::Error wrong(const RecordView& record, std::string why) {
  return core::corrupt("index_root", "seq " + std::to_string(record.seq), std::move(why));
}

}  // namespace

bool is_alone_with_its_command(const BatchPlace& batch) {
  return batch.index == 1 && batch.count == 2;
}

core::Result<> IndexRootCheck::take(const RecordView& record, const core::Hash& leaf) {
  if (!salt_) {
    salt_ = record.salt;
    table_.emplace(*salt_);
  }
  table_->take(record, leaf);
  return record.kind == kIndexRoot ? check(record) : core::ok();
}

core::Result<> IndexRootCheck::check(const RecordView& record) {
  if (record.version != 1) return core::ok();  // Another version's, which says what that is.
  if (!is_alone_with_its_command(record.batch)) {
    return wrong(record, "An index root stands in a batch of other records.");
  }
  const auto read = core::from_cbor<IndexRoot>(record.body);
  if (!read) return wrong(record, "The index root cannot be read: " + read.error().detail);
  const IndexRoot& body = read.value();
  const std::uint64_t command = record.batch.first_seq;
  if (!std::ranges::equal(body.salt, *salt_)) {
    return wrong(record, "The index root names another salt than the book's.");
  }
  if (body.size == 0 || body.size > command || command - body.size > kIndexRootBehindMax) {
    return wrong(record, "The index root is for a size that its command may not name: " +
                             std::to_string(body.size) + ".");
  }
  const SubjectTable table = table_->at(body.size);
  if (body.subjects == table.size() && body.root == table.root()) {
    ++roots_;
    return core::ok();
  }
  return wrong(record,
               "The index root is not that of the records below " + std::to_string(body.size) +
                   ": expected " + std::to_string(table.size()) + " subjects and " +
                   core::to_hex(table.root().bytes) + ", found " + std::to_string(body.subjects) +
                   " and " + core::to_hex(body.root.bytes) + ".");
}

}  // namespace ledger::completeness
