#include <algorithm>
#include <array>

#include "core/identifiers/country_names.h"
#include "gateway/screening/dates.h"
#include "gateway/screening/formats.h"
#include "gateway/screening/nodes.h"
#include "gateway/screening/rows.h"

namespace gateway::screening {
namespace {

using core::names::IdentifierKind;
using core::names::Kind;

constexpr std::string_view kReportDate = "Report Date:";

// The parts of a name in the order in which it is spoken: Name 6 is the surname, or a body's name.
constexpr auto kNameParts =
    std::to_array<std::string_view>({"Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Name 6"});
constexpr auto kXmlNameParts =
    std::to_array<std::string_view>({"Name1", "Name2", "Name3", "Name4", "Name5", "Name6"});

core::Result<Kind> kind_of(std::string_view text, std::uint64_t line) {
  if (text == "Individual") return Kind::Person;
  if (text == "Entity") return Kind::Organisation;
  if (text == "Ship") return Kind::Thing;
  return bad_row(line, "\"" + std::string(text) + "\" is no Individual, Entity or Ship.");
}

// "Primary Name", "Primary Name Variation", "Alias", "AKA", "FKA".
NameKind name_kind_of(std::string_view text) {
  if (text.starts_with("Primary") || text.starts_with("primary")) return NameKind::Primary;
  return text == "FKA" ? NameKind::Former : NameKind::Alias;
}

bool is_weak(std::string_view strength) {
  return strength == "Weak" || strength == "weak" || strength == "Low quality a.k.a" ||
         strength == "Low";
}

void add_measures(Entry& entry, std::string_view imposed) {
  for (const std::string& measure : parts_of(imposed, "|;,")) add_measure(entry, measure);
  entry.freezes = std::ranges::any_of(entry.measures, [](const std::string& measure) {
    return measure.starts_with("Asset freeze") || measure.starts_with("Asset Freeze");
  });
}

// "(1) A123 (2) B456": where a part's number stands; at the end if it does not.
std::size_t find_number(std::string_view text, int number, std::size_t from) {
  return std::min(text.find("(" + std::to_string(number) + ")", from), text.size());
}

// What one cell says: several numbers stand in it numbered, or with marks or line ends between.
void add_each_of(Entry& entry, IdentifierKind kind, std::string_view cell) {
  const std::string_view marks = kind == IdentifierKind::Website ? ";,|\n\r\t " : ";,|\n\r";
  const bool numbered = find_number(cell, 1, 0) == 0;
  std::string_view rest = cell;
  for (int number = 2; !rest.empty(); ++number) {
    const std::size_t end = numbered ? find_number(rest, number, 1) : rest.size();
    std::string_view part = rest.substr(0, end);
    if (numbered) part.remove_prefix(part.find(')') + 1);
    for (const std::string& one : parts_of(part, marks)) add_identifier(entry, kind, one);
    rest.remove_prefix(end);
  }
}

struct Names {
  std::string_view column;
  IdentifierKind kind;
};

constexpr auto kUkNumbers = std::to_array<Names>({
    {"National Identifier number", IdentifierKind::NationalId},
    {"National Identification Number", IdentifierKind::NationalId},
    {"Passport number", IdentifierKind::Passport},
    {"Passport Number", IdentifierKind::Passport},
    {"Business registration number (s)", IdentifierKind::Registration},
    {"IMO number", IdentifierKind::Imo},
    {"Website", IdentifierKind::Website},
    {"Phone number", IdentifierKind::Phone},
    {"Email address", IdentifierKind::Email},
});

// A row's parts that both tables have.
core::Result<> read_particulars(const RowReader& row, const Columns& columns,
                                std::string_view birth_column,
                                const core::identifiers::Countries& countries, Entry& entry) {
  std::string text;
  for (const std::string_view part : kNameParts) text += std::string(columns.of(row, part)) + " ";
  const bool weak =
      is_weak(columns.of(row, "Alias strength")) || is_weak(columns.of(row, "Alias Quality"));
  const std::string_view type = columns.of(row, "Name type");
  add_name(entry, {text, name_kind_of(type.empty() ? columns.of(row, "Alias Type") : type), weak});
  for (const std::string_view native : {"Name non-latin script", "Name Non-Latin Script"}) {
    add_name(entry, {std::string(columns.of(row, native)), NameKind::OriginalScript, false});
  }
  TRY(const auto birth, at_line(birth_of(columns.of(row, birth_column)), row.line()));
  if (birth) add_birth(entry, *birth);
  for (const auto& [column, kind] : kUkNumbers) add_each_of(entry, kind, columns.of(row, column));
  for (const std::string_view column : {"Nationality(/ies)", "Nationality"}) {
    for (const std::string& part : parts_of(columns.of(row, column), "/,;()")) {
      add_country(entry, countries.code_of(part));
    }
  }
  entry.particulars.gender = gender_of(columns.of(row, "Gender"));
  return core::ok();
}

core::Result<Entry> uk_row(const RowReader& row, const Columns& columns,
                           const core::identifiers::Countries& countries) {
  Entry entry;
  entry.line = row.line();
  entry.id = columns.of(row, "Unique ID");
  if (entry.id.empty()) return bad_row(entry.line, "The row has no Unique ID.");
  const std::string_view type = columns.of(row, "Designation Type");
  TRY(entry.kind,
      kind_of(type.empty() ? columns.of(row, "Individual, Entity, Ship") : type, entry.line));
  TRY(read_particulars(row, columns, "D.O.B", countries, entry));
  entry.programme = columns.of(row, "Regime Name");
  add_measures(entry, columns.of(row, "Sanctions Imposed"));
  TRY(entry.listed, at_line(day_of(columns.of(row, "Date Designated")), entry.line));
  return entry;
}

core::Result<Entry> conlist_row(const RowReader& row, const Columns& columns,
                                const core::identifiers::Countries& countries) {
  Entry entry;
  entry.line = row.line();
  entry.id = columns.of(row, "Group ID");
  if (entry.id.empty()) return bad_row(entry.line, "The row has no Group ID.");
  TRY(entry.kind, kind_of(columns.of(row, "Group Type"), entry.line));
  TRY(read_particulars(row, columns, "DOB", countries, entry));
  entry.programme = columns.of(row, "Regime");
  entry.freezes = true;  // All of its targets are.
  TRY(entry.listed, at_line(day_of(columns.of(row, "Listed On")), entry.line));
  return entry;
}

std::string text_with(const Node& node, std::span<const std::string_view> parts) {
  std::string text;
  for (const std::string_view part : parts) text += std::string(node.text_of(part)) + " ";
  return text;
}

void add_all(Entry& entry, const Node& node, std::string_view name, IdentifierKind kind) {
  for (const Node* const one : node.all(name)) add_each_of(entry, kind, one->text);
}

core::Result<> read_individual(const Node& node, const core::identifiers::Countries& countries,
                               Entry& entry) {
  for (const Node* const birth : node.all("DOB")) {
    TRY(const auto date, at_line(birth_of(birth->text), birth->line));
    if (date) add_birth(entry, *date);
  }
  for (const Node* const nationality : node.all("Nationality")) {
    for (const std::string& part : parts_of(nationality->text, "/,;()")) {
      add_country(entry, countries.code_of(part));
    }
  }
  for (const Node* const gender : node.all("Gender")) {
    entry.particulars.gender = gender_of(gender->text);
  }
  return core::ok();
}

core::Result<Entry> designation_of(const Node& node,
                                   const core::identifiers::Countries& countries) {
  Entry entry;
  entry.line = node.line;
  entry.id = trimmed(node.text_of("UniqueID"));
  if (entry.id.empty()) return bad_row(entry.line, "The designation has no UniqueID.");
  TRY(entry.kind, kind_of(trimmed(node.text_of("IndividualEntityShip")), entry.line));
  if (const Node* const names = node.child("Names")) {
    for (const Node& name : names->children) {
      add_name(entry, {text_with(name, kXmlNameParts), name_kind_of(name.text_of("NameType")),
                       is_weak(name.text_of("AliasStrength"))});
    }
  }
  for (const Node* const name : node.all("NameNonLatinScript")) {
    add_name(entry, {name->text, NameKind::OriginalScript, false});
  }
  TRY(read_individual(node, countries, entry));
  add_all(entry, node, "PassportNumber", IdentifierKind::Passport);
  add_all(entry, node, "NationalIdentifierNumber", IdentifierKind::NationalId);
  add_all(entry, node, "BusinessRegistrationNumber", IdentifierKind::Registration);
  add_all(entry, node, "IMONumber", IdentifierKind::Imo);
  add_all(entry, node, "EmailAddress", IdentifierKind::Email);
  add_all(entry, node, "Website", IdentifierKind::Website);
  add_all(entry, node, "PhoneNumber", IdentifierKind::Phone);
  entry.programme = trimmed(node.text_of("RegimeName"));
  add_measures(entry, node.text_of("SanctionsImposed"));
  TRY(entry.listed, at_line(day_of(node.text_of("DateDesignated")), entry.line));
  return entry;
}

core::Error not_uk(std::uint64_t line) {
  return bad_file(line, "The file has no header of the UK Sanctions List.");
}

}  // namespace

core::Result<FileFacts> read_uk_csv(Source file, const Take& take) {
  static constexpr auto kWanted = std::to_array<std::string_view>(
      {"Unique ID", "Name 6", "Name 1", "Name type", "Alias strength", "Regime Name",
       "Sanctions Imposed", "Date Designated"});
  const core::identifiers::Countries countries;
  RowReader rows(std::move(file), ',');
  FileFacts facts;
  TRY(bool more, rows.next());
  if (more && rows.fields().front().starts_with(kReportDate)) {
    const std::string_view first = rows.fields().front();
    TRY(facts.date, at_line(day_of(first.substr(kReportDate.size())), rows.line()));
    TRY(more, rows.next());
  }
  if (!more) return not_uk(rows.line());
  TRY(const auto columns, Columns::read(rows, kWanted));
  while (true) {
    TRY(more, rows.next());
    if (!more) return facts;
    TRY(columns.check(rows));
    TRY(auto entry, uk_row(rows, columns, countries));
    TRY(take(std::move(entry)));
  }
}

core::Result<FileFacts> read_uk_conlist(Source file, const Take& take) {
  static constexpr auto kWanted = std::to_array<std::string_view>(
      {"Name 6", "Name 1", "DOB", "Group Type", "Alias Type", "Regime", "Listed On", "Group ID"});
  const core::identifiers::Countries countries;
  RowReader rows(std::move(file), ',');
  TRY(bool more, rows.next());
  if (!more || rows.fields().size() < 2 || rows.fields()[0] != "Last Updated") {
    return bad_file(1, "The list must begin with the line \"Last Updated\" and a date.");
  }
  FileFacts facts;
  TRY(facts.date, at_line(day_of(rows.fields()[1]), rows.line()));
  if (facts.date > kConListEnd) {
    return core::conflict("list_closed", "line 1",
                          "The consolidated list ended on 28 January 2026; take the UK Sanctions "
                          "List.");
  }
  TRY(more, rows.next());
  if (!more) return not_uk(rows.line());
  TRY(const auto columns, Columns::read(rows, kWanted));
  while (true) {
    TRY(more, rows.next());
    if (!more) return facts;
    TRY(columns.check(rows));
    TRY(auto entry, conlist_row(rows, columns, countries));
    TRY(take(std::move(entry)));
  }
}

core::Result<FileFacts> read_uk_xml(Source file, const Take& take) {
  const core::identifiers::Countries countries;
  core::XmlReader reader(std::move(file));
  TRY(root_of(reader, "Designations"));
  FileFacts facts;
  while (true) {
    TRY(auto start, next_of(reader, {"DateGenerated", "Designation"}));
    if (start.kind == core::XmlEvent::Kind::Finished) return facts;
    TRY(const auto node, read_node(reader, std::move(start)));
    if (node.name == "DateGenerated") {
      TRY(facts.date, at_line(day_of(node.text), node.line));
      continue;
    }
    TRY(auto entry, designation_of(node, countries));
    TRY(take(std::move(entry)));
  }
}

}  // namespace gateway::screening
