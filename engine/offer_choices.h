#pragma once

#include <array>
#include <string_view>

#include "core/codec.h"

// The choices that an offer's terms name. Order is stored: append only.
// Source: docs/accounting.md, "Offers".
namespace engine {

enum class MarkBasis { Net, Gross };

enum class MarkScope { Investor, Lot, Pool };

enum class FeeBase { Equity, BeforeManagementFee, Realised, RealisedLessFloatingLoss };

enum class HurdleKind { Hard, Soft, CatchUp };

enum class HurdlePeriod { SinceLastCharge, EachPeriod };

enum class TierMode { Marginal, Whole };

enum class Frequency { EachRollover, Weekly, Monthly, Quarterly, HalfYearly, Yearly, Anniversary };

enum class WithdrawalRule { ProportionalRestore, Proportional, Absolute, Reset };

enum class WithdrawalCharge { ProRata, Full };

// What becomes of the mark at a period's end at which a hurdle blocks the fee of a new high.
enum class BlockedMark { Moves, Stays };

enum class LotOrder { Fifo, ProRata };

enum class Equalisation { Credit, Series };

enum class ManagementBase { Opening, Closing, Average };

enum class DayCount { Act365, Act360, Business252, Business260, Thirty360, Twelfth };

enum class TaxMode { OnTop, Included };

enum class FeeRecipient { House, Manager, Pool };

enum class JoinApproval { None, Manager };

// What happens when the free margin does not cover the redemptions.
enum class ShortMargin { Gate, Scale, Delay };

// What happens when the manager's own capital would fall, or has fallen, below what he promised.
enum class ManagerCapitalRule { MayNotFall, Minimum, ClosesPool };

// How a pool shares its result: by units, by the opening capital, or by the volume of the positions
// as they were shared at the last rollover. The last three are for imported pools.
enum class PoolSharing { Units, CapitalShare, Reallocation, NoAction };

}  // namespace engine

template <>
struct core::EnumNames<engine::MarkBasis> {
  static constexpr std::array<std::string_view, 2> names = {"net", "gross"};
};

template <>
struct core::EnumNames<engine::MarkScope> {
  static constexpr std::array<std::string_view, 3> names = {"investor", "lot", "pool"};
};

template <>
struct core::EnumNames<engine::FeeBase> {
  static constexpr std::array<std::string_view, 4> names = {
      "equity", "before_management_fee", "realised", "realised_less_floating_loss"};
};

template <>
struct core::EnumNames<engine::HurdleKind> {
  static constexpr std::array<std::string_view, 3> names = {"hard", "soft", "catch_up"};
};

template <>
struct core::EnumNames<engine::HurdlePeriod> {
  static constexpr std::array<std::string_view, 2> names = {"since_last_charge", "each_period"};
};

template <>
struct core::EnumNames<engine::TierMode> {
  static constexpr std::array<std::string_view, 2> names = {"marginal", "whole"};
};

template <>
struct core::EnumNames<engine::Frequency> {
  static constexpr std::array<std::string_view, 7> names = {
      "each_rollover", "weekly", "monthly", "quarterly", "half_yearly", "yearly", "anniversary"};
};

template <>
struct core::EnumNames<engine::WithdrawalRule> {
  static constexpr std::array<std::string_view, 4> names = {"proportional_restore", "proportional",
                                                            "absolute", "reset"};
};

template <>
struct core::EnumNames<engine::WithdrawalCharge> {
  static constexpr std::array<std::string_view, 2> names = {"pro_rata", "full"};
};

template <>
struct core::EnumNames<engine::BlockedMark> {
  static constexpr std::array<std::string_view, 2> names = {"moves", "stays"};
};

template <>
struct core::EnumNames<engine::LotOrder> {
  static constexpr std::array<std::string_view, 2> names = {"fifo", "pro_rata"};
};

template <>
struct core::EnumNames<engine::Equalisation> {
  static constexpr std::array<std::string_view, 2> names = {"credit", "series"};
};

template <>
struct core::EnumNames<engine::ManagementBase> {
  static constexpr std::array<std::string_view, 3> names = {"opening", "closing", "average"};
};

template <>
struct core::EnumNames<engine::DayCount> {
  static constexpr std::array<std::string_view, 6> names = {
      "act_365", "act_360", "business_252", "business_260", "thirty_360", "twelfth"};
};

template <>
struct core::EnumNames<engine::TaxMode> {
  static constexpr std::array<std::string_view, 2> names = {"on_top", "included"};
};

template <>
struct core::EnumNames<engine::FeeRecipient> {
  static constexpr std::array<std::string_view, 3> names = {"house", "manager", "pool"};
};

template <>
struct core::EnumNames<engine::JoinApproval> {
  static constexpr std::array<std::string_view, 2> names = {"none", "manager"};
};

template <>
struct core::EnumNames<engine::ShortMargin> {
  static constexpr std::array<std::string_view, 3> names = {"gate", "scale", "delay"};
};

template <>
struct core::EnumNames<engine::ManagerCapitalRule> {
  static constexpr std::array<std::string_view, 3> names = {"may_not_fall", "minimum",
                                                            "closes_pool"};
};

template <>
struct core::EnumNames<engine::PoolSharing> {
  static constexpr std::array<std::string_view, 4> names = {"units", "capital_share",
                                                            "reallocation", "no_action"};
};
