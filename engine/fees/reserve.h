#pragma once

#include <cstdint>
#include <vector>

#include "core/decimal.h"

// A part of the manager's share that is held back for some periods, and pays back a part of a loss.
namespace engine::fees {

// What is held of one period's share.
struct Held {
  std::uint32_t period = 0;
  core::Minor amount = 0;
  bool operator==(const Held&) const = default;
};

// What is held after a change, oldest first, and what left it.
struct Reserve {
  std::vector<Held> held;
  core::Minor moved = 0;
};

// The part of a share that is held back: ratio x share; the rest is paid.
//
// Rounding: down.
// Errors:   InvalidInput/rate_range if the ratio is outside 0 to 1; InvalidInput/not_positive if
// the
//           share is below zero; Overflow.
core::Result<core::Minor> held_of(core::Minor share, const core::Decimal& ratio);

// At the end of `period`: what was held `periods` periods ago or earlier is released.
//
// Guarantees: what is held and what is moved sum to what was held.
// Errors:     Overflow.
core::Result<Reserve> released_held(const std::vector<Held>& held, std::uint32_t period,
                                    std::uint32_t periods);

// A loss of the investor: rate x loss is taken back, the oldest first, as far as the reserve goes.
//
// Rounding:   down.
// Guarantees: what is held and what is moved sum to what was held.
// Errors:     InvalidInput/rate_range if the rate is outside 0 to 1; InvalidInput/not_positive if
// the
//             loss is below zero; Overflow.
// Source:     Investingoal: ZuluTrade profit sharing (IB-15).
core::Result<Reserve> clawed_back(const std::vector<Held>& held, const core::Decimal& rate,
                                  core::Minor loss);

}  // namespace engine::fees
