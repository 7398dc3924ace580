#include "engine/pamm/standing.h"

#include <algorithm>

#include "core/allocate.h"
#include "core/check.h"
#include "engine/accounts.h"
#include "engine/gate/mandates.h"

namespace engine::pamm {
core::Result<const FeeRules*> rules_for(const Context& context, const core::OfferId& offer,
                                        RulesByOffer& rules) {
  const auto known = rules.find(offer);
  if (known != rules.end()) return &known->second;
  TRY(auto made, charging::rules_of(context.state.offers.at(offer)));
  return &rules.emplace(offer, std::move(made)).first->second;
}

core::Result<std::vector<Standing>> standings(const Context& context, const core::StructureId& id,
                                              const Structure& pool, RulesByOffer& rules) {
  const std::string unit = accounts::unit_code(pool.ordinal, pool.epoch);
  const std::string mark_code = accounts::mark_code(pool.currency);
  const Strategy& strategy = context.state.strategies.at(pool.strategy);
  std::vector<Standing> out;
  out.reserve(pool.investors.size());
  for (const auto& [client, investor] : pool.investors) {
    const auto& books = context.books;
    Standing& standing = out.emplace_back();
    standing.client = client;
    standing.investor = investor;
    standing.fee_free = pool.manager_client == client;
    standing.mandate_until = gate::last_day_of_mandate(context.state, id, client);
    if (const auto found = strategy.released.find(client); found != strategy.released.end()) {
      standing.released = found->second;
    }
    TRY(standing.rules, rules_for(context, investor.offer, rules));
    standing.units = books.balance(accounts::units(id, client), unit);
    standing.units_before = standing.units;
    standing.settled = -books.balance(accounts::settled(id, client), pool.currency);
    standing.floating = -books.balance(accounts::floating(id, client), pool.currency);
    standing.mark = books.balance(accounts::mark(pool.strategy, client), mark_code);
  }
  std::ranges::sort(out, {}, [](const Standing& s) { return s.investor.ordinal; });
  return out;
}

core::Result<std::vector<Part>> parts_of(const Standing& standing) {
  if (!standing.by_lot()) {
    return std::vector<Part>{{{},
                              standing.units,
                              standing.entitlement(),
                              standing.mark,
                              exact_of(standing.investor.hurdle)}};
  }
  std::vector<core::Minor> weights;
  for (const Lot& lot : standing.investor.lots) weights.push_back(lot.units);
  std::vector<Part> parts;
  if (weights.empty() || standing.units == 0) return parts;
  TRY(const auto equities, core::allocate(standing.entitlement(), weights));
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const Lot& lot = standing.investor.lots[i];
    parts.push_back({i, lot.units, equities[i], lot.mark, exact_of(lot.hurdle)});
  }
  return parts;
}

void keep(Standing& standing, const Part& part) {
  if (!part.lot) {
    standing.mark = part.mark;
    standing.investor.hurdle = amount_of(part.hurdle);
    return;
  }
  Lot& lot = standing.investor.lots[*part.lot];
  standing.mark += part.mark - lot.mark;
  lot.mark = part.mark;
  lot.hurdle = amount_of(part.hurdle);
}

std::vector<DueRequest> due_requests(const Context& context, const core::StructureId& pool,
                                     const std::optional<core::Instant>& cutoff) {
  std::vector<DueRequest> out;
  for (const auto& [id, request] : context.state.requests) {
    if (request.structure != pool) continue;
    if (cutoff && request.recorded_at > *cutoff) continue;
    out.push_back({id, request});
  }
  std::ranges::sort(out, {}, [](const DueRequest& due) { return due.request.seq; });
  return out;
}

bool within_days(const Investor& investor, core::Date date,
                 const std::optional<std::uint64_t>& days) {
  if (!days) return true;
  return investor.joined && date.days - investor.joined->days < static_cast<std::int64_t>(*days);
}

}  // namespace engine::pamm
