#include "gateway/registers/esma/esma.h"

#include <algorithm>
#include <array>
#include <map>

#include "core/identifiers/identifiers.h"
#include "gateway/registers/body.h"
#include "gateway/registers/member_states.h"
#include "gateway/registers/words.h"

namespace gateway::registers::esma {
namespace {

using core::json::Array;
using core::json::Value;
using engine::Asked;
using engine::Evidence;
using engine::Fact;

constexpr std::string_view kParser = "esma/2";
constexpr std::uint64_t kHttpOk = 200;
constexpr std::string_view kActive = "Active";
constexpr std::string_view kPassportEvidence = "nca_page_or_host_register";

constexpr auto kEntity = std::to_array<Column>({{"ae_entityTypeCode", "entity_type_code"},
                                                {"ae_status", "status"},
                                                {"ae_entityName", "entity_name"},
                                                {"ae_commercialName", "commercial_name"},
                                                {"ae_lei", "lei"},
                                                {"ae_homeMemberState", "home_member_state"},
                                                {"ae_competentAuthority", "competent_authority"},
                                                {"ae_officeType", "office_type"},
                                                {"ae_micLeiEsmaId", "esma_id"}});
constexpr auto kService = std::to_array<Column>(
    {{"ac_serviceName", "service_name"}, {"ac_status", "status"}, {"ac_comment", "comment"}});

struct Kind {
  std::string_view entity_type;
  std::string_view fact;
};
constexpr auto kKinds = std::to_array<Kind>({{"ae", "esma.upreg.entity"},
                                             {"aeActivity", "esma.upreg.service"},
                                             {"aeActivityHistory", "esma.upreg.service_history"},
                                             {"aeNotHostMmbSt", "esma.upreg.host_state"}});

// What is said of an entity's services and host states.
struct Entity {
  std::string type_code;
  std::string status;
  bool is_active = false;
};

struct Document {
  std::string place;
  const Value* value = nullptr;
};

// Solr's dates are instants ("2006-09-12T00:00:00Z"), its texts are day-first; either may be empty.
core::Result<std::optional<core::Date>> day_of(const Document& document, std::string_view member) {
  const std::string at = within(document.place, member);
  TRY(const std::string text, text_of(*document.value, member, document.place));
  if (text.find('T') == std::string::npos) return day_first(text, at);
  const auto instant = core::parse_instant(text);
  if (instant) return std::optional(core::utc_date(instant.value()));
  return core::invalid("register_date", at, "\"" + text.substr(0, 60) + "\" is no day.");
}

// The first of the members that has a day.
core::Result<std::optional<core::Date>> first_day(const Document& document,
                                                  std::span<const std::string_view> members) {
  for (const std::string_view member : members) {
    TRY(const auto day, day_of(document, member));
    if (day) return day;
  }
  return std::optional<core::Date>{};
}

core::Result<> read_days(const Document& document, bool is_parent, Fact& fact) {
  static constexpr std::array<std::string_view, 2> kEntityFrom = {
      "ae_authorisationNotificationDate", "ae_authorisationNotificationDateStr"};
  static constexpr std::array<std::string_view, 2> kEntityTo = {
      "ae_authorisationWithdrawalEndDate", "ae_authorisationWithdrawalEndDateStr"};
  static constexpr std::array<std::string_view, 2> kServiceFrom = {
      "ac_authorisationNotificationDate", "ac_authorisationNotificationDateStr"};
  static constexpr std::array<std::string_view, 2> kServiceTo = {"ac_authorisationEndDate",
                                                                 "ac_authorisationEndDateStr"};
  TRY(fact.from, first_day(document, is_parent ? kEntityFrom : kServiceFrom));
  TRY(fact.to, first_day(document, is_parent ? kEntityTo : kServiceTo));
  return core::ok();
}

class Reader {
 public:
  explicit Reader(Evidence& evidence) : evidence_(evidence) {}

  core::Result<> take(const Value& body, const std::string& place) {
    const Value* header = body.find("responseHeader");
    const Value* status = header == nullptr ? nullptr : header->find("status");
    const bool failed = status != nullptr && *status != Value(0);
    if (failed || body.find("error") != nullptr) {
      could_not_ask(place + ": the register answered with an error.");
      return core::ok();
    }
    const Value* response = body.find("response");
    if (response == nullptr) {
      doubt(evidence_, place + ": this is not a whole response; what it has is read.");
      response = &body;
    }
    const Value* docs = response->find("docs");
    const Array* list = docs == nullptr ? nullptr : docs->as_array();
    if (list == nullptr) return bad_body(within(place, "docs"), "A list of documents is expected.");
    answered_ = true;
    note_total(*response, place);
    for (std::size_t i = 0; i < list->size(); ++i) {
      TRY(take_document({within(place, "docs: " + std::to_string(i + 1)), &(*list)[i]}));
    }
    return core::ok();
  }

  void could_not_ask(std::string text) {
    failed_ = true;
    doubt(evidence_, std::move(text));
  }

  core::Result<> finish() {
    if (total_ && *total_ != static_cast<std::int64_t>(documents_.size())) {
      doubt(evidence_, std::to_string(documents_.size()) + " of " + std::to_string(*total_) +
                           " documents are there.");
    }
    for (const auto& [id, document] : documents_) {
      if (document.value->text("entity_type") == kKinds.front().entity_type) {
        TRY(read_parent(document));
      }
    }
    for (const auto& [id, document] : documents_) {
      if (document.value->text("entity_type") != kKinds.front().entity_type) {
        TRY(read_child(document));
      }
    }
    evidence_.asked = !documents_.empty()     ? Asked::Found
                      : failed_ || !answered_ ? Asked::CouldNotAsk
                                              : Asked::NotFound;
    return core::ok();
  }

 private:
  void note_total(const Value& response, const std::string& place) {
    const Value* found = response.find("numFound");
    const std::int64_t* total = found == nullptr ? nullptr : found->as_integer();
    const Value* exact = response.find("numFoundExact");
    if (total == nullptr || (exact != nullptr && *exact == Value(false))) {
      doubt(evidence_, place + ": the register does not say how many documents there are.");
    } else if (total_ && *total_ != *total) {
      doubt(evidence_, place + ": another page says that there are " + std::to_string(*total_) +
                           " documents, this one " + std::to_string(*total) + ".");
    } else {
      total_ = *total;
    }
  }

  core::Result<> take_document(Document document) {
    TRY(const std::string id, text_of(*document.value, "id", document.place));
    if (id.empty()) return bad_body(within(document.place, "id"), "A document has an id.");
    const auto [known, is_new] = documents_.emplace(id, document);
    if (!is_new && *known->second.value != *document.value) {
      doubt(evidence_, document.place + ": document " + id + " is there twice and differs.");
    }
    return core::ok();
  }

  core::Result<> read_parent(const Document& document) {
    TRY(auto fact, read_row(*document.value, kKinds.front().fact, kEntity, {}, document.place));
    TRY(const std::string root, text_of(*document.value, "_root_", document.place));
    if (value_of(fact, "lei") != evidence_.reference) {
      strangers_.push_back(root);
      doubt(evidence_, document.place + ": the entity has another LEI and is not read.");
      return core::ok();
    }
    TRY(read_days(document, true, fact));
    const bool is_active = value_of(fact, "status") == kActive && !fact.to;
    roots_[root] = {std::string(value_of(fact, "entity_type_code")),
                    std::string(value_of(fact, "status")), is_active};
    const std::string_view code = member_state_code(value_of(fact, "home_member_state"));
    if (code.empty()) {
      put_residue(fact, "home member state " + std::string(value_of(fact, "home_member_state")));
      remark(evidence_, document.place + ": the home member state is not understood.");
    } else if (is_active) {
      add_place(code, "home", fact);
    }
    evidence_.facts.push_back(std::move(fact));
    return core::ok();
  }

  core::Result<> read_child(const Document& document) {
    TRY(const std::string root, text_of(*document.value, "_root_", document.place));
    if (std::ranges::find(strangers_, root) != strangers_.end()) return core::ok();
    const std::string_view type = document.value->text("entity_type");
    const auto kind = std::ranges::find(kKinds, type, &Kind::entity_type);
    const auto parent = roots_.find(root);
    if (kind == kKinds.end() || parent == roots_.end()) {
      doubt(evidence_,
            document.place + (kind == kKinds.end() ? ": a document of this sort is not read."
                                                   : ": its entity is not among the documents."));
      return core::ok();
    }
    TRY(auto fact, read_row(*document.value, kind->fact, kService, {}, document.place));
    TRY(read_days(document, false, fact));
    put(fact, "entity_type_code", parent->second.type_code);
    if (!parent->second.is_active) {
      put(fact, "entity_status", parent->second.status);
      put_residue(fact, "its entity is not active");
    }
    if (kind->fact == "esma.upreg.host_state") {
      TRY(read_host(document, parent->second.is_active, fact));
    }
    arrange(fact);
    if (kind->fact == "esma.upreg.service" && value_of(fact, "status") == kActive && fact.to) {
      remark(evidence_, document.place + ": the service is active and has an end date.");
    }
    evidence_.facts.push_back(std::move(fact));
    return core::ok();
  }

  // The name of the member with the host state is not confirmed by an answer of ours, so any that
  // ends so is taken, and the document is residue if there is none.
  core::Result<> read_host(const Document& document, bool entity_is_active, Fact& fact) {
    static constexpr std::string_view kHost = "hostMemberState";
    for (const auto& [name, value] : *document.value->as_object()) {
      if (!name.ends_with(kHost)) continue;
      TRY(const std::string state, text_of(*document.value, name, document.place));
      if (state.empty()) continue;
      put(fact, "host_member_state", state);
      const std::string_view code = member_state_code(state);
      const std::string_view status = value_of(fact, "status");
      const bool is_open = entity_is_active && !fact.to && (status.empty() || status == kActive);
      if (!code.empty() && is_open) add_place(code, "host_register", fact);
      if (!code.empty() && !is_open) {
        remark(evidence_, document.place + ": the notification to " + std::string(code) +
                              " is not in force, and gives no place.");
      }
    }
    if (value_of(fact, "host_member_state").empty()) put_residue(fact, "no host state was found");
    return core::ok();
  }

  void add_place(std::string_view code, std::string_view basis, const Fact& of) {
    Fact fact;
    fact.name = "eu.passport_or_home";
    put(fact, "client_residence", code);
    put(fact, "basis", basis);
    put(fact, "entity_type_code", value_of(of, "entity_type_code"));
    put(fact, "evidence", kPassportEvidence);
    arrange(fact);
    fact.from = of.from;
    fact.to = of.to;
    evidence_.facts.push_back(std::move(fact));
  }

  Evidence& evidence_;
  std::map<std::string, Document> documents_;  // By id.
  std::map<std::string, Entity> roots_;        // Of each entity that was read.
  std::vector<std::string> strangers_;
  std::optional<std::int64_t> total_;
  bool answered_ = false;
  bool failed_ = false;
};

}  // namespace

core::Result<Evidence> read(std::string_view lei, std::span<const Answer> answers) {
  TRY(core::identifiers::check_lei(lei));
  if (answers.empty()) return wrong_reference("", "There is no answer to read.");
  Evidence evidence = begin_evidence("esma", kParser, lei, answers);
  Reader reader(evidence);
  // The documents are borrowed from the bodies until the end.
  std::vector<Value> bodies;
  bodies.reserve(answers.size());
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const std::string place = "body " + std::to_string(i + 1);
    const std::uint64_t status = answers[i].http_status.value_or(kHttpOk);
    if (status != kHttpOk) {
      reader.could_not_ask(place + ": " + failure(status) + ".");
      continue;
    }
    // Solr's scores are no whole numbers; they are not read.
    TRY(auto body, parse_body(with_decimals_as_texts(answers[i].body), place));
    bodies.push_back(std::move(body));
    TRY(reader.take(bodies.back(), place));
  }
  TRY(reader.finish());
  return evidence;
}

}  // namespace gateway::registers::esma
