#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "core/fields.h"
#include "ledger/account.h"

// Commands of pending amounts: set aside first, posted or released later.
namespace engine {

using ReservationId = core::Id<struct ReservationTag>;

// Which of the two accounts the amount is taken from until it is posted.
enum class HoldSide { Debit, Credit };

// Sets an amount aside for an entry that will follow. Needs an approver, as a manual entry does.
struct Reserve {
  static constexpr std::string_view kType = "reserve";

  ReservationId reservation;
  ledger::AccountPath debit;
  ledger::AccountPath credit;
  std::string commodity;
  core::Decimal amount;
  std::optional<HoldSide> hold;  // Absent: debit, as for a client's wallet.
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

// Posts the entry; what is not posted goes back.
struct PostReservation {
  static constexpr std::string_view kType = "post_reservation";

  ReservationId reservation;
  std::optional<core::Decimal> amount;  // Absent: all of it.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "reservation", self.reservation);
    field(2, "amount", self.amount);
  }
};

// Gives all of it back.
struct VoidReservation {
  static constexpr std::string_view kType = "void_reservation";

  ReservationId reservation;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "reservation", self.reservation);
  }
};

// Lets time pass: what has expired by the moment of this record ends with it, and never by itself.
struct Tick {
  static constexpr std::string_view kType = "tick";

  template <class Self, class F>
  static void describe(Self&, F&) {}
};

}  // namespace engine

template <>
struct core::EnumNames<engine::HoldSide> {
  static constexpr std::array<std::string_view, 2> names = {"debit", "credit"};
};
