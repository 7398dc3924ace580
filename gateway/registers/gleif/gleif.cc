#include "gateway/registers/gleif/gleif.h"

#include <algorithm>
#include <array>

#include "core/identifiers/identifiers.h"
#include "gateway/registers/body.h"
#include "gateway/registers/words.h"

namespace gateway::registers::gleif {
namespace {

using core::json::Value;
using engine::Asked;
using engine::Evidence;
using engine::Fact;

constexpr std::string_view kParser = "gleif/1";
constexpr std::uint64_t kHttpOk = 200;
constexpr std::uint64_t kHttpNotFound = 404;

constexpr std::string_view kLapsed = "LAPSED";

constexpr auto kEntity = std::to_array<Column>({{"status", "entity_status"},
                                                {"registeredAs", "registered_as"},
                                                {"jurisdiction", "jurisdiction"},
                                                {"category", "category"}});
constexpr auto kRegistration = std::to_array<Column>({{"status", "registration_status"},
                                                      {"corroborationLevel", "corroboration_level"},
                                                      {"managingLou", "managing_lou"}});

// The states of a registration in the standard: docs/registers.md says what each is good for.
constexpr std::array<std::string_view, 10> kRegistrationStates = {
    "ISSUED",   kLapsed,     "RETIRED",          "MERGED",           "DUPLICATE",
    "ANNULLED", "CANCELLED", "PENDING_TRANSFER", "PENDING_ARCHIVAL", "PENDING_VALIDATION"};
constexpr std::array<std::string_view, 5> kUseless = {"RETIRED", "MERGED", "DUPLICATE", "ANNULLED",
                                                      "CANCELLED"};
constexpr std::string_view kPending = "PENDING_";
constexpr std::string_view kInactive = "INACTIVE";
constexpr std::array<std::string_view, 3> kEntityStates = {"ACTIVE", kInactive, "NULL"};

core::Result<const Value*> object_in(const Value& row, std::string_view member,
                                     std::string_view at) {
  const Value* value = row.find(member);
  if (value != nullptr && value->as_object() != nullptr) return value;
  return bad_body(within(at, member), "An object is expected here.");
}

// The UTC day of an instant; nothing if there is none.
core::Result<std::optional<core::Date>> day_of(const Value& row, std::string_view member,
                                               std::string_view at) {
  TRY(const std::string text, text_of(row, member, at));
  if (text.empty()) return std::optional<core::Date>{};
  const auto instant = core::parse_instant(text);
  if (!instant) {
    return core::invalid("register_date", within(at, member),
                         "\"" + text.substr(0, 60) + "\" is no instant in UTC.");
  }
  return std::optional(core::utc_date(instant.value()));
}

void take_values(Fact& into, const Fact& from) {
  into.values.insert(into.values.end(), from.values.begin(), from.values.end());
}

void judge(Evidence& evidence, Fact& fact) {
  const std::string_view registration = value_of(fact, "registration_status");
  const std::string_view entity = value_of(fact, "entity_status");
  if (registration == kLapsed) {
    remark(evidence,
           "The registration has lapsed: it was not renewed, which does not show that the "
           "entity is closed.");
  }
  if (std::ranges::find(kUseless, registration) != kUseless.end()) {
    remark(evidence, "The registration is " + std::string(registration) +
                         ": this LEI is of no use; ask for the one that stands in its place.");
  } else if (registration.starts_with(kPending)) {
    remark(evidence, "The registration is " + std::string(registration) +
                         ": a person looks what becomes of it.");
  }
  if (entity == kInactive) remark(evidence, "The entity is INACTIVE.");
  if (std::ranges::find(kRegistrationStates, registration) == kRegistrationStates.end()) {
    put_residue(fact, "registration status " + std::string(registration));
  }
  if (std::ranges::find(kEntityStates, entity) == kEntityStates.end()) {
    put_residue(fact, "entity status " + std::string(entity));
  }
  if (fact.residue) remark(evidence, "Not understood: " + *fact.residue);
}

core::Result<> read_record(const Value& attributes, const std::string& at, Evidence& evidence) {
  TRY(const Value* const entity, object_in(attributes, "entity", at));
  TRY(const Value* const registration, object_in(attributes, "registration", at));
  TRY(auto fact, read_row(*entity, "gleif.lei", kEntity, {}, within(at, "entity")));
  TRY(const auto registered,
      read_row(*registration, "gleif.lei", kRegistration, {}, within(at, "registration")));
  take_values(fact, registered);
  put(fact, "lei", evidence.reference);
  TRY(const Value* const name, object_in(*entity, "legalName", within(at, "entity")));
  TRY(const std::string legal_name, text_of(*name, "name", within(at, "entity: legalName")));
  put(fact, "legal_name", legal_name);
  const std::string place = within(at, "registration");
  TRY(fact.from, day_of(*registration, "initialRegistrationDate", place));
  TRY(const auto renewal, day_of(*registration, "nextRenewalDate", place));
  if (renewal) put(fact, "next_renewal", core::to_string(*renewal));
  // A lapsed one is past its day already: that is its status, and no reason to ask again.
  if (value_of(fact, "registration_status") != kLapsed) evidence.expires = renewal;
  arrange(fact);
  judge(evidence, fact);
  evidence.facts.push_back(std::move(fact));
  evidence.asked = Asked::Found;
  return core::ok();
}

// One record, or a list of them: of a list only the asked one is read.
core::Result<> read_data(const Value& data, const std::string& at, Evidence& evidence) {
  const auto* items = data.as_array();
  for (std::size_t i = 0; i < (items == nullptr ? 1 : items->size()); ++i) {
    const Value& item = items == nullptr ? data : (*items)[i];
    const std::string place = items == nullptr ? at : within(at, std::to_string(i + 1));
    TRY(const Value* const attributes, object_in(item, "attributes", place));
    TRY(const std::string lei, text_of(*attributes, "lei", place));
    if (const auto good = core::identifiers::check_lei(lei); !good) {
      return wrong_reference(within(place, "lei"), good.error().detail);
    }
    if (lei != evidence.reference) continue;
    if (!evidence.facts.empty()) {
      doubt(evidence, place + ": the record is there twice; the first one was read.");
      continue;
    }
    TRY(read_record(*attributes, place, evidence));
  }
  return core::ok();
}

// How many answers there are beside those of this page.
void note_paging(const Value& body, Evidence& evidence) {
  const Value* meta = body.find("meta");
  const Value* paging = meta == nullptr ? nullptr : meta->find("pagination");
  const Value* last = paging == nullptr ? nullptr : paging->find("lastPage");
  const std::int64_t* pages = last == nullptr ? nullptr : last->as_integer();
  if (pages == nullptr || *pages <= 1) return;
  const std::string text = "The search has " + std::to_string(*pages) + " pages.";
  if (evidence.facts.empty()) {
    doubt(evidence, text + " The record may be on another.");
  } else {
    remark(evidence, text + " Only the record that was asked for is read.");
  }
}

bool says_not_found(const Value& body) {
  const Value* errors = body.find("errors");
  const auto* list = errors == nullptr ? nullptr : errors->as_array();
  return list != nullptr && !list->empty() && list->front().text("status") == "404";
}

// What was found in another answer stays found.
void failed(Evidence& evidence, std::string text) {
  if (evidence.facts.empty()) evidence.asked = Asked::CouldNotAsk;
  doubt(evidence, std::move(text));
}

core::Result<> read_answer(const Answer& answer, std::size_t number, Evidence& evidence) {
  const std::string at = "body " + std::to_string(number);
  const std::uint64_t status = answer.http_status.value_or(kHttpOk);
  if (status != kHttpOk && status != kHttpNotFound) {
    failed(evidence, at + ": " + failure(status) + ".");
    return core::ok();
  }
  TRY(const auto body, parse_body(answer.body, at));
  const Value* data = body.find("data");
  if (status == kHttpNotFound || data == nullptr) {
    if (!says_not_found(body)) {
      failed(evidence, at + ": the answer has neither data nor the error of an absent record.");
    }
    return core::ok();
  }
  TRY(read_data(*data, within(at, "data"), evidence));
  note_paging(body, evidence);
  return core::ok();
}

}  // namespace

core::Result<Evidence> read(std::string_view lei, std::span<const Answer> answers) {
  TRY(core::identifiers::check_lei(lei));
  if (answers.empty()) return wrong_reference("", "There is no answer to read.");
  Evidence evidence = begin_evidence("gleif", kParser, lei, answers);
  evidence.asked = Asked::NotFound;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    TRY(read_answer(answers[i], i + 1, evidence));
  }
  return evidence;
}

}  // namespace gateway::registers::gleif
