#pragma once

#include <optional>
#include <string_view>

#include "core/fields.h"
#include "core/time.h"

// Commands about links by which clients join a structure. Source: docs/formats/join-link.md.
namespace engine {

using LinkId = core::Id<struct LinkTag>;

// A link to one version of a structure's offer. `tally link` prints its signed token.
struct IssueJoinLink {
  static constexpr std::string_view kType = "issue_join_link";

  LinkId link;
  core::StructureId structure;
  core::OfferId offer;
  std::optional<core::PartyId> partner;  // Who brought the client: his tag goes into the mandate.
  core::Instant expires_at;              // From then on it is refused.
  bool single_use = false;
  std::optional<core::PartyId> client;  // For him alone; for anybody if absent.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "link", self.link);
    field(2, "structure", self.structure);
    field(3, "offer", self.offer);
    field(4, "partner", self.partner);
    field(5, "expires_at", self.expires_at);
    field(6, "single_use", self.single_use);
    field(7, "client", self.client);
  }
};

struct RevokeJoinLink {
  static constexpr std::string_view kType = "revoke_join_link";

  LinkId link;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "link", self.link);
  }
};

}  // namespace engine
