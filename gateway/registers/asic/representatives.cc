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

core::Result<Fact> read_representative_row(const Row& row, const std::string& number) {
  Fact fact;
  fact.name = "asic.authorised_representative";
  TRY(const std::string licence,
      number_in(row, kRepresentativeLicence, kRepresentativeColumns[kRepresentativeLicence]));
  put(fact, "representative_number", number);
  put(fact, "licence_number", licence);
  put(fact, "status", row.fields[kRepresentativeStatus]);
  put(fact, "appointed_by", bare_number(row.fields[kAppointedBy]));
  put(fact, "same_authority", row.fields[kSameAuthority]);
  for (std::size_t i = kFirstFlag; i <= kLastFlag; ++i) {
    if (row.fields[i] == "1") put(fact, "authority", kRepresentativeColumns[i]);
    if (row.fields[i] != "1" && row.fields[i] != "0" && !row.fields[i].empty()) {
      put_residue(fact, std::string(kRepresentativeColumns[i]) + " " + row.fields[i]);
    }
  }
  TRY(fact.from, day_in(row, kRepresentativeStart, kRepresentativeColumns[kRepresentativeStart]));
  TRY(fact.to, day_in(row, kRepresentativeEnd, kRepresentativeColumns[kRepresentativeEnd]));
  arrange(fact);
  return fact;
}

}  // namespace

core::Result<std::string> wanted_representative(std::string_view number) {
  std::string wanted = bare_number(number);
  if (wanted.empty()) return wrong_reference("", "A representative's number is digits.");
  return wanted;
}

core::Result<> add_representative(const Rows& rows, Evidence& evidence) {
  Row row;
  while (true) {
    TRY(const bool any, rows(row));
    if (!any) break;
    TRY(const std::string found,
        number_in(row, kRepresentativeNumber, kRepresentativeColumns[kRepresentativeNumber]));
    if (found != evidence.reference) continue;
    TRY(auto fact, read_representative_row(row, found));
    if (value_of(fact, "status") == "Current" && fact.to) {
      doubt(evidence, at_row(row) + ": the representative is current and has an end date.");
    }
    add_once(evidence, std::move(fact));
  }
  if (evidence.asked == engine::Asked::Found) {
    remark(evidence,
           "A representative acts under his licensee's conditions: read the licence too.");
  }
  return core::ok();
}

core::Result<Evidence> read_representative(std::istream& file, std::string_view number) {
  return read_listed(List::Representatives, file, number);
}

}  // namespace gateway::registers::asic
