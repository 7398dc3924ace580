#pragma once

#include <array>
#include <string_view>

#include "core/codec.h"

// Choices about clients' trading accounts. Order is stored: append only.
namespace engine {

// How a platform keeps positions of one symbol: each by itself, or one for all.
enum class PositionMode { Hedging, Netting };

// How the figures of a flow between two valuations are known.
enum class FlowQuality { Measured, Reconstructed, Asserted };

// By what two people accept a flow whose figures are not known.
enum class FlowMethod { PlatformReport, DealHistory, LastValuation };

// What a valuation breached. All but the leverage ask for everything to be closed.
enum class StopReason { StopOut, Drawdown, Loss, MinimumBalance, Leverage };

// Why the mark of an account moved without money.
enum class AccountMarkReason { BlockedHurdle, LookBack, Carried };

}  // namespace engine

template <>
struct core::EnumNames<engine::PositionMode> {
  static constexpr std::array<std::string_view, 2> names = {"hedging", "netting"};
};

template <>
struct core::EnumNames<engine::FlowQuality> {
  static constexpr std::array<std::string_view, 3> names = {"measured", "reconstructed",
                                                            "asserted"};
};

template <>
struct core::EnumNames<engine::FlowMethod> {
  static constexpr std::array<std::string_view, 3> names = {"platform_report", "deal_history",
                                                            "last_valuation"};
};

template <>
struct core::EnumNames<engine::StopReason> {
  static constexpr std::array<std::string_view, 5> names = {"stop_out", "drawdown", "loss",
                                                            "minimum_balance", "leverage"};
};

template <>
struct core::EnumNames<engine::AccountMarkReason> {
  static constexpr std::array<std::string_view, 3> names = {"blocked_hurdle", "look_back",
                                                            "carried"};
};
