#include "ledger/published_frame.h"

#include "core/sha256.h"
#include "ledger/big_endian.h"
#include "ledger/note.h"

namespace ledger {
namespace {

constexpr std::size_t kHeadBytes = 8 + 4;
constexpr std::size_t kDigestBytes = 32;

core::Error damaged(std::string detail) {
  return core::corrupt("published", "", std::move(detail));
}

}  // namespace

std::string encode_published(const PublishedNote& published) {
  core::Bytes frame;
  append_big_endian(frame, published.size);
  append_big_endian(frame, static_cast<std::uint32_t>(published.note.size()));
  const core::ByteView note = core::as_bytes(published.note);
  frame.insert(frame.end(), note.begin(), note.end());
  const core::Hash digest = core::sha256(frame);
  frame.insert(frame.end(), digest.bytes.begin(), digest.bytes.end());
  return std::string(core::as_text(frame));
}

core::Result<std::optional<PublishedNote>> take_published(std::string_view& rest) {
  if (rest.empty()) return std::optional<PublishedNote>();
  if (rest.size() < kHeadBytes) return damaged("A published checkpoint ends too early.");
  const core::ByteView bytes = core::as_bytes(rest);
  const std::size_t length = read_big_endian<std::uint32_t>(bytes.subspan(8, 4));
  if (length > kNoteBytesMax || rest.size() - kHeadBytes < length + kDigestBytes) {
    return damaged("A published checkpoint is longer than what there is of it.");
  }
  const std::size_t body = kHeadBytes + length;
  const core::Hash digest = core::sha256(bytes.first(body));
  if (core::as_text(digest.view()) != rest.substr(body, kDigestBytes)) {
    return damaged("A published checkpoint is not what its digest says.");
  }
  PublishedNote published{read_big_endian<std::uint64_t>(bytes.first(8)),
                          std::string(rest.substr(kHeadBytes, body - kHeadBytes))};
  rest.remove_prefix(body + kDigestBytes);
  return std::optional(std::move(published));
}

}  // namespace ledger
