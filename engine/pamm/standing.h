#pragma once

#include <map>
#include <vector>

#include "engine/charging/accruals.h"
#include "engine/charging/fee_rules.h"
#include "engine/charging/released.h"
#include "engine/charging/standing.h"
#include "engine/context.h"
#include "engine/fees/exact.h"

namespace engine::pamm {

using charging::amount_of;
using charging::exact_of;
using charging::FeeRules;
using charging::pop_released;
using charging::push_released;
using charging::take_released;

// An investor's figures while a rollover is priced: money credit-positive in smallest units, units
// at scale 8. Starts from the books and moves by exact addition.
struct Standing {
  core::PartyId client;
  Investor investor;
  std::vector<ReleasedLoss> released;  // Of the pool's strategy, newest last.
  bool fee_free = false;               // The manager's own capital.
  // The last day of his mandate, if it has one: no fee is for a day after it.
  std::optional<core::Date> mandate_until;
  // The days since the last rollover on which he had a mandate, in order.
  std::vector<charging::Span> managed;
  // There were others, or the result is measured after his mandate's last day.
  bool lapsed = false;
  const FeeRules* rules = nullptr;  // Those of the offer he accepted.
  core::Minor units = 0;
  core::Minor units_before = 0;  // This rollover: those while the pool traded.
  core::Minor settled = 0;
  core::Minor floating = 0;
  core::Minor mark = 0;
  core::Minor new_money = 0;  // Came in at this rollover.

  core::Minor entitlement() const { return settled + floating; }
  bool mandate_is_over(core::Date day) const { return mandate_until && *mandate_until < day; }
  bool by_lot() const { return rules->scope == MarkScope::Lot; }
};

// What has a mark of its own: all that an investor holds, or one lot of it.
struct Part {
  std::optional<std::size_t> lot;  // Index into the investor's lots.
  core::Minor units = 0;
  core::Minor equity = 0;
  core::Minor mark = 0;
  fees::Exact hurdle;
};

// The rules of each offer that investors of a pool accepted.
using RulesByOffer = std::map<core::OfferId, FeeRules>;

core::Result<const FeeRules*> rules_for(const Context& context, const core::OfferId& offer,
                                        RulesByOffer& rules);

// All investors in order of registration, which decides ties. Adds the rules that it meets.
core::Result<std::vector<Standing>> standings(const Context& context, const core::StructureId& id,
                                              const Structure& pool, RulesByOffer& rules);

// An investor's parts, the equity of lots by largest remainder over their units.
// Errors: Overflow.
core::Result<std::vector<Part>> parts_of(const Standing& standing);

// Keeps what a part's mark and hurdle have become; the investor's mark follows.
void keep(Standing& standing, const Part& part);

// The open requests of a pool, oldest first.
struct DueRequest {
  core::RequestId id;
  Request request;
};
std::vector<DueRequest> due_requests(const Context& context, const core::StructureId& pool,
                                     const std::optional<core::Instant>& cutoff);

// Whether a date is less than so many days after the investor's joining; without days, always.
bool within_days(const Investor& investor, core::Date date,
                 const std::optional<std::uint64_t>& days);

}  // namespace engine::pamm
