#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "engine/values.h"

// Commands by which structures and investors move from one version of an offer to the next. Source:
// docs/accounting.md, "Offers".
namespace engine {

// Who joins from now on gets a later version; who is in keeps his.
struct ChangeOffer {
  static constexpr std::string_view kType = "change_offer";

  core::StructureId structure;
  core::OfferId offer;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "offer", self.offer);
  }
};

// An investor consents to the structure's current version; it takes over at the next rollover.
struct ConsentToOffer {
  static constexpr std::string_view kType = "consent_to_offer";

  core::StructureId structure;
  core::PartyId client;
  core::OfferId offer;
  core::Hash document;                   // SHA-256 of what he signed.
  std::vector<core::PartyId> signed_by;  // Joint and corporate clients: which of the holders.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "client", self.client);
    field(3, "offer", self.offer);
    field(4, "document", self.document);
    field(5, "signed_by", self.signed_by);
  }
};

// Everybody gets a later version without being asked, because no term is worse for anybody.
struct ImproveOffer {
  static constexpr std::string_view kType = "improve_offer";

  core::StructureId structure;
  core::OfferId offer;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "offer", self.offer);
  }
};

}  // namespace engine
