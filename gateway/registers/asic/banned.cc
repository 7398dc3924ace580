#include <optional>
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

// The last day of a ban. Words without a digit, such as "Permanent banning", are no day: the ban is
// open, and what stands there is kept.
core::Result<> read_end(const Row& row, std::size_t column, std::string_view name,
                        std::optional<core::Date>& to, std::string& ending) {
  const std::string text = plain(row.fields[column]);
  if (text.find_first_of("0123456789") == std::string::npos) {
    ending = text;
    return core::ok();
  }
  TRY(to, day_in(row, column, name));
  return core::ok();
}

core::Result<BannedPerson> person_of(const Row& row) {
  BannedPerson person;
  person.place = at_row(row);
  person.name = plain(row.fields[kBannedName]);
  person.type = plain(row.fields[2]);
  person.document_number = plain(row.fields[kBannedDocument]);
  TRY(person.from, day_in(row, 4, kBannedPersonColumns[4]));
  TRY(read_end(row, 5, kBannedPersonColumns[5], person.to, person.ending));
  person.locality = plain(row.fields[6]);
  person.state = plain(row.fields[7]);
  person.country = plain(row.fields[9]);
  person.comments = plain(row.fields[10]);
  return person;
}

core::Result<BannedOrganisation> organisation_of(const Row& row) {
  BannedOrganisation organisation;
  organisation.place = at_row(row);
  organisation.acn = plain(row.fields[kBannedAcn]);
  organisation.name = plain(row.fields[2]);
  organisation.type = plain(row.fields[3]);
  TRY(organisation.from, day_in(row, 5, kBannedOrganisationColumns[5]));
  TRY(read_end(row, 6, kBannedOrganisationColumns[6], organisation.to, organisation.ending));
  organisation.comment = plain(row.fields[7]);
  return organisation;
}

template <class Banned, class Read>
core::Result<> take_all(const Rows& rows, const Read& read,
                        const std::function<core::Result<>(const Banned&)>& take) {
  Row row;
  while (true) {
    TRY(const bool any, rows(row));
    if (!any) return core::ok();
    TRY(const Banned banned, read(row));
    TRY(take(banned));
  }
}

template <class Banned, class Read>
core::Result<core::Hash> read_all(List list, std::istream& file, const Read& read,
                                  const std::function<core::Result<>(const Banned&)>& take) {
  const Reading& reading = reading_of(list);
  TableReader table(file, reading.form);
  TRY(table.header(reading.columns));
  TRY(take_all<Banned>([&table](Row& row) { return table.next(row); }, read, take));
  return table.digest();
}

// The rows of one person differ by address alone: the same ban is one fact.
void add_ban(Evidence& evidence, Fact fact, const std::string& place) {
  arrange(fact);
  if (fact.from && fact.to && *fact.to < *fact.from) {
    doubt(evidence, place + ": the ban ends before it begins.");
  }
  add_once(evidence, std::move(fact));
}

}  // namespace

core::Result<core::Hash> read_banned_persons(
    std::istream& file, const std::function<core::Result<>(const BannedPerson&)>& take) {
  return read_all<BannedPerson>(List::BannedPersons, file, person_of, take);
}

core::Result<core::Hash> read_banned_organisations(
    std::istream& file, const std::function<core::Result<>(const BannedOrganisation&)>& take) {
  return read_all<BannedOrganisation>(List::BannedOrganisations, file, organisation_of, take);
}

core::Result<std::string> wanted_document(std::string_view document) {
  std::string wanted = plain(document);
  if (bare_document(wanted).empty()) return wrong_reference("", "Name the document's number.");
  return wanted;
}

core::Result<> add_banned_person(const Rows& rows, Evidence& evidence) {
  const std::string wanted = bare_document(evidence.reference);
  return take_all<BannedPerson>(rows, person_of, [&](const BannedPerson& person) {
    if (bare_document(person.document_number) != wanted) return core::ok();
    Fact fact;
    fact.name = "asic.banned_person";
    put(fact, "document_number", person.document_number);
    put(fact, "type", person.type);
    put(fact, "ending", person.ending);
    fact.from = person.from;
    fact.to = person.to;
    add_ban(evidence, std::move(fact), person.place);
    return core::ok();
  });
}

core::Result<Evidence> read_banned_person(std::istream& file, std::string_view document) {
  return read_listed(List::BannedPersons, file, document);
}

core::Result<std::string> wanted_acn(std::string_view acn) {
  std::string wanted = bare_number(acn);
  if (wanted.empty()) return wrong_reference("", "An ACN is digits.");
  return wanted;
}

core::Result<> add_banned_organisation(const Rows& rows, Evidence& evidence) {
  const std::string& wanted = evidence.reference;
  return take_all<BannedOrganisation>(rows, organisation_of,
                                      [&](const BannedOrganisation& organisation) {
                                        if (bare_number(organisation.acn) != wanted)
                                          return core::ok();
                                        Fact fact;
                                        fact.name = "asic.banned_organisation";
                                        put(fact, "acn", organisation.acn);
                                        put(fact, "organisation_name", organisation.name);
                                        put(fact, "type", organisation.type);
                                        put(fact, "ending", organisation.ending);
                                        fact.from = organisation.from;
                                        fact.to = organisation.to;
                                        add_ban(evidence, std::move(fact), organisation.place);
                                        return core::ok();
                                      });
}

core::Result<Evidence> read_banned_organisation(std::istream& file, std::string_view acn) {
  return read_listed(List::BannedOrganisations, file, acn);
}

}  // namespace gateway::registers::asic
