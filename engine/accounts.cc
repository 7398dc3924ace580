#include "engine/accounts.h"

#include <algorithm>

namespace engine::accounts {
namespace {

std::string in_pool(const core::StructureId& pool, const core::PartyId& client,
                    std::string_view leaf) {
  return pool_of(pool, client) + ":" + std::string(leaf);
}

std::string memo(std::string_view what, const std::string& of, const core::PartyId& client) {
  return "equity:memo:" + std::string(what) + ":" + of + ":" + client.hex();
}

std::string partner_at(const core::PartyId& partner, std::string_view state) {
  return "liabilities:house:partner:" + partner.hex() + ":" + std::string(state);
}

}  // namespace

std::string bank(const core::BankId& bank, BankRing ring) {
  return (ring == BankRing::ClientMoney ? "assets:cm:bank:" : "assets:house:bank:") + bank.hex();
}
std::string provider(const core::BankId& provider) { return "assets:house:lp:" + provider.hex(); }
std::string wallet(const core::PartyId& client) {
  return "liabilities:cm:client:" + client.hex() + ":wallet";
}
std::string payout(const core::PartyId& client) {
  return "liabilities:cm:client:" + client.hex() + ":payout";
}

std::string receivable(const core::PartyId& client) {
  return "assets:house:receivable:" + client.hex();
}
std::string transit(std::string_view server) {
  return "liabilities:cm:transit:" + std::string(server);
}
std::string fx(std::string_view currency, std::string_view other) {
  const auto [first, second] = std::minmax(currency, other);
  std::string pair = std::string(first) + "-" + std::string(second);
  // A currency's code is of A to Z; a path has small letters.
  for (char& c : pair) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return "equity:house:fx:" + pair;
}

std::string pool_of(const core::StructureId& pool, const core::PartyId& client) {
  return "liabilities:cm:client:" + client.hex() + ":pamm:" + pool.hex();
}
std::string pending_in(const core::StructureId& pool, const core::PartyId& client) {
  return in_pool(pool, client, "pending-in");
}
std::string settled(const core::StructureId& pool, const core::PartyId& client) {
  return in_pool(pool, client, "settled");
}
std::string floating(const core::StructureId& pool, const core::PartyId& client) {
  return in_pool(pool, client, "floating");
}
std::string pending_out(const core::StructureId& pool, const core::PartyId& client) {
  return in_pool(pool, client, "pending-out");
}
std::string undistributed(const core::StructureId& pool) {
  return "liabilities:cm:pool:" + pool.hex() + ":undistributed";
}

std::string pool_retained(const core::StructureId& pool) {
  return "liabilities:cm:pool:" + pool.hex() + ":retained";
}

std::string units(const core::StructureId& pool, const core::PartyId& client) {
  return memo("units", pool.hex(), client);
}
std::string units_issued(const core::StructureId& pool) {
  return "equity:memo:units:" + pool.hex() + ":issued";
}
std::string mark(const core::StrategyId& strategy, const core::PartyId& client) {
  return memo("mark", strategy.hex(), client);
}
std::string released(const core::StrategyId& strategy, const core::PartyId& client) {
  return memo("released", strategy.hex(), client);
}
std::string account_mark(const core::StrategyId& strategy, const core::PartyId& client,
                         const core::AccountId& account) {
  return mark(strategy, client) + ":" + account.hex();
}
std::string operation(const core::StructureId& pool) { return "equity:memo:op:" + pool.hex(); }

std::string account_of(const core::PartyId& client, const core::AccountId& account) {
  return "liabilities:cm:client:" + client.hex() + ":account:" + account.hex();
}
std::string account_balance(const core::PartyId& client, const core::AccountId& account) {
  return account_of(client, account) + ":balance";
}
std::string account_floating(const core::PartyId& client, const core::AccountId& account) {
  return account_of(client, account) + ":floating";
}
std::string position(const core::AccountId& account, std::uint64_t symbol_ordinal) {
  std::string path;
  path.reserve(56);  // One piece of memory: a fill has a path for each of its accounts.
  path += "equity:memo:position:";
  path += account.hex();
  path += ":s";
  path += std::to_string(symbol_ordinal);
  return path;
}
std::string street(std::uint64_t symbol_ordinal) {
  return "equity:memo:position:street:s" + std::to_string(symbol_ordinal);
}
std::string error_position(std::uint64_t symbol_ordinal) {
  return "equity:memo:position:error:s" + std::to_string(symbol_ordinal);
}

std::string manager_fees(const core::PartyId& manager) {
  return "liabilities:house:manager:" + manager.hex() + ":fees";
}
std::string manager_reserve(const core::PartyId& manager) {
  return "liabilities:house:manager:" + manager.hex() + ":fees-reserve";
}
std::string partner_accrued(const core::PartyId& partner) { return partner_at(partner, "accrued"); }
std::string partner_held(const core::PartyId& partner) { return partner_at(partner, "held"); }
std::string partner_approved(const core::PartyId& partner) {
  return partner_at(partner, "approved");
}
std::string partner_payable(const core::PartyId& partner) { return partner_at(partner, "payable"); }
std::string partner_expense(const core::PartyId& partner) {
  return "expenses:house:ib:" + partner.hex();
}
std::string tax(std::string_view country) {
  std::string path = "liabilities:house:tax:";
  for (const char c : country) path += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return path;
}
std::string rebate_accrued(const core::PartyId& manager) { return partner_accrued(manager); }
std::string rebate_expense(const core::PartyId& manager) {
  return "expenses:house:rebate:" + manager.hex();
}

std::string unit_code(std::uint64_t pool_ordinal, std::uint64_t epoch) {
  return "UNIT.P" + std::to_string(pool_ordinal) + "E" + std::to_string(epoch);
}
std::string lot_code(std::uint64_t symbol_ordinal) {
  return "LOT.S" + std::to_string(symbol_ordinal);
}
std::string mark_code(std::string_view currency) { return "MARK." + std::string(currency); }
std::string operation_code(std::string_view currency) { return "OP." + std::string(currency); }

}  // namespace engine::accounts
