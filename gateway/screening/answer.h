#pragma once

#include <optional>

#include "core/json.h"
#include "gateway/screening/index.h"

// What is said of a screening, so that it can be kept as evidence: which versions of which lists,
// who was looked for, and each entry that somebody may be, with why, or was and is not any more.
namespace gateway::screening {

// A list as it is screened.
struct Screened {
  List list;                     // Only the entries that are looked at.
  std::size_t entries = 0;       // Of the whole list.
  std::optional<Delta> changes;  // Since the version before, if there is one.
  std::string before_date;
  core::Hash before_digest;
  List gone;  // The version before, only the entries that were changed or removed since.
};

// All entries; with a version before, those alone that it has not or has otherwise.
Screened screened_since(List list, std::optional<List> before);

// "0.912".
std::string score_text(int score);

core::json::Value to_json(const Screened& screened);
core::json::Value to_json(const Match& match, const Subject& subject,
                          const std::vector<List>& lists);

// What each subject may have been in the versions before and is not any more: the matches with the
// changed and removed entries (`old`, against the lists `before`, one for each of `lists`) whose
// entry he does not match now (`found`).
std::vector<std::vector<Match>> cleared(std::vector<std::vector<Match>> old,
                                        const std::vector<List>& before,
                                        const std::vector<std::vector<Match>>& found,
                                        const std::vector<List>& lists);

}  // namespace gateway::screening
