#pragma once

#include "engine/partner_terms.h"
#include "engine/state.h"

// How a partner is paid.
namespace engine::partners {

// Of the programme that he is under then; the usual terms if he is under none.
PayoutTerms payout_terms(const State& state, const core::PartyId& partner, core::Instant at);

}  // namespace engine::partners
