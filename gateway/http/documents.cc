#include "gateway/http/documents.h"

#include <algorithm>

#include "core/sealing.h"
#include "gateway/documents/store.h"
#include "gateway/http/vault.h"
#include "gateway/service/personal_documents.h"

namespace gateway::http {
namespace {

// Larger ones are for the command line: an answer is made in memory.
constexpr std::uint64_t kGivenBytesMax = 8u << 20;

// Under the key of the person, whom the book knows.
core::Result<documents::Store::Source> sealed(const Call& call, documents::Store::Source source) {
  TRY(const auto person, known_person(call, call.parameter("person"), "person"));
  core::Secret key(core::kSealKeyBytes);
  TRY(call.service.book.with_vault(
      [&](vault::Vault& vault) { return vault.person_key(person.bytes, false, key); }));
  return service::seal_document(std::move(source), person, key);
}

// The bytes of one about a person, once it is noted who looks.
core::Result<> open_sealed(const Call& call, const documents::Store& store,
                           const core::Hash& digest, const core::PartyId& person,
                           const documents::Store::Visitor& visit) {
  core::Secret key(core::kSealKeyBytes);
  TRY(call.service.book.with_vault(
      [&](vault::Vault& vault) { return service::document_key(vault, person, key); }));
  TRY(note_read(call, person, "document " + core::to_hex(digest.bytes)));
  return service::open_document(store, digest, key, visit);
}

}  // namespace

Answer post_documents(const Call& call) {
  documents::Store store(call.service.book.folder().documents());
  std::string_view rest = call.request.body;
  documents::Store::Source source =
      [&](std::span<std::uint8_t> buffer) -> core::Result<std::size_t> {
    const std::size_t count = std::min(buffer.size(), rest.size());
    std::ranges::copy(core::as_bytes(rest.substr(0, count)), buffer.begin());
    rest.remove_prefix(count);
    return count;
  };
  if (call.parameter("person").empty()) {
    source = service::plain_document(std::move(source));
  } else {
    TRY(source, sealed(call, std::move(source)));
  }
  TRY(const auto added, store.add(source));
  return respond_json(core::json::Object{{"digest", core::to_hex(added.digest.bytes)},
                                         {"bytes", static_cast<std::int64_t>(added.bytes)}},
                      added.known ? 200 : 201);
}

Answer get_document(const Call& call) {
  TRY(const core::Hash digest, core::parse_hash(call.variable("digest")));
  const documents::Store store(call.service.book.folder().documents());
  std::string body;
  const documents::Store::Visitor visit = [&](core::ByteView piece) -> core::Result<> {
    body.append(core::as_text(piece));
    if (body.size() <= kGivenBytesMax) return core::ok();
    return core::invalid("too_large", "digest",
                         "This document is too large for one answer; use tally document get.");
  };
  TRY(const auto person, service::person_of_document(store, digest));
  if (person) {
    // Personal data is for the operator alone.
    if (auto refused = refuse_caller(call.request, call.service, Permission::Write)) {
      return std::move(*refused);
    }
    TRY(open_sealed(call, store, digest, *person, visit));
  } else {
    TRY(store.read(digest, visit));
  }
  Response response = respond(kBytes, std::move(body));
  if (person) response.about = person->hex();
  // Whatever it is, a browser is to save it and not to run it.
  response.headers.emplace_back("Content-Disposition", "attachment");
  return response;
}

}  // namespace gateway::http
