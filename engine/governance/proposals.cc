#include <algorithm>

#include "engine/governance/decide.h"

namespace engine::governance {
namespace {

bool is_over(const ProposalMade& proposal, core::Instant now) {
  return proposal.valid_until <= now;
}

void end_proposal(State& state, const ProposalId& proposal) {
  state.governance.proposals.erase(proposal);
  state.governance.unsigned_proposals.erase(proposal);
}

}  // namespace

core::Result<const ProposalMade*> find_proposal(const State& state, const ProposalId& proposal) {
  const auto found = state.governance.proposals.find(proposal);
  if (found != state.governance.proposals.end()) return &found->second;
  return core::not_found("unknown_proposal", "proposal",
                         "No such proposal is open: it was never made, or was approved, refused or "
                         "expired.");
}

Drafts decide(const Context& context, const RefuseProposal& command) {
  TRY(const auto* proposal, find_proposal(context.state, command.proposal));
  const bool withdraws = command.reason == RefusalReason::Withdrawn;
  if (withdraws != (context.actor == proposal->proposer)) {
    return core::conflict("withdrawal", "reason",
                          "Who made a proposal withdraws it, and nobody else does.");
  }
  Effects effects(context.now);
  effects.add(ProposalRefused{command.proposal, context.actor, command.reason}, {},
              {command.proposal.bytes});
  return effects.take();
}

void expire(const Context& context, Effects& effects) {
  for (const auto& [id, proposal] : context.state.governance.proposals) {
    if (is_over(proposal, context.now)) effects.add(ProposalExpired{id}, {}, {id.bytes});
  }
}

bool has_expired(const State& state, core::Instant now) {
  return std::ranges::any_of(state.governance.proposals,
                             [&](const auto& open) { return is_over(open.second, now); });
}

void apply(State& state, const ApprovalRuleSet& body, const ledger::RecordView&) {
  state.governance.rules[body.command_type] = body;
}

void apply(State& state, const ProposalMade& body, const ledger::RecordView&) {
  state.governance.proposals[body.proposal] = body;
}

void apply(State& state, const ProposalApproved& body, const ledger::RecordView&) {
  end_proposal(state, body.proposal);
}

void apply(State& state, const ProposalRefused& body, const ledger::RecordView&) {
  end_proposal(state, body.proposal);
}

void apply(State& state, const ProposalExpired& body, const ledger::RecordView&) {
  end_proposal(state, body.proposal);
}

}  // namespace engine::governance
