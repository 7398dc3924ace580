#include "gateway/http/tlog.h"

#include "gateway/http/ask.h"
#include "gateway/service/proofs.h"
#include "gateway/service/queries.h"
#include "gateway/service/tiles.h"

namespace gateway::http {
namespace {

using core::json::Value;
using service::BookView;

// A proxy may keep for others only what they could have without a token.
std::string cache_control(const Service& service, bool is_hash, std::string_view rest) {
  return (is_hash && service.public_tiles ? "public, " : "private, ") + std::string(rest);
}

constexpr std::string_view kOneSecond = "max-age=1";
constexpr std::string_view kForEver = "max-age=31536000, immutable";

core::Result<ledger::TileAddress> tile_address(const Call& call, std::string_view level) {
  return ledger::parse_tile_path("tile/" + std::string(level) + "/" + call.variable("index"));
}

core::Result<std::uint64_t> number(const Call& call, std::string_view variable) {
  return service::parse_number(call.variable(variable), variable);
}

Response respond_for_ever(const Call& call, const core::Bytes& bytes, bool is_hash) {
  return cached(respond(kBytes, std::string(core::as_text(bytes))),
                cache_control(call.service, is_hash, kForEver));
}

}  // namespace

Answer get_checkpoint(const Call& call) {
  TRY(std::string note, ask(call.service, [](const BookView& view) -> core::Result<std::string> {
        return view.last_published().note;
      }));
  return cached(respond(kText, std::move(note)), cache_control(call.service, true, kOneSecond));
}

Answer get_old_checkpoint(const Call& call) {
  TRY(const std::uint64_t size, number(call, "size"));
  TRY(std::string note, ask(call.service, [&](const BookView& view) {
        return service::find_checkpoint(view, size);
      }));
  return respond(kText, std::move(note));
}

Answer get_tile(const Call& call) {
  TRY(const auto address, tile_address(call, call.variable("level")));
  TRY(const core::Bytes hashes, ask(call.service, [&](const BookView& view) {
        return service::query_hash_tile(view, address);
      }));
  return respond_for_ever(call, hashes, true);
}

Answer get_entries(const Call& call) {
  TRY(const auto address, tile_address(call, "entries"));
  TRY(const core::Bytes bundle, ask(call.service, [&](const BookView& view) {
        return service::query_entry_bundle(view, address);
      }));
  Response response = respond_for_ever(call, bundle, false);
  response.entries = address.width;
  return response;
}

Answer get_inclusion(const Call& call) {
  TRY(const std::uint64_t index, number(call, "index"));
  TRY(const std::uint64_t size, number(call, "size"));
  TRY(const Value proof, ask(call.service, [&](const BookView& view) {
        return service::prove_inclusion(view, index, size);
      }));
  return respond_json(proof);
}

Answer get_consistency(const Call& call) {
  TRY(const std::uint64_t old_size, number(call, "old"));
  TRY(const std::uint64_t new_size, number(call, "new"));
  TRY(const Value proof, ask(call.service, [&](const BookView& view) {
        return service::prove_consistency(view, old_size, new_size);
      }));
  return respond_json(proof);
}

Answer get_proof(const Call& call) {
  TRY(const std::uint64_t seq, number(call, "seq"));
  std::optional<std::uint64_t> size;
  if (!call.parameter("size").empty()) {
    TRY(size, service::parse_number(call.parameter("size"), "size"));
  }
  TRY(std::string proof, ask(call.service, [&](const BookView& view) {
        return service::prove_record(view, seq, size);
      }));
  return respond(kText, std::move(proof));
}

Answer post_consistency(const Call& call) {
  TRY(std::string proof, ask(call.service, [&](const BookView& view) {
        return service::prove_consistency(view, call.request.body);
      }));
  return respond(kText, std::move(proof));
}

}  // namespace gateway::http
