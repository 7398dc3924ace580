#pragma once

#include <optional>
#include <vector>

#include "core/rational.h"
#include "engine/context.h"
#include "engine/instruments_state.h"
#include "engine/partner_deal_records.h"
#include "engine/partner_state.h"

// What one deal is worth to one tree of partners.
// Source: docs/accounting.md, "Partners".
namespace engine::partners {

// A deal with what the book knows about its symbol, read once.
struct DealFacts {
  const RecordPartnerDeal& deal;
  std::string symbol;  // As registered.
  std::string symbol_currency;
  std::string currency;                       // Of the deal's money.
  const ContractVersion* contract = nullptr;  // At its open; null if none was set.
  std::uint64_t month = 0;
  core::Rational lots;
  core::Rational part;       // Of the volume that is the client's own: 1 but for a pool's deal.
  core::Rational allocated;  // lots x part.
};

// Year x 100 + month of a day: the window of volume tiers.
std::uint64_t month_of(core::Date date);
// The first day of a month.
core::Date first_of(std::uint64_t month);

// Errors: NotFound/unknown_symbol; InvalidInput/not_positive, negative_amount, deal_times, server,
//         ticket, share_range, precision, unknown_currency, hedge_group.
core::Result<DealFacts> facts_of(const Context& context, const RecordPartnerDeal& deal);

// What stands before the deal.
struct LegBefore {
  Accrual window_lots = 0;        // Of the partner's month.
  HedgeSums hedged;               // Of the deals it hedges; as a volume that may count.
  Accrual client_commission = 0;  // What partners earned by the client in the month.
  core::Rational cap_used;        // Part of the broker's revenue that other trees have already.
  std::vector<RateUsed> rates;    // That count before any other.
};

// Whose tree it is, by which terms.
struct LegTerms {
  core::PartyId partner;  // Who is first in the chain.
  ProgrammeId programme;
  const ProgrammeVersion* version = nullptr;
  std::string currency;
  core::Instant at;  // As of when chain and shares count.
  bool self = false;
};

// The tree of who brought the client, if anybody did and is under a programme; and the tree of the
// structure's manager, if it is another one.
std::vector<LegTerms> legs_of(const State& state, const RecordPartnerDeal& deal);

struct Leg {
  DealLeg record;
  std::vector<core::Rational> lines;  // Exact; by the chain's order.
  std::vector<Accrual> amounts;       // The same, each rounded down.
  core::Rational cap_used;            // Part of the broker's revenue that all trees have now.
};

// Errors: Conflict/no_contract, no_rate, rate_gap; InvalidInput/missing_field where the terms need
// a
//         figure that the deal does not state; Overflow.
core::Result<Leg> make_leg(const Context& context, const DealFacts& facts, const LegTerms& terms,
                           const LegBefore& before);

}  // namespace engine::partners
