#pragma once

#include <string_view>
#include <vector>

#include "gateway/screening/index.h"

namespace gateway::screening {

inline constexpr std::size_t kSubjectBytesMax = std::size_t{1} << 16;

// A subject from a line of JSON: "id", "kind" (person, organisation or thing; person if it is left
// out) and "names"; "birth_dates", "countries" (ISO 3166-1 codes), "identifiers" (each "kind" and
// "value") and "gender" (male or female) may be there.
// Errors: InvalidInput/subject with the member; InvalidInput/json; InvalidInput/name_text.
core::Result<Subject> subject_of(std::string_view line);

// All subjects of JSON Lines; empty lines are left out.
// Errors: those of subject_of() with the line; InvalidInput/subject if a line is longer than
//         kSubjectBytesMax, an id stands twice or there is nobody; what the source gives.
core::Result<std::vector<Subject>> read_subjects(const Source& file);

}  // namespace gateway::screening
