#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "engine/client_money_commands.h"

// Records of client money beyond deposit and withdrawal. Money in the smallest unit.
// Source: docs/accounting.md, rows 2 to 8, 26, 28 and 29.
namespace engine {

// A payment service provider.
struct PspRegistered {
  static constexpr std::uint64_t kKind = 100;
  static constexpr std::string_view kName = "psp_registered";

  PspId psp;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "psp", self.psp);
  }
};

// A card payment, credited before it was settled.
struct CardDeposited {
  static constexpr std::uint64_t kKind = 101;
  static constexpr std::string_view kName = "card_deposited";

  PaymentId payment;
  PspId psp;
  core::PartyId client;
  std::string currency;
  core::Minor amount = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "payment", self.payment);
    field(2, "psp", self.psp);
    field(3, "client", self.client);
    field(4, "currency", self.currency);
    field(5, "amount", self.amount);
  }
};

// Payments were settled into a client bank: amount = paid + cost + reserve.
struct PspSettled {
  static constexpr std::uint64_t kKind = 102;
  static constexpr std::string_view kName = "psp_settled";

  PspId psp;
  core::BankId bank;
  std::string currency;
  core::Minor amount = 0;
  core::Minor cost = 0;
  core::Minor reserve = 0;
  core::Minor paid = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "psp", self.psp);
    field(2, "bank", self.bank);
    field(3, "currency", self.currency);
    field(4, "amount", self.amount);
    field(5, "cost", self.cost);
    field(6, "reserve", self.reserve);
    field(7, "paid", self.paid);
  }
};

// What was held back was paid out.
struct PspReserveReleased {
  static constexpr std::uint64_t kKind = 103;
  static constexpr std::string_view kName = "psp_reserve_released";

  PspId psp;
  core::BankId bank;
  std::string currency;
  core::Minor amount = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "psp", self.psp);
    field(2, "bank", self.bank);
    field(3, "currency", self.currency);
    field(4, "amount", self.amount);
  }
};

// A card payment was charged back: amount = from_wallet + rest.
struct ChargedBack {
  static constexpr std::uint64_t kKind = 104;
  static constexpr std::string_view kName = "charged_back";

  PaymentId payment;
  PspId psp;
  core::PartyId client;
  std::string currency;
  core::Minor amount = 0;
  core::Minor from_wallet = 0;
  core::Minor rest = 0;
  BorneBy rest_borne_by = BorneBy::House;
  core::Minor charged_back = 0;  // Of the payment so far.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "payment", self.payment);
    field(2, "psp", self.psp);
    field(3, "client", self.client);
    field(4, "currency", self.currency);
    field(5, "amount", self.amount);
    field(6, "from_wallet", self.from_wallet);
    field(7, "rest", self.rest);
    field(8, "rest_borne_by", self.rest_borne_by);
    field(9, "charged_back", self.charged_back);
  }
};

// Money without an owner.
struct ReceiptRecorded {
  static constexpr std::uint64_t kKind = 105;
  static constexpr std::string_view kName = "receipt_recorded";

  ReceiptId receipt;
  core::BankId bank;
  std::string currency;
  core::Minor amount = 0;
  core::Instant due;  // From when on it is a breach that it has none.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "receipt", self.receipt);
    field(2, "bank", self.bank);
    field(3, "currency", self.currency);
    field(4, "amount", self.amount);
    field(5, "due", self.due);
  }
};

// It has one: the client; or, if there is none here, it went back to its payer.
struct ReceiptEnded {
  static constexpr std::uint64_t kKind = 106;
  static constexpr std::string_view kName = "receipt_ended";

  ReceiptId receipt;
  std::optional<core::PartyId> client;
  core::BankId bank;
  std::string currency;
  core::Minor amount = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "receipt", self.receipt);
    field(2, "client", self.client);
    field(3, "bank", self.bank);
    field(4, "currency", self.currency);
    field(5, "amount", self.amount);
  }
};

// A balance operation left for the platform.
struct TransferSent {
  static constexpr std::uint64_t kKind = 107;
  static constexpr std::string_view kName = "transfer_sent";

  TransferId transfer;
  core::AccountId account;
  core::StructureId structure;
  core::PartyId client;
  TransferDirection direction = TransferDirection::ToAccount;
  std::string currency;
  core::Minor amount = 0;
  std::string server;
  core::Instant due;  // From when on it is a breach that nothing is known.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "transfer", self.transfer);
    field(2, "account", self.account);
    field(3, "structure", self.structure);
    field(4, "client", self.client);
    field(5, "direction", self.direction);
    field(6, "currency", self.currency);
    field(7, "amount", self.amount);
    field(8, "server", self.server);
    field(9, "due", self.due);
  }
};

// What became of it: confirmed with a ticket, or refused if there is none.
struct TransferEnded {
  static constexpr std::uint64_t kKind = 108;
  static constexpr std::string_view kName = "transfer_ended";

  TransferId transfer;
  core::AccountId account;
  core::PartyId client;
  TransferDirection direction = TransferDirection::ToAccount;
  std::string currency;
  core::Minor amount = 0;
  std::string server;
  std::optional<std::string> ticket;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "transfer", self.transfer);
    field(2, "account", self.account);
    field(3, "client", self.client);
    field(4, "direction", self.direction);
    field(5, "currency", self.currency);
    field(6, "amount", self.amount);
    field(7, "server", self.server);
    field(8, "ticket", self.ticket);
  }
};

// A manager took fees: into his own wallet (client) or by bank.
struct ManagerPaid {
  static constexpr std::uint64_t kKind = 109;
  static constexpr std::string_view kName = "manager_paid";

  core::PartyId manager;
  std::string currency;
  core::Minor amount = 0;
  std::optional<core::PartyId> client;
  std::optional<core::BankId> bank;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "manager", self.manager);
    field(2, "currency", self.currency);
    field(3, "amount", self.amount);
    field(4, "client", self.client);
    field(5, "bank", self.bank);
  }
};

// An account was left with nothing by a loss: deficit = loss - balance, above zero.
struct NegativeBalanceCovered {
  static constexpr std::uint64_t kKind = 110;
  static constexpr std::string_view kName = "negative_balance_covered";

  core::AccountId account;
  core::StructureId structure;
  core::PartyId client;
  std::string currency;
  core::Minor balance = 0;   // Before.
  core::Minor floating = 0;  // Before, as of the last valuation; nothing is open.
  core::Minor loss = 0;      // Booked with this record.
  core::Minor deficit = 0;
  BorneBy borne_by = BorneBy::House;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "account", self.account);
    field(2, "structure", self.structure);
    field(3, "client", self.client);
    field(4, "currency", self.currency);
    field(5, "balance", self.balance);
    field(6, "floating", self.floating);
    field(7, "loss", self.loss);
    field(8, "deficit", self.deficit);
    field(9, "borne_by", self.borne_by);
  }
};

// A client's money was exchanged. Both values are rounded down.
struct Converted {
  static constexpr std::uint64_t kKind = 111;
  static constexpr std::string_view kName = "converted";

  core::PartyId client;
  std::string from_currency;
  core::Minor from_amount = 0;
  std::string to_currency;
  core::Minor to_amount = 0;
  core::Minor mid_value = 0;  // What the mid rate would give.
  core::Minor markup = 0;     // mid_value - to_amount: the house's.
  core::Decimal rate;
  core::Decimal mid_rate;
  std::string rate_source;
  core::Instant published_at;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "client", self.client);
    field(2, "from_currency", self.from_currency);
    field(3, "from_amount", self.from_amount);
    field(4, "to_currency", self.to_currency);
    field(5, "to_amount", self.to_amount);
    field(6, "mid_value", self.mid_value);
    field(7, "markup", self.markup);
    field(8, "rate", self.rate);
    field(9, "mid_rate", self.mid_rate);
    field(10, "rate_source", self.rate_source);
    field(11, "published_at", self.published_at);
  }
};
// A client gave money to another; the record that follows says to whom.
struct HandedOver {
  static constexpr std::uint64_t kKind = 115;
  static constexpr std::string_view kName = "handed_over";

  HandoverId handover;
  core::PartyId client;
  std::string currency;
  core::Minor amount = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "handover", self.handover);
    field(2, "client", self.client);
    field(3, "currency", self.currency);
    field(4, "amount", self.amount);
  }
};

// The other received it.
struct HandoverReceived {
  static constexpr std::uint64_t kKind = 116;
  static constexpr std::string_view kName = "handover_received";

  HandoverId handover;
  core::PartyId client;
  std::string currency;
  core::Minor amount = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "handover", self.handover);
    field(2, "client", self.client);
    field(3, "currency", self.currency);
    field(4, "amount", self.amount);
  }
};
}  // namespace engine
