#include "gateway/registers/fca/endpoints.h"

#include <algorithm>
#include <array>

namespace gateway::registers::fca {
namespace {

// Names of people are left out on purpose: a fact is recorded for ever, and the reference number
// names a person well enough (docs/registers.md).
constexpr auto kFirm =
    std::to_array<Column>({{"FRN", "frn"},
                           {"Organisation Name", "organisation_name"},
                           {"Status", "firm_status"},
                           {"Sub-Status", "sub_status"},
                           {"Sub Status Effective from", "sub_status_from"},
                           {"Business Type", "business_type"},
                           {"Companies House Number", "companies_house_number"},
                           {"Client Money Permission", "client_money_permission"},
                           {"System Timestamp", "system_timestamp"}});
constexpr auto kName = std::to_array<Column>({{"Name", "name"}, {"Status", "kind"}});
constexpr auto kIndividual = std::to_array<Column>({{"IRN", "irn"}, {"Status", "status"}});
constexpr auto kFunction =
    std::to_array<Column>({{"Name", "function"},
                           {"URL", "at", true},
                           {"Restriction", "restriction"},
                           {"Suspension / Restriction Start Date", "restriction_from"},
                           {"Suspension / Restriction End Date", "restriction_to"}});
constexpr auto kRepresentative = std::to_array<Column>({{"FRN", "frn"},
                                                        {"Principal FRN", "principal_frn"},
                                                        {"Record SubType", "kind"},
                                                        {"Tied Agent", "tied_agent"},
                                                        {"EEA Tied Agent", "eea_tied_agent"}});
constexpr auto kPassport =
    std::to_array<Column>({{"Country", "country"}, {"PassportDirection", "direction"}});
constexpr auto kPassportPermission = std::to_array<Column>({{"Country", "country"},
                                                            {"Directive", "directive"},
                                                            {"PassportDirection", "direction"},
                                                            {"PassportType", "kind"}});
constexpr auto kRegulator = std::to_array<Column>({{"Regulator Name", "regulator"}});
constexpr auto kExclusion = std::to_array<Column>(
    {{"PSD2_Exclusion_Type", "exclusion"}, {"Particular_Exclusion_relied_upon", "relied_upon"}});
constexpr auto kDiscipline = std::to_array<Column>({{"TypeofAction", "action"},
                                                    {"EnforcementType", "enforcement"},
                                                    {"TypeofDescription", "description"}});
constexpr auto kInvestmentType =
    std::to_array<Column>({{"Investment Type Name", "investment_type"}});
constexpr auto kSearch = std::to_array<Column>({{"Reference Number", "reference_number"},
                                                {"Status", "status"},
                                                {"Type of business or Individual", "kind"}});
constexpr auto kRequirement =
    std::to_array<Column>({{"Requirement Reference", "requirement"},
                           {"Financial Promotions Requirement", "financial_promotions"}});

// Keyed permissions and single columns that are lists have readers of their own in facts.cc.
constexpr auto kEndpoints = std::to_array<Endpoint>({
    {kFirmCode, "Firm", Shape::List, "fca.firm", kFirm, {"Status Effective Date", ""}},
    {"02-02", "Address", Shape::List, "", {}, {}},
    {kPermissionsCode, "Permissions", Shape::Keyed, "fca.permission", {}, {}},
    {"02-04", "Names", Shape::Grouped, "fca.name", kName, {"Effective From", "Effective To"}},
    {kIndividualsCode, "Individuals", Shape::List, "fca.individual", kIndividual, {}},
    {kRequirementsCode,
     "Requirements",
     Shape::List,
     "fca.requirement",
     kRequirement,
     {"Effective Date", ""}},
    {"02-07", "Passports", Shape::Grouped, "fca.passport", kPassport, {}},
    {kPassportPermissionsCode,
     "Passport permissions",
     Shape::List,
     "fca.passport_permission",
     kPassportPermission,
     {}},
    {"02-09",
     "Regulators",
     Shape::List,
     "fca.regulator",
     kRegulator,
     {"Effective Date", "Termination Date"}},
    {kExclusionsCode, "Exclusions", Shape::List, "fca.payment_exclusion", kExclusion, {}},
    {kDisciplineCode,
     "DisciplinaryHistory",
     Shape::List,
     "fca.discipline",
     kDiscipline,
     {"ActionEffectiveFrom", ""}},
    {"02-12",
     "CF",
     Shape::Grouped,
     "fca.control_function",
     kFunction,
     {"Effective Date", "End Date"}},
    {kInvestmentTypesCode,
     "InvestmentTypes",
     Shape::List,
     "fca.promotion_investment_type",
     kInvestmentType,
     {}},
    {"02-14", "Waivers", Shape::List, "fca.waiver", {}, {}},
    {"03-01", "Individual", Shape::List, "fca.individual", kIndividual, {}},
    {"03-02",
     "Individual CF",
     Shape::Grouped,
     "fca.control_function",
     kFunction,
     {"Effective Date", "End Date"}},
    {"03-03",
     "Individual DisciplinaryHistory",
     Shape::List,
     "fca.discipline",
     kDiscipline,
     {"ActionEffectiveFrom", ""}},
    {"04-01", "Search", Shape::List, "fca.search_result", kSearch, {}},
    {"05-04",
     "AR",
     Shape::Grouped,
     "fca.appointed_representative",
     kRepresentative,
     {"Effective Date", "Termination Date"}},
});

}  // namespace

const Endpoint* find_endpoint(std::string_view code) {
  const auto found = std::ranges::find(kEndpoints, code, &Endpoint::code);
  return found == kEndpoints.end() ? nullptr : &*found;
}

}  // namespace gateway::registers::fca
