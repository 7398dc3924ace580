#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "core/identifiers/identifiers.h"
#include "gateway/registers/answer.h"
#include "gateway/registers/asic/asic.h"
#include "gateway/registers/asic/columns.h"
#include "gateway/registers/asic/condition.h"
#include "gateway/registers/asic/lists.h"
#include "gateway/registers/words.h"

namespace gateway::registers::asic {
namespace {

using engine::Asked;
using engine::Evidence;
using engine::Fact;

// A name with one of these is a company's. Others may be a person's, and stand in no fact.
constexpr auto kCompanyWords = std::to_array<std::string_view>(
    {"LTD", "LTD.", "LIMITED", "LLC", "PLC", "INC", "INC.", "CORPORATION", "CORP", "N.A.", "AG",
     "SA", "LLP", "LP", "BANK", "ASSOCIATION", "COOPERATIVE", "CO-OPERATIVE"});

bool is_company(std::string_view name) {
  std::string capital = plain(name);
  std::ranges::transform(capital, capital.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  });
  const std::string words = " " + capital + " ";
  return std::ranges::any_of(kCompanyWords, [&](std::string_view word) {
    return words.find(" " + std::string(word) + " ") != std::string::npos;
  });
}

core::Result<> add_licence(const Row& row, Evidence& evidence) {
  Fact licence;
  licence.name = "asic.afsl.licence";
  put(licence, "licence_number", evidence.reference);
  put(licence, "abn_or_acn", row.fields[kAbnAcn]);
  if (is_company(row.fields[kLicenceName])) put(licence, "licensee", row.fields[kLicenceName]);
  TRY(licence.from, day_in(row, kLicenceStart, kLicenseeColumns[kLicenceStart]));
  arrange(licence);
  evidence.facts.push_back(std::move(licence));
  Condition condition = read_condition(row.fields[kConditionText]);
  for (Fact& limb : condition.limbs) evidence.facts.push_back(std::move(limb));
  for (std::string& words : condition.remarks) remark(evidence, std::move(words));
  return core::ok();
}

}  // namespace

core::Result<std::string> wanted_licence(std::string_view afsl) {
  std::string wanted = bare_number(afsl);
  TRY(core::identifiers::check_afsl(wanted));
  return wanted;
}

core::Result<> add_licensee(const Rows& rows, Evidence& evidence) {
  std::optional<Row> found;
  Row row;
  while (true) {
    TRY(const bool any, rows(row));
    if (!any) break;
    TRY(const std::string number, number_in(row, kLicenceNumber, kLicenseeColumns[kLicenceNumber]));
    if (number != evidence.reference) continue;
    if (found && found->fields != row.fields) {
      doubt(evidence, at_row(row) + ": the licence stands twice and differs; the first is read.");
    }
    if (!found) found = row;
  }
  if (!found) return core::ok();
  evidence.asked = Asked::Found;
  TRY(add_licence(*found, evidence));
  remark(evidence,
         "The list has no status: confirm at ASIC Connect that the licence is not suspended.");
  return core::ok();
}

core::Result<Evidence> read_licensee(std::istream& file, std::string_view afsl) {
  return read_listed(List::Licensees, file, afsl);
}

}  // namespace gateway::registers::asic
