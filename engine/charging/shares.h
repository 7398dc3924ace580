#pragma once

#include <string>

#include "engine/charging/fee_rules.h"
#include "engine/effects.h"
#include "engine/investor.h"
#include "engine/pamm_records.h"

// Taking a fee: the cap of the year, what there is, and who has which part.
namespace engine::charging {

// Cuts a fee to what the year's cap leaves, and notes both. Errors: Overflow.
core::Result<> apply_cap(const OfferTerms& terms, FeeYear& year, FeeCharged& fee);

// With its tax a fee takes no more than there is. Errors: Overflow.
core::Result<> fit_into_equity(const OfferTerms& terms, core::Minor equity, FeeCharged& fee);

// Splits a fee and its tax, where somebody beside the manager has a part. Errors: Overflow.
core::Result<> share_out(const FeeRules& rules, FeeCharged& fee);

// What leaves the investor with a fee: its parts, and a tax on top of it among them.
core::Minor taken_by(const FeeCharged& fee);

// Where the parts of a fee go: the legs right of the bar in row 14.
struct Payees {
  core::PartyId manager;
  const OfferTerms* terms = nullptr;
};
void post_shares(const FeeCharged& fee, const Payees& payees, const std::string& currency,
                 Postings& postings);

}  // namespace engine::charging
