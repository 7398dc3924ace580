#include <charconv>

#include "core/identifiers/country_names.h"
#include "gateway/screening/dates.h"
#include "gateway/screening/formats.h"
#include "gateway/screening/nodes.h"

namespace gateway::screening {
namespace {

using core::names::BirthDate;
using core::names::IdentifierKind;
using core::names::Kind;

// 0 if it is no number.
int eu_number(std::string_view text) {
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number > 0 ? number : 0;
}

IdentifierKind identifier_kind_of(std::string_view code) {
  if (code == "passport") return IdentifierKind::Passport;
  if (code == "id" || code == "ssn") return IdentifierKind::NationalId;
  if (code == "fiscalcode" || code == "tin") return IdentifierKind::TaxNumber;
  if (code == "regnumber") return IdentifierKind::Registration;
  if (code == "imo") return IdentifierKind::Imo;
  return IdentifierKind::Document;
}

void read_name(const Node& node, Entry& entry) {
  std::string text(node.attribute("wholeName"));
  if (text.empty()) {
    for (const std::string_view part : {"firstName", "middleName", "lastName"}) {
      text += std::string(node.attribute(part)) + " ";
    }
  }
  const bool weak = node.attribute("strong") == "false";
  // The first is the name under which it is listed.
  const NameKind kind = entry.names.empty() ? NameKind::Primary : NameKind::Alias;
  add_name(entry, {std::move(text), kind, weak});
  if (entry.particulars.gender == core::names::Gender::Unknown) {
    entry.particulars.gender = gender_of(node.attribute("gender"));
  }
}

core::Result<> read_birth(const Node& node, Entry& entry) {
  const int from = eu_number(node.attribute("yearRangeFrom"));
  const int to = eu_number(node.attribute("yearRangeTo"));
  if (from > 0 && to >= from) {
    add_birth(entry, {from, to, 0, 0});
    return core::ok();
  }
  const int year = eu_number(node.attribute("year"));
  if (year == 0) {
    TRY(const auto date, at_line(birth_of(node.attribute("birthdate")), node.line));
    if (date) add_birth(entry, *date);
    return core::ok();
  }
  TRY(BirthDate birth, at_line(birth_of(year, eu_number(node.attribute("monthOfYear")),
                                        eu_number(node.attribute("dayOfMonth"))),
                               node.line));
  if (node.attribute("circa") == "true") {
    birth = {birth.year_from - kCircaYears, birth.year_to + kCircaYears, 0, 0};
  }
  add_birth(entry, birth);
  return core::ok();
}

core::Result<Entry> entity_of(const Node& node, const core::identifiers::Countries& countries) {
  Entry entry;
  entry.line = node.line;
  entry.id = node.attribute("euReferenceNumber");
  if (entry.id.empty()) entry.id = node.attribute("logicalId");
  if (entry.id.empty()) return bad_row(entry.line, "The entity has no reference number.");
  const Node* const type = node.child("subjectType");
  if (type == nullptr) return bad_row(entry.line, "The entity has no subjectType.");
  const std::string_view code = type->attribute("code");
  if (code != "person" && code != "enterprise") {
    return bad_row(entry.line, "\"" + std::string(code) + "\" is no person or enterprise.");
  }
  entry.kind = code == "person" ? Kind::Person : Kind::Organisation;
  for (const Node& child : node.children) {
    if (child.name == "nameAlias") read_name(child, entry);
    if (child.name == "birthdate") {
      TRY(read_birth(child, entry));
    }
    if (child.name == "citizenship") {
      add_country(entry, countries.code_of(child.attribute("countryIso2Code")));
    }
    if (child.name == "identification") {
      const auto kind = identifier_kind_of(child.attribute("identificationTypeCode"));
      add_identifier(entry, kind, child.attribute("number"));
      add_identifier(entry, kind, child.attribute("latinNumber"));
    }
    if (child.name == "regulation" && entry.programme.empty()) {
      entry.programme = child.attribute("programme");
    }
  }
  add_measure(entry, "Asset freeze");
  entry.freezes = true;
  TRY(entry.listed, at_line(day_of(node.attribute("designationDate")), entry.line));
  return entry;
}

}  // namespace

core::Result<FileFacts> read_eu_xml(Source file, const Take& take) {
  const core::identifiers::Countries countries;
  core::XmlReader reader(std::move(file));
  TRY(const auto root, root_of(reader, "export"));
  FileFacts facts;
  TRY(facts.date, at_line(day_of(root.attribute("generationDate")), 1));
  while (true) {
    TRY(auto start, next_of(reader, {"sanctionEntity"}));
    if (start.kind == core::XmlEvent::Kind::Finished) return facts;
    TRY(const auto node, read_node(reader, std::move(start)));
    TRY(auto entry, entity_of(node, countries));
    TRY(take(std::move(entry)));
  }
}

}  // namespace gateway::screening
