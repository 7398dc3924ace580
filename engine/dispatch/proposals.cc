#include "engine/dispatch/proposals.h"

#include <algorithm>

#include "engine/dispatch/approval.h"
#include "engine/dispatch/command_bytes.h"
#include "engine/dispatch/commands.h"
#include "engine/dispatch/inner_command.h"
#include "engine/effects.h"
#include "engine/governance/decide.h"
#include "ledger/command_envelope.h"

namespace engine::dispatch {
namespace {

using core::json::Object;
using core::json::Value;
using Drafts = core::Result<std::vector<ledger::Draft>>;

constexpr std::string_view kProposed = "proposed";
constexpr std::string_view kEffectiveAt = "effective_at";

core::Result<> check_placing(std::string_view name) {
  TRY(const CommandType* type, find_command(name));
  if (type->placing != Placing::OnItsOwn) return core::ok();
  return core::invalid("not_proposed", "command", "This command is not one to be proposed.");
}

// Reads {"command": .., "effective_at": .., ...}.
core::Result<> read_proposed(Value value, core::References* references, Propose& out) {
  CommandBytes bytes;
  if (const Value* effective_at = value.find(kEffectiveAt)) {
    auto read = core::Codec<core::Instant>::from_json(*effective_at, nullptr);
    if (!read) return std::move(read.error()).within(kEffectiveAt);
    bytes.effective_at = read.value();
    std::erase_if(*value.as_object(),
                  [](const core::json::Member& member) { return member.first == kEffectiveAt; });
  }
  TRY(auto inner, inner_from_json(value, references));
  TRY(check_placing(inner.command));
  bytes.fields = std::move(inner.fields);
  out.command = std::move(inner.command);
  out.bytes = core::to_cbor(bytes);
  return core::ok();
}

// What the proposed command comes to if it is recorded now, by who proposed it.
Drafts decide_proposed(const Context& context, const core::PartyId& proposer, std::string_view name,
                       core::ByteView command_bytes, std::uint64_t command_seq) {
  TRY(check_placing(name));
  TRY(const CommandType* type, find_command(name));
  TRY(const auto bytes, core::from_cbor<CommandBytes>(command_bytes));
  const core::Instant effective_at = bytes.effective_at.value_or(context.now);
  if (effective_at > context.now) {
    return core::invalid("effective_in_future", kEffectiveAt.data(),
                         "A command cannot take effect later than it is recorded.");
  }
  const Context inner{context.state, context.books, context.now, effective_at,
                      context.past,  command_seq,   proposer};
  return type->decide(inner, bytes.fields);
}

}  // namespace

core::Result<core::Bytes> propose_from_json(const Value& fields, core::References* references) {
  const Object* members = fields.as_object();
  if (members == nullptr) return core::invalid("wrong_type", "", "A command is a JSON object.");
  const auto known = propose_field_names();
  for (const auto& [name, unused] : *members) {
    if (std::ranges::find(known, name) == known.end()) {
      return core::invalid("unknown_field", name, "No such field here; see docs/commands.md.");
    }
  }
  for (const std::string_view name : known) {
    if (fields.find(name) == nullptr) {
      return core::invalid("missing_field", std::string(name),
                           "This field is required; see docs/commands.md.");
    }
  }
  Propose propose;
  auto id = core::Codec<ProposalId>::from_json(*fields.find("proposal"), references);
  if (!id) return std::move(id.error()).within("proposal");
  auto until = core::Codec<core::Instant>::from_json(*fields.find("valid_until"), nullptr);
  if (!until) return std::move(until.error()).within("valid_until");
  propose.proposal = id.value();
  propose.valid_until = until.value();
  auto read = read_proposed(*fields.find(kProposed), references, propose);
  if (!read) return std::move(read.error()).within(kProposed);
  return core::to_cbor(propose);
}

core::Result<Value> proposed_to_json(std::string_view type, core::ByteView command_bytes) {
  TRY(const auto bytes, core::from_cbor<CommandBytes>(command_bytes));
  TRY(auto shown, inner_to_json(type, bytes.fields));
  if (bytes.effective_at) {
    shown.as_object()->emplace_back(kEffectiveAt, core::to_string(*bytes.effective_at));
  }
  return shown;
}

core::Result<Value> propose_to_json(core::ByteView bytes) {
  TRY(const auto propose, core::from_cbor<Propose>(bytes));
  TRY(auto proposed, proposed_to_json(propose.command, propose.bytes));
  return Value(Object{{"proposal", propose.proposal.hex()},
                      {"valid_until", core::to_string(propose.valid_until)},
                      {std::string(kProposed), std::move(proposed)}});
}

std::vector<std::string_view> propose_field_names() {
  return {"proposal", "valid_until", kProposed};
}

Drafts decide(const Context& context, const Propose& command) {
  if (command.valid_until <= context.now) {
    return core::invalid("expired", "valid_until", "This time is over already.");
  }
  TRY(const bool used, context.past.has_subject(command.proposal.bytes));
  if (used) return core::conflict("exists", "proposal", "This id was used before.");
  if (context.state.governance.proposals.size() >= kOpenProposalsMax) {
    return core::unavailable("too_many_proposals", "proposal",
                             "1,000 proposals are open: approve or refuse some first.");
  }
  if (command.bytes.size() > kProposedBytesMax) {
    return core::invalid("too_large", "proposed", "A command that is proposed has at most 32 KiB.");
  }
  if (command.valid_until.micros - context.now.micros > kProposalMicrosMax) {
    return core::invalid("expired", "valid_until", "A proposal is open for at most 366 days.");
  }
  auto effects =
      decide_proposed(context, context.actor, command.command, command.bytes, context.command_seq);
  if (!effects) return std::move(effects.error()).within(kProposed);
  core::Sha256 sha256;
  const ProposalMade made{command.proposal,
                          context.actor,
                          command.command,
                          command.bytes,
                          ledger::command_digest(sha256, command.command, command.bytes),
                          ledger::outcome_digest(effects.value(), context.now),
                          command.valid_until};
  Effects out(context.now);
  out.add(made, {}, {command.proposal.bytes, context.actor.bytes});
  return out.take();
}

Drafts decide(const Context& context, const ApproveProposal& command) {
  TRY(const ProposalMade* made, governance::find_proposal(context.state, command.proposal));
  if (made->valid_until <= context.now) {
    return core::conflict("proposal_expired", "proposal",
                          "It was to be approved before " + core::to_string(made->valid_until) +
                              "; propose it anew.");
  }
  if (context.actor == made->proposer) {
    return core::invalid("same_person", "actor",
                         "Who proposed it cannot approve it: another person must.");
  }
  if (command.command_digest != made->command_digest ||
      command.outcome_digest != made->outcome_digest) {
    return core::conflict("another_proposal", "proposal",
                          "The digests are not those of the proposal that is open.");
  }
  TRY(const auto bytes, core::from_cbor<CommandBytes>(made->bytes));
  if (context.state.governance.unsigned_proposals.contains(command.proposal)) {
    return core::conflict("signature_required", "proposal",
                          "It was proposed before signatures were required: propose it anew.");
  }
  if (context.state.governance.signatures_required) {
    const auto proposer = context.state.governance.people.find(made->proposer);
    if (proposer == context.state.governance.people.end() || proposer->second.keys.empty()) {
      return core::conflict("proposer_revoked", "proposal",
                            "Who proposed it has no key any more: refuse it.");
    }
    TRY(check_asker(context.state, made->command, bytes.fields, made->proposer));
    TRY(check_approver(context.state, made->command, bytes.fields, context.actor));
  }
  Effects first(context.now);
  first.add(ProposalApproved{command.proposal, made->proposer, context.actor}, {},
            {command.proposal.bytes, context.actor.bytes});
  // The record of the approval stands between the command's and its effects.
  TRY(auto effects, decide_proposed(context, made->proposer, made->command, made->bytes,
                                    context.command_seq + 1));
  if (ledger::outcome_digest(effects, context.now) != made->outcome_digest) {
    return core::conflict("outcome_changed", "proposal",
                          "The command would come to something else by now: refuse the proposal, "
                          "and propose it anew.");
  }
  std::vector<ledger::Draft> out = first.take();
  std::move(effects.begin(), effects.end(), std::back_inserter(out));
  return out;
}

core::Result<Approved> approved_command(const State& state, core::ByteView approval) {
  TRY(const auto command, core::from_cbor<ApproveProposal>(approval));
  TRY(const ProposalMade* made, governance::find_proposal(state, command.proposal));
  TRY(auto bytes, core::from_cbor<CommandBytes>(made->bytes));
  return Approved{made->command, std::move(bytes.fields)};
}

}  // namespace engine::dispatch
