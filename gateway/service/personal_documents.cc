#include "gateway/service/personal_documents.h"

#include <algorithm>
#include <memory>

#include "core/sealing.h"

namespace gateway::service {
namespace {

using documents::Store;

constexpr std::string_view kMagic = "TALLYSD1";
constexpr std::size_t kIdBytes = sizeof(vault::IdBytes);
constexpr std::size_t kHeadBytes = kMagic.size() + kIdBytes + core::kStreamHeaderBytes;
constexpr std::size_t kPieceBytes = 64 * 1024;
constexpr std::size_t kSealedPieceBytes = kPieceBytes + core::kStreamPieceExtraBytes;

core::Error does_not_open(const core::Hash& digest) {
  return core::corrupt("document", core::to_hex(digest.bytes),
                       "The document is what was stored, and its person's key does not open it.");
}

std::optional<core::PartyId> person_of(core::ByteView begin) {
  if (begin.size() < kHeadBytes || core::as_text(begin.first(kMagic.size())) != kMagic) {
    return std::nullopt;
  }
  core::PartyId person;
  std::copy_n(begin.begin() + kMagic.size(), kIdBytes, person.bytes.begin());
  return person;
}

// As many bytes as there are, up to `bytes`.
core::Result<core::Bytes> read_full(const Store::Source& source, std::size_t bytes) {
  core::Bytes out(bytes);
  std::size_t size = 0;
  while (size < bytes) {
    TRY(const std::size_t count, source(std::span(out).subspan(size)));
    if (count == 0) break;
    size += count;
  }
  out.resize(size);
  return out;
}

// Gives what it holds, and asks for more when that is gone.
class Sealing {
 public:
  Sealing(Store::Source source, const core::PartyId& person, const core::Secret& key)
      : source_(std::move(source)), sealer_(key.view()) {
    const core::ByteView magic = core::as_bytes(kMagic);
    ready_.assign(magic.begin(), magic.end());
    ready_.insert(ready_.end(), person.bytes.begin(), person.bytes.end());
    head_ = ready_;
    ready_.insert(ready_.end(), sealer_.header().begin(), sealer_.header().end());
  }

  core::Result<std::size_t> read(std::span<std::uint8_t> buffer) {
    if (given_ == ready_.size() && !ended_) {
      TRY(seal_next());
    }
    const std::size_t count = std::min(buffer.size(), ready_.size() - given_);
    std::copy_n(ready_.begin() + static_cast<std::ptrdiff_t>(given_), count, buffer.begin());
    given_ += count;
    return count;
  }

 private:
  // A piece is full, but for the last one, which may be empty.
  core::Result<> seal_next() {
    TRY(const core::Bytes piece, read_full(source_, kPieceBytes));
    ended_ = piece.size() < kPieceBytes;
    ready_ = sealer_.push(piece, head_, ended_);
    given_ = 0;
    return core::ok();
  }

  Store::Source source_;
  core::StreamSealer sealer_;
  core::Bytes head_;  // Authenticated with every piece.
  core::Bytes ready_;
  std::size_t given_ = 0;
  bool ended_ = false;
};

// Takes stored bytes in any pieces and gives what they seal.
class Opening {
 public:
  Opening(const core::Hash& digest, const core::Secret& key, const Store::Visitor& visit)
      : digest_(digest), key_(key), visit_(visit) {}

  core::Result<> take(core::ByteView bytes) {
    waiting_.insert(waiting_.end(), bytes.begin(), bytes.end());
    if (!opener_ && waiting_.size() >= kHeadBytes) begin();
    while (opener_ && waiting_.size() > kSealedPieceBytes) {
      TRY(open(kSealedPieceBytes));
    }
    return core::ok();
  }

  core::Result<> finish() {
    if (!opener_) return does_not_open(digest_);
    // A document of whole pieces ends with an empty one.
    if (waiting_.size() == kSealedPieceBytes) {
      TRY(open(kSealedPieceBytes));
    }
    if (!ended_) {
      TRY(open(waiting_.size()));
    }
    return ended_ && waiting_.empty() ? core::ok() : core::Result<>(does_not_open(digest_));
  }

 private:
  void begin() {
    const auto header = waiting_.begin() + kMagic.size() + kIdBytes;
    head_.assign(waiting_.begin(), header);
    core::StreamHeader stream{};
    std::copy_n(header, stream.size(), stream.begin());
    opener_ = std::make_unique<core::StreamOpener>(key_.view(), stream);
    drop(kHeadBytes);
  }
  core::Result<> open(std::size_t bytes) {
    if (ended_) return does_not_open(digest_);
    const auto piece = opener_->pull(core::ByteView(waiting_).first(bytes), head_);
    if (!piece) return does_not_open(digest_);
    ended_ = piece->is_last;
    drop(bytes);
    return piece->bytes.empty() ? core::ok() : visit_(piece->bytes);
  }
  void drop(std::size_t bytes) {
    waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(bytes));
  }

  const core::Hash& digest_;
  const core::Secret& key_;
  const Store::Visitor& visit_;
  std::unique_ptr<core::StreamOpener> opener_;
  core::Bytes head_;
  core::Bytes waiting_;
  bool ended_ = false;
};

}  // namespace

core::Result<std::optional<core::PartyId>> person_of_document(const Store& store,
                                                              const core::Hash& digest) {
  TRY(const core::Bytes begin, store.begin(digest, kHeadBytes));
  return person_of(begin);
}

Store::Source seal_document(Store::Source source, const core::PartyId& person,
                            const core::Secret& key) {
  auto sealing = std::make_shared<Sealing>(std::move(source), person, key);
  return [sealing](std::span<std::uint8_t> buffer) { return sealing->read(buffer); };
}

Store::Source plain_document(Store::Source source) {
  return [source = std::move(source), is_first = true, ready = core::Bytes()](
             std::span<std::uint8_t> buffer) mutable -> core::Result<std::size_t> {
    if (is_first) {
      is_first = false;
      TRY(ready, read_full(source, kHeadBytes));
      if (person_of(ready)) {
        return core::invalid("sealed_document", "document",
                             "This begins as a sealed document does; name the person it is about, "
                             "and give the document itself.");
      }
    }
    if (ready.empty()) return source(buffer);
    const std::size_t count = std::min(buffer.size(), ready.size());
    std::copy_n(ready.begin(), count, buffer.begin());
    ready.erase(ready.begin(), ready.begin() + static_cast<std::ptrdiff_t>(count));
    return count;
  };
}

core::Result<> open_document(const Store& store, const core::Hash& digest, const core::Secret& key,
                             const Store::Visitor& visit) {
  Opening opening(digest, key, visit);
  TRY(store.read(digest, [&](core::ByteView piece) { return opening.take(piece); }));
  return opening.finish();
}

core::Result<> document_key(vault::Vault& vault, const core::PartyId& person, core::Secret& key) {
  if (!vault.locked() && vault.erased(person.bytes)) {
    return core::not_found("document_erased", person.hex(),
                           "The person it was about was erased, and the key with him; what is "
                           "stored can still be verified, and never be read.");
  }
  return vault.person_key(person.bytes, false, key);
}

core::Result<std::vector<core::Hash>> documents_of(const Store& store,
                                                   const core::PartyId& person) {
  std::vector<core::Hash> out;
  TRY(const auto held, store.list());
  for (const documents::Document& document : held) {
    TRY(const auto whose, person_of_document(store, document.digest));
    if (whose == person) out.push_back(document.digest);
  }
  return out;
}

}  // namespace gateway::service
