#include <array>
#include <charconv>

#include "core/identifiers/country_names.h"
#include "gateway/screening/dates.h"
#include "gateway/screening/formats.h"
#include "gateway/screening/nodes.h"

namespace gateway::screening {
namespace {

using core::names::IdentifierKind;
using core::names::Kind;

constexpr auto kUnNameParts =
    std::to_array<std::string_view>({"FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME"});

int year_of(std::string_view text) {
  int year = 0;
  const std::string plain = trimmed(text);
  std::from_chars(plain.data(), plain.data() + plain.size(), year);
  return year;
}

core::Result<> read_un_birth(const Node& node, Entry& entry) {
  const int from = year_of(node.text_of("FROM_YEAR"));
  const int to = year_of(node.text_of("TO_YEAR"));
  if (from > 0 && to >= from) {
    add_birth(entry, {from, to, 0, 0});
    return core::ok();
  }
  const std::string_view date = node.text_of("DATE");
  TRY(auto birth, at_line(birth_of(date.empty() ? node.text_of("YEAR") : date), node.line));
  if (!birth) return core::ok();
  if (trimmed(node.text_of("TYPE_OF_DATE")) == "APPROXIMATELY") {
    *birth = {birth->year_from - kCircaYears, birth->year_to + kCircaYears, 0, 0};
  }
  add_birth(entry, *birth);
  return core::ok();
}

void read_alias(const Node& node, Entry& entry) {
  const std::string quality = trimmed(node.text_of("QUALITY"));
  const NameKind kind = quality == "f.k.a." ? NameKind::Former : NameKind::Alias;
  for (const std::string& name : parts_of(node.text_of("ALIAS_NAME"), ";")) {
    add_name(entry, {name, kind, quality == "Low"});
  }
}

IdentifierKind document_kind_of(std::string_view type) {
  if (type.starts_with("Passport")) return IdentifierKind::Passport;
  return type.starts_with("National") ? IdentifierKind::NationalId : IdentifierKind::Document;
}

core::Result<Entry> entry_of(const Node& node, const core::identifiers::Countries& countries) {
  Entry entry;
  entry.line = node.line;
  entry.kind = node.name == "INDIVIDUAL" ? Kind::Person : Kind::Organisation;
  entry.id = trimmed(node.text_of("REFERENCE_NUMBER"));
  if (entry.id.empty()) return bad_row(entry.line, "The record has no REFERENCE_NUMBER.");
  std::string name;
  for (const std::string_view part : kUnNameParts) name += std::string(node.text_of(part)) + " ";
  add_name(entry, {name, NameKind::Primary, false});
  add_name(entry,
           {std::string(node.text_of("NAME_ORIGINAL_SCRIPT")), NameKind::OriginalScript, false});
  for (const Node& child : node.children) {
    if (child.name == "INDIVIDUAL_ALIAS" || child.name == "ENTITY_ALIAS") read_alias(child, entry);
    if (child.name == "INDIVIDUAL_DATE_OF_BIRTH") {
      TRY(read_un_birth(child, entry));
    }
    if (child.name == "INDIVIDUAL_DOCUMENT") {
      add_identifier(entry, document_kind_of(child.text_of("TYPE_OF_DOCUMENT")),
                     child.text_of("NUMBER"));
    }
    if (child.name == "NATIONALITY") {
      for (const Node* const value : child.all("VALUE")) {
        add_country(entry, countries.code_of(value->text));
      }
    }
  }
  entry.particulars.gender = gender_of(node.text_of("GENDER"));
  entry.programme = trimmed(node.text_of("UN_LIST_TYPE"));
  add_measure(entry, "Asset freeze");
  entry.freezes = true;
  TRY(entry.listed, at_line(day_of(node.text_of("LISTED_ON")), entry.line));
  return entry;
}

}  // namespace

core::Result<FileFacts> read_un_xml(Source file, const Take& take) {
  const core::identifiers::Countries countries;
  core::XmlReader reader(std::move(file));
  TRY(const auto root, root_of(reader, "CONSOLIDATED_LIST"));
  FileFacts facts;
  TRY(facts.date, at_line(day_of(root.attribute("dateGenerated")), 1));
  while (true) {
    TRY(auto start, next_of(reader, {"INDIVIDUAL", "ENTITY"}));
    if (start.kind == core::XmlEvent::Kind::Finished) return facts;
    TRY(const auto node, read_node(reader, std::move(start)));
    TRY(auto entry, entry_of(node, countries));
    TRY(take(std::move(entry)));
  }
}

}  // namespace gateway::screening
