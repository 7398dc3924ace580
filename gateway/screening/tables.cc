#include <array>

#include "gateway/screening/dates.h"
#include "gateway/screening/formats.h"
#include "gateway/screening/rows.h"

namespace gateway::screening {
namespace {

using core::names::IdentifierKind;
using core::names::Kind;

core::Result<> read_dates(const RowReader& row, const Columns& columns, std::string_view from,
                          std::string_view until, Entry& entry) {
  TRY(entry.listed, at_line(day_of(columns.of(row, from)), row.line()));
  // Words without a digit, such as "Permanent banning", are no last day.
  const std::string_view last = columns.of(row, until);
  if (last.find_first_of("0123456789") == last.npos) return core::ok();
  TRY(entry.until, at_line(day_of(last), row.line()));
  return core::ok();
}

core::Result<Entry> person_of(const RowReader& row, const Columns& columns) {
  Entry entry;
  entry.line = row.line();
  const std::string name(columns.of(row, "BD_PER_NAME"));
  if (name.empty()) return bad_row(entry.line, "The row has no name.");
  add_name(entry, {name, NameKind::Primary, false});
  entry.programme = columns.of(row, "BD_PER_TYPE");
  // A document bans one person from one thing; the same person stands once for each address.
  entry.id = std::string(columns.of(row, "BD_PER_DOC_NUM")) + " " + name;
  add_measure(entry, entry.programme);
  TRY(read_dates(row, columns, "BD_PER_START_DT", "BD_PER_END_DT", entry));
  return entry;
}

core::Result<Entry> organisation_of(const RowReader& row, const Columns& columns) {
  Entry entry;
  entry.kind = Kind::Organisation;
  entry.line = row.line();
  const std::string name(columns.of(row, "BD_ORG_NAME"));
  const std::string number(columns.of(row, "BD_ORG_ACN"));
  if (name.empty()) return bad_row(entry.line, "The row has no name.");
  add_name(entry, {name, NameKind::Primary, false});
  entry.programme = columns.of(row, "BD_ORG_TYPE");
  entry.id = number + " " + name + " " + std::string(columns.of(row, "BD_ORG_START_DT"));
  add_identifier(entry, IdentifierKind::Registration, number);
  add_identifier(entry, IdentifierKind::Website, columns.of(row, "BD_ORG_URL"));
  add_measure(entry, entry.programme);
  TRY(read_dates(row, columns, "BD_ORG_START_DT", "BD_ORG_END_DT", entry));
  return entry;
}

core::Result<FileFacts> read_table(
    Source file, char separator, std::span<const std::string_view> wanted,
    core::Result<Entry> (*entry_of)(const RowReader&, const Columns&), const Take& take) {
  RowReader rows(std::move(file), separator);
  TRY(bool more, rows.next());
  if (!more) return bad_file(1, "The file is empty.");
  TRY(const auto columns, Columns::read(rows, wanted));
  while (true) {
    TRY(more, rows.next());
    if (!more) return FileFacts{};
    TRY(columns.check(rows));
    TRY(auto entry, entry_of(rows, columns));
    TRY(take(std::move(entry)));
  }
}

// "https://a.example | https://b.example".
void add_each(Entry& entry, IdentifierKind kind, std::string_view text) {
  for (const std::string& part : parts_of(text, "|;\n ")) add_identifier(entry, kind, part);
}

bool says_clone(std::string_view text) {
  return text.find("lone") != text.npos &&
         (text.find("Clone") != text.npos || text.find("clone") != text.npos);
}

core::Result<Entry> iscan_of(const RowReader& row, const Columns& columns) {
  Entry entry;
  entry.kind = Kind::Organisation;
  entry.any_kind = true;
  entry.line = row.line();
  entry.id = columns.of(row, "id");
  if (entry.id.empty()) return bad_row(entry.line, "The row has no id.");
  add_name(entry, {std::string(columns.of(row, "commercial_name")), NameKind::Primary, false});
  for (const std::string_view column : {"other_commercial_names", "corporate_names"}) {
    for (const std::string& name : parts_of(columns.of(row, column), "|;\n")) {
      add_name(entry, {name, NameKind::Alias, false});
    }
  }
  for (const std::string_view column : {"url", "other_urls", "domain_name"}) {
    add_each(entry, IdentifierKind::Website, columns.of(row, column));
  }
  entry.programme = trimmed(std::string(columns.of(row, "nca_jurisdiction")) + " " +
                            std::string(columns.of(row, "nca_name")));
  add_measure(entry, columns.of(row, "categories"));
  entry.clone = says_clone(columns.of(row, "categories")) ||
                says_clone(columns.of(row, "categories_detailed"));
  TRY(entry.listed, at_line(day_of(columns.of(row, "validation_date")), entry.line));
  return entry;
}

core::Result<Entry> warning_of(const RowReader& row, const Columns& columns) {
  Entry entry;
  entry.kind = Kind::Organisation;
  entry.any_kind = true;
  entry.line = row.line();
  entry.programme = columns.of(row, "authority");
  entry.id = entry.programme + " " + std::string(columns.of(row, "reference"));
  if (entry.programme.empty() || columns.of(row, "reference").empty()) {
    return bad_row(entry.line, "A warning needs its authority and a reference.");
  }
  const std::string_view clone = columns.of(row, "clone");
  if (clone != "yes" && clone != "no") return bad_row(entry.line, "clone is yes or no.");
  entry.clone = clone == "yes";
  add_name(entry, {std::string(columns.of(row, "name")), NameKind::Primary, false});
  add_each(entry, IdentifierKind::Website, columns.of(row, "website"));
  for (const std::string& phone : parts_of(columns.of(row, "phone"), "|;")) {
    add_identifier(entry, IdentifierKind::Phone, phone);
  }
  add_measure(entry, "Warning");
  TRY(entry.listed, at_line(day_of(columns.of(row, "date")), entry.line));
  return entry;
}

}  // namespace

core::Result<FileFacts> read_asic_persons(Source file, const Take& take) {
  static constexpr auto kWanted = std::to_array<std::string_view>(
      {"REGISTER_NAME", "BD_PER_NAME", "BD_PER_TYPE", "BD_PER_DOC_NUM", "BD_PER_START_DT",
       "BD_PER_END_DT", "BD_PER_ADD_COUNTRY", "BD_PER_COMMENTS"});
  return read_table(std::move(file), ',', kWanted, person_of, take);
}

core::Result<FileFacts> read_asic_organisations(Source file, const Take& take) {
  static constexpr auto kWanted =
      std::to_array<std::string_view>({"REGISTER_NAME", "BD_ORG_ACN", "BD_ORG_NAME", "BD_ORG_TYPE",
                                       "BD_ORG_START_DT", "BD_ORG_END_DT", "BD_ORG_COMMENT"});
  return read_table(std::move(file), '\t', kWanted, organisation_of, take);
}

core::Result<FileFacts> read_iscan(Source file, const Take& take) {
  static constexpr auto kWanted = std::to_array<std::string_view>(
      {"id", "commercial_name", "nca_name", "nca_jurisdiction", "validation_date"});
  return read_table(std::move(file), ',', kWanted, iscan_of, take);
}

core::Result<FileFacts> read_warnings(Source file, const Take& take) {
  static constexpr auto kWanted = std::to_array<std::string_view>(
      {"authority", "reference", "name", "website", "phone", "clone", "date"});
  return read_table(std::move(file), ',', kWanted, warning_of, take);
}

}  // namespace gateway::screening
