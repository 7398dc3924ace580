#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "engine/client_money_choices.h"
#include "engine/values.h"

// Commands of client money beyond deposit and withdrawal. Source: docs/accounting.md, rows 2 to 8,
// 26, 28 and 29.
namespace engine {

using PspId = core::Id<struct PspTag>;
using PaymentId = core::Id<struct PaymentTag>;
using ReceiptId = core::Id<struct ReceiptTag>;
using TransferId = core::Id<struct TransferTag>;
using HandoverId = core::Id<struct HandoverTag>;

// A payment service provider: who processes clients' cards.
struct RegisterPsp {
  static constexpr std::string_view kType = "register_psp";

  PspId psp;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "psp", self.psp);
  }
};

// A client paid by card and is credited before the processor settles.
struct DepositByCard {
  static constexpr std::string_view kType = "deposit_by_card";

  PaymentId payment;  // A new id for this payment.
  PspId psp;
  core::PartyId client;
  core::Decimal amount;
  std::string currency;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "payment", self.payment);
    field(2, "psp", self.psp);
    field(3, "client", self.client);
    field(4, "amount", self.amount);
    field(5, "currency", self.currency);
  }
};

// The processor settles payments into a client bank, less its cost and its rolling reserve.
struct SettlePsp {
  static constexpr std::string_view kType = "settle_psp";

  PspId psp;
  core::BankId bank;
  std::string currency;
  core::Decimal amount;  // Gross: what is settled by it.
  core::Decimal cost;
  core::Decimal reserve;  // Held back for later.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "psp", self.psp);
    field(2, "bank", self.bank);
    field(3, "currency", self.currency);
    field(4, "amount", self.amount);
    field(5, "cost", self.cost);
    field(6, "reserve", self.reserve);
  }
};

// The processor pays out what it held back, into a client bank or one of the house.
struct ReleasePspReserve {
  static constexpr std::string_view kType = "release_psp_reserve";

  PspId psp;
  core::BankId bank;
  std::string currency;
  core::Decimal amount;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "psp", self.psp);
    field(2, "bank", self.bank);
    field(3, "currency", self.currency);
    field(4, "amount", self.amount);
  }
};

// A card payment is charged back. The wallet gives what it holds; the rest is borne as stated.
struct ChargeBack {
  static constexpr std::string_view kType = "charge_back";

  PaymentId payment;
  core::Decimal amount;
  BorneBy rest_borne_by = BorneBy::House;  // Client: he owes it, and it stays a receivable.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "payment", self.payment);
    field(2, "amount", self.amount);
    field(3, "rest_borne_by", self.rest_borne_by);
  }
};

// Money arrived in a client bank, and nobody knows whose it is.
struct RecordReceipt {
  static constexpr std::string_view kType = "record_receipt";

  ReceiptId receipt;
  core::BankId bank;
  core::Decimal amount;
  std::string currency;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "receipt", self.receipt);
    field(2, "bank", self.bank);
    field(3, "amount", self.amount);
    field(4, "currency", self.currency);
  }
};

// Whose money a receipt is.
struct IdentifyReceipt {
  static constexpr std::string_view kType = "identify_receipt";

  ReceiptId receipt;
  core::PartyId client;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "receipt", self.receipt);
    field(2, "client", self.client);
  }
};

// A receipt whose owner was not found goes back where it came from.
struct ReturnReceipt {
  static constexpr std::string_view kType = "return_receipt";

  ReceiptId receipt;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "receipt", self.receipt);
  }
};

// A manager takes fees that are due to him: into his own wallet, or by bank.
struct PayManager {
  static constexpr std::string_view kType = "pay_manager";

  core::PartyId manager;
  core::Decimal amount;
  std::string currency;
  std::optional<core::PartyId> client;  // His own: the manager_client of one of his structures.
  std::optional<core::BankId> bank;     // Of the house.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "manager", self.manager);
    field(2, "amount", self.amount);
    field(3, "currency", self.currency);
    field(4, "client", self.client);
    field(5, "bank", self.bank);
  }
};

// A loss that an account's money does not cover: the account ends at zero, and the rest is borne as
// stated.
struct CoverNegativeBalance {
  static constexpr std::string_view kType = "cover_negative_balance";

  core::AccountId account;
  std::optional<core::Decimal> loss;  // Not booked by a close yet; absent: all of it was.
  BorneBy borne_by = BorneBy::House;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "account", self.account);
    field(2, "loss", self.loss);
    field(3, "borne_by", self.borne_by);
  }
};

// Exchanges money of a client's wallet.
struct Convert {
  static constexpr std::string_view kType = "convert";

  core::PartyId client;
  std::string from_currency;
  std::string to_currency;
  core::Decimal amount;  // Of the first currency.
  core::Decimal rate;    // The client's: units of the second for one of the first.
  core::Decimal mid_rate;
  std::string rate_source;  // Who published the mid rate.
  core::Instant published_at;
  std::optional<core::Hash> document;  // Of the publication.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "client", self.client);
    field(2, "from_currency", self.from_currency);
    field(3, "to_currency", self.to_currency);
    field(4, "amount", self.amount);
    field(5, "rate", self.rate);
    field(6, "mid_rate", self.mid_rate);
    field(7, "rate_source", self.rate_source);
    field(8, "published_at", self.published_at);
    field(9, "document", self.document);
  }
};
// A client gives money of his wallet to another. Only in a list with the command that receives it.
struct HandOver {
  static constexpr std::string_view kType = "hand_over";

  HandoverId handover;   // A new id for it.
  core::PartyId client;  // Who gives.
  core::Decimal amount;
  std::string currency;
  core::Hash document;  // SHA-256 of his consent.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "handover", self.handover);
    field(2, "client", self.client);
    field(3, "amount", self.amount);
    field(4, "currency", self.currency);
    field(5, "document", self.document);
  }
};

// The other client receives it, all of it.
struct ReceiveHandover {
  static constexpr std::string_view kType = "receive_handover";

  HandoverId handover;
  core::PartyId client;  // Who receives.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "handover", self.handover);
    field(2, "client", self.client);
  }
};
}  // namespace engine
