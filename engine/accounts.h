#pragma once

#include <string>
#include <string_view>

#include "core/ids.h"
#include "engine/choices.h"

// The paths of the chart of accounts. Source: docs/accounting.md.
namespace engine {

// Decimals of volumes (LOT commodities) and of a pool's units (UNIT commodities).
// Source: docs/accounting.md, "Commodities".
inline constexpr unsigned kLotScale = 8;
inline constexpr unsigned kUnitScale = 8;

}  // namespace engine

namespace engine::accounts {

inline constexpr std::string_view kInterfundClient = "liabilities:cm:interfund-house";
inline constexpr std::string_view kInterfundHouse = "assets:house:interfund-cm";
inline constexpr std::string_view kClientTradingRealised = "income:house:client-trading:realised";
inline constexpr std::string_view kClientTradingFloating = "income:house:client-trading:floating";
inline constexpr std::string_view kSwap = "income:house:swap";
inline constexpr std::string_view kCommission = "income:house:commission";
inline constexpr std::string_view kTaxes = "income:house:taxes";
inline constexpr std::string_view kCorrections = "income:house:corrections";
inline constexpr std::string_view kEntryFee = "income:house:entry-fee";
inline constexpr std::string_view kExitFee = "income:house:exit-fee";
inline constexpr std::string_view kFeeShare = "income:house:fee-share";
inline constexpr std::string_view kRounding = "liabilities:house:rounding";
inline constexpr std::string_view kRoundingExpense = "expenses:house:rounding";
inline constexpr std::string_view kHouseCapital = "equity:house:capital";
inline constexpr std::string_view kMemoContra = "equity:memo:contra";
inline constexpr std::string_view kTransitInternal = "liabilities:cm:transit:internal";
// Opened by the first command that needs them.
inline constexpr std::string_view kTransitPeople = "liabilities:cm:transit:people";
inline constexpr std::string_view kUnallocated = "liabilities:cm:unallocated";
inline constexpr std::string_view kPspCost = "expenses:house:psp";
inline constexpr std::string_view kNegativeBalanceCost = "expenses:house:nbp";
inline constexpr std::string_view kError = "liabilities:house:error";
inline constexpr std::string_view kFxMarkup = "income:house:fx-markup";
inline constexpr std::string_view kHedgeRealised = "income:house:hedge:realised";
inline constexpr std::string_view kHedgeFloating = "income:house:hedge:floating";

std::string bank(const core::BankId& bank, BankRing ring);
// The house's own account at a liquidity provider.
std::string provider(const core::BankId& provider);
std::string wallet(const core::PartyId& client);
std::string payout(const core::PartyId& client);

// What a client owes the house.
std::string receivable(const core::PartyId& client);
// Balance operations sent to a platform's server and not confirmed yet.
std::string transit(std::string_view server);
// The house's position in two currencies, the same in both directions.
std::string fx(std::string_view currency, std::string_view other);

// An investor's part of a pool: everything under this prefix is his.
std::string pool_of(const core::StructureId& pool, const core::PartyId& client);
std::string pending_in(const core::StructureId& pool, const core::PartyId& client);
std::string settled(const core::StructureId& pool, const core::PartyId& client);
std::string floating(const core::StructureId& pool, const core::PartyId& client);
std::string pending_out(const core::StructureId& pool, const core::PartyId& client);
std::string undistributed(const core::StructureId& pool);
// Exit fees and penalties that stay with the other investors.
std::string pool_retained(const core::StructureId& pool);

std::string units(const core::StructureId& pool, const core::PartyId& client);
std::string units_issued(const core::StructureId& pool);
std::string mark(const core::StrategyId& strategy, const core::PartyId& client);
std::string released(const core::StrategyId& strategy, const core::PartyId& client);
// Of one trading account, below the client's mark in pools of the strategy.
std::string account_mark(const core::StrategyId& strategy, const core::PartyId& client,
                         const core::AccountId& account);
std::string operation(const core::StructureId& pool);

std::string account_of(const core::PartyId& client, const core::AccountId& account);
std::string account_balance(const core::PartyId& client, const core::AccountId& account);
std::string account_floating(const core::PartyId& client, const core::AccountId& account);
std::string position(const core::AccountId& account, std::uint64_t symbol_ordinal);
std::string street(std::uint64_t symbol_ordinal);
// What the house took over of block orders.
std::string error_position(std::uint64_t symbol_ordinal);

std::string manager_fees(const core::PartyId& manager);
// The part of the manager's fees that is held back for later losses.
std::string manager_reserve(const core::PartyId& manager);
// What is owed to a partner; a manager's rebates stand in the account of the same name.
std::string partner_accrued(const core::PartyId& partner);
std::string partner_expense(const core::PartyId& partner);
// The states of a partner's earnings after `accrued`.
std::string partner_held(const core::PartyId& partner);
std::string partner_approved(const core::PartyId& partner);
std::string partner_payable(const core::PartyId& partner);
// Tax on fees, by its country's ISO 3166 code.
std::string tax(std::string_view country);
std::string rebate_accrued(const core::PartyId& manager);
std::string rebate_expense(const core::PartyId& manager);

// Commodities.
std::string unit_code(std::uint64_t pool_ordinal, std::uint64_t epoch);
std::string lot_code(std::uint64_t symbol_ordinal);
std::string mark_code(std::string_view currency);
std::string operation_code(std::string_view currency);

}  // namespace engine::accounts
