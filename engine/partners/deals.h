#pragma once

#include <map>
#include <utility>

#include "engine/context.h"
#include "engine/effects.h"
#include "engine/partners/earnings.h"
#include "engine/partners/legs.h"

// Deals that pay partners.
namespace engine::partners {

// "server/ticket": the key of a deal in the state.
std::string deal_key(const std::string& server, const std::string& ticket);

// The deals of one command. What one of them adds to sums, months and hedges stands before the
// next, so that a block that was closed on many accounts is one object and one call for each
// account.
class DealAccruals {
 public:
  explicit DealAccruals(const Context& context) : context_(context), accruals_(context) {}

  // Adds a deal's record and a line for each partner that it pays.
  //
  // Guarantees: the lines of a deal sum to at most the stated part of the broker's revenue by it.
  // Errors:     NotFound/unknown_client, unknown_structure, unknown_symbol; Conflict/duplicate_deal
  //             for a ticket that stands; and those of facts_of() and make_leg().
  core::Result<> add(Effects& effects, const RecordPartnerDeal& deal);

 private:
  using WindowKey = std::tuple<core::PartyId, ProgrammeId, std::uint64_t>;
  using HedgeKey = std::pair<core::PartyId, std::string>;
  using MonthKey = std::tuple<core::PartyId, core::PartyId, std::uint64_t>;

  core::Result<> check(const RecordPartnerDeal& deal);
  Accrual& window_lots(const LegTerms& leg, std::uint64_t month);
  HedgeSums& hedges(const DealFacts& facts);
  core::Result<Accrual*> client_commission(const LegTerms& leg, const DealFacts& facts);
  core::Result<> add_leg(const DealFacts& facts, const LegTerms& terms, core::Rational& cap_used,
                         PartnerDealRecorded& body, std::vector<Leg>& legs);
  core::Result<> add_lines(Effects& effects, const DealFacts& facts, const Leg& leg,
                           std::uint64_t place);

  const Context& context_;
  Accruals accruals_;
  std::map<std::string, bool> seen_;  // Deals of this command.
  std::map<WindowKey, Accrual> windows_;
  std::map<HedgeKey, HedgeSums> hedges_;
  std::map<MonthKey, Accrual> commissions_;
};

// As one deal of a command that does other things too. Errors: those of DealAccruals::add().
core::Result<> accrue_deal(const Context& context, Effects& effects, const RecordPartnerDeal& deal);

// True if law forbids that a manager gets anything by this client's deals.
// Source: 2014/65/EU Art. 24(8) and its like in the UK and Australia: a portfolio manager keeps no
//         third-party benefits.
bool barred(const State& state, const core::PartyId& partner, const RecordPartnerDeal& deal);

}  // namespace engine::partners
