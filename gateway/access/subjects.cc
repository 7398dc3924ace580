#include "gateway/access/subjects.h"

#include <algorithm>
#include <set>

#include "core/ids.h"
#include "gateway/service/queries.h"

namespace gateway::access {
namespace {

constexpr std::size_t kIdDigits = 32;
// Of a subject so many records are looked at for those beside it.
constexpr std::uint64_t kRecordsMax = 65'536;

bool is_digit(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

}  // namespace

std::vector<ledger::SubjectId> ids_in(std::string_view text) {
  std::vector<ledger::SubjectId> ids;
  std::set<ledger::SubjectId> seen;
  const char* const end = text.data() + text.size();
  for (const char* at = text.data(); at != end;) {
    const char* const first = std::find_if(at, end, is_digit);
    at = std::find_if_not(first, end, is_digit);
    if (at - first != kIdDigits) continue;
    const auto id = core::parse_id_bytes({first, kIdDigits});
    if (id && seen.insert(id.value()).second) ids.push_back(id.value());
  }
  return ids;
}

core::Result<std::vector<ledger::SubjectId>> subjects_in(const service::BookView& view,
                                                         std::string_view text) {
  std::vector<ledger::SubjectId> subjects;
  for (const ledger::SubjectId& id : ids_in(text)) {
    TRY(const auto last, view.index.last_of_subject(id));
    if (last) subjects.push_back(id);
    if (subjects.size() == kCountedMax) break;
  }
  return subjects;
}

core::Result<std::vector<ledger::SubjectId>> subjects_of(const service::BookView& view,
                                                         std::uint64_t seq) {
  std::vector<ledger::SubjectId> subjects;
  if (seq >= view.size) return subjects;
  TRY(const core::Bytes leaf, service::query_leaf(view, seq));
  ledger::RecordView record;
  TRY(ledger::decode_record(leaf, record));
  for (const ledger::SubjectLink& link : record.subjects) subjects.push_back(link.id);
  return subjects;
}

core::Result<std::vector<ledger::SubjectId>> subjects_beside(const service::BookView& view,
                                                             const ledger::SubjectId& subject,
                                                             bool& all) {
  std::vector<ledger::SubjectId> subjects{subject};
  std::set<ledger::SubjectId> seen{subject};
  std::uint64_t looked_at = 0;
  ledger::index::PageQuery query{0, view.size, 256, ledger::index::Order::Ascending};
  for (all = false; looked_at < kRecordsMax && subjects.size() < kCountedMax;) {
    TRY(const auto page, view.index.subject_records(subject, query));
    for (const std::uint64_t seq : page.entries) {
      TRY(const auto more, subjects_of(view, seq));
      for (const ledger::SubjectId& id : more) {
        if (seen.insert(id).second) subjects.push_back(id);
      }
    }
    looked_at += page.entries.size();
    all = !page.next;
    if (all) break;
    query.from = *page.next;
  }
  return subjects;
}

}  // namespace gateway::access
