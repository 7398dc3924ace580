#pragma once

#include <optional>
#include <string_view>

#include "engine/partner_terms.h"

// Commands that say who is paid by what.
namespace engine {

// A version of a programme, in force from an instant on. Versions never change; deals keep the one
// of their time.
struct PublishProgramme {
  static constexpr std::string_view kType = "publish_programme";

  ProgrammeId programme;
  core::Instant from;
  std::string currency;
  ProgrammeTerms terms;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "programme", self.programme);
    field(2, "from", self.from);
    field(3, "currency", self.currency);
    field(4, "terms", self.terms);
  }
};

// Puts a partner, or a manager, under a programme.
struct AssignProgramme {
  static constexpr std::string_view kType = "assign_programme";

  core::PartyId partner;
  ProgrammeId programme;
  core::Instant from;
  // His part of what the programme pays, in a tree by difference and for a part above 0 to 1; all
  // of it if absent.
  std::optional<core::Decimal> share;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "partner", self.partner);
    field(2, "programme", self.programme);
    field(3, "from", self.from);
    field(4, "share", self.share);
  }
};

// Who stands above a partner, from an instant on; nobody if the parent is absent.
struct SetPartnerParent {
  static constexpr std::string_view kType = "set_partner_parent";

  core::PartyId partner;
  std::optional<core::PartyId> parent;
  core::Instant from;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "partner", self.partner);
    field(2, "parent", self.parent);
    field(3, "from", self.from);
  }
};

// Sets a partner's share by the volume of a window of his programme, from an instant on.
struct EvaluatePartner {
  static constexpr std::string_view kType = "evaluate_partner";

  core::PartyId partner;
  core::Date to;  // The first day after the window.
  core::Instant from;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "partner", self.partner);
    field(2, "to", self.to);
    field(3, "from", self.from);
  }
};

// Whose client somebody is, from an instant on.
struct AttributeClient {
  static constexpr std::string_view kType = "attribute_client";

  core::PartyId client;
  core::PartyId partner;
  core::Instant from;
  bool self =
      false;  // The partner himself, or somebody as near: the same papers, device or bank account.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "client", self.client);
    field(2, "partner", self.partner);
    field(3, "from", self.from);
    field(4, "self", self.self);
  }
};

}  // namespace engine
