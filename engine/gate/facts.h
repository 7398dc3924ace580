#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "engine/gate/until.h"
#include "engine/gate_state.h"

// What the evidence of one party says about a fact on a day, and why it does not.
namespace engine::gate {

// What is asked, and as of when.
struct Asking {
  core::Instant as_of;  // The state of the world.
  const std::vector<SourceAge>& ages;
  const std::vector<GateInstrument>& instruments;
  const std::string& residence;  // Of the client; empty if no client is meant.
};

// Why a need is not met. The later in the list, the nearer it was to being met.
enum class Lack {
  NoEvidence,     // Nothing was recorded that could say it.
  NotFound,       // The source does not know the party.
  NotShown,       // The source was read in full and does not say so.
  CouldNotAsk,    // The newest call failed.
  UnknownAsAt,    // It is so in a later answer that does not say since when.
  Ended,          // It was so until a day, or begins on one.
  Ending,         // It is so until a day, and the rule asks for one without an end.
  Incomplete,     // Not all of the source was read.
  Stale,          // It was so, too long ago.
  Changed,        // A person said so, and what he looked at is not the same any more.
  Expired,        // The evidence says how long it is good, and that is over.
  NotUnderstood,  // It may be so; there are words that a person must read.
  Contradictory,  // One source says so and another does not.
};

// The slug of a lack, as it stands in records.
std::string_view slug_of(Lack lack);
// One sentence for people.
std::string_view explain(Lack lack);

struct Found {
  std::optional<Lack> lack;         // Absent: the need is met.
  Until until;                      // Met: from when on it may be no more. Absent: no end.
  std::set<std::uint64_t> records;  // The evidence that was looked at.
};

// Whether the evidence meets a need. Only the newest answer of a source about a reference counts
// that was given by `as_of`; of a later one only what it dates. Days are UTC's.
//
// Guarantees: missing, failed, partial, stale, expired, ended and unclear evidence never meets one.
Found find_fact(std::span<const HeldEvidence> evidence, const FactNeed& need, const Asking& asking);

// Whether anything stands against the party: the other way about, so that old, partial and unclear
// evidence counts too, and only what has ended does not.
Found find_adverse(std::span<const HeldEvidence> evidence, const FactNeed& need,
                   const Asking& asking);

}  // namespace engine::gate
