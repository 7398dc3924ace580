#pragma once

#include <optional>

#include "engine/context.h"
#include "engine/effects.h"
#include "engine/mam_records.h"

// A group's money on accounts that are kept in other currencies.
namespace engine::mam {

// A result of an account in the group's currency.
struct Earned {
  core::Minor profit = 0;
  core::Minor swap = 0;
  core::Minor commission = 0;
};

// The same in the account's own currency, by the platform's rate, else the reference rate, as of
// the command's time; nothing if the account is kept in the group's.
//
// Rounding: half even, each of the three.
// Errors:   Conflict/no_rate, rate_gap; Overflow.
core::Result<std::optional<OwnCurrency>> own_currency(const Context& context,
                                                      const core::AccountId& account,
                                                      const Earned& earned);

// Row 20: what an account earned, in its own currency. `own` is what own_currency() gave.
//
// Errors: Overflow.
core::Result<Postings> postings_of(const Context& context, const core::AccountId& account,
                                   const Earned& earned, const std::optional<OwnCurrency>& own);

}  // namespace engine::mam
