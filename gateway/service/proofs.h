#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/json.h"
#include "gateway/service/book.h"

// What shows an outsider that a record is in the book, and that the book only grew.
namespace gateway::service {

// A .tlog-proof of record `seq`: under the published checkpoint of exactly `size` records; without
// a size under the last published one, or, of a record that is newer, under the last signed one.
// Errors: NotFound/unknown_record, unknown_checkpoint; Corrupt/published.
core::Result<std::string> prove_record(const BookView& view, std::uint64_t seq,
                                       std::optional<std::uint64_t> size);

// The consistency proof from an older signed checkpoint to the last one: the old size and the
// hashes, base64, one a line, then the last signed note. Errors: InvalidInput/note, checkpoint,
// proof_range; Conflict/other_book.
core::Result<std::string> prove_consistency(const BookView& view, std::string_view old_note);

// Proofs between any sizes that the book has had, all hashes in base64:
// {"index", "size", "leaf_hash", "root", "hashes": [..]}. Errors: InvalidInput/proof_range unless
// index < size <= the book's.
core::Result<core::json::Value> prove_inclusion(const BookView& view, std::uint64_t index,
                                                std::uint64_t size);
// {"old_size", "new_size", "old_root", "new_root", "hashes": [..]}. Errors:
// InvalidInput/proof_range unless old_size <= new_size <= the book's.
core::Result<core::json::Value> prove_consistency(const BookView& view, std::uint64_t old_size,
                                                  std::uint64_t new_size);

// The last checkpoint that was published with exactly this size.
// Errors: NotFound/unknown_checkpoint; Corrupt/published.
core::Result<std::string> find_checkpoint(const BookView& view, std::uint64_t size);

}  // namespace gateway::service
