#include "gateway/screening/entry.h"

#include <algorithm>

namespace gateway::screening {
namespace {

// What a name and another part take, beside their texts: a name also in the index.
constexpr std::size_t kIndexedNameBytes = 512;
constexpr std::size_t kPartBytes = 64;

core::Error too_large(std::uint64_t line, std::string detail) {
  return core::invalid("list_size", "line " + std::to_string(line), std::move(detail));
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

}  // namespace

core::Error bad_row(std::uint64_t line, std::string detail) {
  return core::invalid("list_row", "line " + std::to_string(line), std::move(detail));
}

core::Error bad_file(std::uint64_t line, std::string detail) {
  return core::invalid("list_file", "line " + std::to_string(line), std::move(detail));
}

std::size_t parts_in(const Entry& entry) {
  return entry.names.size() + entry.particulars.identifiers.size() +
         entry.particulars.births.size() + entry.particulars.countries.size() +
         entry.measures.size();
}

std::size_t bytes_in(const Entry& entry) {
  std::size_t bytes = sizeof(Entry) + entry.id.size() + entry.programme.size();
  for (const ListedName& name : entry.names) bytes += kIndexedNameBytes + name.text.size();
  for (const auto& one : entry.particulars.identifiers) bytes += kPartBytes + one.value.size();
  for (const std::string& one : entry.measures) bytes += kPartBytes + one.size();
  return bytes +
         kPartBytes * (entry.particulars.births.size() + entry.particulars.countries.size());
}

core::Result<> Held::add(std::size_t bytes, std::uint64_t line) {
  bytes_ += bytes;
  if (bytes_ <= kListBytesMax) return core::ok();
  return too_large(line, "The list has more than can be held: about 300,000 names.");
}

core::Result<> Held::add(const Entry& entry) {
  if (parts_in(entry) > kEntryPartsMax) {
    return too_large(entry.line, "An entry has more than 10,000 names, dates and numbers.");
  }
  return add(bytes_in(entry), entry.line);
}

void add_name(Entry& entry, ListedName name) {
  name.text = trimmed(name.text);
  if (name.text.empty()) return;
  const auto known = std::ranges::find(entry.names, name.text, &ListedName::text);
  if (known == entry.names.end()) {
    entry.names.push_back(std::move(name));
  } else {
    known->weak = known->weak && name.weak;
  }
}

void add_identifier(Entry& entry, core::names::IdentifierKind kind, std::string_view text) {
  core::names::Identifier identifier{kind, core::names::clean_identifier(kind, text)};
  auto& all = entry.particulars.identifiers;
  if (identifier.value.empty() || std::ranges::find(all, identifier) != all.end()) return;
  all.push_back(std::move(identifier));
}

void add_country(Entry& entry, std::string_view code) {
  auto& all = entry.particulars.countries;
  if (!code.empty() && std::ranges::find(all, code) == all.end()) all.emplace_back(code);
}

void add_birth(Entry& entry, const core::names::BirthDate& birth) {
  auto& all = entry.particulars.births;
  if (std::ranges::find(all, birth) == all.end()) all.push_back(birth);
}

void add_measure(Entry& entry, std::string_view measure) {
  std::string text = trimmed(measure);
  if (text.empty() || std::ranges::find(entry.measures, text) != entry.measures.end()) return;
  entry.measures.push_back(std::move(text));
}

core::names::Gender gender_of(std::string_view text) {
  const std::string word = trimmed(text);
  if (word == "M" || word == "Male" || word == "male") return core::names::Gender::Male;
  if (word == "F" || word == "Female" || word == "female") return core::names::Gender::Female;
  return core::names::Gender::Unknown;
}

std::string trimmed(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (!is_space(c)) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

std::vector<std::string> parts_of(std::string_view text, std::string_view marks) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(marks), text.size());
    std::string part = trimmed(text.substr(0, end));
    if (!part.empty()) parts.push_back(std::move(part));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

}  // namespace gateway::screening
