#include "ledger/log.h"

#include <string>

namespace ledger {

bool fits_one_group(const LeafGroup& leaves) {
  return leaves.count() <= kGroupRecordsMax && leaves.leaf_bytes() <= kGroupBytesMax;
}

core::Result<> check_range(std::uint64_t first, std::uint64_t end, std::uint64_t size) {
  if (first <= end && end <= size) return core::ok();
  return core::invalid("range", "seq " + std::to_string(first) + " to " + std::to_string(end),
                       "the log has " + std::to_string(size) + " records");
}

core::Error outcome_unknown() {
  return core::unavailable("outcome_unknown", "",
                           "the last append may or may not have landed; open the log anew");
}

}  // namespace ledger
