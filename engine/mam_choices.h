#pragma once

#include <array>
#include <string_view>

#include "core/codec.h"

// The choices that records of block orders name. Order is stored: append only.
namespace engine {

// Why an account has no part in an order.
enum class Exclusion {
  Inactive,      // Switched off for new volume.
  NoEquity,      // None, or none left of what the method measures.
  NoParameter,   // The method needs one, and none was set.
  BelowMinimum,  // Its exact share is less than the smallest volume.
  MaxLots,       // Its own limits leave less than the smallest volume ...
  Leverage,
  MarginFloor,
  NoMargin,    // No margin is known for it, and the method or a limit needs it.
  NoRate,      // No exchange rate to the group's currency.
  StoppedOut,  // A breach of its limits stands, or the manager trades on it no more.
  NoMandate,   // The last day of the client's mandate is past.
  AtLevel,     // Equal positions: its own is at what the order brings the others to, or above.
  // The rules limit its leverage by asset class, and a symbol's contract names none.
  NoAssetClass,
  NotAuthorised,  // The decision by the rules did not ask for clients of this category and
                  // residence.
  ScreeningHit    // A list names the client or a holder, and two people have not released him.
};

// Why an account's part was put right.
enum class CorrectionReason {
  Quota,         // It was a whole step or more from its exact share when the order was complete.
  BelowMinimum,  // The order was filled in part only, and left it below the smallest volume.
  Rejected,      // It could not have its part after it was filled.
  Amended,       // A fill was amended ...
  Busted         // ... or annulled.
};

}  // namespace engine

template <>
struct core::EnumNames<engine::Exclusion> {
  static constexpr std::array<std::string_view, 15> names = {
      "inactive",   "no_equity",    "no_parameter",   "below_minimum",  "max_lots",
      "leverage",   "margin_floor", "no_margin",      "no_rate",        "stopped_out",
      "no_mandate", "at_level",     "no_asset_class", "not_authorised", "screening_hit"};
};

template <>
struct core::EnumNames<engine::CorrectionReason> {
  static constexpr std::array<std::string_view, 5> names = {"quota", "below_minimum", "rejected",
                                                            "amended", "busted"};
};
