#pragma once

#include <cstdint>
#include <string_view>

#include "engine/programme_commands.h"

// Records of programmes and of who stands where in them.
namespace engine {

struct ProgrammePublished {
  static constexpr std::uint64_t kKind = 225;
  static constexpr std::string_view kName = "programme_published";

  PublishProgramme programme;
  std::uint64_t version = 0;  // From 1 on.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "programme", self.programme);
    field(2, "version", self.version);
  }
};

struct ProgrammeAssigned {
  static constexpr std::uint64_t kKind = 226;
  static constexpr std::string_view kName = "programme_assigned";

  AssignProgramme assignment;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "assignment", self.assignment);
  }
};

struct PartnerParentSet {
  static constexpr std::uint64_t kKind = 227;
  static constexpr std::string_view kName = "partner_parent_set";

  SetPartnerParent link;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "link", self.link);
  }
};

struct ClientAttributed {
  static constexpr std::uint64_t kKind = 228;
  static constexpr std::string_view kName = "client_attributed";

  AttributeClient attribution;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "attribution", self.attribution);
  }
};

}  // namespace engine
