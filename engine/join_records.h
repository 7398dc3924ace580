#pragma once

#include <string_view>

#include "engine/join_commands.h"

// Records of links by which clients join.
namespace engine {

struct JoinLinkIssued {
  static constexpr std::uint64_t kKind = 140;
  static constexpr std::string_view kName = "join_link_issued";

  IssueJoinLink link;
  std::uint64_t version = 1;  // Of the offer.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "link", self.link);
    field(2, "version", self.version);
  }
};

struct JoinLinkRevoked {
  static constexpr std::uint64_t kKind = 141;
  static constexpr std::string_view kName = "join_link_revoked";

  LinkId link;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "link", self.link);
  }
};

}  // namespace engine
