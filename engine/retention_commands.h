#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "core/fields.h"

// Commands about how long records and what belongs to them are kept. Source:
// docs/decisions/0023-retention-and-holds.md.
namespace engine {

using HoldId = core::Id<struct HoldTag>;

// What records are, in the words of retention rules. Order is stored: append only.
enum class RecordClass {
  Identity,     // Who a client or manager is.
  Agreement,    // Mandates, structures, offers, decisions.
  Transaction,  // Orders, deals, requests, valuations, allocations, fees, rebates.
  Accounting,   // Money and entries.
  Report,       // Statements that were issued.
  Oversight,    // What is recorded about the keeping of the book itself.
  Other,        // Kinds that this program does not know: every rule is applied to them.
};
inline constexpr std::size_t kRecordClasses = 7;

// From when on a period runs.
enum class CountedFrom {
  Record,           // The day it was recorded.
  YearEnd,          // The last day of the calendar year in which it was recorded.
  RelationshipEnd,  // The day the relationship with the subject ended.
};

// Why a hold was placed, coarsely: details are in the document.
enum class HoldBasis { Litigation, Regulator, TaxAudit, Investigation, Complaint, Other };

// Nothing of the subject may be erased until the hold is released, whatever the rules say.
struct PlaceHold {
  static constexpr std::string_view kType = "place_hold";

  HoldId hold;
  std::optional<core::PartyId> subject;  // A client, manager or structure; absent: everything.
  core::Hash document;                   // The order or decision that it rests on.
  HoldBasis basis = HoldBasis::Other;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "hold", self.hold);
    field(2, "subject", self.subject);
    field(3, "document", self.document);
    field(4, "basis", self.basis);
  }
};

struct ReleaseHold {
  static constexpr std::string_view kType = "release_hold";

  HoldId hold;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "hold", self.hold);
  }
};

// The firm keeps a class of records longer than the law asks. Never shorter: the longest rule
// counts.
struct ExtendRetention {
  static constexpr std::string_view kType = "extend_retention";

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

// The relationship with a client or manager ended, at the command's effective_at.
struct EndRelationship {
  static constexpr std::string_view kType = "end_relationship";

  core::PartyId party;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "party", self.party);
  }
};

}  // namespace engine

template <>
struct core::EnumNames<engine::RecordClass> {
  static constexpr std::array<std::string_view, engine::kRecordClasses> names = {
      "identity", "agreement", "transaction", "accounting", "report", "oversight", "other"};
};
template <>
struct core::EnumNames<engine::CountedFrom> {
  static constexpr std::array<std::string_view, 3> names = {"record", "year_end",
                                                            "relationship_end"};
};
template <>
struct core::EnumNames<engine::HoldBasis> {
  static constexpr std::array<std::string_view, 6> names = {
      "litigation", "regulator", "tax_audit", "investigation", "complaint", "other"};
};
