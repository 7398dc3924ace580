#include "gateway/access/access_log.h"

#include <algorithm>
#include <set>

#include "core/files.h"
#include "engine/access/decide.h"
#include "gateway/access/subjects.h"

namespace gateway::access {
namespace {

constexpr std::size_t kReferenceBytesMax = 64;
// No question that was answered is longer.
constexpr std::size_t kQueryBytesMax = 8192;

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}
bool is_name_character(char c) { return is_word(c) || c == '.' || c == '_' || c == '-'; }
bool is_reference_character(char c) { return is_name_character(c) || c == ':' || c == '/'; }

core::Error bad_purpose() {
  std::string known;
  for (const auto name : core::EnumNames<engine::Purpose>::names) {
    known += (known.empty() ? "" : ", ") + std::string(name);
  }
  return core::invalid("purpose", "purpose",
                       "Give one of " + known +
                           ", and behind a space, if there is one, the reference of the case: 1 to "
                           "64 letters, digits and . _ : / -");
}

// The subjects that an answer shows, those of the question first.
struct Found {
  std::vector<ledger::SubjectId> subjects;
  std::set<ledger::SubjectId> seen;
  std::uint64_t size = 0;  // Of the book.
  bool all = true;         // Nobody was left out.

  void add(const std::vector<ledger::SubjectId>& more) {
    for (const ledger::SubjectId& id : more) {
      if (seen.insert(id).second) subjects.push_back(id);
    }
  }
};

// Of whom an issued statement is, as text.
core::Result<std::string> parties_of(service::ReadableBook& book, const core::ReportId& id) {
  std::string text;
  TRY(book.read_state([&](const engine::State& state) -> core::Result<> {
    const auto report = state.reports.find(id);
    if (report == state.reports.end()) return core::ok();
    if (report->second.client) text += report->second.client->hex() + " ";
    if (report->second.structure) text += report->second.structure->hex();
    return core::ok();
  }));
  return text;
}

core::Result<Found> find_subjects(service::ReadableBook& book, const Question& question,
                                  const std::string& query, const Given& given) {
  Found found;
  std::string asked_text = query;
  if (question.report) {
    TRY(const std::string parties, parties_of(book, *question.report));
    asked_text += " " + parties;
  }
  TRY(book.read([&](const service::BookView& view) -> core::Result<> {
    found.size = view.size;
    TRY(const auto asked, subjects_in(view, asked_text));
    found.add(asked);
    if (question.seq) {
      TRY(const auto of_record, subjects_of(view, *question.seq));
      found.add(of_record);
    }
    if (question.subject) {
      TRY(const auto beside, subjects_beside(view, *question.subject, found.all));
      found.add(beside);
    }
    TRY(const auto shown, subjects_in(view, given.text));
    found.add(shown);
    return core::ok();
  }));
  return found;
}

}  // namespace

core::Result<Why> parse_purpose(std::string_view text) {
  Why why;
  if (text.empty()) return why;
  const std::size_t space = text.find(' ');
  const std::string_view word = text.substr(0, space);
  const auto& names = core::EnumNames<engine::Purpose>::names;
  const auto found = std::ranges::find(names, word);
  if (found == names.end()) return bad_purpose();
  why.purpose = static_cast<engine::Purpose>(found - names.begin());
  if (space == std::string_view::npos) return why;
  const std::string_view reference = text.substr(space + 1);
  const bool is_good = !reference.empty() && reference.size() <= kReferenceBytesMax &&
                       std::ranges::all_of(reference, is_reference_character);
  if (!is_good) return bad_purpose();
  why.reference = std::string(reference);
  return why;
}

std::string without_names(std::string_view text, const FindName& find) {
  std::string out;
  while (!text.empty()) {
    const std::size_t at = text.find('@');
    out += text.substr(0, at);
    if (at == std::string_view::npos) return out;
    text.remove_prefix(at + 1);
    const auto end = std::ranges::find_if_not(text, is_name_character);
    const std::string_view name = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    const auto id = find("@" + std::string(name));
    out += id ? core::to_hex(id.value()) : "@?";
    text.remove_prefix(name.size());
  }
  return out;
}

std::uint64_t entries_in(const core::json::Value& answer) {
  for (const std::string_view name : {"records", "lines", "balances", "accounts", "reads",
                                      "classes", "proposals", "people", "periods", "rules"}) {
    const core::json::Value* list = answer.find(name);
    if (list != nullptr && list->as_array() != nullptr) return list->as_array()->size();
  }
  return 1;
}

core::Result<std::unique_ptr<AccessLog>> AccessLog::open(const service::Folder& folder,
                                                         core::Clock& clock) {
  if (!core::file_exists(folder.access())) return std::unique_ptr<AccessLog>();
  TRY(auto spool, spool::Spool::open(folder.access_spool()));
  return std::unique_ptr<AccessLog>(new AccessLog(std::move(spool), clock));
}

core::Result<> AccessLog::put_down(service::ReadableBook* book, const FindName& find,
                                   const Reader& reader, std::string_view purpose,
                                   const Question& question, const Given& given) {
  TRY(Why why, parse_purpose(purpose));
  engine::RecordRead command;
  engine::Reading& reading = command.reading;
  reading.query = without_names(question.query, find).substr(0, kQueryBytesMax);
  Found found;
  if (book != nullptr) {
    TRY(found, find_subjects(*book, question, reading.query, given));
  }
  const auto& subjects = found.subjects;
  reading.size = found.size;
  reading.at = clock_.now();
  reading.actor = reader.actor;
  reading.authentication = reader.authentication;
  reading.face = reader.face;
  reading.purpose = why.purpose;
  reading.reference = std::move(why.reference);
  reading.question = question.name;
  reading.records = given.records;
  reading.subjects = subjects.size();
  reading.bulk = question.bulk || !found.all || subjects.size() > engine::access::kShownMax;
  const std::size_t named =
      std::min(subjects.size(), engine::access::kShownMax - (reading.bulk ? 1 : 0));
  for (std::size_t i = 0; i < named; ++i) command.shown.push_back({subjects[i]});
  TRY(spool_->append(core::to_cbor(command)));
  if (on_reading_) on_reading_();
  return core::ok();
}

}  // namespace gateway::access
