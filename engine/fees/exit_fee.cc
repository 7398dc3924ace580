#include "engine/fees/exit_fee.h"

#include <algorithm>

#include "engine/fees/part.h"

namespace engine::fees {

core::Result<ExitCharges> exit_charges(core::Minor gross, core::Minor crystallised,
                                       const ExitTerms& terms) {
  TRY(const auto exit_fee, part_of(gross, terms.exit_rate, "exit_rate"));
  TRY(const auto penalty, part_of(gross, terms.penalty_rate, "penalty_rate"));
  if (crystallised < 0 || crystallised > gross) {
    return core::invalid("not_positive", "crystallised",
                         "The fee on a redemption is from nothing to all of it.");
  }
  ExitCharges charges;
  charges.paid = gross - crystallised;
  charges.exit_fee = std::min(exit_fee, charges.paid);
  charges.paid -= charges.exit_fee;
  charges.penalty = std::min(penalty, charges.paid);
  charges.paid -= charges.penalty;
  return charges;
}

}  // namespace engine::fees
