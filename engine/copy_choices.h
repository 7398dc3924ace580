#pragma once

#include <array>
#include <string_view>

#include "core/codec.h"
#include "engine/trading_choices.h"

// The choices of copy trading. Order is stored: append only.
namespace engine {

// What a copy's volume follows. The first four and client_total: the master's lots in proportion to
// two sums of money; of client_total the subscription's is what the client has with all managers.
enum class CopySizing {
  Equity,
  Balance,
  FreeMargin,
  Allocated,
  FixedLots,
  Multiplier,
  FixedRisk,
  ClientTotal
};

// How a volume becomes whole lot steps. Nearest: a half to the even step; half_up: a half upwards.
// Mql5_ladder: the ratio to the master's lots goes down to a rung first, then floor.
enum class CopyRounding { Floor, Nearest, HalfUp, Mql5Ladder };

// What becomes of a volume below the smallest that may be traded.
enum class SmallCopy { Drop, Raise };

enum class SignalKind { Open, Add, Reduce, Close, Reverse };

// Why a signal was not copied.
enum class CopySkip {
  NotAuthorised,  // No decision in force: the manager may only reduce.
  NoTerms,        // The account has no copy terms.
  Stopped,        // Soft or hard stop, or a breach of the account's limits stands.
  NoMaster,       // The master account was never valued.
  NoBasis,        // The money that the size follows is not known, or not above zero.
  NoStopLoss,     // Fixed risk needs the distance to a stop loss.
  NoLeverage,     // The leverage guard needs both leverages.
  NoRate,         // No exchange rate.
  NoMarginRate,   // The margin cap needs the contract's margin rate.
  CapReached,     // A cap leaves no whole lot step.
  BelowMinimum,   // Below the smallest volume.
  TooLarge,       // The numbers do not fit: nothing is guessed.
  NoMandate,      // The last day of the client's mandate is past.
  NoAssetClass,   // The rules limit leverage by asset class, and a contract names none.
  ScreeningHit    // A list names the client or a holder, and two people have not released him.
};

enum class OfferEnd { Confirmed, Declined, Expired, Withdrawn };

enum class CopyStop { None, Soft, Hard };

// Why a copy is closed.
enum class CopyCloseReason { Signal, LateFill, HardStop, Rejected, Split, Amended };

}  // namespace engine

template <>
struct core::EnumNames<engine::CopySizing> {
  static constexpr std::array<std::string_view, 8> names = {
      "equity",     "balance",    "free_margin", "allocated",
      "fixed_lots", "multiplier", "fixed_risk",  "client_total"};
};

template <>
struct core::EnumNames<engine::CopyRounding> {
  static constexpr std::array<std::string_view, 4> names = {"floor", "nearest", "half_up",
                                                            "mql5_ladder"};
};

template <>
struct core::EnumNames<engine::SmallCopy> {
  static constexpr std::array<std::string_view, 2> names = {"drop", "raise"};
};

template <>
struct core::EnumNames<engine::SignalKind> {
  static constexpr std::array<std::string_view, 5> names = {"open", "add", "reduce", "close",
                                                            "reverse"};
};

template <>
struct core::EnumNames<engine::CopySkip> {
  static constexpr std::array<std::string_view, 15> names = {
      "not_authorised", "no_terms",    "stopped",    "no_master",      "no_basis",
      "no_stop_loss",   "no_leverage", "no_rate",    "no_margin_rate", "cap_reached",
      "below_minimum",  "too_large",   "no_mandate", "no_asset_class", "screening_hit"};
};

template <>
struct core::EnumNames<engine::OfferEnd> {
  static constexpr std::array<std::string_view, 4> names = {"confirmed", "declined", "expired",
                                                            "withdrawn"};
};

template <>
struct core::EnumNames<engine::CopyStop> {
  static constexpr std::array<std::string_view, 3> names = {"none", "soft", "hard"};
};

template <>
struct core::EnumNames<engine::CopyCloseReason> {
  static constexpr std::array<std::string_view, 6> names = {"signal",   "late_fill", "hard_stop",
                                                            "rejected", "split",     "amended"};
};
