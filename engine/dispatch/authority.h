#pragma once

#include <span>

#include "engine/state.h"
#include "ledger/bodies.h"
#include "ledger/record.h"

// Whether who asks for a command may: signatures and second persons. What `decide` makes of it is
// another question. Asked before a command is recorded, and again by whoever replays the book.
namespace engine::dispatch {

struct Signers {
  bool actor = false;
  bool approver = false;
};

// Who of the two signed the command, as far as their keys count in this state.
//
// Errors: InvalidInput/too_many_signatures; unknown_signer for a key that nobody has, that was
// revoked, or that
//         is neither's; signature, signature_scheme.
core::Result<Signers> check_signatures(const State& state, const ledger::CommandBody& body);

// Errors: Conflict/access_book for what anybody could send to a log of reads; those of
// check_signatures(); Conflict/command_expired after `valid_until`; Conflict/outcome_changed if
//         the effects are not those of the outcome digest; InvalidInput/authentication if the body
//         says otherwise than its signatures; InvalidInput/missing_field, same_person for the
//         second person; Conflict/period_closed for an effect in a closed period without one;
//         Conflict/signature_required once two officers can sign; Conflict/not_an_approver.
core::Result<> check_authority(const State& state, const ledger::CommandBody& body,
                               std::span<const ledger::Draft> effects, core::Instant now);

}  // namespace engine::dispatch
