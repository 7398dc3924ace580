#include "jurisdictions/cysec/retention.h"

#include "reports/profile.h"

namespace jurisdictions::cysec {
namespace {

using engine::CountedFrom;
using engine::RecordClass;
using namespace std::chrono;

// Directive 2014/65/EU and Regulation (EU) No 600/2014 apply from here on.
constexpr core::Date kMifid = reports::day(2018y / January / 3);
// By when Directive (EU) 2015/849 was to be transposed.
constexpr core::Date kAml = reports::day(2017y / June / 26);
// The law is of 1978; the day its period came in was not found, so the widest reading stands.
constexpr core::Date kTax = reports::day(1978y / January / 1);
constexpr core::Date kRetentionChecked = reports::day(2026y / November / 26);

}  // namespace

std::vector<engine::retention::Rule> retention_rules() {
  return {
      {.classes = {RecordClass::Transaction},
       .years = 5,
       .counted_from = CountedFrom::Record,
       .in_force = kMifid,
       .citation = "Regulation (EU) No 600/2014, Article 25(1): data of all orders and all "
                   "transactions",
       .source = "https://eur-lex.europa.eu/eli/reg/2014/600/oj",
       .checked = kRetentionChecked,
       .uncertain = true},
      {.classes = {RecordClass::Report},
       .years = 5,
       .counted_from = CountedFrom::Record,
       .in_force = kMifid,
       .citation = "Commission Delegated Regulation (EU) 2017/565, Article 72 and Annex I, under "
                   "Directive 2014/65/EU, Article 16(6): records of services and of what clients "
                   "were told",
       .source = "https://eur-lex.europa.eu/eli/reg_del/2017/565/oj",
       .checked = kRetentionChecked,
       .uncertain = true},
      {.classes = {RecordClass::Agreement},
       .years = 5,
       .counted_from = CountedFrom::RelationshipEnd,
       .in_force = kMifid,
       .citation = "The same, Article 73: agreements at least as long as the relationship lasts; "
                   "read together with the five years of the other records",
       .source = "https://eur-lex.europa.eu/eli/reg_del/2017/565/oj",
       .checked = kRetentionChecked,
       .uncertain = true},
      {.classes = {RecordClass::Identity, RecordClass::Agreement, RecordClass::Transaction,
                   RecordClass::Accounting},
       .years = 5,
       .counted_from = CountedFrom::RelationshipEnd,
       .in_force = kAml,
       .citation = "Directive (EU) 2015/849, Article 40(1); Cyprus Law 188(I)/2007, section 68: "
                   "due diligence and transactions",
       .source = "https://eur-lex.europa.eu/eli/dir/2015/849/oj",
       .checked = kRetentionChecked,
       .uncertain = true},
      {.classes = {RecordClass::Accounting},
       .years = 6,
       .counted_from = CountedFrom::YearEnd,
       .in_force = kTax,
       .citation = "Cyprus Law 4/1978 (Assessment and Collection of Taxes), section 30: books and "
                   "records, six years from the end of the tax year",
       .source = "https://www.mof.gov.cy, Law 4/1978",
       .checked = kRetentionChecked,
       .uncertain = true},
  };
}

}  // namespace jurisdictions::cysec
