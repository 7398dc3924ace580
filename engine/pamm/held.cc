#include "engine/pamm/held.h"

#include <algorithm>
#include <array>

#include "core/iso4217.h"
#include "engine/accounts.h"
#include "engine/lookup.h"
#include "engine/money.h"
#include "engine/pamm/decide.h"

namespace engine::pamm {
namespace {

// An alarm after an hour; after 36 hours, as long as an exit may take, two people must decide.
constexpr std::array<std::uint64_t, 2> kOverdueHours = {1, 36};
constexpr std::int64_t kMicrosOfHour = 3'600'000'000;

// The stage that a hold has come to and nobody has said yet; 0 if there is none.
std::uint64_t overdue_hours(const HeldRollover& held, core::Instant now) {
  std::uint64_t reached = 0;
  for (const std::uint64_t hours : kOverdueHours) {
    if (hours <= held.hours) continue;
    if (now.micros - held.since.micros >= static_cast<std::int64_t>(hours) * kMicrosOfHour) {
      reached = hours;
    }
  }
  return reached;
}

std::uint64_t exits_of(const State& state, const core::StructureId& id) {
  return static_cast<std::uint64_t>(std::ranges::count_if(state.requests, [&id](const auto& open) {
    return open.second.structure == id && open.second.redemption;
  }));
}

}  // namespace

core::Result<core::Minor> expected_balance(const Context& context, const core::StructureId& id,
                                           const Structure& pool) {
  core::Minor expected = -context.books.balance(accounts::undistributed(id), pool.currency) -
                         context.books.balance(accounts::pool_retained(id), pool.currency);
  for (const auto& [client, investor] : pool.investors) {
    TRY(expected, core::subtract(expected, context.books.balance(accounts::settled(id, client),
                                                                 pool.currency)));
  }
  return expected;
}

void expire(const Context& context, Effects& effects) {
  for (const auto& [id, held] : context.state.held_rollovers) {
    const std::uint64_t hours = overdue_hours(held, context.now);
    if (hours == 0) continue;
    effects.add(HoldOverdue{id, hours, exits_of(context.state, id)}, {}, {id.bytes});
  }
}

bool has_expired(const State& state, core::Instant now) {
  return std::ranges::any_of(state.held_rollovers, [now](const auto& held) {
    return overdue_hours(held.second, now) != 0;
  });
}

Drafts decide(const Context& context, const HoldRollover& command) {
  TRY(const Structure* pool, find_structure(context, command.structure, Model::Pamm));
  if (context.state.held_rollovers.contains(command.structure)) {
    return core::conflict("exists", "structure", "The structure's rollover is held already.");
  }
  if (pool->trade_date && command.trade_date <= *pool->trade_date) {
    return core::conflict("trade_date", "trade_date", "This trade date is priced already.");
  }
  RolloverHeld held{command.structure,
                    command.trade_date,
                    command.reason,
                    {},
                    {},
                    exits_of(context.state, command.structure)};
  if (pool->server && pool->valuation && pool->valuation->value.balance) {
    TRY(held.expected, expected_balance(context, command.structure, *pool));
    held.found = pool->valuation->value.balance;
  }
  Effects effects(context.effective_at);
  effects.add(held, {}, {command.structure.bytes});
  return effects.take();
}

Drafts decide(const Context& context, const AcceptDifference& command) {
  TRY(const Structure* pool, find_structure(context, command.structure, Model::Pamm));
  if (!pool->server || !pool->valuation || !pool->valuation->value.balance ||
      pool->valuation->seq < std::max(pool->rollover_seq, pool->last_deal_seq)) {
    return core::conflict(
        "valuation_missing", "structure",
        "Record a valuation with the platform's balance after the last deal first.");
  }
  TRY(const auto expected, expected_balance(context, command.structure, *pool));
  const core::Minor found = *pool->valuation->value.balance;
  TRY(const auto amount, signed_money(command.amount, pool->currency, "amount"));
  TRY(const auto difference, core::subtract(found, expected));
  if (amount != difference || amount == 0) {
    return core::conflict("difference", "amount",
                          "The platform differs from the ledger by " +
                              core::print_fixed(difference, *core::currency_scale(pool->currency)) +
                              ".");
  }
  // As a correction on the platform, row 11.
  Postings postings;
  postings.add(accounts::undistributed(command.structure), pool->currency, -amount);
  postings.in(pool->currency, amount);
  postings.add(std::string(accounts::kCorrections), pool->currency, amount);
  Effects effects(context.effective_at);
  effects
      .add(DifferenceAccepted{command.structure, amount, expected, found}, std::move(postings),
           {command.structure.bytes})
      .documents = {command.document};
  return effects.take();
}

void apply(State& state, const RolloverHeld& body, const ledger::RecordView& record) {
  state.held_rollovers[body.structure] = {record.recorded_at, 0};
}

void apply(State& state, const HoldOverdue& body, const ledger::RecordView&) {
  state.held_rollovers.at(body.structure).hours = body.hours;
}

void apply(State&, const DifferenceAccepted&, const ledger::RecordView&) {}

}  // namespace engine::pamm
