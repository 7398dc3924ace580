#include "engine/dispatch/authority.h"

#include <algorithm>

#include "engine/access/decide.h"
#include "engine/closing/decide.h"
#include "engine/dispatch/approval.h"
#include "engine/dispatch/command_bytes.h"
#include "engine/dispatch/commands.h"
#include "engine/key_commands.h"
#include "ledger/command_envelope.h"

namespace engine::dispatch {
namespace {

constexpr std::size_t kSignaturesMax = 2;

// Proposals stand for two persons: who makes one, and who ends it.
bool is_about_proposals(std::string_view type) {
  return type == Propose::kType || type == ApproveProposal::kType || type == RefuseProposal::kType;
}

core::Error signature_required(std::string_view whose) {
  return core::conflict("signature_required", "signed",
                        "Two officers of this book have keys, so the " + std::string(whose) +
                            " must sign; see tally sign, and docs/formats/governance.md.");
}

core::Result<> check_envelope(const ledger::CommandBody& body,
                              std::span<const ledger::Draft> effects, core::Instant now) {
  if (body.valid_until && *body.valid_until <= now) {
    return core::conflict(
        "command_expired", "valid_until",
        "It was to be recorded before " + core::to_string(*body.valid_until) + "; sign it anew.");
  }
  if (body.outcome_digest && *body.outcome_digest != ledger::outcome_digest(effects, now)) {
    return core::conflict("outcome_changed", "outcome_digest",
                          "The command comes to something else than what was signed.");
  }
  return core::ok();
}

core::Result<> check_authentication(const ledger::CommandBody& body, const Signers& signers) {
  const bool says_actor = body.actor_authentication == ledger::Authentication::Signature;
  const bool says_approver = body.approver_authentication == ledger::Authentication::Signature;
  if (says_actor == signers.actor && says_approver == signers.approver) return core::ok();
  return core::invalid("authentication", "signed",
                       "Who signed is not who the command says was identified by it.");
}

// A log of reads has readings, and what concerns its own keys and index: nothing that anybody could
// send may stand between them.
core::Result<> check_book(const State& state, std::string_view name) {
  if (!access::is_log_of_reads(state.genesis.origin)) return core::ok();
  TRY(const CommandType* type, find_command(name));
  if (type->service_only || name == RotateLogKey::kType || name == DeclareKeyCompromised::kType) {
    return core::ok();
  }
  return core::conflict("access_book", "command",
                        "This book is a log of reads: only the service records in it.");
}

// The first effect that stands in a period that is closed.
bool is_late(const State& state, std::span<const ledger::Draft> effects) {
  const auto closed = closing::closed_until(state);
  return closed && std::ranges::any_of(effects, [&](const ledger::Draft& effect) {
           return effect.effective_at < *closed;
         });
}

core::Result<> check_second_person(const State& state, const ledger::CommandBody& body,
                                   core::ByteView fields, const Signers& signers, bool late) {
  if (!body.approver && late) {
    return core::conflict(
        "period_closed", "effective_at",
        "The period up to " + core::to_string(*closing::closed_until(state)) +
            " is closed: a late entry needs a second person. Name an approver, or "
            "propose it.");
  }
  if (!body.approver) {
    return core::invalid("missing_field", "approver",
                         "This command needs a second person: name an approver, or propose it.");
  }
  if (*body.approver == body.actor) {
    return core::invalid("same_person", "approver", "Actor and approver must be two people.");
  }
  if (!state.governance.signatures_required) return core::ok();
  if (!signers.actor) return signature_required("actor");
  if (!signers.approver) return signature_required("approver");
  if (!body.outcome_digest) {
    return core::conflict("signature_required", "outcome_digest",
                          "Who approves a command signs what it comes to, too: a dry run tells.");
  }
  TRY(check_asker(state, body.type, fields, body.actor));
  return check_approver(state, body.type, fields, *body.approver);
}

}  // namespace

core::Result<Signers> check_signatures(const State& state, const ledger::CommandBody& body) {
  Signers signers;
  if (body.signatures.empty()) return signers;
  if (body.signatures.size() > kSignaturesMax) {
    return core::invalid("too_many_signatures", "signatures",
                         "The actor signs once, and the approver once.");
  }
  const core::Bytes message = ledger::envelope_message(state.genesis.origin, body);
  for (const ledger::CommandSignature& signature : body.signatures) {
    const auto holder = holder_of(state.governance, signature.key_id);
    bool* signer = nullptr;
    if (holder && *holder == body.actor) signer = &signers.actor;
    if (holder && holder == body.approver) signer = &signers.approver;
    if (signer == nullptr || *signer) {
      return core::invalid("unknown_signer", "signatures",
                           "This key is neither the actor's nor the approver's, was revoked, or "
                           "its person signed already.");
    }
    TRY(ledger::check_command_signature(signature, message));
    *signer = true;
  }
  return signers;
}

core::Result<> check_authority(const State& state, const ledger::CommandBody& body,
                               std::span<const ledger::Draft> effects, core::Instant now) {
  TRY(check_book(state, body.type));
  TRY(const Signers signers, check_signatures(state, body));
  TRY(check_authentication(body, signers));
  TRY(check_envelope(body, effects, now));
  if (is_about_proposals(body.type)) {
    if (!state.governance.signatures_required || signers.actor) return core::ok();
    return signature_required("actor");
  }
  CommandBytes bytes;
  if (looks_inside(body.type)) {
    TRY(bytes, core::from_cbor<CommandBytes>(body.command));
  }
  const bool late = is_late(state, effects);
  if (!late && !needs_approver(state, body.type, bytes.fields, now)) return core::ok();
  return check_second_person(state, body, bytes.fields, signers, late);
}

}  // namespace engine::dispatch
