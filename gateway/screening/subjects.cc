#include "gateway/screening/subjects.h"

#include <algorithm>
#include <array>
#include <set>

#include "core/byte_order_mark.h"
#include "core/identifiers/countries.h"
#include "core/json.h"
#include "core/utf8.h"
#include "gateway/screening/dates.h"

namespace gateway::screening {
namespace {

using core::json::Value;
using core::names::IdentifierKind;
using core::names::Kind;

core::Error bad_subject(std::string_view member, std::string detail) {
  return core::invalid("subject", std::string(member), std::move(detail));
}

core::Result<Kind> kind_from(std::string_view word) {
  if (word.empty() || word == "person") return Kind::Person;
  if (word == "organisation") return Kind::Organisation;
  if (word == "thing") return Kind::Thing;
  return bad_subject("kind", "It is person, organisation or thing.");
}

core::Result<> add_subject_identifier(const Value& value, Subject& subject) {
  const std::string_view word = value.text("kind");
  for (int i = 0; i <= static_cast<int>(IdentifierKind::Email); ++i) {
    const auto kind = static_cast<IdentifierKind>(i);
    if (core::names::identifier_kind_name(kind) != word) continue;
    std::string clean = core::names::clean_identifier(kind, value.text("value"));
    if (clean.empty()) return bad_subject("identifiers", "The value tells nobody apart.");
    subject.particulars.identifiers.push_back({kind, std::move(clean)});
    return core::ok();
  }
  return bad_subject("identifiers", "There is no kind \"" + std::string(word) + "\".");
}

core::Result<> add_text(std::string_view member, const std::string& text, Subject& subject) {
  if (member == "names") {
    if (text.size() > core::names::kNameBytesMax) {
      return bad_subject(member, "A name is longer than 1000 bytes.");
    }
    if (trimmed(text).empty()) return bad_subject(member, "A name is empty.");
    if (!core::is_utf8(text)) return bad_subject(member, "A name is UTF-8.");
    if (!core::names::has_letters(text)) {
      return bad_subject(member, "A name has no letter: nobody could be found by it.");
    }
    subject.names.push_back(text);
  } else if (member == "countries") {
    if (text.size() != 2 || (!core::identifiers::is_country(text) && text != "XK")) {
      return bad_subject(member, "A country is two capital letters of ISO 3166-1.");
    }
    subject.particulars.countries.push_back(text);
  } else {
    TRY(const auto birth, birth_of(text));
    if (birth) subject.particulars.births.push_back(*birth);
  }
  return core::ok();
}

core::Result<> read_list_member(std::string_view member, const Value& value, Subject& subject) {
  const core::json::Array* const items = value.as_array();
  if (items == nullptr) return bad_subject(member, "It is a list.");
  for (const Value& item : *items) {
    if (member == "identifiers") {
      TRY(add_subject_identifier(item, subject));
      continue;
    }
    if (item.as_string() == nullptr) return bad_subject(member, "It is a list of texts.");
    TRY(add_text(member, *item.as_string(), subject));
  }
  return core::ok();
}

core::Result<> read_member(const core::json::Member& member, Subject& subject) {
  static constexpr auto kLists =
      std::to_array<std::string_view>({"names", "birth_dates", "countries", "identifiers"});
  const auto& [name, value] = member;
  if (std::ranges::find(kLists, name) != kLists.end()) {
    return read_list_member(name, value, subject);
  }
  const std::string* const text = value.as_string();
  if (text == nullptr) return bad_subject(name, "It is a text.");
  if (name == "id") {
    subject.id = *text;
  } else if (name == "kind") {
    TRY(subject.kind, kind_from(*text));
  } else if (name == "gender") {
    subject.particulars.gender = gender_of(*text);
    const bool known = subject.particulars.gender != core::names::Gender::Unknown;
    if (!known) return bad_subject(name, "It is male or female.");
  } else {
    return bad_subject(name, "There is no such member.");
  }
  return core::ok();
}

// Reads lines from a source, one at a time.
class Lines {
 public:
  explicit Lines(const Source& file) : file_(file) {}

  // False at the end.
  core::Result<bool> next(std::string& line) {
    line.clear();
    ++number_;
    while (true) {
      const std::string_view rest = std::string_view(buffer_).substr(at_);
      const std::size_t end = rest.find('\n');
      line += rest.substr(0, end);
      if (line.size() > kSubjectBytesMax) return bad_subject("", "The line is too long.");
      if (end != rest.npos) {
        at_ += end + 1;
        return true;
      }
      TRY(const bool more, refill());
      if (!more) return !line.empty();
    }
  }
  std::uint64_t number() const { return number_; }

 private:
  core::Result<bool> refill() {
    buffer_.resize(kBufferBytes);
    TRY(const std::size_t got, file_(buffer_));
    buffer_.resize(got);
    at_ = 0;
    return got > 0;
  }

  static constexpr std::size_t kBufferBytes = std::size_t{1} << 16;

  const Source& file_;
  std::string buffer_;
  std::size_t at_ = 0;
  std::uint64_t number_ = 0;
};

}  // namespace

core::Result<Subject> subject_of(std::string_view line) {
  TRY(const Value value, core::json::parse(line));
  if (value.as_object() == nullptr) return bad_subject("", "The line is no object.");
  Subject subject;
  for (const auto& member : *value.as_object()) {
    TRY(read_member(member, subject));
  }
  if (subject.id.empty()) return bad_subject("id", "Say who it is.");
  if (subject.names.empty()) return bad_subject("names", "Give a name at least.");
  return subject;
}

core::Result<std::vector<Subject>> read_subjects(const Source& file) {
  std::vector<Subject> subjects;
  std::set<std::string> ids;
  Lines lines(file);
  std::string line;
  while (true) {
    TRY(const bool more, at_line(lines.next(line), lines.number()));
    if (!more) break;
    if (lines.number() == 1 && line.starts_with(core::kByteOrderMark)) {
      line.erase(0, core::kByteOrderMark.size());
    }
    if (trimmed(line).empty()) continue;
    TRY(Subject subject, at_line(subject_of(line), lines.number()));
    if (!ids.insert(subject.id).second) {
      return at_line(core::Result<std::vector<Subject>>(
                         bad_subject("id", "\"" + subject.id + "\" stands twice.")),
                     lines.number());
    }
    subjects.push_back(std::move(subject));
  }
  if (subjects.empty()) return bad_subject("", "The file names nobody.");
  return subjects;
}

}  // namespace gateway::screening
