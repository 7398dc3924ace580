#include "ledger/invariants/subjects_consecutive.h"

#include <algorithm>
#include <string>

namespace ledger::invariants {

const SubjectsConsecutive::Last* SubjectsConsecutive::find(const SubjectId& id) const {
  const auto found = last_.find(id);
  return found == last_.end() ? nullptr : &found->second;
}

SubjectLink SubjectsConsecutive::next(const SubjectId& id) const {
  const Last* last = find(id);
  if (last == nullptr) return {id, 1, std::nullopt};
  return {id, last->count + 1, last->seq};
}

core::Result<> SubjectsConsecutive::check(const RecordView& record) {
  for (auto link = record.subjects.begin(); link != record.subjects.end(); ++link) {
    const bool twice = std::find_if(record.subjects.begin(), link, [&](const SubjectLink& other) {
                         return other.id == link->id;
                       }) != link;
    if (!twice && *link == next(link->id)) continue;
    return core::corrupt("subject", "seq " + std::to_string(record.seq),
                         "Subject " + core::to_hex(link->id) +
                             (twice ? " stands twice in the record."
                                    : " does not continue from its previous record."));
  }
  for (const SubjectLink& link : record.subjects) last_[link.id] = Last{link.count, record.seq};
  return core::ok();
}

void SubjectsConsecutive::forget(const SubjectLink& link,
                                 std::optional<std::uint64_t> previous_seq) {
  if (previous_seq) {
    last_[link.id] = Last{link.count - 1, *previous_seq};
  } else {
    last_.erase(link.id);
  }
}

}  // namespace ledger::invariants
