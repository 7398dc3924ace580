#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "engine/join_commands.h"
#include "engine/mandate_terms.h"
#include "engine/offer_terms.h"
#include "engine/values.h"

// Commands that set the house up. Each is one line of docs/commands.md.
namespace engine {

// A bank account of the firm: client money or its own.
struct RegisterBank {
  static constexpr std::string_view kType = "register_bank";

  core::BankId bank;
  BankRing ring = BankRing::ClientMoney;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "bank", self.bank);
    field(2, "ring", self.ring);
  }
};

// A client. Residence is a coarse code; nothing personal enters the book.
struct RegisterClient {
  static constexpr std::string_view kType = "register_client";

  core::PartyId client;
  ClientCategory category = ClientCategory::Retail;
  std::string residence;                       // ISO 3166 country code.
  std::optional<HolderKind> holder_kind = {};  // person
  // Who holds it together, or signs for it. Ids alone, of persons that need be nothing else here.
  std::vector<core::PartyId> holders = {};
  std::optional<Signing> signing = {};
  // Citizenships, and countries of addresses, payments and connections, other than the residence.
  std::vector<std::string> other_countries = {};

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "client", self.client);
    field(2, "category", self.category);
    field(3, "residence", self.residence);
    field(4, "holder_kind", self.holder_kind);
    field(5, "holders", self.holders);
    field(6, "signing", self.signing);
    field(7, "other_countries", self.other_countries);
  }
};

// A money manager.
struct RegisterManager {
  static constexpr std::string_view kType = "register_manager";

  core::PartyId manager;
  std::string home;  // ISO 3166 country code.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "manager", self.manager);
    field(2, "home", self.home);
  }
};

// Somebody who has a part of the fees for bringing investors, or for standing beside the manager.
struct RegisterPartner {
  static constexpr std::string_view kType = "register_partner";

  core::PartyId partner;
  PartnerKind kind = PartnerKind::IntroducingBroker;
  std::string home;  // ISO 3166 country code.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "partner", self.partner);
    field(2, "kind", self.kind);
    field(3, "home", self.home);
  }
};

// A trading symbol as the platform spells it; gets the book's next ordinal.
struct RegisterSymbol {
  static constexpr std::string_view kType = "register_symbol";

  std::string symbol;
  std::string currency;  // In which its results are booked.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "symbol", self.symbol);
    field(2, "currency", self.currency);
  }
};

// Publishes terms; an offer never changes afterwards.
struct PublishOffer {
  static constexpr std::string_view kType = "publish_offer";

  core::OfferId offer;
  Model model = Model::Pamm;
  std::string currency;
  OfferTerms terms;
  // The version before this one; each has one successor at most. Absent: a first version.
  std::optional<core::OfferId> supersedes = {};

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "offer", self.offer);
    field(2, "model", self.model);
    field(3, "currency", self.currency);
    field(4, "terms", self.terms);
    field(5, "supersedes", self.supersedes);
  }
};

// The authorisation decision on a manager, taken by hand on documents. Needs an approver.
struct RecordDecision {
  static constexpr std::string_view kType = "record_decision";

  core::DecisionId decision;
  core::PartyId manager;
  Model model = Model::Pamm;
  Jurisdiction jurisdiction = Jurisdiction::Cysec;
  Verdict verdict = Verdict::Allow;
  core::Instant valid_from;
  core::Instant valid_until;
  core::Hash document;  // SHA-256 of the evidence.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "decision", self.decision);
    field(2, "manager", self.manager);
    field(3, "model", self.model);
    field(4, "jurisdiction", self.jurisdiction);
    field(5, "verdict", self.verdict);
    field(6, "valid_from", self.valid_from);
    field(7, "valid_until", self.valid_until);
    field(8, "document", self.document);
  }
};

// Opens a pool (PAMM) or a group of accounts (MAM) under a manager.
struct OpenStructure {
  static constexpr std::string_view kType = "open_structure";

  core::StructureId structure;
  core::PartyId manager;
  core::OfferId offer;
  Jurisdiction jurisdiction = Jurisdiction::Cysec;
  std::optional<core::PartyId>
      manager_client;  // The manager's own capital: this client's, free of fees. He signs a
                       // mandate as every client where the gate has rules.
  std::optional<std::string>
      server;  // Platform server whose deals are imported; then balances are reconciled.
  // Whose marks are used: one of the manager's, new or not. Absent: one of the structure's own.
  std::optional<core::StrategyId> strategy = {};
  bool imported = false;  // Investors are migrated into it, on the terms they had.
  // A pool over client sub-accounts: each client's money is his own in law. Absent: it is pooled.
  bool segregated = false;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "manager", self.manager);
    field(3, "offer", self.offer);
    field(4, "jurisdiction", self.jurisdiction);
    field(5, "manager_client", self.manager_client);
    field(6, "server", self.server);
    field(7, "strategy", self.strategy);
    field(8, "imported", self.imported);
    field(9, "segregated", self.segregated);
  }
};

// The strategy whose marks a structure uses.
inline core::StrategyId strategy_of(const OpenStructure& opened) {
  return opened.strategy.value_or(core::StrategyId{opened.structure.bytes});
}

// A client accepts the mandate and the offer of a structure.
struct AcceptMandate {
  static constexpr std::string_view kType = "accept_mandate";

  core::StructureId structure;
  core::PartyId client;
  core::Hash document;  // SHA-256 of the signed mandate.
  // The version he was shown: refused if it is not the structure's any more. Absent: the current.
  std::optional<core::OfferId> offer = {};
  std::vector<core::PartyId> signed_by = {};  // Joint and corporate clients: which of the holders.
  // The link that he followed, by its id or by its signed token.
  std::optional<LinkId> link = {};
  std::optional<std::string> token = {};
  std::optional<MandateTerms> terms = {};

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "client", self.client);
    field(3, "document", self.document);
    field(4, "offer", self.offer);
    field(5, "signed_by", self.signed_by);
    field(6, "link", self.link);
    field(7, "token", self.token);
    field(8, "terms", self.terms);
  }
};

}  // namespace engine
