#pragma once

#include "engine/state.h"

namespace engine::pamm {

// The most of his own capital that a manager may take out of a pool now: all of it, unless the
// offer binds him while investors are present.
//
// Units:    smallest units; `own` and `pool` as of the prices that count.
// Rounding: down.
// Errors:   those of money in a currency; Overflow.
// Source:   managed accounts, section 6 ("Manager capital"); NASTY-12.
core::Result<core::Minor> largest_withdrawal(const Offer& offer, core::Minor own, core::Minor pool,
                                             bool investors_present);

// Whether the manager's capital has fallen below what closes the pool to new money.
core::Result<bool> closed_to_new_money(const Offer& offer, core::Minor own, core::Minor pool);

}  // namespace engine::pamm
