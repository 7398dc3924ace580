#pragma once

#include <vector>

#include "engine/effects.h"
#include "engine/mam/closing.h"
#include "engine/mam_records.h"
#include "engine/mam_state.h"
#include "engine/partners/closes.h"

// What closes of block orders tell the partners' engine.
// Source: docs/decisions/0047-closes-pay-partners.md.
namespace engine::mam {

// Each account's part of a close as a deal that pays its partners: its own volume, since the first
// fill of the order that stands, at the price that every account has, with its commission of the
// close and of its fills. Nothing for the firm's own accounts, and where results alone are shared.
//
// Errors: Overflow of a partner's sums.
core::Result<> pay_partners(const Context& context, const Order& order, const CloseRecorded& block,
                            const std::vector<ClosingPart>& parts,
                            partners::CloseAccruals& accruals, Effects& effects);

}  // namespace engine::mam
