#include "ledger/record.h"

#include <algorithm>

#include "core/check.h"
#include "ledger/log.h"
#include "ledger/record_parts.h"

namespace ledger {
namespace {

using core::cbor::Decoder;
using core::cbor::Encoder;
using core::cbor::MapReader;

constexpr std::uint64_t kRequiredKeys = 10;

void encode_subjects(Encoder& out, const std::vector<SubjectLink>& subjects) {
  out.array(subjects.size());
  for (const SubjectLink& subject : subjects) {
    out.array(subject.prev_seq ? 3 : 2);
    out.bytes(subject.id);
    out.unsigned_integer(subject.count);
    if (subject.prev_seq) out.unsigned_integer(*subject.prev_seq);
  }
}

core::Result<> check_limits(const Draft& draft, const Place& place) {
  const std::string at = "record " + std::to_string(place.batch.index) + " of the batch";
  if (draft.postings.size() > kPostingsMax) {
    return core::invalid("too_many_postings", at, "A record has at most 1000 postings.");
  }
  if (place.subjects.size() > kSubjectsMax) {
    return core::invalid("too_many_subjects", at, "A record names at most 16 subjects.");
  }
  if (draft.documents.size() > kDocumentsMax) {
    return core::invalid("too_many_documents", at, "A record cites at most 64 documents.");
  }
  return core::ok();
}

core::Result<std::uint64_t> array_of_at_most(Decoder& in, std::uint64_t max) {
  TRY(const auto count, in.array());
  if (count == 0 || count > max) {
    return core::invalid("cbor", "byte " + std::to_string(in.offset()),
                         "A list is empty or longer than the format allows.");
  }
  return count;
}

core::Result<> expect_array(Decoder& in, std::uint64_t wanted) {
  TRY(const auto count, in.array());
  if (count != wanted) {
    return core::invalid("cbor", "byte " + std::to_string(in.offset()),
                         "A list has the wrong length.");
  }
  return core::ok();
}

template <std::size_t N>
core::Result<> read_fixed(Decoder& in, std::array<std::uint8_t, N>& out) {
  TRY(const auto view, in.bytes());
  if (view.size() != N) {
    return core::invalid("cbor", "byte " + std::to_string(in.offset()),
                         "A byte string has the wrong length.");
  }
  std::ranges::copy(view, out.begin());
  return core::ok();
}

core::Result<core::Instant> read_instant(Decoder& in) {
  TRY(const auto value, in.integer());
  if (value > INT64_MAX || value < INT64_MIN) {
    return core::invalid("cbor", "byte " + std::to_string(in.offset()), "A time is out of range.");
  }
  return core::Instant{static_cast<std::int64_t>(value)};
}

core::Result<> read_batch(Decoder& in, BatchPlace& out) {
  TRY(expect_array(in, 3));
  TRY(out.first_seq, in.unsigned_integer());
  TRY(out.index, in.unsigned_integer());
  TRY(out.count, in.unsigned_integer());
  return core::ok();
}

core::Result<> read_postings(Decoder& in, std::vector<PostingView>& out) {
  TRY(const auto count, array_of_at_most(in, kPostingsMax));
  for (std::uint64_t i = 0; i < count; ++i) {
    TRY(expect_array(in, 3));
    PostingView posting;
    TRY(posting.account, in.text());
    TRY(posting.commodity, in.text());
    TRY(posting.amount, in.integer());
    out.push_back(posting);
  }
  return core::ok();
}

core::Result<> read_subjects(Decoder& in, std::vector<SubjectLink>& out) {
  TRY(const auto count, array_of_at_most(in, kSubjectsMax));
  for (std::uint64_t i = 0; i < count; ++i) {
    TRY(const auto length, in.array());
    if (length != 2 && length != 3) {
      return core::invalid("cbor", "byte " + std::to_string(in.offset()),
                           "A subject is [id, count] or [id, count, prev_seq].");
    }
    SubjectLink subject;
    TRY(read_fixed(in, subject.id));
    TRY(subject.count, in.unsigned_integer());
    if (length == 3) {
      TRY(subject.prev_seq, in.unsigned_integer());
    }
    out.push_back(subject);
  }
  return core::ok();
}

core::Result<> read_documents(Decoder& in, std::vector<core::Hash>& out) {
  TRY(const auto count, array_of_at_most(in, kDocumentsMax));
  for (std::uint64_t i = 0; i < count; ++i) {
    core::Hash document;
    TRY(read_fixed(in, document.bytes));
    out.push_back(document);
  }
  return core::ok();
}

core::Result<> read_body(Decoder& in, core::ByteView& out) {
  Decoder probe = in;
  TRY(probe.map());
  TRY(out, in.item());
  return core::ok();
}

core::Result<> read_field(std::uint64_t key, Decoder& in, RecordView& out) {
  switch (key) {
    case kFormatKey: {
      TRY(const auto format, in.unsigned_integer());
      if (format == kFormatVersion) return core::ok();
      return core::invalid("cbor", "format", "Only record format 1 is known.");
    }
    case kSeqKey: {
      TRY(out.seq, in.unsigned_integer());
      return core::ok();
    }
    case kPrevKey:
      return read_fixed(in, out.prev.bytes);
    case kSaltKey:
      return read_fixed(in, out.salt);
    case kRecordedAtKey: {
      TRY(out.recorded_at, read_instant(in));
      return core::ok();
    }
    case kEffectiveAtKey: {
      TRY(out.effective_at, read_instant(in));
      return core::ok();
    }
    case kBatchKey:
      return read_batch(in, out.batch);
    case kKindKey: {
      TRY(out.kind, in.unsigned_integer());
      return core::ok();
    }
    case kVersionKey: {
      TRY(out.version, in.unsigned_integer());
      return core::ok();
    }
    case kBodyKey:
      return read_body(in, out.body);
    case kPostingsKey:
      return read_postings(in, out.postings);
    case kSubjectsKey:
      return read_subjects(in, out.subjects);
    case kDocumentsKey:
      return read_documents(in, out.documents);
    case kCorrectsKey: {
      TRY(out.corrects, in.unsigned_integer());
      return core::ok();
    }
    default:
      return core::invalid("cbor", "key " + std::to_string(key), "An unknown field.");
  }
}

core::Result<> decode_fields(core::ByteView leaf, RecordView& out) {
  if (leaf.size() > kRecordBytesMax) {
    return core::invalid("cbor", "byte " + std::to_string(kRecordBytesMax),
                         "A record has at most 65535 bytes.");
  }
  Decoder in(leaf);
  TRY(auto map, MapReader::begin(in));
  std::uint64_t required = 0;
  while (!map.done()) {
    TRY(const auto key, map.next());
    if (key <= kRequiredKeys) ++required;
    TRY(read_field(key, in, out));
  }
  TRY(in.finish());
  if (required != kRequiredKeys) {
    return core::invalid("cbor", "", "A required field is missing.");
  }
  return core::ok();
}

}  // namespace

void encode_postings(core::cbor::Encoder& out, const std::vector<Posting>& postings) {
  out.array(postings.size());
  for (const Posting& posting : postings) {
    out.array(3);
    out.text(posting.account);
    out.text(posting.commodity);
    out.integer(posting.amount);
  }
}

core::Result<core::Bytes> encode_record(const Draft& draft, const Place& place) {
  core::Bytes leaf;
  leaf.reserve(256 + draft.body.size() + draft.postings.size() * 96);
  TRY(encode_record(draft, place, leaf));
  return leaf;
}

void seal_record(std::span<std::uint8_t> leaf, const core::Hash& prev, const Salt& salt) {
  // The map's head, format and seq stand before prev; prev and salt have fixed heads.
  constexpr std::size_t kSeqAt = 4;
  const std::uint8_t info = leaf[kSeqAt] & 0x1f;
  const std::size_t seq_bytes = info < 24 ? 1 : 1 + (std::size_t{1} << (info - 24));
  const std::size_t prev_at = kSeqAt + seq_bytes + 3;
  const std::size_t salt_at = prev_at + prev.bytes.size() + 2;
  CHECK(leaf.size() > salt_at + salt.size() && leaf[prev_at - 3] == kPrevKey &&
        leaf[salt_at - 2] == kSaltKey);
  std::ranges::copy(prev.bytes, leaf.begin() + static_cast<std::ptrdiff_t>(prev_at));
  std::ranges::copy(salt, leaf.begin() + static_cast<std::ptrdiff_t>(salt_at));
}

core::Result<> encode_record(const Draft& draft, const Place& place, core::Bytes& leaf) {
  TRY(check_limits(draft, place));
  const std::size_t begin = leaf.size();
  Encoder out(leaf);
  out.map(kRequiredKeys + (draft.postings.empty() ? 0u : 1u) + (place.subjects.empty() ? 0u : 1u) +
          (draft.documents.empty() ? 0u : 1u) + (draft.corrects ? 1u : 0u));
  out.unsigned_integer(kFormatKey);
  out.unsigned_integer(kFormatVersion);
  out.unsigned_integer(kSeqKey);
  out.unsigned_integer(place.seq);
  out.unsigned_integer(kPrevKey);
  out.bytes(place.prev.bytes);
  out.unsigned_integer(kSaltKey);
  out.bytes(place.salt);
  out.unsigned_integer(kRecordedAtKey);
  out.integer(place.recorded_at.micros);
  out.unsigned_integer(kEffectiveAtKey);
  out.integer(draft.effective_at.micros);
  out.unsigned_integer(kBatchKey);
  out.array(3);
  out.unsigned_integer(place.batch.first_seq);
  out.unsigned_integer(place.batch.index);
  out.unsigned_integer(place.batch.count);
  out.unsigned_integer(kKindKey);
  out.unsigned_integer(draft.kind);
  out.unsigned_integer(kVersionKey);
  out.unsigned_integer(draft.version);
  out.unsigned_integer(kBodyKey);
  out.encoded(draft.body);
  if (!draft.postings.empty()) {
    out.unsigned_integer(kPostingsKey);
    encode_postings(out, draft.postings);
  }
  if (!place.subjects.empty()) {
    out.unsigned_integer(kSubjectsKey);
    encode_subjects(out, place.subjects);
  }
  if (!draft.documents.empty()) {
    out.unsigned_integer(kDocumentsKey);
    out.array(draft.documents.size());
    for (const core::Hash& document : draft.documents) out.bytes(document.bytes);
  }
  if (draft.corrects) {
    out.unsigned_integer(kCorrectsKey);
    out.unsigned_integer(*draft.corrects);
  }
  if (leaf.size() - begin > kRecordBytesMax) {
    return core::invalid("record_too_large",
                         "record " + std::to_string(place.batch.index) + " of the batch",
                         "A record has at most 65535 bytes; split the command.");
  }
  return core::ok();
}

core::Result<> decode_record(core::ByteView leaf, RecordView& out) {
  out.postings.clear();
  out.subjects.clear();
  out.documents.clear();
  out.corrects.reset();
  const auto decoded = decode_fields(leaf, out);
  if (decoded) return core::ok();
  return core::corrupt("record", decoded.error().at, decoded.error().detail);
}

std::optional<RecordLink> read_link(core::ByteView leaf) {
  // The map's head, format and seq stand before prev, whose head is that of 32 bytes.
  constexpr std::size_t kSeqAt = 4;
  constexpr std::array<std::uint8_t, 2> kPrevHead = {0x58, 0x20};
  if (leaf.size() < kSeqAt + 1) return std::nullopt;
  RecordLink link;
  const std::uint8_t info = leaf[kSeqAt] & 0x1f;
  const std::size_t seq_bytes = info < 24 ? 1 : 1 + (std::size_t{1} << (info - 24) % 8);
  const std::size_t prev_at = kSeqAt + seq_bytes + 3;
  const bool begins = leaf[1] == kFormatKey && leaf[2] == kFormatVersion && leaf[3] == kSeqKey &&
                      info < 28 && leaf.size() >= prev_at + link.prev.bytes.size() &&
                      leaf[prev_at - 3] == kPrevKey && leaf[prev_at - 2] == kPrevHead[0] &&
                      leaf[prev_at - 1] == kPrevHead[1];
  if (!begins) return std::nullopt;
  if (seq_bytes == 1) link.seq = info;
  for (std::size_t i = 1; i < seq_bytes; ++i) link.seq = link.seq << 8 | leaf[kSeqAt + i];
  std::copy_n(leaf.begin() + static_cast<std::ptrdiff_t>(prev_at), link.prev.bytes.size(),
              link.prev.bytes.begin());
  return link;
}

}  // namespace ledger
