#pragma once

#include <istream>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/time.h"
#include "engine/gate_values.h"
#include "gateway/registers/asic/asic.h"
#include "gateway/registers/table.h"

// What the readers of ASIC's lists share.
namespace gateway::registers::asic {

inline constexpr std::string_view kParser = "asic/2";
inline constexpr std::size_t kNumberWidth = 9;  // As some lists pad numbers, and as an ACN is long.

// How one of the lists is read, from whatever gives its rows.
struct Reading {
  List list;
  std::string_view name;      // By which a person asks for it.
  std::string_view resource;  // Its id at data.gov.au, of which the dataset may get another.
  TableForm form;
  std::span<const std::string_view> columns;
  std::size_t mark;  // A column that no other list has,
  std::size_t key;   // and the one with the number that is asked for.
  // The number as it is compared and as evidence names it. Errors: those of the list's reader.
  core::Result<std::string> (*wanted)(std::string_view reference);
  // The number as the list may write it: what is asked for, one after the other.
  std::vector<std::string> (*forms)(const std::string& wanted);
  // Makes facts of the rows that are about evidence.reference. Reads to the last row.
  core::Result<> (*add)(const Rows& rows, engine::Evidence& evidence);
};

std::span<const Reading> readings();
const Reading& reading_of(List list);

// Evidence of the file about the number.
core::Result<engine::Evidence> read_listed(List list, std::istream& file,
                                           std::string_view reference);

core::Result<std::string> wanted_licence(std::string_view afsl);
core::Result<std::string> wanted_representative(std::string_view number);
core::Result<std::string> wanted_document(std::string_view document);
core::Result<std::string> wanted_acn(std::string_view acn);

core::Result<> add_licensee(const Rows& rows, engine::Evidence& evidence);
core::Result<> add_representative(const Rows& rows, engine::Evidence& evidence);
core::Result<> add_banned_person(const Rows& rows, engine::Evidence& evidence);
core::Result<> add_banned_organisation(const Rows& rows, engine::Evidence& evidence);

// The digits without the zeros in front; empty if there is another character, or nothing else.
std::string bare_number(std::string_view text);
// The same with zeros in front, kNumberWidth digits; a longer one stays.
std::string padded_number(std::string_view bare);
// A document's number, which the list prints as "#031925499", as it is compared.
std::string bare_document(std::string_view text);

// The number of a row, bare. Errors: InvalidInput/register_reference at the row and column.
core::Result<std::string> number_in(const Row& row, std::size_t column, std::string_view name);

// Of a file dd/mm/yyyy; an answer may have an ISO date too, with or without midnight.
// Errors: InvalidInput/register_date at the row and column.
core::Result<std::optional<core::Date>> day_in(const Row& row, std::size_t column,
                                               std::string_view name);

// The day of "2026-05-04" and "2026-05-04T00:00:00"; empty if it is neither.
std::string_view iso_day(std::string_view text);

// Evidence of a list that was read to its end: nothing was found until a fact is there.
engine::Evidence list_evidence(std::string_view reference);

// Whether one number may stand in it in several forms, as those of documents do: an ACN has nine
// digits, and the numbers of licences and representatives are the list's own.
bool varies_in_form(List list);

// Adds the fact asic.endpoint: which list was read, and how many entries of it are about the
// reference. That there is none is then an answer.
void say_which_list(const Reading& reading, engine::Evidence& evidence);

// Adds the fact unless it stands there already, as from a row that is there twice; found it is.
void add_once(engine::Evidence& evidence, engine::Fact fact);

}  // namespace gateway::registers::asic
