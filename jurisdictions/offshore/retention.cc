#include "jurisdictions/offshore/retention.h"

#include "reports/profile.h"

namespace jurisdictions::offshore {
namespace {

using engine::CountedFrom;
using engine::RecordClass;
using namespace std::chrono;

// FATF Recommendations of February 2012.
constexpr core::Date kFatf = reports::day(2012y / February / 16);
constexpr core::Date kHouse = reports::day(2018y / January / 3);
constexpr core::Date kChecked = reports::day(2026y / November / 26);

}  // namespace

std::vector<engine::retention::Rule> retention_rules() {
  return {
      {.classes = {RecordClass::Identity, RecordClass::Agreement, RecordClass::Transaction,
                   RecordClass::Accounting},
       .years = 5,
       .counted_from = CountedFrom::RelationshipEnd,
       .in_force = kFatf,
       .citation = "FATF Recommendation 11, which local laws follow: five years after the "
                   "relationship",
       .source = "https://www.fatf-gafi.org, Recommendation 11",
       .checked = kChecked,
       .uncertain = true},
      {.classes = {RecordClass::Identity, RecordClass::Agreement, RecordClass::Transaction,
                   RecordClass::Accounting, RecordClass::Report},
       .years = 7,
       .counted_from = CountedFrom::Record,
       .in_force = kHouse,
       .citation = "House rule: the longest period of the other three profiles; local law may ask "
                   "for more",
       .source = "https://eur-lex.europa.eu/eli/dir/2014/65/oj",
       .checked = kChecked,
       .uncertain = true},
  };
}

}  // namespace jurisdictions::offshore
