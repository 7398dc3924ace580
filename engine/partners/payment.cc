// Rows 24 and 25: accrued rebate is paid to the manager or passed on to the investors.

#include <algorithm>

#include "core/allocate.h"
#include "engine/accounts.h"
#include "engine/gate/limits.h"
#include "engine/gate/lists.h"
#include "engine/lookup.h"
#include "engine/partners/decide.h"
#include "engine/trading_state.h"

namespace engine::partners {
namespace {

// An investor's part of the closed volume, in 1e-8 lots.
struct Share {
  core::PartyId client;
  std::uint64_t ordinal = 0;  // Order of registration: the tie-break of money splits.
  core::Minor volume = 0;
};
struct Shares {
  std::vector<Share> of;
  // Below zero in all: more was taken back of clients than they closed since, and they have that
  // rebate.
  core::Minor owed = 0;
};

// True if law, or the rules by which he was decided on, forbid that the manager gets anything.
// Source: 2014/65/EU Art. 24(8) and its like in the UK and Australia: a portfolio manager keeps no
//         third-party benefits; docs/decisions/0046-limits-handed-on.md.
bool barred_to_manager(const State& state, const Structure& structure, core::Instant now) {
  const bool by_law = structure.jurisdiction != Jurisdiction::Offshore;
  gate::Inducements rules(state, structure.manager, structure.model, now);
  return std::ranges::any_of(structure.mandates, [&](const auto& mandate) {
    const core::PartyId& client = mandate.first;
    // The manager's own capital needs no protection from him.
    if (client == structure.manager_client) return false;
    return (by_law && state.clients.at(client).category == ClientCategory::Retail) ||
           rules.banned(client);
  });
}

// In a group each client has the volume of his own accounts.
std::vector<Share> group_shares(const State& state, const Structure& structure) {
  std::vector<Share> shares;
  for (const core::AccountId& id : structure.accounts) {
    const TradingAccount& account = state.trading->accounts.at(id);
    const auto known = std::ranges::find(shares, account.client, &Share::client);
    const auto volume = structure.rebate.volumes.find(account.client);
    if (known != shares.end() || volume == structure.rebate.volumes.end()) continue;
    shares.push_back({account.client, account.ordinal, volume->second});
  }
  return shares;
}

// A pool's volume in a period belongs to those who held its units then.
core::Result<> add_period(const Context& context, const core::StructureId& pool,
                          const Structure& structure, const Rebate::Period& period,
                          std::vector<Share>& shares) {
  const std::string unit = accounts::unit_code(structure.ordinal, period.epoch);
  std::vector<core::Minor> units;
  for (const Share& share : shares) {
    TRY(const auto held,
        context.past.balance_at(accounts::units(pool, share.client), unit, period.seq));
    units.push_back(held);
  }
  if (std::ranges::all_of(units, [](core::Minor held) { return held == 0; })) return core::ok();
  TRY(const auto parts, core::allocate(period.volume, units));
  for (std::size_t i = 0; i < shares.size(); ++i) {
    TRY(shares[i].volume, core::add(shares[i].volume, parts[i]));
  }
  return core::ok();
}

core::Result<std::vector<Share>> pool_shares(const Context& context, const core::StructureId& pool,
                                             const Structure& structure) {
  std::vector<Share> shares;
  for (const auto& [client, investor] : structure.investors) {
    shares.push_back({client, investor.ordinal, 0});
  }
  std::ranges::sort(shares, {}, &Share::ordinal);
  for (const Rebate::Period& period : structure.rebate.periods) {
    TRY(add_period(context, pool, structure, period, shares));
  }
  return shares;
}

core::Result<Shares> shares_of(const Context& context, const core::StructureId& id,
                               const Structure& structure) {
  Shares shares{group_shares(context.state, structure)};
  if (structure.model == Model::Pamm) {
    TRY(shares.of, pool_shares(context, id, structure));
  }
  const bool barred = barred_to_manager(context.state, structure, context.now);
  std::erase_if(shares.of, [&](const Share& share) {
    return barred && share.client == structure.manager_client;
  });
  for (const Share& share : shares.of) {
    if (share.volume >= 0) continue;
    TRY(shares.owed, core::add(shares.owed, share.volume));
  }
  std::erase_if(shares.of, [](const Share& share) { return share.volume <= 0; });
  if (!shares.of.empty()) return shares;
  return core::conflict("nobody_to_pay", "structure",
                        "No investor has a part in the volume behind the rebate.");
}

// How much of each client's volume is settled: what is to pay is short of it by what others owe.
core::Result<std::vector<core::Minor>> settled_of(const std::vector<core::Minor>& volumes,
                                                  core::Minor total, core::Minor owed) {
  TRY(const auto left, core::add(total, owed));
  return core::allocate(std::max(left, core::Minor{0}), volumes);
}

Drafts pay_manager(const Context& context, const PayRebate& command, const Structure& structure,
                   core::Minor amount) {
  if (barred_to_manager(context.state, structure, context.now)) {
    return core::conflict("rebate_to_manager", "structure",
                          "A retail client is in the structure: under this profile the rebate may "
                          "not go to the manager; publish an offer that passes it to investors.");
  }
  if (!command.bank) {
    return core::invalid("missing_field", "bank", "Name the house bank account that pays.");
  }
  TRY(require_bank(context, *command.bank, BankRing::House));
  TRY(gate::require_payable(context, structure.manager, "structure"));
  Postings postings;
  postings.add(accounts::rebate_accrued(structure.manager), structure.currency, amount);
  postings.add(accounts::bank(*command.bank, BankRing::House), structure.currency, -amount);
  Effects effects(context.effective_at);
  effects.add(RebatePaid{command.structure, structure.manager, amount}, std::move(postings),
              {structure.manager.bytes, command.structure.bytes});
  return effects.take();
}

Drafts pass_on(const Context& context, const PayRebate& command, const Structure& structure,
               core::Minor amount) {
  if (command.bank) {
    return core::invalid("unused_field", "bank",
                         "The rebate goes to the investors' wallets; leave out the bank.");
  }
  TRY(const auto shares, shares_of(context, command.structure, structure));
  std::vector<core::Minor> weights;
  core::Minor total = 0;
  for (const Share& share : shares.of) {
    weights.push_back(share.volume);
    TRY(total, core::add(total, share.volume));
  }
  TRY(const auto parts, core::allocate(amount, weights));
  TRY(const auto settled, settled_of(weights, total, shares.owed));
  Effects effects(context.effective_at);
  for (std::size_t i = 0; i < shares.of.size(); ++i) {
    if (parts[i] == 0) continue;
    const core::PartyId client = shares.of[i].client;
    RebatePassed body{command.structure, client, parts[i], weights[i], total};
    if (shares.owed != 0) body.settled = settled[i];
    Postings postings;
    postings.add(accounts::wallet(client), structure.currency, -parts[i]);
    postings.in(structure.currency, parts[i]);
    postings.add(accounts::rebate_accrued(structure.manager), structure.currency, parts[i]);
    effects.add(body, std::move(postings), {client.bytes, command.structure.bytes});
  }
  return effects.take();
}

// What is paid or passed on settles all volume up to here.
core::Result<> settle(State& state, const core::StructureId& structure, core::Minor amount) {
  Rebate& rebate = state.structures.at(structure).rebate;
  TRY(rebate.paid, core::add(rebate.paid, amount));
  rebate.volumes.clear();
  rebate.periods.clear();
  return core::ok();
}

}  // namespace

Drafts decide(const Context& context, const PayRebate& command) {
  const auto found = context.state.structures.find(command.structure);
  if (found == context.state.structures.end()) {
    return core::not_found("unknown_structure", "structure", "Open the structure first.");
  }
  const Structure& structure = found->second;
  TRY(const auto amount, core::subtract(structure.rebate.posted, structure.rebate.paid));
  if (amount == 0) {
    return core::conflict("nothing_to_pay", "structure", "No rebate is accrued and unpaid.");
  }
  if (offer_of(context, structure).terms.rebate_to == RebateTo::Manager) {
    return pay_manager(context, command, structure, amount);
  }
  return pass_on(context, command, structure, amount);
}

core::Result<> apply(State& state, const RebatePaid& body, const ledger::RecordView&) {
  return settle(state, body.structure, body.amount);
}

// One of several of a command; the first clears the volume, and no later one finds any. While a
// client's volume is below zero each settles its own: his debt stays, and so does what it keeps
// from others.
core::Result<> apply(State& state, const RebatePassed& body, const ledger::RecordView& record) {
  if (!body.settled) return settle(state, body.structure, body.amount);
  Structure& structure = state.structures.at(body.structure);
  Rebate& rebate = structure.rebate;
  TRY(rebate.paid, core::add(rebate.paid, body.amount));
  core::Minor& volume = rebate.volumes[body.client];
  TRY(volume, core::subtract(volume, *body.settled));
  // What the manager's own capital may not have went to the others.
  if (structure.manager_client && barred_to_manager(state, structure, record.recorded_at)) {
    rebate.volumes.erase(*structure.manager_client);
  }
  return core::ok();
}

}  // namespace engine::partners
