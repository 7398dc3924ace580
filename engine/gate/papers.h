#pragma once

#include "engine/context.h"

// What a client's mandate must hold before money comes under it.
// Source: the registers' rulings 4; docs/decisions/0046-limits-handed-on.md.
namespace engine::gate {

// Whether new money may come under a client's mandate: it is active (require_active_mandate), what
// was assessed is not past its last day, and, where the newest decision by the rules on the manager
// covers the structure's model, there are
// - a tax self-certification, and
// - the assessment that the cells of the three legs name for the client's category and residence:
//   SUITABILITY (found suitable), or APPROPRIATENESS (whatever came of it, if he was told).
//   SUITABILITY_IF_PERSONAL_RECOMMENDATION is the first unless the evidence on the manager shows
//   content.is_general_recommendation_only now.
// - each other paper of a client's own that those cells name, by its code among the mandate's
//   disclosures or of papers since (LPOA_TRADING_ONLY: or the power of attorney's digest).
// What is open goes on without, and leaves freely. The manager's own money needs none.
//
// Errors: Conflict/no_mandate, mandate_over, assessment_over, paper_missing.
core::Result<> admit_money(const Context& context, const core::StructureId& structure,
                           const core::PartyId& client);

}  // namespace engine::gate
