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

// His share follows the volume of the window's days [from, to). A step is counted from 0 on.
struct PartnerEvaluated {
  static constexpr std::uint64_t kKind = 247;
  static constexpr std::string_view kName = "partner_evaluated";

  EvaluatePartner evaluation;
  ProgrammeId programme;
  std::uint64_t version = 0;  // Whose terms count: in force when the window ended.
  core::Date from;
  core::Decimal lots;         // Of his own clients, in the window.
  std::uint64_t reached = 0;  // The step of that volume,
  std::uint64_t before = 0;   // the step that he stood on,
  std::uint64_t after = 0;    // and the one he has now.
  core::Decimal share_before;
  core::Decimal share;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "evaluation", self.evaluation);
    field(2, "programme", self.programme);
    field(3, "version", self.version);
    field(4, "from", self.from);
    field(5, "lots", self.lots);
    field(6, "reached", self.reached);
    field(7, "before", self.before);
    field(8, "after", self.after);
    field(9, "share_before", self.share_before);
    field(10, "share", self.share);
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
