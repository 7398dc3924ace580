#include "gateway/registers/asic/lists.h"

#include <algorithm>
#include <array>
#include <span>

#include "gateway/registers/answer.h"
#include "gateway/registers/asic/asic.h"
#include "gateway/registers/asic/columns.h"
#include "gateway/registers/words.h"

namespace gateway::registers::asic {
namespace {

struct Known {
  List list;
  std::string_view column;  // The second: the first is one and the same in all lists.
};
constexpr auto kKnown =
    std::to_array<Known>({{List::Licensees, kLicenseeColumns[1]},
                          {List::Representatives, kRepresentativeColumns[1]},
                          {List::BannedPersons, kBannedPersonColumns[1]},
                          {List::BannedOrganisations, kBannedOrganisationColumns[1]}});
constexpr std::size_t kHeadBytes = 200;

}  // namespace

std::string bare_number(std::string_view text) {
  const std::string number = plain(text);
  if (!std::ranges::all_of(number, [](char c) { return c >= '0' && c <= '9'; })) return "";
  return number.substr(std::min(number.find_first_not_of('0'), number.size()));
}

core::Result<std::string> number_in(const Row& row, std::size_t column, std::string_view name) {
  std::string number = bare_number(row.fields[column]);
  if (!number.empty()) return number;
  return wrong_reference(at_line(row.line, name), "A number is expected here.");
}

core::Result<std::optional<core::Date>> day_in(const Row& row, std::size_t column,
                                               std::string_view name) {
  return day_first(row.fields[column], at_line(row.line, name));
}

engine::Evidence list_evidence(std::string_view reference) {
  engine::Evidence evidence = begin_evidence("asic", kParser, reference, {});
  evidence.asked = engine::Asked::NotFound;
  return evidence;
}

void add_once(engine::Evidence& evidence, engine::Fact fact) {
  evidence.asked = engine::Asked::Found;
  const core::Bytes bytes = core::to_cbor(fact);
  const bool known = std::ranges::any_of(
      evidence.facts, [&](const engine::Fact& other) { return core::to_cbor(other) == bytes; });
  if (!known) evidence.facts.push_back(std::move(fact));
}

core::Result<List> which_list(std::istream& file) {
  std::string head(kHeadBytes, '\0');
  file.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(file.gcount()));
  file.clear();
  file.seekg(0);
  for (const Known& known : kKnown) {
    if (head.find(known.column) != std::string::npos) return known.list;
  }
  return core::invalid("register_table", at_line(1),
                       "The first line has the columns of none of ASIC's lists.");
}

}  // namespace gateway::registers::asic
