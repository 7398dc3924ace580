#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "engine/copy_commands.h"
#include "engine/currency_commands.h"
#include "engine/investor.h"

// Records of copy trading. Money in the smallest unit; volumes in 1e-8 lots, but for prices and for
// what a size rests on, which are decimals in whole units. The client ring's records name the
// account's client; facts of the master's account name nobody.
namespace engine {

// A version of a subscription's terms.
struct CopyTermsSet {
  static constexpr std::uint64_t kKind = 205;
  static constexpr std::string_view kName = "copy_terms_set";

  SetCopyTerms terms;
  core::StructureId structure;
  core::PartyId client;
  std::uint64_t version = 0;  // From 1 on.
  core::Minor base = 0;       // What stops are measured from.
  core::Minor balance = 0;    // Of the account then; what it has more by no result came as a flow.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "terms", self.terms);
    field(2, "structure", self.structure);
    field(3, "client", self.client);
    field(4, "version", self.version);
    field(5, "base", self.base);
    field(6, "balance", self.balance);
  }
};

// The master account's money.
struct MasterValued {
  static constexpr std::uint64_t kKind = 206;
  static constexpr std::string_view kName = "master_valued";

  ValueMaster value;
  std::string currency;
  PositionMode mode = PositionMode::Netting;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "value", self.value);
    field(2, "currency", self.currency);
    field(3, "mode", self.mode);
  }
};

// One step of the master's account: a reversal is two, the close first.
struct SignalRecorded {
  static constexpr std::uint64_t kKind = 207;
  static constexpr std::string_view kName = "signal_recorded";

  RecordSignal signal;
  core::Hash content;  // SHA-256 of the command's fields: what a repetition is compared with.
  SignalKind kind = SignalKind::Open;
  std::string lineage;     // The signal that opened the position.
  core::Minor volume = 0;  // Of this step.
  core::Minor before = 0;  // Open in the position before it.
  core::Minor after = 0;
  // Of a step that opens: what one lot is, and who authorised it. Nobody: not copied.
  std::optional<core::DecisionId> decision;
  std::optional<core::Decimal> lot_step;
  std::optional<core::Decimal> contract_size;
  std::optional<core::Decimal> margin_rate;
  std::optional<std::string> currency;  // In which the symbol's results are booked.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "signal", self.signal);
    field(2, "content", self.content);
    field(3, "kind", self.kind);
    field(4, "lineage", self.lineage);
    field(5, "volume", self.volume);
    field(6, "before", self.before);
    field(7, "after", self.after);
    field(8, "decision", self.decision);
    field(9, "lot_step", self.lot_step);
    field(10, "contract_size", self.contract_size);
    field(11, "margin_rate", self.margin_rate);
    field(12, "currency", self.currency);
  }
};

// All that a copy's size rests on, in whole units of the currencies.
struct CopyFacts {
  core::Decimal master_lots;
  CopyTerms terms;
  std::optional<core::Decimal> basis;         // The subscription's money, in its own currency.
  std::optional<core::Decimal> master_basis;  // The master's, in the master's.
  std::optional<RateUsed>
      rate;  // From the subscription's currency to the master's, if they differ.
  std::optional<core::Decimal> master_leverage;
  std::optional<core::Decimal> stop_distance;  // Between price and stop loss.
  core::Decimal price;
  core::Decimal contract_size;
  std::optional<core::Decimal> margin_rate;
  std::optional<RateUsed> symbol_rate;    // From the symbol's currency to the subscription's.
  std::optional<core::Decimal> equity;    // Of the subscription, where a cap or risk needs it.
  std::optional<core::Decimal> exposure;  // Notional of all copies before this one, rounded up.
  std::optional<core::Decimal> margin;    // Their margin, rounded up.
  core::Decimal lot_step;
  core::Decimal min_lots;
  std::optional<core::Decimal> max_ticket;  // The broker's largest.
  // Of the mandate: all copies' notional in parts of equity.
  std::optional<std::uint64_t> agreed_leverage = {};
  // Of the rules, for the symbol's asset class; and what all copies before this one need by it.
  std::optional<std::uint64_t> class_leverage = {};
  std::optional<core::Decimal> class_margin = {};  // Rounded up.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "master_lots", self.master_lots);
    field(2, "terms", self.terms);
    field(3, "basis", self.basis);
    field(4, "master_basis", self.master_basis);
    field(5, "rate", self.rate);
    field(6, "master_leverage", self.master_leverage);
    field(7, "stop_distance", self.stop_distance);
    field(8, "price", self.price);
    field(9, "contract_size", self.contract_size);
    field(10, "margin_rate", self.margin_rate);
    field(11, "symbol_rate", self.symbol_rate);
    field(12, "equity", self.equity);
    field(13, "exposure", self.exposure);
    field(14, "margin", self.margin);
    field(15, "lot_step", self.lot_step);
    field(16, "min_lots", self.min_lots);
    field(17, "max_ticket", self.max_ticket);
    field(18, "agreed_leverage", self.agreed_leverage);
    field(19, "class_leverage", self.class_leverage);
    field(20, "class_margin", self.class_margin);
  }
};

// A size stage by stage: exact lots, then whole steps. Later stages stand where earlier ones let
// them be worked out.
struct CopySize {
  std::optional<ExactAmount> raw;             // By the sizing, in the master's currency.
  std::optional<ExactAmount> guarded;         // After the leverage guard.
  std::optional<ExactAmount> laddered;        // After the ladder, where it is used.
  std::optional<ExactAmount> after_ratio;     // After max_ratio.
  std::optional<ExactAmount> after_max_lots;  // After max_lots.
  std::optional<ExactAmount> after_exposure;  // After max_exposure and max_margin.
  std::optional<core::Minor> rounded;         // Steps, never above a cap.
  std::optional<core::Minor> at_least;        // Steps after the rule for the smallest volume.
  std::optional<core::Minor> steps;           // After the broker's largest ticket: the size.

  bool operator==(const CopySize&) const = default;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "raw", self.raw);
    field(2, "guarded", self.guarded);
    field(3, "laddered", self.laddered);
    field(4, "after_ratio", self.after_ratio);
    field(5, "after_max_lots", self.after_max_lots);
    field(6, "after_exposure", self.after_exposure);
    field(7, "rounded", self.rounded);
    field(8, "at_least", self.at_least);
    field(9, "steps", self.steps);
  }
};

// A subscription's order for a signal.
struct CopySized {
  static constexpr std::uint64_t kKind = 208;
  static constexpr std::string_view kName = "copy_sized";

  core::StructureId structure;
  core::AccountId account;
  core::PartyId client;
  std::string signal;
  std::string lineage;
  std::uint64_t terms_version = 0;
  CopyFacts facts;
  CopySize size;
  core::Minor volume = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "account", self.account);
    field(3, "client", self.client);
    field(4, "signal", self.signal);
    field(5, "lineage", self.lineage);
    field(6, "terms_version", self.terms_version);
    field(7, "facts", self.facts);
    field(8, "size", self.size);
    field(9, "volume", self.volume);
  }
};

// A signal that a subscription does not copy, and why. Facts as far as they were known.
struct CopySkipped {
  static constexpr std::uint64_t kKind = 209;
  static constexpr std::string_view kName = "copy_skipped";

  core::StructureId structure;
  core::AccountId account;
  core::PartyId client;
  std::string signal;
  CopySkip reason = CopySkip::NoTerms;
  std::optional<std::uint64_t> terms_version;
  std::optional<CopyFacts> facts;
  std::optional<CopySize> size;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "account", self.account);
    field(3, "client", self.client);
    field(4, "signal", self.signal);
    field(5, "reason", self.reason);
    field(6, "terms_version", self.terms_version);
    field(7, "facts", self.facts);
    field(8, "size", self.size);
  }
};

// A size that the client is asked to confirm.
struct CopyOffered {
  static constexpr std::uint64_t kKind = 210;
  static constexpr std::string_view kName = "copy_offered";

  CopySized sized;
  core::Instant expires_at;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "sized", self.sized);
    field(2, "expires_at", self.expires_at);
  }
};

// What became of an offer. Confirmed: an order for what is left of it after the master's
// reductions.
struct CopyOfferEnded {
  static constexpr std::uint64_t kKind = 211;
  static constexpr std::string_view kName = "copy_offer_ended";

  core::StructureId structure;
  core::AccountId account;
  core::PartyId client;
  std::string signal;
  OfferEnd end = OfferEnd::Confirmed;
  core::Minor volume = 0;                    // Ordered.
  std::optional<core::DecisionId> decision;  // Of a confirmation.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "account", self.account);
    field(3, "client", self.client);
    field(4, "signal", self.signal);
    field(5, "end", self.end);
    field(6, "volume", self.volume);
    field(7, "decision", self.decision);
  }
};

// A copy must close so much more. `filled - asked - volume` is at most `kept`.
struct CopyCloseAsked {
  static constexpr std::uint64_t kKind = 212;
  static constexpr std::string_view kName = "copy_close_asked";

  core::StructureId structure;
  core::AccountId account;
  core::PartyId client;
  std::string signal;  // Because of which.
  std::string lineage;
  CopyCloseReason reason = CopyCloseReason::Signal;
  core::Minor filled = 0;  // Of the copy, cumulative.
  core::Minor asked = 0;   // Before this.
  core::Minor kept = 0;    // What it may hold.
  core::Minor volume = 0;  // Asked now.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "account", self.account);
    field(3, "client", self.client);
    field(4, "signal", self.signal);
    field(5, "lineage", self.lineage);
    field(6, "reason", self.reason);
    field(7, "filled", self.filled);
    field(8, "asked", self.asked);
    field(9, "kept", self.kept);
    field(10, "volume", self.volume);
  }
};

// A fill of a copy.
struct CopyFilled {
  static constexpr std::uint64_t kKind = 213;
  static constexpr std::string_view kName = "copy_filled";

  RecordCopyFill fill;
  core::Hash content;  // SHA-256 of the command's fields.
  core::StructureId structure;
  core::PartyId client;
  std::string lineage;
  core::Minor volume = 0;
  core::Minor filled = 0;      // Of the order, cumulative.
  core::Minor commission = 0;  // In the account's currency.
  std::optional<RateUsed> rate;
  bool late = false;  // After the order was said to be over, or the position closed.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "fill", self.fill);
    field(2, "content", self.content);
    field(3, "structure", self.structure);
    field(4, "client", self.client);
    field(5, "lineage", self.lineage);
    field(6, "volume", self.volume);
    field(7, "filled", self.filled);
    field(8, "commission", self.commission);
    field(9, "rate", self.rate);
    field(10, "late", self.late);
  }
};

// A close of a copy, with its result in the account's currency.
struct CopyClosed {
  static constexpr std::uint64_t kKind = 214;
  static constexpr std::string_view kName = "copy_closed";

  RecordCopyClose close;
  core::Hash content;  // SHA-256 of the command's fields.
  core::StructureId structure;
  core::PartyId client;
  std::string lineage;
  core::Minor volume = 0;
  core::Minor open = 0;  // Left.
  core::Minor profit = 0;
  core::Minor swap = 0;
  core::Minor commission = 0;
  std::optional<RateUsed> rate;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "close", self.close);
    field(2, "content", self.content);
    field(3, "structure", self.structure);
    field(4, "client", self.client);
    field(5, "lineage", self.lineage);
    field(6, "volume", self.volume);
    field(7, "open", self.open);
    field(8, "profit", self.profit);
    field(9, "swap", self.swap);
    field(10, "commission", self.commission);
    field(11, "rate", self.rate);
  }
};

// The rest of a copy's order is over.
struct CopyRejected {
  static constexpr std::uint64_t kKind = 215;
  static constexpr std::string_view kName = "copy_rejected";

  RejectCopy rejected;
  core::StructureId structure;
  core::PartyId client;
  std::string lineage;
  core::Minor filled = 0;  // What there was of it.
  core::Minor volume = 0;  // That will not be.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "rejected", self.rejected);
    field(2, "structure", self.structure);
    field(3, "client", self.client);
    field(4, "lineage", self.lineage);
    field(5, "filled", self.filled);
    field(6, "volume", self.volume);
  }
};

// A fill or close was put right; money as it is now and by how much it moved.
struct CopyAmended {
  static constexpr std::uint64_t kKind = 216;
  static constexpr std::string_view kName = "copy_amended";

  AmendCopy amended;
  core::StructureId structure;
  core::PartyId client;
  std::string signal;
  std::string lineage;
  core::Minor volume = 0;  // As it is now.
  core::Minor volume_change = 0;
  core::Minor profit = 0;
  core::Minor swap = 0;
  core::Minor commission = 0;
  core::Minor profit_change = 0;
  core::Minor swap_change = 0;
  core::Minor commission_change = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "amended", self.amended);
    field(2, "structure", self.structure);
    field(3, "client", self.client);
    field(4, "signal", self.signal);
    field(5, "lineage", self.lineage);
    field(6, "volume", self.volume);
    field(7, "volume_change", self.volume_change);
    field(8, "profit", self.profit);
    field(9, "swap", self.swap);
    field(10, "commission", self.commission);
    field(11, "profit_change", self.profit_change);
    field(12, "swap_change", self.swap_change);
    field(13, "commission_change", self.commission_change);
  }
};

// A subscription stopped: by its equity, or by its client.
struct CopyStopped {
  static constexpr std::uint64_t kKind = 217;
  static constexpr std::string_view kName = "copy_stopped";

  core::StructureId structure;
  core::AccountId account;
  core::PartyId client;
  CopyStop stop = CopyStop::Soft;
  bool by_client = false;
  core::Minor equity = 0;
  core::Minor base = 0;
  std::optional<core::Decimal> level;  // Part of the base.
  std::uint64_t terms_version = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "account", self.account);
    field(3, "client", self.client);
    field(4, "stop", self.stop);
    field(5, "by_client", self.by_client);
    field(6, "equity", self.equity);
    field(7, "base", self.base);
    field(8, "level", self.level);
    field(9, "terms_version", self.terms_version);
  }
};

// A subscription's free margin, as measured.
struct CopyMarginMeasured {
  static constexpr std::uint64_t kKind = 218;
  static constexpr std::string_view kName = "copy_margin_measured";

  core::StructureId structure;
  core::AccountId account;
  core::PartyId client;
  core::Minor free_margin = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "account", self.account);
    field(3, "client", self.client);
    field(4, "free_margin", self.free_margin);
  }
};

}  // namespace engine
