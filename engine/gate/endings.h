#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/gate/until.h"
#include "engine/gate_state.h"
#include "engine/state.h"

// What the gate rests on that has a last day.
namespace engine::gate {

// A fact: one of an evidence's that ends before it. A time rule: the day before it begins, or its
// last. Of a pack and of a time rule nothing is alerted: they stand in the calendar.
enum class EndingOf { Evidence, Signature, Mandate, Suitability, Fact, RulePack, TimeRule };

std::string_view name_of(EndingOf of);

struct Ending {
  EndingOf of = EndingOf::Evidence;
  std::uint64_t seq = 0;  // Of the record that ends; 0: a pack or what stands in it.
  core::Date last_day;
  std::string what;                            // The source and its reference, or the cell.
  std::optional<core::PartyId> party;          // Whose; absent: the firm's, or a signature.
  std::optional<core::StructureId> structure;  // Of a mandate.
};

// All that counts now, what is over already too: not what newer evidence, another signature or a
// revocation has taken the place of. In the order of the kinds, then as recorded or by id.
std::vector<Ending> endings(const State& state);
// The same, of one item of the agenda alone.
std::vector<Ending> endings_of(const GateBook& book, const AgendaItem& item);

// An answer of a register that is to be asked for again.
struct Recheck {
  std::uint64_t seq = 0;
  std::string source;
  std::string reference;
  core::Date due;                      // The last day on which it counts.
  std::optional<core::PartyId> party;  // Absent: the firm.
};

// The newest answers of the firm, and of those managers who have applied or were let begin, by the
// ages of the pack in force; what people captured has a last day of its own. By party, then as
// recorded.
std::vector<Recheck> rechecks(const State& state, core::Instant now);
// The same, by a pack, of the firm (absent) or a party alone that were not said to be due yet; none
// if he is not watched.
std::vector<Recheck> rechecks_of(const GateBook& book, const RulePack& pack,
                                 const std::optional<core::PartyId>& party);

// The last day of the pack in force and the days of its time rules, if they are no more than `days`
// ahead or a rule says that people are told by now. What is over is left out.
std::vector<Ending> rule_endings(const GateBook& book, core::Date today, std::int64_t days);

// The pack in force on a day; null if there is none.
const AdoptedPack* pack_on(const GateBook& book, core::Date day);

}  // namespace engine::gate
