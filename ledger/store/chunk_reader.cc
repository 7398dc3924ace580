#include "ledger/store/chunk_reader.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace ledger::store {
namespace {

core::Error read_error(const rocksdb::Status& status, std::uint64_t seq) {
  if (is_damage(status)) return chunk_damage(seq, status.ToString());
  return store_error(status, "seq " + std::to_string(seq));
}

// The chunk's records, for a reader that has come to `seq`: what it had before is not what it
// lacks.
core::Result<ChunkReader::View> view_of(std::uint64_t first, core::ByteView value,
                                        std::uint64_t seq) {
  auto records = parse_chunk(first, value);
  if (!records) return chunk_damage(std::max(first, seq), records.error().detail);
  ChunkReader::View view{first, std::move(records).value()};
  if (view.end() <= seq) return chunk_damage(seq, "The record is missing.");
  return view;
}

core::ByteView bytes_of(const rocksdb::Slice& slice) {
  return core::as_bytes(slice.ToStringView());
}

}  // namespace

ChunkReader::ChunkReader(Database& database)
    : database_(database), limit_(chunk_key_limit()), limit_slice_(limit_) {
  rocksdb::ReadOptions options = read_options();
  options.iterate_upper_bound = &limit_slice_;
  scan_.reset(database.rocks().NewIterator(options, database.chunks()));
}

core::Result<ChunkReader::View> ChunkReader::at(std::uint64_t seq) {
  if (scanning_) {
    core::Result<View> view = at_scan(seq);
    if (scan_->status().ok()) return view;
    scanning_ = false;
  }
  return at_look_up(seq);
}

core::Result<ChunkReader::View> ChunkReader::at_scan(std::uint64_t seq) {
  const bool follows = scan_->Valid() && next_ == seq;
  const rocksdb::Status status = guarded([&] {
    if (follows) {
      scan_->Next();
    } else {
      scan_->SeekForPrev(chunk_key(seq));
    }
    return scan_->status();
  });
  if (!status.ok()) return read_error(status, seq);
  const auto first = scan_->Valid() ? parse_chunk_key(scan_->key().ToStringView()) : std::nullopt;
  if (!first || *first > seq) return chunk_damage(seq, "The record is missing.");
  if (follows && *first < seq) return chunk_damage(seq, "Two chunks hold this record.");
  TRY(View view, view_of(*first, bytes_of(scan_->value()), seq));
  next_ = view.end();
  return view;
}

core::Result<ChunkReader::View> ChunkReader::at_look_up(std::uint64_t seq) {
  // A chunk does not cross a multiple of kTileWidth, so its first record is not far below.
  std::uint64_t first = seq;
  while (true) {
    const rocksdb::Status status = guarded([&] {
      return database_.rocks().Get(read_options(), database_.chunks(), chunk_key(first), &value_);
    });
    if (status.ok()) return view_of(first, core::as_bytes(value_), seq);
    if (!status.IsNotFound()) return read_error(status, seq);
    if (first == span_begin(seq)) return chunk_damage(seq, "The record is missing.");
    --first;
  }
}

core::Result<std::uint64_t> ChunkReader::size() {
  const rocksdb::Status status = guarded([&] {
    scan_->SeekToLast();
    return scan_->status();
  });
  if (!status.ok()) {
    if (is_damage(status)) return core::corrupt("chunk", "", status.ToString());
    return store_error(status, "");
  }
  if (!scan_->Valid()) return std::uint64_t{0};
  const auto first = parse_chunk_key(scan_->key().ToStringView());
  if (!first) return core::corrupt("chunk", "", "The last chunk's key is not a chunk's.");
  TRY(const auto records, parse_chunk(*first, bytes_of(scan_->value())));
  return *first + records.size();
}

core::Result<std::uint64_t> ChunkReader::size_in_spite_of_damage() {
  core::Result<std::uint64_t> known = size();
  if (known || known.error().code != core::Code::Corrupt) return known;
  // The manifest knows each table's last key even if the table itself cannot be read.
  std::vector<rocksdb::LiveFileMetaData> files;
  database_.rocks().GetLiveFilesMetaData(&files);
  std::optional<std::uint64_t> last;
  for (const rocksdb::LiveFileMetaData& file : files) {
    const auto first = parse_chunk_key(file.largestkey);
    if (first) last = std::max(last.value_or(0), *first);
  }
  if (!last) return known;
  // Later chunks may still be in the write-ahead log.
  std::uint64_t size = *last + 1;
  core::Result<View> view = at_look_up(*last);
  while (view) {
    size = view.value().end();
    view = at_look_up(size);
  }
  return size;
}

}  // namespace ledger::store
