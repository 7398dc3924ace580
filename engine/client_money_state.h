#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "core/codec_containers.h"
#include "core/time.h"
#include "engine/client_money_records.h"
#include "engine/segregation_records.h"

// What is under way in client money, as the records tell. Part of the state (engine/state.h).
namespace engine {

// A card payment, for as long as it can be charged back: for ever.
struct CardPayment {
  CardDeposited deposited;
  core::Minor charged_back = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "deposited", self.deposited);
    field(2, "charged_back", self.charged_back);
  }
};

struct OpenReceipt {
  ReceiptRecorded recorded;
  bool breached = false;  // A breach of it is recorded already.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "recorded", self.recorded);
    field(2, "breached", self.breached);
  }
};

struct OpenTransfer {
  TransferSent sent;
  bool breached = false;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "sent", self.sent);
    field(2, "breached", self.breached);
  }
};

// How far the calculations of one currency have come.
struct SegregationStanding {
  std::optional<SetSegregationRule> rule;
  std::optional<core::Date> last;     // The last day calculated.
  std::optional<core::Date> missing;  // The last day with a breach that says it was not.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "rule", self.rule);
    field(2, "last", self.last);
    field(3, "missing", self.missing);
  }
};

struct ClientMoney {
  std::set<PspId> psps;
  std::map<PaymentId, CardPayment> payments;
  std::map<ReceiptId, OpenReceipt> receipts;     // Without an owner.
  std::map<TransferId, OpenTransfer> transfers;  // Neither confirmed nor refused.
  std::set<std::string> tickets;                 // "server/ticket" of confirmed transfers.
  std::map<std::string, SegregationStanding> segregation;  // By currency.
  std::map<HandoverId, HandedOver> handovers;              // Within a list; none is left after it.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "psps", self.psps);
    field(2, "payments", self.payments);
    field(3, "receipts", self.receipts);
    field(4, "transfers", self.transfers);
    field(5, "tickets", self.tickets);
    field(6, "segregation", self.segregation);
    field(7, "handovers", self.handovers);
  }
};

}  // namespace engine
