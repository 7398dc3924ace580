#pragma once

#include <optional>
#include <string_view>

#include "engine/retention_commands.h"

// Records of holds, of longer retention and of ended relationships.
namespace engine {

// The subject of the hold is the record's subject, and the document its document.
struct HoldPlaced {
  static constexpr std::uint64_t kKind = 88;
  static constexpr std::string_view kName = "hold_placed";

  HoldId hold;
  std::optional<core::PartyId> subject;
  core::Hash document;
  HoldBasis basis = HoldBasis::Other;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "hold", self.hold);
    field(2, "subject", self.subject);
    field(3, "document", self.document);
    field(4, "basis", self.basis);
  }
};

struct HoldReleased {
  static constexpr std::uint64_t kKind = 89;
  static constexpr std::string_view kName = "hold_released";

  HoldId hold;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "hold", self.hold);
  }
};

struct RetentionExtended {
  static constexpr std::uint64_t kKind = 90;
  static constexpr std::string_view kName = "retention_extended";

  RecordClass record_class = RecordClass::Other;
  std::uint64_t years = 0;
  CountedFrom counted_from = CountedFrom::Record;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "record_class", self.record_class);
    field(2, "years", self.years);
    field(3, "counted_from", self.counted_from);
  }
};

// It ended when the record took effect.
struct RelationshipEnded {
  static constexpr std::uint64_t kKind = 93;
  static constexpr std::string_view kName = "relationship_ended";

  core::PartyId party;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "party", self.party);
  }
};

// --- What the engine remembers of them. ---

// A hold that was not released.
struct StandingHold {
  std::optional<core::PartyId> subject;  // Absent: everything.
  core::Hash document;
  HoldBasis basis = HoldBasis::Other;
  core::Instant placed_at;
  std::uint64_t seq = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "subject", self.subject);
    field(2, "document", self.document);
    field(3, "basis", self.basis);
    field(4, "placed_at", self.placed_at);
    field(5, "seq", self.seq);
  }
};

// The firm's own longest rule of a class, counted in one way.
struct RetentionExtension {
  RetentionExtended rule;
  core::Instant recorded_at;
  std::uint64_t seq = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "rule", self.rule);
    field(2, "recorded_at", self.recorded_at);
    field(3, "seq", self.seq);
  }
};

// Said last of a party. Business that is recorded later takes it back.
struct RelationshipEnd {
  core::Instant ended_at;
  std::uint64_t seq = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "ended_at", self.ended_at);
    field(2, "seq", self.seq);
  }
};

}  // namespace engine
