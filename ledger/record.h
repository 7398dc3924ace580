#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/cbor.h"
#include "core/sha256.h"
#include "core/time.h"

// Record format version 1. Source: docs/formats/record.md (CDDL and vectors).
namespace ledger {

using Salt = std::array<std::uint8_t, 16>;
using SubjectId = std::array<std::uint8_t, 16>;

inline constexpr std::uint64_t kFormatVersion = 1;
inline constexpr std::size_t kPostingsMax = 1000;
inline constexpr std::size_t kSubjectsMax = 16;
inline constexpr std::size_t kDocumentsMax = 64;

// Debit positive, in the commodity's smallest unit.
struct Posting {
  std::string account;
  std::string commodity;
  core::Minor amount = 0;
  bool operator==(const Posting&) const = default;
};

// A record before the ledger gives it its place.
struct Draft {
  std::uint64_t kind = 0;
  std::uint64_t version = 1;
  core::Bytes body;  // One deterministic CBOR map.
  std::vector<Posting> postings;
  std::vector<SubjectId> subjects;  // Distinct; the investor, manager, structure it concerns.
  std::vector<core::Hash> documents;
  std::optional<std::uint64_t> corrects;
  core::Instant effective_at;
};

// Where a record stands in its command's batch.
struct BatchPlace {
  std::uint64_t first_seq = 0;
  std::uint64_t index = 0;
  std::uint64_t count = 0;
  bool operator==(const BatchPlace&) const = default;
};

// A subject's running number and previous record, so that "all of X's records" is provable.
struct SubjectLink {
  SubjectId id{};
  std::uint64_t count = 0;                // From 1.
  std::optional<std::uint64_t> prev_seq;  // Absent for the first.
  bool operator==(const SubjectLink&) const = default;
};

// What the ledger adds to a draft.
struct Place {
  std::uint64_t seq = 0;
  core::Hash prev;  // Leaf hash of the record before; zero at 0.
  Salt salt{};
  core::Instant recorded_at;
  BatchPlace batch;
  std::vector<SubjectLink> subjects;
};

// The stored bytes: the Merkle leaf.
//
// Errors: InvalidInput/record_too_large beyond kRecordBytesMax; too_many_postings, _subjects,
//         _documents beyond their limits.
core::Result<core::Bytes> encode_record(const Draft& draft, const Place& place);
// The same, appended to `out`, which a failed attempt may leave longer.
core::Result<> encode_record(const Draft& draft, const Place& place, core::Bytes& out);

// Sets the salt and the link to the record before in a leaf that encode_record made: they have fixed
// sizes and places, so that a leaf can be encoded before either is known.
void seal_record(std::span<std::uint8_t> leaf, const core::Hash& prev, const Salt& salt);

struct PostingView {
  std::string_view account;
  std::string_view commodity;
  core::Minor amount = 0;
};

// A decoded record; text and byte fields are views into the leaf and live as long as it does.
struct RecordView {
  std::uint64_t seq = 0;
  core::Hash prev;
  Salt salt{};
  core::Instant recorded_at;
  core::Instant effective_at;
  BatchPlace batch;
  std::uint64_t kind = 0;
  std::uint64_t version = 0;
  core::ByteView body;
  std::vector<PostingView> postings;
  std::vector<SubjectLink> subjects;
  std::vector<core::Hash> documents;
  std::optional<std::uint64_t> corrects;
};

// Reads a leaf into `out`, reusing its memory.
//
// Guarantees: an accepted leaf is the one deterministic encoding of its record.
// Errors:     Corrupt/record with the byte offset and what is wrong.
core::Result<> decode_record(core::ByteView leaf, RecordView& out);

// What a leaf says of its place in the chain, read at their fixed places without looking at the rest.
struct RecordLink {
  std::uint64_t seq = 0;
  core::Hash prev;
};
// Empty if the leaf does not begin as a record does.
std::optional<RecordLink> read_link(core::ByteView leaf);

}  // namespace ledger
