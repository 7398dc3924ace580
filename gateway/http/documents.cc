#include "gateway/http/documents.h"

#include <algorithm>

#include "gateway/documents/store.h"

namespace gateway::http {
namespace {

// Larger ones are for the command line: an answer is made in memory.
constexpr std::uint64_t kGivenBytesMax = 8u << 20;

}  // namespace

Answer post_documents(const Call& call) {
  documents::Store store(call.service.book.folder().documents());
  std::string_view rest = call.request.body;
  TRY(const auto added, store.add([&](std::span<std::uint8_t> buffer) -> core::Result<std::size_t> {
        const std::size_t count = std::min(buffer.size(), rest.size());
        std::ranges::copy(core::as_bytes(rest.substr(0, count)), buffer.begin());
        rest.remove_prefix(count);
        return count;
      }));
  return respond_json(core::json::Object{{"digest", core::to_hex(added.digest.bytes)},
                                         {"bytes", static_cast<std::int64_t>(added.bytes)}},
                      added.known ? 200 : 201);
}

Answer get_document(const Call& call) {
  TRY(const core::Hash digest, core::parse_hash(call.variable("digest")));
  const documents::Store store(call.service.book.folder().documents());
  std::string body;
  TRY(store.read(digest, [&](core::ByteView piece) -> core::Result<> {
    body.append(core::as_text(piece));
    if (body.size() <= kGivenBytesMax) return core::ok();
    return core::invalid("too_large", "digest",
                         "This document is too large for one answer; use tally document get.");
  }));
  Response response = respond(kBytes, std::move(body));
  // Whatever it is, a browser is to save it and not to run it.
  response.headers.emplace_back("Content-Disposition", "attachment");
  return response;
}

}  // namespace gateway::http
