#pragma once

#include <cstdint>

#include "core/rational.h"

// Which volume is real: what a partner is paid for. Volumes in lots.
// Source: the managed-account rules, 5.1 and 5.4.
namespace engine::commission {

// Lots that were bought and sold so far among deals that hedge each other.
struct Hedged {
  core::Rational bought;
  core::Rational sold;
};

// A position that was open for at least so long. Both in seconds; the bound itself is enough.
bool long_enough(std::int64_t seconds, std::uint64_t seconds_min);

// A price that moved by at least so many points, in either direction.
bool moved_enough(const core::Rational& open_price, const core::Rational& close_price,
                  const core::Rational& tick_size, std::uint64_t points_min);

// An investor's part of a pool's deal: each side counts half, at his share of its time.
core::Rational allocated(const core::Rational& lots, const core::Rational& share_at_open,
                         const core::Rational& share_at_close);

// The part of the volume that the client's own money carried; never below zero.
core::Rational own_funds(const core::Rational& lots, const core::Rational& bonus_lots);

// What a deal adds to the larger of both sides.
//
// Guarantees: the sum over deals is max(bought, sold), in whichever order they come.
core::Rational hedge_netted(const Hedged& before, bool buy, const core::Rational& lots);
Hedged after(const Hedged& before, bool buy, const core::Rational& lots);

}  // namespace engine::commission
