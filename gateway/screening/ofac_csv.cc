#include <algorithm>
#include <array>

#include "core/identifiers/country_names.h"
#include "gateway/screening/dates.h"
#include "gateway/screening/formats.h"
#include "gateway/screening/rows.h"

namespace gateway::screening {
namespace {

using core::names::IdentifierKind;
using core::names::Kind;

constexpr std::string_view kNothing = "-0-";
constexpr std::string_view kEndOfFile = "\x1a";  // DOS's mark, with which the files end.
constexpr std::size_t kSdnColumns = 12;
constexpr std::size_t kAltColumns = 5;
constexpr std::size_t kAddColumns = 6;

std::string field(const RowReader& row, std::size_t column) {
  std::string text = trimmed(row.fields()[column]);
  return text == kNothing ? std::string() : text;
}

struct Remark {
  std::string_view begins;
  IdentifierKind kind;
};

constexpr auto kNumbers = std::to_array<Remark>({
    {"Passport ", IdentifierKind::Passport},
    {"National ID No. ", IdentifierKind::NationalId},
    {"Identification Number ", IdentifierKind::NationalId},
    {"Tax ID No. ", IdentifierKind::TaxNumber},
    {"Registration Number ", IdentifierKind::Registration},
    {"Registration ID ", IdentifierKind::Registration},
    {"Vessel Registration Identification IMO ", IdentifierKind::Imo},
    {"Website ", IdentifierKind::Website},
    {"Phone Number ", IdentifierKind::Phone},
    {"Email Address ", IdentifierKind::Email},
});

// What stands behind `begins`, if the remark begins so.
bool begins_with(std::string_view remark, std::string_view begins, std::string_view& rest) {
  if (!remark.starts_with(begins)) return false;
  rest = remark.substr(begins.size());
  return true;
}

core::Result<> read_remark(std::string_view remark, const core::identifiers::Countries& countries,
                           Entry& entry) {
  std::string_view rest;
  if (begins_with(remark, "DOB ", rest) || begins_with(remark, "alt. DOB ", rest)) {
    TRY(const auto birth, at_line(birth_of(rest), entry.line));
    if (birth) add_birth(entry, *birth);
  } else if (begins_with(remark, "nationality ", rest) || begins_with(remark, "citizen ", rest) ||
             begins_with(remark, "alt. nationality ", rest)) {
    add_country(entry, countries.code_of(rest));
  } else if (begins_with(remark, "Gender ", rest)) {
    entry.particulars.gender = gender_of(rest);
  } else if (begins_with(remark, "a.k.a. '", rest) || begins_with(remark, "alt. a.k.a. '", rest)) {
    add_name(entry, {std::string(rest.substr(0, rest.find('\''))), NameKind::Alias, true});
  } else {
    for (const auto& [begins, kind] : kNumbers) {
      // "Passport A1234567 (Iran) expires ...": the number is the first word.
      if (begins_with(remark, begins, rest)) {
        add_identifier(entry, kind, rest.substr(0, rest.find(' ')));
      }
    }
  }
  return core::ok();
}

core::Result<Entry> sdn_of(const RowReader& row, const core::identifiers::Countries& countries) {
  Entry entry;
  entry.line = row.line();
  entry.id = field(row, 0);
  const std::string type = field(row, 2);
  entry.kind = type == "individual"                     ? Kind::Person
               : type == "vessel" || type == "aircraft" ? Kind::Thing
                                                        : Kind::Organisation;
  add_name(entry, {field(row, 1), NameKind::Primary, false});
  entry.programme = field(row, 3);
  std::string remarks = field(row, 11);
  while (remarks.ends_with('.')) remarks.pop_back();
  for (const std::string& remark : parts_of(remarks, ";")) {
    TRY(read_remark(remark, countries, entry));
  }
  add_measure(entry, "Block");
  entry.freezes = true;
  return entry;
}

core::Result<Entry> alt_of(const RowReader& row, const core::identifiers::Countries&) {
  Entry entry;
  entry.line = row.line();
  entry.id = field(row, 0);
  const NameKind kind = field(row, 2) == "fka" ? NameKind::Former : NameKind::Alias;
  add_name(entry, {field(row, 3), kind, false});
  return entry;
}

// Addresses say where somebody lives, not whose citizen he is: only a body's counts.
core::Result<Entry> add_of(const RowReader& row, const core::identifiers::Countries&) {
  Entry entry;
  entry.line = row.line();
  entry.id = field(row, 0);
  return entry;
}

core::Result<FileFacts> read_rows(
    Source file, std::size_t columns,
    core::Result<Entry> (*entry_of)(const RowReader&, const core::identifiers::Countries&),
    const Take& take) {
  const core::identifiers::Countries countries;
  RowReader rows(std::move(file), ',');
  while (true) {
    TRY(const bool more, rows.next());
    if (!more) {
      return bad_file(rows.line(), "The file is cut: it does not end with the mark 0x1A.");
    }
    if (rows.fields().size() == 1 && trimmed(rows.fields().front()) == kEndOfFile) {
      const std::uint64_t line = rows.line();
      TRY(const bool behind, rows.next());
      if (!behind) return FileFacts{};
      return bad_file(line, "The mark 0x1A ends the file, and rows stand behind it.");
    }
    if (rows.fields().size() != columns) {
      return bad_row(rows.line(), "The row must have " + std::to_string(columns) + " fields.");
    }
    const std::string id = field(rows, 0);
    const bool number =
        !id.empty() && std::ranges::all_of(id, [](char c) { return c >= '0' && c <= '9'; });
    if (!number) return bad_row(rows.line(), "The first field must be the entry's number.");
    TRY(auto entry, entry_of(rows, countries));
    TRY(take(std::move(entry)));
  }
}

}  // namespace

core::Result<FileFacts> read_ofac_sdn(Source file, const Take& take) {
  return read_rows(std::move(file), kSdnColumns, sdn_of, take);
}

core::Result<FileFacts> read_ofac_alt(Source file, const Take& take) {
  return read_rows(std::move(file), kAltColumns, alt_of, take);
}

core::Result<FileFacts> read_ofac_add(Source file, const Take& take) {
  return read_rows(std::move(file), kAddColumns, add_of, take);
}

}  // namespace gateway::screening
