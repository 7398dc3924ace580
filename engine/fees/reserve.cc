#include "engine/fees/reserve.h"

#include <algorithm>

#include "engine/fees/part.h"

namespace engine::fees {

core::Result<core::Minor> held_of(core::Minor share, const core::Decimal& ratio) {
  return part_of(share, ratio, "reserve_ratio");
}

core::Result<Reserve> released_held(const std::vector<Held>& held, std::uint32_t period,
                                    std::uint32_t periods) {
  Reserve reserve;
  for (const Held& part : held) {
    // Without a subtraction that could go below zero.
    if (std::uint64_t{part.period} + periods <= period) {
      TRY(reserve.moved, core::add(reserve.moved, part.amount));
    } else {
      reserve.held.push_back(part);
    }
  }
  return reserve;
}

core::Result<Reserve> clawed_back(const std::vector<Held>& held, const core::Decimal& rate,
                                  core::Minor loss) {
  TRY(core::Minor due, part_of(loss, rate, "clawback_rate"));
  Reserve reserve;
  for (Held part : held) {
    const core::Minor taken = std::min(part.amount, due);
    TRY(reserve.moved, core::add(reserve.moved, taken));
    due -= taken;
    part.amount -= taken;
    if (part.amount > 0) reserve.held.push_back(part);
  }
  return reserve;
}

}  // namespace engine::fees
