#pragma once

#include "engine/mam/allocation_plan.h"
#include "engine/mam_records.h"
#include "engine/mam_state.h"

// An order as its records froze it, with nothing filled.
namespace engine::mam {

Order order_of(const OrderAccepted& body);

// `index` is the share's place among its order's records: who has no rank of his own goes by it.
OrderShare share_of(const OrderShareFrozen& body, std::uint64_t index);

// What the plan of an order looks at of an account.
Candidate candidate_of(const ShareBasis& basis);

// The steps that clients' accounts have when all is filled; none where all accounts are of one
// kind, or where the policy fills own accounts beside them.
// Errors: Overflow.
core::Result<std::optional<core::Minor>> client_steps_of(const Order& order,
                                                         OwnAccounts own_accounts);

}  // namespace engine::mam
