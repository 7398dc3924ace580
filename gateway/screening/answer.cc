#include "gateway/screening/answer.h"

#include <algorithm>
#include <set>
#include <utility>

#include "core/bytes.h"
#include "gateway/screening/commands.h"

namespace gateway::screening {
namespace {

using core::json::Array;
using core::json::Object;
using core::json::Value;

Array texts(const std::vector<std::string>& values) {
  Array out;
  for (const std::string& value : values) out.emplace_back(value);
  return out;
}

Array aligned(const core::names::Comparison& comparison) {
  Array out;
  for (const core::names::Aligned& pair : comparison.aligned) {
    out.emplace_back(
        Object{{"subject", pair.left}, {"listed", pair.right}, {"score", score_text(pair.score)}});
  }
  return out;
}

// What the lists say of the entry, as far as they say something.
void add_entry(const Entry& entry, const ListedName* name, Object& out) {
  out.emplace_back("entry", entry.id);
  out.emplace_back("digest", core::to_hex(digest_of(entry).bytes));
  if (name != nullptr) out.emplace_back("listed_name", name->text);
  if (name != nullptr && name->weak) out.emplace_back("weak_name", true);
  if (entry.clone) out.emplace_back("clone", true);
  if (entry.freezes) out.emplace_back("freezes", true);
  if (!entry.programme.empty()) out.emplace_back("programme", entry.programme);
  if (!entry.measures.empty()) out.emplace_back("measures", texts(entry.measures));
  if (!entry.listed.empty()) out.emplace_back("listed", entry.listed);
  if (!entry.until.empty()) out.emplace_back("until", entry.until);
}

}  // namespace

Screened screened_since(List list, std::optional<List> before) {
  Screened out;
  out.entries = list.entries.size();
  if (before) {
    out.changes = delta(*before, list);
    out.before_date = before->date;
    out.before_digest = before->digest;
    const auto is_old = [&](const Entry& entry) {
      return !std::ranges::binary_search(out.changes->added, entry.id) &&
             !std::ranges::binary_search(out.changes->changed, entry.id);
    };
    std::erase_if(list.entries, is_old);
    out.gone = std::move(*before);
    std::erase_if(out.gone.entries, [&](const Entry& entry) {
      return !std::ranges::binary_search(out.changes->removed, entry.id) &&
             !std::ranges::binary_search(out.changes->changed, entry.id);
    });
  }
  out.list = std::move(list);
  return out;
}

std::string score_text(int score) {
  return std::to_string(score / 1000) + "." + std::to_string(1000 + score % 1000).substr(1);
}

Value to_json(const Screened& screened) {
  const List& list = screened.list;
  Object out{{"format", list.format},
             {"date", list.date},
             {"sha256", core::to_hex(list.digest.bytes)},
             {"bytes", static_cast<std::int64_t>(list.bytes)},
             {"entries", static_cast<std::int64_t>(screened.entries)},
             {"repeated", static_cast<std::int64_t>(list.repeated)},
             {"screened", static_cast<std::int64_t>(list.entries.size())}};
  if (screened.changes) {
    out.emplace_back("previous", Object{{"date", screened.before_date},
                                        {"sha256", core::to_hex(screened.before_digest.bytes)}});
    out.emplace_back("added", texts(screened.changes->added));
    out.emplace_back("changed", texts(screened.changes->changed));
    out.emplace_back("removed", texts(screened.changes->removed));
  }
  return out;
}

Value to_json(const Match& match, const Subject& subject, const std::vector<List>& lists) {
  const Entry& entry = lists[match.list].entries[match.entry];
  const ListedName* const name =
      match.name < entry.names.size() ? &entry.names[match.name] : nullptr;
  Object out{{"subject", subject.id},
             {"band", core::names::band_name(match.band)},
             {"score", score_text(match.score)},
             {"list", lists[match.list].format}};
  add_entry(entry, name, out);
  if (!match.subject_name.empty()) {
    out.emplace_back("subject_name", match.subject_name);
    out.emplace_back("aligned", aligned(match.comparison));
    out.emplace_back("subject_only", texts(match.comparison.left_only));
    out.emplace_back("listed_only", texts(match.comparison.right_only));
  }
  out.emplace_back("reasons", texts(match.reasons));
  return out;
}

std::vector<std::vector<Match>> cleared(std::vector<std::vector<Match>> old,
                                        const std::vector<List>& before,
                                        const std::vector<std::vector<Match>>& found,
                                        const std::vector<List>& lists) {
  for (std::size_t i = 0; i < old.size(); ++i) {
    std::set<std::pair<std::size_t, std::string_view>> now;
    for (const Match& match : found[i]) {
      now.emplace(match.list, lists[match.list].entries[match.entry].id);
    }
    std::erase_if(old[i], [&now, &before](const Match& match) {
      return now.contains({match.list, before[match.list].entries[match.entry].id});
    });
  }
  return old;
}

}  // namespace gateway::screening
