#include "ledger/invariants/interfund_mirror.h"

namespace ledger::invariants {

core::Result<> interfund_mirror(std::span<const ResolvedPosting> postings) {
  for (const ResolvedPosting& leg : postings) {
    if (!leg.interfund) continue;
    core::Minor sum = 0;
    for (const ResolvedPosting& other : postings) {
      if (!other.interfund || other.commodity != leg.commodity) continue;
      TRY(sum, core::add(sum, other.amount));
    }
    if (sum != 0) {
      return core::invalid("interfund_mirror", std::string(kInterfundHouse),
                           "The interfund pair must move by equal and opposite amounts.");
    }
  }
  return core::ok();
}

}  // namespace ledger::invariants
