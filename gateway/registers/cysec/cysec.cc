#include "gateway/registers/cysec/cysec.h"

#include <algorithm>
#include <array>

#include "core/identifiers/identifiers.h"
#include "gateway/registers/body.h"
#include "gateway/registers/member_states.h"
#include "gateway/registers/words.h"

namespace gateway::registers::cysec {
namespace {

using engine::Evidence;
using engine::Fact;

constexpr std::string_view kFormName = "cysec-entity/1";
constexpr std::string_view kActive = "Active";
constexpr std::string_view kHome = "CY";
constexpr std::string_view kPassportEvidence = "nca_page_or_host_register";

// MiFID II, annex I: A investment services, B ancillary services, C instruments, each with its last
// number. Source: Directive 2014/65/EU, annex I.
struct Section {
  char letter;
  int last;
};
constexpr Section kServices{'A', 9};
constexpr Section kAncillary{'B', 7};
constexpr Section kInstruments{'C', 11};
constexpr auto kStates =
    std::to_array<std::string_view>({kActive, "Suspended", "Partially suspended",
                                     "Under examination for withdrawal", "Withdrawn", "Renounced"});

struct Form {
  std::string form;
  capture::Captured captured;
  std::string licence_number;
  core::Date licence_date;
  std::string name;
  std::string status;
  std::optional<std::string> lei;
  std::vector<std::string> services;
  std::vector<std::string> ancillary_services;
  std::vector<std::string> instruments;
  std::vector<std::string> trade_names;
  std::vector<std::string> domains;
  std::vector<std::string> tied_agents;
  std::vector<std::string> cross_border;
  std::vector<std::string> remarks;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "form", self.form);
    field(2, "captured", self.captured);
    field(3, "licence_number", self.licence_number);
    field(4, "licence_date", self.licence_date);
    field(5, "name", self.name);
    field(6, "status", self.status);
    field(7, "lei", self.lei);
    field(8, "services", self.services);
    field(9, "ancillary_services", self.ancillary_services);
    field(10, "instruments", self.instruments);
    field(11, "trade_names", self.trade_names);
    field(12, "domains", self.domains);
    field(13, "tied_agents", self.tied_agents);
    field(14, "cross_border", self.cross_border);
    field(15, "remarks", self.remarks);
  }
};

core::Result<> check_section(const std::vector<std::string>& points, Section section,
                             std::string_view field) {
  for (const std::string& point : points) {
    bool is_known = false;
    for (int number = 1; number <= section.last; ++number) {
      is_known = is_known || point == section.letter + std::to_string(number);
    }
    if (!is_known) {
      return capture::bad_form(std::string(field),
                               "\"" + point + "\" is no point of MiFID II, annex I, section " +
                                   std::string(1, section.letter) + ".");
    }
  }
  return core::ok();
}

core::Result<> check(const Form& form) {
  TRY(core::identifiers::check_cif_number(form.licence_number));
  if (form.lei) {
    TRY(core::identifiers::check_lei(*form.lei));
  }
  if (std::ranges::find(kStates, form.status) == kStates.end()) {
    return capture::bad_form("status", "\"" + form.status +
                                           "\" is no state of a licence; see "
                                           "docs/registers.md.");
  }
  TRY(check_section(form.services, kServices, "services"));
  TRY(check_section(form.ancillary_services, kAncillary, "ancillary_services"));
  TRY(check_section(form.instruments, kInstruments, "instruments"));
  for (const std::string& state : form.cross_border) {
    if (member_state_code(state).empty()) {
      return capture::bad_form("cross_border", "\"" + state + "\" is no member state.");
    }
  }
  return core::ok();
}

// One fact with a value for each of the words; none without words.
void add_list(Evidence& evidence, std::string_view name, std::string_view key,
              const std::vector<std::string>& words, std::string_view by = {}) {
  if (words.empty()) return;
  Fact fact;
  fact.name = name;
  for (const std::string& word : words) put(fact, key, word);
  put(fact, "evidence", by);
  arrange(fact);
  evidence.facts.push_back(std::move(fact));
}

void add_place(Evidence& evidence, std::string_view code, std::string_view basis) {
  Fact fact;
  fact.name = "eu.passport_or_home";
  put(fact, "client_residence", code);
  put(fact, "basis", basis);
  put(fact, "evidence", kPassportEvidence);
  arrange(fact);
  evidence.facts.push_back(std::move(fact));
}

void add_entity(Evidence& evidence, const Form& form) {
  Fact fact;
  fact.name = "cysec.entity";
  put(fact, "licence_number", form.licence_number);
  put(fact, "entity_name", form.name);
  put(fact, "status", form.status);
  put(fact, "lei", form.lei.value_or(""));
  fact.from = form.licence_date;
  arrange(fact);
  evidence.facts.push_back(std::move(fact));
}

void add_scope(Evidence& evidence, const Form& form) {
  add_list(evidence, "nca.service", "annex_i_a", form.services, capture::kManualCapture);
  add_list(evidence, "nca.ancillary_service", "annex_i_b", form.ancillary_services,
           capture::kManualCapture);
  add_list(evidence, "nca.instrument_scope", "annex_i_c", form.instruments,
           capture::kManualCapture);
  add_place(evidence, kHome, "home");
  for (const std::string& state : form.cross_border) {
    add_place(evidence, member_state_code(state), "nca_page");
  }
}

}  // namespace

core::Result<capture::Capture> read(std::string_view text) {
  TRY(const auto value, capture::parse_form(text, kFormName));
  TRY(const auto form, core::from_json<Form>(value, nullptr));
  TRY(check(form));
  TRY(auto evidence,
      capture::begin_capture("cysec", kFormName, form.licence_number, form.captured, text));
  add_entity(evidence, form);
  if (form.status == kActive) {
    add_scope(evidence, form);
  } else {
    remark(evidence, "The licence is not active (" + form.status +
                         "): its services, instruments and places are not taken as facts.");
  }
  add_list(evidence, "cysec.trade_name", "trade_name", form.trade_names);
  add_list(evidence, "cysec.domain", "domain", form.domains);
  add_list(evidence, "cysec.tied_agent", "tied_agent", form.tied_agents);
  if (!form.tied_agents.empty()) {
    remark(evidence, "A tied agent may promote, transmit, place and advise, and never manage.");
  }
  for (const std::string& words : form.remarks) remark(evidence, plain(words));
  return capture::Capture{std::move(evidence), form.captured.captured_by,
                          form.captured.reviewed_by};
}

}  // namespace gateway::registers::cysec
