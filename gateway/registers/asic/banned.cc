#include <utility>

#include "gateway/registers/answer.h"
#include "gateway/registers/asic/asic.h"
#include "gateway/registers/asic/columns.h"
#include "gateway/registers/asic/lists.h"
#include "gateway/registers/words.h"

namespace gateway::registers::asic {
namespace {

using engine::Evidence;
using engine::Fact;

core::Result<BannedPerson> person_of(const Row& row) {
  BannedPerson person;
  person.line = row.line;
  person.name = plain(row.fields[1]);
  person.type = plain(row.fields[2]);
  person.document_number = plain(row.fields[3]);
  TRY(person.from, day_in(row, 4, kBannedPersonColumns[4]));
  TRY(person.to, day_in(row, 5, kBannedPersonColumns[5]));
  person.locality = plain(row.fields[6]);
  person.state = plain(row.fields[7]);
  person.country = plain(row.fields[9]);
  person.comments = plain(row.fields[10]);
  return person;
}

core::Result<BannedOrganisation> organisation_of(const Row& row) {
  BannedOrganisation organisation;
  organisation.line = row.line;
  organisation.acn = plain(row.fields[1]);
  organisation.name = plain(row.fields[2]);
  organisation.type = plain(row.fields[3]);
  TRY(organisation.from, day_in(row, 5, kBannedOrganisationColumns[5]));
  TRY(organisation.to, day_in(row, 6, kBannedOrganisationColumns[6]));
  organisation.comment = plain(row.fields[7]);
  return organisation;
}

template <class Banned, class Read>
core::Result<core::Hash> read_all(std::istream& file, TableForm form,
                                  std::span<const std::string_view> columns, const Read& read,
                                  const std::function<core::Result<>(const Banned&)>& take) {
  TableReader table(file, form);
  TRY(table.header(columns));
  Row row;
  while (true) {
    TRY(const bool any, table.next(row));
    if (!any) return table.digest();
    TRY(const Banned banned, read(row));
    TRY(take(banned));
  }
}

// The rows of one person differ by address alone: the same ban is one fact.
void add_ban(Evidence& evidence, Fact fact, std::uint64_t line) {
  arrange(fact);
  if (fact.from && fact.to && *fact.to < *fact.from) {
    doubt(evidence, at_line(line) + ": the ban ends before it begins.");
  }
  add_once(evidence, std::move(fact));
}

}  // namespace

core::Result<core::Hash> read_banned_persons(
    std::istream& file, const std::function<core::Result<>(const BannedPerson&)>& take) {
  return read_all<BannedPerson>(file, TableForm::Comma, kBannedPersonColumns, person_of, take);
}

core::Result<core::Hash> read_banned_organisations(
    std::istream& file, const std::function<core::Result<>(const BannedOrganisation&)>& take) {
  return read_all<BannedOrganisation>(file, TableForm::Tab, kBannedOrganisationColumns,
                                      organisation_of, take);
}

core::Result<Evidence> read_banned_person(std::istream& file, std::string_view document) {
  const std::string wanted = plain(document);
  if (wanted.empty()) return wrong_reference("", "Name the document's number.");
  Evidence evidence = list_evidence(wanted);
  const auto take = [&](const BannedPerson& person) {
    if (person.document_number != wanted) return core::ok();
    Fact fact;
    fact.name = "asic.banned_person";
    put(fact, "document_number", wanted);
    put(fact, "type", person.type);
    fact.from = person.from;
    fact.to = person.to;
    add_ban(evidence, std::move(fact), person.line);
    return core::ok();
  };
  TRY(const core::Hash digest, read_banned_persons(file, take));
  evidence.documents.push_back(digest);
  return evidence;
}

core::Result<Evidence> read_banned_organisation(std::istream& file, std::string_view acn) {
  const std::string wanted = bare_number(acn);
  if (wanted.empty()) return wrong_reference("", "An ACN is digits.");
  Evidence evidence = list_evidence(wanted);
  const auto take = [&](const BannedOrganisation& organisation) {
    if (bare_number(organisation.acn) != wanted) return core::ok();
    Fact fact;
    fact.name = "asic.banned_organisation";
    put(fact, "acn", organisation.acn);
    put(fact, "organisation_name", organisation.name);
    put(fact, "type", organisation.type);
    fact.from = organisation.from;
    fact.to = organisation.to;
    add_ban(evidence, std::move(fact), organisation.line);
    return core::ok();
  };
  TRY(const core::Hash digest, read_banned_organisations(file, take));
  evidence.documents.push_back(digest);
  return evidence;
}

}  // namespace gateway::registers::asic
