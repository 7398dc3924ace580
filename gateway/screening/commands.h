#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/time.h"
#include "gateway/screening/index.h"

// A screening as the commands that record it (docs/commands.md).
namespace gateway::screening {

// Name and version of what compares: docs/decisions/0034-name-matching.md.
inline constexpr std::string_view kMatcher = "names/2";

// An entry's digest: SHA-256 of all that its list says of it, in whatever order. Who was released
// from an entry is looked at again when it changes.
core::Hash digest_of(const Entry& entry);

// By what commands name an entry: its id, and of one that is longer than they take a shorter one of
// the same beginning.
inline constexpr std::size_t kEntryNameBytesMax = 64;
std::string entry_name(const std::string& id);

// record_screening_list: the version that all subjects are compared with.
core::json::Value list_command(const List& list, core::Date published, const std::string& actor);

// record_screening: what a list says of a subject, whose id is the party. `found` may hold what
// other lists say.
core::json::Value subject_command(const Subject& subject, const std::vector<Match>& found,
                                  const std::vector<List>& lists, std::size_t list,
                                  const std::string& actor);

}  // namespace gateway::screening
