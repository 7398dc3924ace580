#include "gateway/service/governance.h"

#include "engine/dispatch/proposals.h"
#include "engine/governance/decide.h"

namespace gateway::service {
namespace {

using core::json::Array;
using core::json::Object;
using core::json::Value;

Value show(const engine::ProposalMade& made) {
  Object out{{"proposal", made.proposal.hex()},
             {"proposer", made.proposer.hex()},
             {"valid_until", core::to_string(made.valid_until)},
             {"command_digest", core::to_hex(made.command_digest.bytes)},
             {"outcome_digest", core::to_hex(made.outcome_digest.bytes)}};
  auto proposed = engine::dispatch::proposed_to_json(made.command, made.bytes);
  if (proposed) out.emplace_back("proposed", std::move(proposed.value()));
  return out;
}

}  // namespace

Value people_to_json(const engine::State& state) {
  const engine::Governance& governance = state.governance;
  Array people;
  for (const auto& [id, person] : governance.people) {
    Array roles;
    for (const engine::Role role : person.roles) {
      roles.push_back(core::Codec<engine::Role>::to_json(role));
    }
    Array keys;
    for (const core::Bytes& key : person.keys) keys.push_back(core::to_hex(key));
    people.push_back(
        Object{{"person", id.hex()}, {"roles", std::move(roles)}, {"keys", std::move(keys)}});
  }
  Array rules;
  for (const auto& [command, rule] : governance.rules) {
    Array roles;
    for (const engine::Role role : rule.roles) {
      roles.push_back(core::Codec<engine::Role>::to_json(role));
    }
    rules.push_back(
        Object{{"command_type", command}, {"required", rule.required}, {"roles", std::move(roles)}});
  }
  return Object{{"signatures_required", governance.signatures_required},
                {"people", std::move(people)},
                {"rules", std::move(rules)}};
}

Value proposals_to_json(const engine::State& state) {
  Array proposals;
  for (const auto& [id, made] : state.governance.proposals) proposals.push_back(show(made));
  return Object{{"proposals", std::move(proposals)}};
}

core::Result<Value> proposal_to_json(const engine::State& state,
                                     const engine::ProposalId& proposal) {
  TRY(const auto* made, engine::governance::find_proposal(state, proposal));
  return show(*made);
}

ledger::CommandBody command_body(const Submission& submission, std::uint64_t semantics) {
  ledger::CommandBody body;
  body.type = submission.type;
  body.command = submission.command;
  body.client_id = submission.client_id;
  body.request_id = submission.request_id;
  body.actor = submission.actor;
  body.actor_authentication = submission.actor_authentication;
  if (submission.approver) {
    body.approver = submission.approver;
    body.approver_authentication = ledger::Authentication::Asserted;
  }
  body.signatures = submission.signed_part.signatures;
  body.valid_until = submission.signed_part.valid_until;
  body.outcome_digest = submission.signed_part.outcome_digest;
  body.semantics = semantics;
  return body;
}

}  // namespace gateway::service
