#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "engine/setup_commands.h"

// Records that set the house up.
namespace engine {

// A bank account of the firm.
struct BankRegistered {
  static constexpr std::uint64_t kKind = 16;
  static constexpr std::string_view kName = "bank_registered";

  RegisterBank bank;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "bank", self.bank);
  }
};

// A client.
struct ClientRegistered {
  static constexpr std::uint64_t kKind = 17;
  static constexpr std::string_view kName = "client_registered";

  RegisterClient client;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "client", self.client);
  }
};

// A money manager.
struct ManagerRegistered {
  static constexpr std::uint64_t kKind = 18;
  static constexpr std::string_view kName = "manager_registered";

  RegisterManager manager;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "manager", self.manager);
  }
};

// A symbol and its ordinal in this book: account part s<ordinal>, commodity LOT.S<ordinal>.
struct SymbolRegistered {
  static constexpr std::uint64_t kKind = 19;
  static constexpr std::string_view kName = "symbol_registered";

  std::string symbol;
  std::string currency;
  std::uint64_t ordinal = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "symbol", self.symbol);
    field(2, "currency", self.currency);
    field(3, "ordinal", self.ordinal);
  }
};

// Terms, immutable from here on.
struct OfferPublished {
  static constexpr std::uint64_t kKind = 20;
  static constexpr std::string_view kName = "offer_published";

  PublishOffer offer;
  std::optional<std::uint64_t> version = {};  // 1 if absent: it supersedes none.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "offer", self.offer);
    field(2, "version", self.version);
  }
};

// An authorisation decision on a manager.
struct DecisionRecorded {
  static constexpr std::uint64_t kKind = 21;
  static constexpr std::string_view kName = "decision_recorded";

  RecordDecision decision;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "decision", self.decision);
  }
};

// A structure under a manager. Units are UNIT.P<ordinal>E<epoch>.
struct StructureOpened {
  static constexpr std::uint64_t kKind = 22;
  static constexpr std::string_view kName = "structure_opened";

  OpenStructure structure;
  std::uint64_t ordinal = 0;
  core::DecisionId decision;        // In force when it opened.
  bool own_mandate_needed = false;  // The manager's own client has no mandate by this record.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "ordinal", self.ordinal);
    field(3, "decision", self.decision);
    field(4, "own_mandate_needed", self.own_mandate_needed);
  }
};

// A client's mandate.
struct MandateAccepted {
  static constexpr std::uint64_t kKind = 23;
  static constexpr std::string_view kName = "mandate_accepted";

  AcceptMandate mandate;
  core::OfferId offer;
  core::DecisionId decision;                  // In force when it was accepted.
  std::optional<LinkId> link = {};            // That he followed.
  std::optional<core::PartyId> partner = {};  // Who brought him, by the link.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "mandate", self.mandate);
    field(2, "offer", self.offer);
    field(3, "decision", self.decision);
    field(4, "link", self.link);
    field(5, "partner", self.partner);
  }
};

// A partner who may have a part of fees.
struct PartnerRegistered {
  static constexpr std::uint64_t kKind = 130;
  static constexpr std::string_view kName = "partner_registered";

  RegisterPartner partner;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "partner", self.partner);
  }
};

}  // namespace engine
