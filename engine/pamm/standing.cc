#include "engine/pamm/standing.h"

#include <algorithm>

#include "engine/accounts.h"
#include "engine/fees/formulas.h"

namespace engine::pamm {

std::vector<Standing> standings(const Context& context, const core::StructureId& id,
                                const Structure& pool) {
  const std::string unit = accounts::unit_code(pool.ordinal, pool.epoch);
  const std::string mark_code = accounts::mark_code(pool.currency);
  const Strategy& strategy = context.state.strategies.at(pool.strategy);
  std::vector<Standing> out;
  for (const auto& [client, investor] : pool.investors) {
    const auto& books = context.books;
    Standing standing{client, investor, {}, pool.manager_client == client};
    if (const auto found = strategy.released.find(client); found != strategy.released.end()) {
      standing.released = found->second;
    }
    standing.units = books.balance(accounts::units(id, client), unit);
    standing.settled = -books.balance(accounts::settled(id, client), pool.currency);
    standing.floating = -books.balance(accounts::floating(id, client), pool.currency);
    standing.mark = books.balance(accounts::mark(pool.strategy, client), mark_code);
    out.push_back(std::move(standing));
  }
  std::ranges::sort(out, {}, [](const Standing& s) { return s.investor.ordinal; });
  return out;
}

core::Result<core::Minor> pop_released(std::vector<ReleasedLoss>& stack, core::Minor amount) {
  core::Minor back = 0;
  while (amount > 0 && !stack.empty()) {
    ReleasedLoss& top = stack.back();
    const core::Minor part = std::min(amount, top.amount);
    TRY(const auto loss, fees::restored(top.amount, top.loss, part));
    TRY(back, core::add(back, loss));
    amount -= part;
    if (part == top.amount) {
      stack.pop_back();
    } else {
      top.amount -= part;
      top.loss -= loss;
    }
  }
  return back;
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

}  // namespace engine::pamm
