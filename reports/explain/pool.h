#pragma once

#include <optional>
#include <string>

#include "engine/pamm_records.h"
#include "engine/setup_records.h"
#include "reports/explain/calculation.h"

// What the records of a pool say around the one that is explained.
namespace reports::explain {

// A structure and the offer it was opened under.
struct Terms {
  engine::StructureOpened structure;
  engine::PublishOffer offer;
  std::string unit_code;  // As the record posts it; the first epoch's if it posts none.

  core::StrategyId strategy() const { return engine::strategy_of(structure.structure); }
  bool is_free_of_fees(const core::PartyId& client) const {
    return structure.structure.manager_client == client;
  }
};

// Finds them and says that the record rests on them; sets the currency.
// Errors: Corrupt/record if they are not there.
core::Result<Terms> find_terms(Calculation& calculation, const core::StructureId& structure);

// The rollover that this record is a part of, and the one before it.
struct Rollovers {
  Found<engine::RolloverCompleted> current;
  std::optional<Found<engine::RolloverCompleted>> last;

  // One price for all flows; at par while nobody holds units.
  core::Minor price_equity(unsigned scale) const;
  core::Minor price_units() const;
};
core::Result<Rollovers> find_rollovers(Calculation& calculation,
                                       const core::StructureId& structure);

// Says which price: "24000.00 EUR / 20000.00000000 units". `scale` is the currency's.
std::string print_price(const Calculation& calculation, core::Minor equity, core::Minor units);

// An investor as the books have him before this record.
struct Investor {
  core::Minor entitlement = 0;
  core::Minor units = 0;
  core::Minor mark = 0;
};
core::Result<Investor> investor_at(Calculation& calculation, const Terms& terms,
                                   const core::StructureId& structure, const core::PartyId& client,
                                   std::uint64_t seq);

// The mandate, and the decision on which it was accepted.
core::Result<> rest_on_mandate(Calculation& calculation, const core::StructureId& structure,
                               const core::PartyId& client);
// The valuation that a rollover takes, if there is one.
core::Result<std::optional<engine::PoolValued>> rest_on_valuation(
    Calculation& calculation, const core::StructureId& structure);

}  // namespace reports::explain
