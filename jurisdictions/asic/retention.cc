#include "jurisdictions/asic/retention.h"

#include "reports/profile.h"

namespace jurisdictions::asic {
namespace {

using engine::CountedFrom;
using engine::RecordClass;
using namespace std::chrono;

constexpr core::Date kCorporations = reports::day(2001y / July / 15);
constexpr core::Date kAml = reports::day(2006y / December / 13);
constexpr core::Date kInstrument = reports::day(2016y / October / 1);
constexpr core::Date kRetentionChecked = reports::day(2026y / November / 26);

}  // namespace

std::vector<engine::retention::Rule> retention_rules() {
  return {
      {.classes = {RecordClass::Transaction, RecordClass::Accounting},
       .years = 7,
       .counted_from = CountedFrom::Record,
       .in_force = kCorporations,
       .citation = "Corporations Act 2001, section 286(2): financial records, seven years after "
                   "the transactions are completed",
       .source = "https://www.legislation.gov.au, Corporations Act 2001",
       .checked = kRetentionChecked,
       .uncertain = true},
      {.classes = {RecordClass::Agreement, RecordClass::Report},
       .years = 7,
       .counted_from = CountedFrom::RelationshipEnd,
       .in_force = kInstrument,
       .citation = "ASIC Corporations (Managed Discretionary Account Services) Instrument "
                   "2016/968: records of the service; read as seven years after it ended",
       .source = "https://www.legislation.gov.au, Instrument 2016/968",
       .checked = kRetentionChecked,
       .uncertain = true},
      {.classes = {RecordClass::Identity, RecordClass::Transaction},
       .years = 7,
       .counted_from = CountedFrom::RelationshipEnd,
       .in_force = kAml,
       .citation = "Anti-Money Laundering and Counter-Terrorism Financing Act 2006, sections 107 "
                   "and 113: identification and transactions",
       .source = "https://www.legislation.gov.au, AML/CTF Act 2006",
       .checked = kRetentionChecked,
       .uncertain = true},
  };
}

}  // namespace jurisdictions::asic
