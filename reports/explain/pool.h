#pragma once

#include <optional>
#include <string>

#include "engine/pamm_records.h"
#include "engine/setup_records.h"
#include "reports/explain/calculation.h"

// What the records of a pool say around the one that is explained.
namespace reports::explain {

// A structure and an offer: its own, or an investor's.
struct Terms {
  engine::StructureOpened structure;
  engine::PublishOffer offer;
  std::string unit_code;  // As the record posts it, or of the epoch it stands in; empty in a group.

  core::StrategyId strategy() const { return engine::strategy_of(structure.structure); }
  bool is_free_of_fees(const core::PartyId& client) const {
    return structure.structure.manager_client == client;
  }
};

// Finds them, with the offer that the structure has for newcomers, and says that the record rests
// on them; sets the currency.
// Errors: Corrupt/record if they are not there.
core::Result<Terms> find_terms(Calculation& calculation, const core::StructureId& structure);
// The same with the offer that is in force for an investor.
core::Result<Terms> find_terms_of(Calculation& calculation, const core::StructureId& structure,
                                  const core::PartyId& client);
// The same with an offer that the record names.
core::Result<Terms> find_terms_named(Calculation& calculation, const core::StructureId& structure,
                                     const core::OfferId& offer);

// The offer that an investor accepted or that was switched to; nothing if he is not known.
core::Result<std::optional<core::OfferId>> offer_in_force(Calculation& calculation,
                                                          const core::StructureId& structure,
                                                          const core::PartyId& client);

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

// The mandate, and the decision on which it was accepted, which it gives.
core::Result<std::optional<core::DecisionId>> rest_on_mandate(Calculation& calculation,
                                                              const core::StructureId& structure,
                                                              const core::PartyId& client);
// The valuation that a rollover takes, if there is one.
core::Result<std::optional<Found<engine::PoolValued>>> rest_on_valuation(
    Calculation& calculation, const core::StructureId& structure);
// What a valuation's own figures differ by: equity - balance - floating - credit.
core::Result<core::Minor> rounding_of(const engine::PoolValued& valued);

}  // namespace reports::explain
