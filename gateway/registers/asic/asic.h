#pragma once

#include <functional>
#include <istream>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/gate_values.h"
#include "gateway/registers/answer.h"

// ASIC's lists at data.gov.au: licensees, their representatives, banned persons and organisations.
// Source: datasets "ASIC - AFS Licensee", "ASIC - AFS Authorised Representative", "ASIC - Banned
// and Disqualified Persons" and "... Organisations"; docs/registers.md, "ASIC".
namespace gateway::registers::asic {

// All of them read the file row by row, to its end, so that its digest is the evidence's document.
// A number is compared without the zeros in front of it, a document's without its "#".
//
// Errors of all: InvalidInput/register_table at the line; InvalidInput/register_date at the line
//                and column; InvalidInput/register_reference at the line, for a number that is
//                none.

// A licence and its conditions. The list has current licences alone and no status: a suspended one
// may stand in it, so a person confirms it at ASIC Connect (a remark says so).
// Errors: InvalidInput/identifier_* if the number is none.
core::Result<engine::Evidence> read_licensee(std::istream& file, std::string_view afsl);

// An authorised representative; there is one row for each licensee he was appointed by.
core::Result<engine::Evidence> read_representative(std::istream& file, std::string_view number);

// A row of the list of banned people. Names are for screening alone: no fact has them.
struct BannedPerson {
  std::string place;  // "line 12"
  std::string name;   // "FAMILY, Given names", as printed.
  std::string type;
  std::string document_number;
  std::optional<core::Date> from;
  std::optional<core::Date> to;  // Absent: permanent, or open.
  std::string ending;            // What stands in the place of a last day: "Permanent banning".
  std::string locality;
  std::string state;
  std::string country;
  std::string comments;
};

struct BannedOrganisation {
  std::string place;
  std::string acn;
  std::string name;
  std::string type;
  std::optional<core::Date> from;
  std::optional<core::Date> to;
  std::string ending;
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

// By the name that a person gives: "licensees", "representatives", "banned_persons",
// "banned_organisations".
std::optional<List> list_named(std::string_view name);
std::vector<std::string> list_names();

// What is asked of data.gov.au about a number: the list's resource, in which column, and the number
// in each form that the list may write it in, the likeliest first.
struct Question {
  std::string resource;
  std::string_view column;
  std::vector<std::string> forms;
  bool every_form = false;  // A ban that has ended must not hide one in another form that stands.
};
// Errors: those of the list's reader for a number that is none.
core::Result<Question> question_of(List list, std::string_view reference);

// Whether the file begins as an answer of data.gov.au and no list does. Leaves it at its beginning.
bool is_answer(std::istream& file);

// The answers of data.gov.au (CKAN, datastore_search) about one number, all pages, in any order.
// Which list it is they say themselves; with `list` they must be of that one. A place is body and
// record. Rows are counted against `total`; that there is none holds if the number was asked for in
// all its forms.
//
// Errors: InvalidInput/json, register_body for what is no such answer, another list's, or has other
//         columns; InvalidInput/register_reference if it was filtered by another number, or if
//         there is no answer; those of the lists.
core::Result<engine::Evidence> read_answers(std::string_view reference,
                                            std::span<const Answer> answers,
                                            std::optional<List> list = std::nullopt);

}  // namespace gateway::registers::asic
