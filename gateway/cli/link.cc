// link: the signed token of a link by which clients join.

#include "core/codec.h"
#include "engine/setup/join_links.h"
#include "gateway/cli/output.h"
#include "gateway/cli/run.h"
#include "gateway/service/book.h"
#include "gateway/service/log_keys.h"
#include "gateway/service/open_vault.h"

namespace gateway::cli {
namespace {

core::Result<engine::LinkId> read_link(const service::Folder& folder, const std::string& text) {
  TRY(const auto vault, service::open_vault_read_only(folder));
  const refs::ReferenceStore store = vault.references({});
  refs::KnownReferences references(store);
  auto link = core::Codec<engine::LinkId>::from_json(text, &references);
  if (!link) return std::move(link.error()).within("LINK");
  return link;
}

core::Result<std::string> make_token(const LinkArguments& arguments) {
  const service::Folder folder{arguments.data};
  TRY(const auto book, service::ReadOnlyBook::open(folder));
  TRY(const auto link, read_link(folder, arguments.link));
  engine::JoinToken token;
  ledger::KeyHistory keys;
  TRY(book->read_state([&](const engine::State& state) -> core::Result<> {
    const auto found = state.join_links.find(link);
    if (found == state.join_links.end()) {
      return core::not_found("unknown_link", "link", "No link of this id was issued.");
    }
    if (found->second.revoked) {
      return core::conflict("link_revoked", "link", "The link was revoked; issue another.");
    }
    token = engine::setup::token_of(found->second, state.genesis.origin);
    keys = state.log_keys;
    return core::ok();
  }));
  TRY(const auto key, verifier_key_of(keys, keys.keys.back()));
  TRY(const auto signer, service::open_log_key(folder, key));
  return engine::sign_join_token(token, *signer);
}

}  // namespace

int run_link(const LinkArguments& arguments) {
  int code = 0;
  const auto token = make_token(arguments);
  if (!failed(token, code)) print(token.value() + "\n");
  return code;
}

}  // namespace gateway::cli
