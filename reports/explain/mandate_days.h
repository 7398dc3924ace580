#pragma once

#include <optional>
#include <vector>

#include "reports/explain/pool.h"

// The days on which an investor had a mandate, as the records of his mandates tell.
namespace reports::explain {

struct Days {
  core::Date from;
  core::Date to;  // Not in it.
};

struct ManagedDays {
  std::vector<Days> with_mandate;  // In order.
  // There are others, or the mandate's last day is before the day on which the time ends.
  bool lapsed = false;
};

ManagedDays managed_days_of(const Days& time, const std::vector<Days>& gaps,
                            const std::optional<core::Date>& last_day);

// Between the last rollover and this one; of all the time if there was none before.
core::Result<ManagedDays> find_managed_days(Calculation& calculation, const Rollovers& rollovers,
                                            const core::StructureId& structure,
                                            const core::PartyId& client);

}  // namespace reports::explain
