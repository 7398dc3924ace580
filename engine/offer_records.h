#pragma once

#include <string_view>

#include "engine/offer_commands.h"

// Records of changes of offers.
namespace engine {

// The version that a structure offers from now on.
struct OfferChanged {
  static constexpr std::uint64_t kKind = 131;
  static constexpr std::string_view kName = "offer_changed";

  core::StructureId structure;
  core::OfferId from;
  core::OfferId offer;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "from", self.from);
    field(3, "offer", self.offer);
  }
};

// An investor's consent. He stays on `from` until the next rollover has charged him under it.
struct OfferConsented {
  static constexpr std::uint64_t kKind = 132;
  static constexpr std::string_view kName = "offer_consented";

  ConsentToOffer consent;
  core::OfferId from;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "consent", self.consent);
    field(2, "from", self.from);
  }
};

// An investor gets a version of which no term is worse for him; as above.
struct OfferImproved {
  static constexpr std::uint64_t kKind = 133;
  static constexpr std::string_view kName = "offer_improved";

  core::StructureId structure;
  core::PartyId client;
  core::OfferId from;
  core::OfferId offer;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "client", self.client);
    field(3, "from", self.from);
    field(4, "offer", self.offer);
  }
};

}  // namespace engine
