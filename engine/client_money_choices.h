#pragma once

#include <array>
#include <string_view>

#include "core/codec.h"

// The choices of client money. Order is stored: append only.
namespace engine {

// Who is left with what a client's own money does not cover.
enum class BorneBy { House, Client };

// Which way money goes between a wallet and a trading account.
enum class TransferDirection { ToAccount, FromAccount };

// What counts as owed to clients when client money is calculated. Which of them a regime asks for
// is for counsel to say: the book records what was chosen and on what document it rests.
//
//   CashBalances              balances; floating results are left out
//   BalancesAndFloatingProfit balances and floating profits; floating losses are left out
//   NetOfFloatingLoss         balances, floating profits and floating losses
enum class OwedMeasure { CashBalances, BalancesAndFloatingProfit, NetOfFloatingLoss };

// The days for which the calculation is due.
enum class RequiredDays { EveryDay, MondayToFriday, None };

// What was not done in time.
enum class BreachReason {
  Missed,        // The cut-off passed and the day had not been calculated.
  Late,          // It was calculated after its cut-off, before anything else noticed.
  PassedOver,    // A later day was calculated instead.
  Unidentified,  // A receipt has had no owner for longer than a day.
  Unconfirmed,   // A transfer has been neither confirmed nor refused for longer than a day.
};

}  // namespace engine

template <>
struct core::EnumNames<engine::BorneBy> {
  static constexpr std::array<std::string_view, 2> names = {"house", "client"};
};

template <>
struct core::EnumNames<engine::TransferDirection> {
  static constexpr std::array<std::string_view, 2> names = {"to_account", "from_account"};
};

template <>
struct core::EnumNames<engine::OwedMeasure> {
  static constexpr std::array<std::string_view, 3> names = {
      "cash_balances", "balances_and_floating_profit", "net_of_floating_loss"};
};

template <>
struct core::EnumNames<engine::RequiredDays> {
  static constexpr std::array<std::string_view, 3> names = {"every_day", "monday_to_friday",
                                                            "none"};
};

template <>
struct core::EnumNames<engine::BreachReason> {
  static constexpr std::array<std::string_view, 5> names = {"missed", "late", "passed_over",
                                                            "unidentified", "unconfirmed"};
};
