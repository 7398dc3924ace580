#pragma once

#include <limits>
#include <span>
#include <vector>

#include "core/decimal.h"
#include "core/ids.h"
#include "core/sha256.h"

// How the steps of a filled order are shared. Pure arithmetic on whole steps.
// Source: docs/accounting.md, "Groups".
namespace engine::mam {

inline constexpr core::Minor kNoLimit = std::numeric_limits<std::int64_t>::max();

// One account's claim on an order.
struct Claim {
  core::Minor weight = 0;        // Above zero; frozen when the order was accepted.
  std::uint64_t rank = 0;        // Between equal claims the lower goes first; each has its own.
  core::Minor limit = kNoLimit;  // The most steps that it may have.
  core::Minor least = 0;         // The fewest that a correction may leave it with.
};

// SHA-256(order id, account id), 16 raw bytes each: who goes first differs from order to order, so
// that no account is favoured for its number. It decides after the balance of extra steps.
core::Hash tie_of(const core::OrderId& order, const core::AccountId& account);

// Errors of each: Overflow; Conflict/beyond_limits if all are at their limit before the steps are
// shared out.

// What each claim has of `steps` steps, when each next step goes to the largest
// weight / (2 x steps it has + 1) (Sainte-Lague).
//
// Guarantees: the parts sum to `steps`; more steps never give anybody less, so that a fill in parts
//             ends as one fill would.
core::Result<std::vector<core::Minor>> sainte_lague(core::Minor steps,
                                                    std::span<const Claim> claims);

// The same, going on from what each has: `rest` more steps.
core::Result<std::vector<core::Minor>> sainte_lague_on(std::vector<core::Minor> parts,
                                                       core::Minor rest,
                                                       std::span<const Claim> claims);

// One-shot: the floor of each exact share, and what is left one step each, by the rule:
// to the largest fractions that were cut off;
core::Result<std::vector<core::Minor>> largest_remainder(core::Minor steps,
                                                         std::span<const Claim> claims);
// from the largest weight on;
core::Result<std::vector<core::Minor>> largest_equity_first(core::Minor steps,
                                                            std::span<const Claim> claims);
// in the order of the list, from `start` on and round;
core::Result<std::vector<core::Minor>> round_robin(core::Minor steps, std::span<const Claim> claims,
                                                   std::size_t start);
// to nobody here: the parts sum to less than `steps` by what the overflow account has.
core::Result<std::vector<core::Minor>> floors(core::Minor steps, std::span<const Claim> claims);
// to the overflow account, `kept` of them, and the others to the largest remainders.
core::Result<std::vector<core::Minor>> largest_remainder_beside(core::Minor steps, core::Minor kept,
                                                                std::span<const Claim> claims);

// `parts` where each is within a step of its exact share; otherwise as near to that as the rule
// comes: whoever is a whole step or more away is brought to the whole number next to his share, and
// the difference is settled by Sainte-Lague between the others' own two numbers.
// Guarantees: the sum stays; parts that were within a step and are not needed for that stay.
core::Result<std::vector<core::Minor>> within_a_step(std::vector<core::Minor> parts,
                                                     std::span<const Claim> claims);

// --- The balance of extra steps ---

// Balances count 10^-18 steps.
inline constexpr unsigned kExtraScale = 18;

// What a completed order adds to an account's balance: steps it has of `filled`, less the exact
// share weight / total of them.
//
// Rounding: the exact share down to 10^-18 steps, so that equal weights are expected equal.
// Errors:   Overflow.
// Source:   docs/decisions/0030-balance-of-extra-steps.md
core::Result<core::Minor> extra_steps(core::Minor steps, core::Minor weight, core::Minor total,
                                      core::Minor filled);

}  // namespace engine::mam
