#pragma once

#include <cstdint>
#include <functional>
#include <istream>
#include <span>
#include <string>
#include <vector>

#include "core/bytes.h"
#include "core/result.h"
#include "core/sha256.h"

// The files that records cite by their SHA-256: statements of a trading server, rule packs,
// contracts. A document is its digest, so it is kept once and cannot be exchanged for another.
// Format: docs/formats/store.md, "DIR/documents".
namespace gateway::documents {

inline constexpr std::uint64_t kDocumentBytesMax = 256u << 20;

struct Document {
  core::Hash digest;
  std::uint64_t bytes = 0;
  bool operator==(const Document&) const = default;
};

struct Added : Document {
  bool known = false;  // It was here before.
};

// Any thread and any process may use one folder at the same time.
class Store {
 public:
  // The folder is made when the first document comes.
  explicit Store(std::string folder) : folder_(std::move(folder)) {}

  // Fills the buffer from the document's next bytes; 0 at its end.
  using Source = std::function<core::Result<std::size_t>(std::span<std::uint8_t> buffer)>;
  // Takes a document in, in memory for a piece of it. It is durable when this returns.
  //
  // Guarantees: there whole or not at all, whatever stops the process.
  // Errors:     InvalidInput/too_large beyond `bytes_max`; Corrupt/document if one with this digest
  // is
  //             here and was altered; Unavailable/io; those of `source`.
  core::Result<Added> add(const Source& source, std::uint64_t bytes_max = kDocumentBytesMax);

  using Visitor = std::function<core::Result<>(core::ByteView piece)>;
  // Gives the document piece by piece, once all of it is known to be unaltered.
  // Errors: NotFound/document; Corrupt/document; Unavailable/io; those of `visit`.
  core::Result<Document> read(const core::Hash& digest, const Visitor& visit) const;
  // The same without giving it.
  core::Result<Document> check(const core::Hash& digest) const;

  // How a document begins, at most so many bytes; whether it is unaltered is not looked at.
  // Errors: NotFound/document; Unavailable/io.
  core::Result<core::Bytes> begin(const core::Hash& digest, std::size_t bytes) const;

  // Every document, by digest; names that are none are passed over. Their content is not looked at.
  // Errors: Unavailable/io.
  core::Result<std::vector<Document>> list() const;

  // Copies what `to` does not have yet, checking each document on the way. Gives how many were
  // copied. Errors: Corrupt/document; Unavailable/io.
  core::Result<std::uint64_t> copy_to(Store& to) const;

 private:
  std::string path_of(const core::Hash& digest) const;

  std::string folder_;
};

// What a stream gives, to its end. Errors of the source: Unavailable/io at `name`.
Store::Source source_of(std::istream& in, std::string name);

}  // namespace gateway::documents
