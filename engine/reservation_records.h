#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "core/fields.h"
#include "engine/reservation_commands.h"

// Records of pending amounts. Source: docs/accounting.md, "Reservations".
namespace engine {

// An amount was set aside; the posting moves it from the held account to the one below it.
struct ReservationMade {
  static constexpr std::uint64_t kKind = 61;
  static constexpr std::string_view kName = "reservation_made";

  ReservationId reservation;
  std::string debit;
  std::string credit;
  std::string commodity;
  core::Minor amount = 0;
  HoldSide hold = HoldSide::Debit;
  std::optional<core::Instant> expires_at;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "reservation", self.reservation);
    field(2, "debit", self.debit);
    field(3, "credit", self.credit);
    field(4, "commodity", self.commodity);
    field(5, "amount", self.amount);
    field(6, "hold", self.hold);
    field(7, "expires_at", self.expires_at);
  }
};

// The entry was posted, with all of the amount or a part; the rest went back.
struct ReservationPosted {
  static constexpr std::uint64_t kKind = 62;
  static constexpr std::string_view kName = "reservation_posted";

  ReservationId reservation;
  core::Minor posted = 0;
  core::Minor released = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "reservation", self.reservation);
    field(2, "posted", self.posted);
    field(3, "released", self.released);
  }
};

enum class ReleaseReason { Voided, Expired };

// All of it went back.
struct ReservationReleased {
  static constexpr std::uint64_t kKind = 63;
  static constexpr std::string_view kName = "reservation_released";

  ReservationId reservation;
  core::Minor released = 0;
  ReleaseReason reason = ReleaseReason::Voided;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "reservation", self.reservation);
    field(2, "released", self.released);
    field(3, "reason", self.reason);
  }
};

}  // namespace engine

template <>
struct core::EnumNames<engine::ReleaseReason> {
  static constexpr std::array<std::string_view, 2> names = {"voided", "expired"};
};
