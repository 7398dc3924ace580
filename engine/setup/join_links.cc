#include "engine/setup/join_links.h"

#include "engine/effects.h"
#include "engine/join_token.h"
#include "engine/lookup.h"
#include "engine/setup/decide.h"

namespace engine::setup {
namespace {

core::Error mismatch(std::string_view field, std::string detail) {
  return core::conflict("link_mismatch", std::string(field), std::move(detail));
}

core::Result<LinkId> link_id(const State& state, const AcceptMandate& command) {
  if (command.link && command.token) {
    return mismatch("token", "Give the link or its token, not both.");
  }
  if (command.link) return *command.link;
  TRY(const auto token, open_join_token(*command.token, state.log_keys));
  const auto found = state.join_links.find(token.link);
  if (found != state.join_links.end() && token_of(found->second, state.genesis.origin) == token) {
    return token.link;
  }
  return mismatch("token", "The token says otherwise than the book.");
}

core::Result<> check_usable(const Context& context, const JoinLink& link) {
  if (link.revoked) {
    return core::conflict("link_revoked", "link", "The link was revoked; ask for another.");
  }
  if (link.issued.expires_at <= context.now) {
    return core::conflict("link_expired", "link",
                          "The link was good until " + core::to_string(link.issued.expires_at) +
                              "; ask for another.");
  }
  if (!link.issued.single_use || link.uses == 0) return core::ok();
  return core::conflict("link_used", "link", "The link was for one use; ask for another.");
}

}  // namespace

JoinToken token_of(const JoinLink& link, const std::string& origin) {
  const IssueJoinLink& issued = link.issued;
  return {issued.link,       origin,        issued.structure,
          issued.offer,      link.version,  issued.expires_at,
          issued.single_use, issued.partner};
}

core::Result<const JoinLink*> find_join_link(const Context& context, const Structure& structure,
                                             const AcceptMandate& command) {
  if (!command.link && !command.token) return nullptr;
  TRY(const auto id, link_id(context.state, command));
  const auto found = context.state.join_links.find(id);
  if (found == context.state.join_links.end()) {
    return core::not_found("unknown_link", "link", "No link of this id was issued.");
  }
  const JoinLink& link = found->second;
  TRY(check_usable(context, link));
  if (link.issued.structure != command.structure) {
    return mismatch("structure", "The link leads to another structure.");
  }
  if (link.issued.client && *link.issued.client != command.client) {
    return mismatch("client", "The link is for another client.");
  }
  if (link.issued.offer == structure.offer) return &link;
  return mismatch("link", "The link shows a version that the structure does not offer any more.");
}

Drafts decide(const Context& context, const IssueJoinLink& command) {
  if (context.state.join_links.contains(command.link)) {
    return core::conflict("exists", "link", "This id is registered already.");
  }
  TRY(const Structure* structure, find_structure(context, command.structure));
  if (!context.state.offers.contains(command.offer)) {
    return core::not_found("unknown_offer", "offer", "Publish the offer first.");
  }
  if (structure->offer != command.offer) {
    return core::conflict("offer_superseded", "offer",
                          "This is not the version that the structure offers now.");
  }
  if (command.partner && !context.state.partners.contains(*command.partner)) {
    return core::not_found("unknown_partner", "partner", "Register the partner first.");
  }
  if (command.client) {
    TRY(require_client(context, *command.client));
  }
  if (command.expires_at <= context.now) {
    return core::invalid("expired", "expires_at", "This time is over already; give a later one.");
  }
  Subjects subjects{command.structure.bytes};
  if (command.partner) subjects.push_back(command.partner->bytes);
  if (command.client) subjects.push_back(command.client->bytes);
  Effects effects(context.effective_at);
  effects.add(JoinLinkIssued{command, context.state.offers.at(command.offer).version}, {},
              std::move(subjects));
  return effects.take();
}

Drafts decide(const Context& context, const RevokeJoinLink& command) {
  const auto found = context.state.join_links.find(command.link);
  if (found == context.state.join_links.end()) {
    return core::not_found("unknown_link", "link", "No link of this id was issued.");
  }
  if (found->second.revoked) {
    return core::conflict("link_revoked", "link", "The link was revoked already.");
  }
  Effects effects(context.effective_at);
  effects.add(JoinLinkRevoked{command.link}, {}, {found->second.issued.structure.bytes});
  return effects.take();
}

void apply(State& state, const JoinLinkIssued& body, const ledger::RecordView&) {
  state.join_links[body.link.link] = {body.link, body.version};
}

void apply(State& state, const JoinLinkRevoked& body, const ledger::RecordView&) {
  state.join_links.at(body.link).revoked = true;
}

}  // namespace engine::setup
