#include "gateway/registers/capture/capture.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "gateway/registers/body.h"
#include "gateway/registers/words.h"

namespace gateway::registers::capture {
namespace {

using engine::Evidence;
using engine::Fact;
using engine::FactValue;

constexpr std::string_view kFormName = "capture/1";
constexpr std::string_view kLicence = "offshore.licence";

struct FormFact {
  std::string name;
  std::vector<FactValue> values;
  std::optional<core::Date> from;
  std::optional<core::Date> to;
  std::optional<std::string> residue;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "name", self.name);
    field(2, "values", self.values);
    field(3, "from", self.from);
    field(4, "to", self.to);
    field(5, "residue", self.residue);
  }
};

struct Form {
  std::string form;
  std::string reference;
  Captured captured;
  std::vector<FormFact> facts;
  std::vector<std::string> remarks;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "form", self.form);
    field(2, "reference", self.reference);
    field(3, "captured", self.captured);
    field(4, "facts", self.facts);
    field(5, "remarks", self.remarks);
  }
};

using Words = std::span<const std::string_view>;

constexpr auto kLicenceNeeds =
    std::to_array<std::string_view>({"authority", "licence_class", "licence_number"});
constexpr auto kKindNeeds = std::to_array<std::string_view>({"kind"});
constexpr auto kPassportNeeds = std::to_array<std::string_view>({"client_residence"});
constexpr auto kCodeNeeds = std::to_array<std::string_view>({"code"});
constexpr auto kPersonNeeds = std::to_array<std::string_view>({"person"});
constexpr auto kIndividualNeeds = std::to_array<std::string_view>({"handled", "irn"});
constexpr auto kCountryNeeds = std::to_array<std::string_view>({"country"});
constexpr auto kStatusNeeds = std::to_array<std::string_view>({"status"});
constexpr auto kRepresentativeNeeds =
    std::to_array<std::string_view>({"licence_number", "licensee_limb", "status"});
constexpr auto kScopeNeeds = std::to_array<std::string_view>({"annex_i_c"});

constexpr std::string_view kConflict = "manager.conflict";
constexpr std::string_view kExposed = "person.politically_exposed";
constexpr std::string_view kMedia = "person.adverse_media";
constexpr std::string_view kIndividual = "fca.individual";

// Source: the permission matrix's cells and the gate's rulings (docs/registers.md).
constexpr auto kFacts = std::to_array<CapturableFact>({
    {kLicence, kManualCapture, kLicenceNeeds},
    {"nca.sub_threshold_aifm", kManualCapture, {}},
    {"nca.instrument_scope", kManualCapture, kScopeNeeds},
    {"eu.passport_or_home", "nca_page_or_host_register", kPassportNeeds},
    {"au.ffsp_exemption", "counsel_memo", kKindNeeds},
    {"content.is_general_recommendation_only", "compliance_memo", {}},
    {"copied_trader.qualification_review", "", {}},
    {"contract.copied_trader_agreement", "", {}},
    {"broker.is_counterparty", "", {}},
    {kConflict, "", kKindNeeds},
    {"country.reviewed", "", kCountryNeeds},
    {"esma.tied_agent", "", kStatusNeeds},
    {"asic.authorised_representative", "", kRepresentativeNeeds},
    {kExposed, "", kPersonNeeds},
    {kMedia, "", kPersonNeeds},
    {kIndividual, "", kIndividualNeeds},
    {"insurance.professional_indemnity", "", {}},
    {"fca.requirements_reviewed", "", {}},
    {"gate.paper", "", kCodeNeeds},
    {"gate.forbidden", "", kCodeNeeds},
    {"lpoa.withdrawal_power", "", {}},
});

constexpr std::string_view kHandled =
    "handled";  // Somebody decided, and how stands in the document.

struct Closed {
  std::string_view fact;
  std::string_view key;
  Words words;
};

// Source: docs/registers.md, "Offshore licences": the authorities' codes.
constexpr auto kAuthorities =
    std::to_array<std::string_view>({"BS_SCB", "BZ_FSC", "KY_CIMA", "MU_FSC", "MY_LABUAN", "SC_FSA",
                                     "VC_FSA", "VG_FSC", "VU_VFSC"});
constexpr std::string_view kNoBasis = "VC_FSA";  // Does not license forex or CFD business.
constexpr auto kCovers = std::to_array<std::string_view>(
    {"collective management", "dealing in CFD/FX as principal or agent", "discretionary management",
     "investment advice or none required by regime"});
constexpr auto kExemptions = std::to_array<std::string_view>(
    {"comparable_regulator", "professional_investor", "transitional_relief"});
constexpr auto kConflicts = std::to_array<std::string_view>(
    {"affiliate", "employee", "family_money", "introducing_broker"});
constexpr auto kYesOrNo = std::to_array<std::string_view>({"no", "yes"});
constexpr auto kClosed = std::to_array<Closed>({{kLicence, "authority", kAuthorities},
                                                {kLicence, "covers", kCovers},
                                                {"au.ffsp_exemption", "kind", kExemptions},
                                                {kConflict, "kind", kConflicts},
                                                {kConflict, kHandled, kYesOrNo},
                                                {kExposed, kHandled, kYesOrNo},
                                                {kMedia, kHandled, kYesOrNo},
                                                {kIndividual, kHandled, kYesOrNo}});

core::Result<> check_value(const FormFact& fact, const FactValue& value, const std::string& at) {
  if (plain(value.key).empty() || plain(value.value).empty()) {
    return bad_form(at, "A value has a key and words.");
  }
  for (const Closed& closed : kClosed) {
    if (closed.fact != fact.name || closed.key != value.key) continue;
    if (std::ranges::find(closed.words, value.value) == closed.words.end()) {
      return bad_form(within(at, value.key), "\"" + value.value +
                                                 "\" is not one of the words of the list; "
                                                 "see docs/registers.md.");
    }
  }
  return core::ok();
}

core::Result<Fact> read_fact(const FormFact& form, const std::string& at) {
  const auto known = std::ranges::find(kFacts, form.name, &CapturableFact::name);
  if (known == kFacts.end()) {
    return bad_form(within(at, "name"), "\"" + form.name + "\" is not captured by hand.");
  }
  if (form.from && form.to && *form.to < *form.from) {
    return bad_form(within(at, "to"), "It ends before it begins.");
  }
  Fact fact;
  fact.name = form.name;
  fact.from = form.from;
  fact.to = form.to;
  for (const FactValue& value : form.values) {
    TRY(check_value(form, value, at));
    put(fact, plain(value.key), value.value);
  }
  for (const std::string_view key : known->required) {
    if (value_of(fact, key).empty()) {
      return bad_form(within(at, key), "This fact needs a value with this key.");
    }
  }
  if (!known->evidence.empty()) {
    std::erase_if(fact.values, [](const FactValue& value) { return value.key == "evidence"; });
    put(fact, "evidence", known->evidence);
  }
  if (form.residue) put_residue(fact, *form.residue);
  arrange(fact);
  return fact;
}

// A company that is registered where nobody licenses the business holds no licence for it.
void strip_no_basis(Fact& fact, Evidence& evidence) {
  if (fact.name != kLicence || value_of(fact, "authority") != kNoBasis) return;
  std::erase_if(fact.values, [](const FactValue& value) { return value.key == "covers"; });
  remark(evidence, "This authority does not license forex or CFD business: it is no basis.");
}

}  // namespace

std::span<const CapturableFact> capturable_facts() { return kFacts; }

core::Result<Capture> read(std::string_view text) {
  TRY(const auto value, parse_form(text, kFormName));
  TRY(auto form, core::from_json<Form>(value, nullptr));
  if (plain(form.reference).empty()) return bad_form("reference", "Say whom or what it is about.");
  TRY(auto evidence,
      begin_capture("capture", kFormName, plain(form.reference), form.captured, text));
  for (std::size_t i = 0; i < form.facts.size(); ++i) {
    TRY(auto fact, read_fact(form.facts[i], "facts: " + std::to_string(i + 1)));
    strip_no_basis(fact, evidence);
    evidence.facts.push_back(std::move(fact));
  }
  for (std::string& words : form.remarks) remark(evidence, plain(words));
  if (evidence.facts.empty()) return bad_form("facts", "A capture states at least one fact.");
  return Capture{std::move(evidence), form.captured.captured_by, form.captured.reviewed_by};
}

}  // namespace gateway::registers::capture
