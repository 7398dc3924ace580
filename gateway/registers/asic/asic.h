#pragma once

#include <functional>
#include <istream>
#include <string>
#include <string_view>

#include "engine/gate_values.h"

// ASIC's lists at data.gov.au: licensees, their representatives, banned persons and organisations.
// Source: datasets "ASIC - AFS Licensee", "ASIC - AFS Authorised Representative", "ASIC - Banned
// and Disqualified Persons" and "... Organisations"; docs/registers.md, "ASIC".
namespace gateway::registers::asic {

// All of them read the file row by row, to its end, so that its digest is the evidence's document.
// A number is compared without the zeros in front of it.
//
// Errors of all: InvalidInput/register_table at the line; InvalidInput/register_date at the line
// and
//                column; InvalidInput/register_reference at the line, for a number that is none.

// A licence and its conditions. The list has current licences alone and no status: a suspended one
// may stand in it, so a person confirms it at ASIC Connect (a remark says so).
// Errors: InvalidInput/identifier_* if the number is none.
core::Result<engine::Evidence> read_licensee(std::istream& file, std::string_view afsl);

// An authorised representative; there is one row for each licensee he was appointed by.
core::Result<engine::Evidence> read_representative(std::istream& file, std::string_view number);

// A row of the list of banned people. Names are for screening alone: no fact has them.
struct BannedPerson {
  std::uint64_t line = 0;
  std::string name;  // "FAMILY, Given names", as printed.
  std::string type;
  std::string document_number;
  std::optional<core::Date> from;
  std::optional<core::Date> to;  // Absent: permanent, or open.
  std::string locality;
  std::string state;
  std::string country;
  std::string comments;
};

struct BannedOrganisation {
  std::uint64_t line = 0;
  std::string acn;
  std::string name;
  std::string type;
  std::optional<core::Date> from;
  std::optional<core::Date> to;
  std::string comment;
};

// Give each row to `take` (an error of its ends the reading) and then the file's digest. The same
// person stands in a row for each address: these are all given.
core::Result<core::Hash> read_banned_persons(
    std::istream& file, const std::function<core::Result<>(const BannedPerson&)>& take);
core::Result<core::Hash> read_banned_organisations(
    std::istream& file, const std::function<core::Result<>(const BannedOrganisation&)>& take);

// What the list says of a document number, or of a company's ACN.
core::Result<engine::Evidence> read_banned_person(std::istream& file, std::string_view document);
core::Result<engine::Evidence> read_banned_organisation(std::istream& file, std::string_view acn);

// Which of the lists a file is, by its first line.
enum class List { Licensees, Representatives, BannedPersons, BannedOrganisations };
// Leaves the file at its beginning. Errors: InvalidInput/register_table if it is none of them.
core::Result<List> which_list(std::istream& file);

}  // namespace gateway::registers::asic
