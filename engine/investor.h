#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/codec_containers.h"
#include "core/fields.h"
#include "core/ids.h"
#include "core/time.h"

// What the engine knows of an investor in a pool beside his balances.
namespace engine {

// An exact amount in smallest units of a currency: numerator / denominator.
struct ExactAmount {
  core::Minor numerator = 0;
  core::Minor denominator = 1;

  bool operator==(const ExactAmount&) const = default;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "numerator", self.numerator);
    field(2, "denominator", self.denominator);
  }
};

// Money taken out below the mark and the loss that went with it.
struct ReleasedLoss {
  core::Minor amount = 0;
  core::Minor loss = 0;
  core::Date taken;  // Trade date of the rollover.

  bool operator==(const ReleasedLoss&) const = default;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "amount", self.amount);
    field(2, "loss", self.loss);
    field(3, "taken", self.taken);
  }
};

// What an investor holds of one subscription, if marks are kept by lot.
struct Lot {
  std::uint64_t number = 0;  // From 1, in order of pricing.
  core::Minor units = 0;
  core::Minor mark = 0;
  ExactAmount hurdle;

  bool operator==(const Lot&) const = default;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "number", self.number);
    field(2, "units", self.units);
    field(3, "mark", self.mark);
    field(4, "hurdle", self.hurdle);
  }
};

// A loss of one crystallisation period, while an offer looks back over some periods only.
struct PeriodLoss {
  std::uint64_t period = 0;
  core::Minor amount = 0;

  bool operator==(const PeriodLoss&) const = default;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "period", self.period);
    field(2, "amount", self.amount);
  }
};

// Fees held back for an investor's later losses, until the period after which they are released.
struct HeldFee {
  std::uint64_t period = 0;
  core::Minor amount = 0;

  bool operator==(const HeldFee&) const = default;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "period", self.period);
    field(2, "amount", self.amount);
  }
};

// All fees of one calendar year, for the annual cap.
struct FeeYear {
  std::uint64_t year = 0;
  core::Minor capital = 0;  // At the start of the year, or when the investor joined in it.
  core::Minor charged = 0;

  bool operator==(const FeeYear&) const = default;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "year", self.year);
    field(2, "capital", self.capital);
    field(3, "charged", self.charged);
  }
};

// An accrual that is charged by whole smallest units: floor(accrued) less what was charged of it.
struct RunningFee {
  ExactAmount accrued;
  core::Minor charged = 0;

  bool operator==(const RunningFee&) const = default;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "accrued", self.accrued);
    field(2, "charged", self.charged);
  }
};

// An investor's standing in a pool that balances cannot tell.
struct Investor {
  std::uint64_t ordinal = 0;  // Order of registration: the tie-break of money splits.
  core::OfferId offer;        // The terms he accepted.
  std::optional<core::OfferId>
      next_offer;                    // He consented to it; it takes over at the next rollover.
  std::optional<core::Date> joined;  // Trade date since which he holds units without a break.
  core::Minor opening = 0;           // Entitlement after the last rollover.
  RunningFee management;
  RunningFee subscription;
  core::Minor management_since_charge = 0;  // Management fees since the last crystallisation.
  ExactAmount hurdle;                       // Accrued on the mark since the last charge.
  std::uint64_t periods = 0;                // Crystallisation periods that ended since he joined.
  std::optional<core::Date> period_ended;   // Trade date of the last.
  core::Minor period_base = 0;              // Entitlement at its end, with the flows since.
  std::vector<PeriodLoss> losses;
  std::vector<HeldFee> held;
  FeeYear year;
  std::vector<Lot> lots;  // In order of pricing; only if marks are kept by lot.
  std::uint64_t lots_priced = 0;
  core::Minor weight = 0;  // Sharing by volume: his steps of the open positions.

  bool operator==(const Investor&) const = default;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "ordinal", self.ordinal);
    field(2, "offer", self.offer);
    field(3, "next_offer", self.next_offer);
    field(4, "joined", self.joined);
    field(5, "opening", self.opening);
    field(6, "management", self.management);
    field(7, "subscription", self.subscription);
    field(9, "management_since_charge", self.management_since_charge);
    field(10, "hurdle", self.hurdle);
    field(11, "periods", self.periods);
    field(12, "period_ended", self.period_ended);
    field(13, "losses", self.losses);
    field(14, "held", self.held);
    field(15, "year", self.year);
    field(16, "lots", self.lots);
    field(17, "lots_priced", self.lots_priced);
    field(18, "weight", self.weight);
    field(19, "period_base", self.period_base);
  }
};

}  // namespace engine
