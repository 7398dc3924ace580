#pragma once

#include <span>
#include <vector>

#include "core/decimal.h"
#include "core/ids.h"
#include "core/sha256.h"
#include "engine/choices.h"

// How the steps of a filled order are shared. Pure arithmetic on whole steps.
namespace engine::mam {

// One account's claim on an order.
struct Claim {
  core::Minor weight = 0;  // Above zero: its equity when the order was accepted.
  core::Hash tie;          // Between equal claims the lower goes first.
};

// SHA-256(order id, account id), 16 raw bytes each: who goes first differs from order to order, so
// that no account is favoured for its number.
//
// The balance of extra steps over all orders, which should decide before it, is not kept yet: as an
// exact rational its denominator grows with every order. Within one order it would let the weight
// decide, which it must not.
core::Hash tie_of(const core::OrderId& order, const core::AccountId& account);

// What each claim has of `steps` steps, when each next step goes to the largest
// weight / (2 x steps it has + 1) (Sainte-Lague).
//
// Guarantees: the parts sum to `steps`; more steps never give anybody less, so that a fill in parts
//             ends as one fill would.
// Errors:     Overflow.
core::Result<std::vector<core::Minor>> sainte_lague(core::Minor steps,
                                                    std::span<const Claim> claims);

// One-shot: the floor of each exact share, then one step each from the largest weight on. An option
// for brokers who come from systems that do so.
//
// Guarantees: the parts sum to `steps`.
// Errors:     Overflow.
core::Result<std::vector<core::Minor>> largest_equity_first(core::Minor steps,
                                                            std::span<const Claim> claims);

}  // namespace engine::mam
