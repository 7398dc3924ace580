#include "jurisdictions/fca/retention.h"

#include "reports/profile.h"

namespace jurisdictions::fca {
namespace {

using engine::CountedFrom;
using engine::RecordClass;
using namespace std::chrono;

// MiFID business, as SYSC 9 has it since MiFID II.
constexpr core::Date kMifid = reports::day(2018y / January / 3);
constexpr core::Date kAml = reports::day(2017y / June / 26);
constexpr core::Date kTax = reports::day(1999y / July / 1);
constexpr core::Date kRetentionChecked = reports::day(2026y / November / 26);

}  // namespace

std::vector<engine::retention::Rule> retention_rules() {
  return {
      {.classes = {RecordClass::Transaction, RecordClass::Report},
       .years = 5,
       .counted_from = CountedFrom::Record,
       .in_force = kMifid,
       .citation = "FCA Handbook, SYSC 9.1.2: records of MiFID business",
       .source = "https://handbook.fca.org.uk/handbook/SYSC/9/1.html",
       .checked = kRetentionChecked,
       .uncertain = true},
      {.classes = {RecordClass::Agreement},
       .years = 5,
       .counted_from = CountedFrom::RelationshipEnd,
       .in_force = kMifid,
       .citation = "FCA Handbook, COBS 8A.1: client agreements, the longer of five years and the "
                   "duration of the relationship; read as five years after it",
       .source = "https://handbook.fca.org.uk/handbook/COBS/8A/1.html",
       .checked = kRetentionChecked,
       .uncertain = true},
      {.classes = {RecordClass::Identity, RecordClass::Agreement, RecordClass::Transaction,
                   RecordClass::Accounting},
       .years = 5,
       .counted_from = CountedFrom::RelationshipEnd,
       .in_force = kAml,
       .citation = "Money Laundering Regulations 2017 (SI 2017/692), regulation 40",
       .source = "https://www.legislation.gov.uk/uksi/2017/692",
       .checked = kRetentionChecked,
       .uncertain = true},
      {.classes = {RecordClass::Accounting},
       .years = 6,
       .counted_from = CountedFrom::YearEnd,
       .in_force = kTax,
       .citation = "Finance Act 1998, Schedule 18, paragraph 21: company records, six years from "
                   "the end of the period",
       .source = "https://www.legislation.gov.uk/ukpga/1998/36",
       .checked = kRetentionChecked,
       .uncertain = true},
  };
}

}  // namespace jurisdictions::fca
