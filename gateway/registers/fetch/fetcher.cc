#include "gateway/registers/fetch/fetcher.h"

#include <algorithm>
#include <array>

#include "core/json.h"
#include "gateway/registers/body.h"
#include "gateway/registers/words.h"

namespace gateway::registers::fetch {
namespace {

using std::chrono::milliseconds;

constexpr unsigned kHttpOk = 200;
constexpr unsigned kHttpNotFound = 404;
constexpr unsigned kHttpTooMany = 429;
constexpr unsigned kHttpServerError = 500;
constexpr std::int64_t kMicrosPerMilli = 1000;
constexpr std::int64_t kRetryAfterMax = 600;  // Seconds: no longer is waited for anybody.
constexpr std::int64_t kRowsOfPage = 500;     // A condition of 10 kB in each row is 5 MB a page.
constexpr std::size_t kListedMax = 20;        // Resources of a package that are named,
constexpr std::size_t kListedBytesMax = 100;  // and how much of each one's words.

// What the gate asks for; waivers and addresses are none of it.
constexpr auto kFcaEndpoints = std::to_array<std::string_view>(
    {"", "/Names", "/Permissions", "/Requirements", "/Individuals", "/CF", "/AR", "/Passports",
     "/Regulators", "/DisciplinaryHistory", "/Exclusions"});

constexpr std::string_view kRequirements = "/Requirements";
constexpr std::size_t kRequirementsMax = 50;  // Of which the investment types are asked for.

// Of a person; prohibitions stand in the first.
constexpr auto kIndividualEndpoints =
    std::to_array<std::string_view>({"", "/CF", "/DisciplinaryHistory"});

constexpr std::size_t kReferenceSizeMax = 20;  // "OR-0263614", "SXK02084"

// What may stand in a path as it is.
bool is_reference(std::string_view text) {
  return !text.empty() && text.size() <= kReferenceSizeMax && std::ranges::all_of(text, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-';
  });
}

bool is_worth_another(unsigned status) {
  return status == kHttpTooMany || status >= kHttpServerError;
}

std::optional<core::json::Value> body_of(const Answer& answer) {
  if (answer.http_status != kHttpOk) return std::nullopt;
  auto body = core::json::parse(answer.body);
  if (!body) return std::nullopt;
  return std::move(body.value());
}

bool has_next(const Answer& answer) {
  const auto body = body_of(answer);
  const core::json::Value* info = body ? body->find("ResultInfo") : nullptr;
  return info != nullptr && !info->text("Next").empty();
}

// The result of an answer of CKAN's that came and succeeded.
std::optional<core::json::Value> result_of(const Answer& answer) {
  if (answer.http_status != kHttpOk) return std::nullopt;
  const auto body = core::json::parse(with_decimals_as_texts(answer.body));
  const core::json::Value* success = body ? body.value().find("success") : nullptr;
  const core::json::Value* result = body ? body.value().find("result") : nullptr;
  if (success == nullptr || *success != core::json::Value(true) || result == nullptr) {
    return std::nullopt;
  }
  return *result;
}

// How many rows of a table are on a page, and how many there are.
struct Part {
  std::int64_t rows = 0;
  std::int64_t total = 0;
};
std::optional<Part> part_of(const Answer& answer) {
  const auto result = result_of(answer);
  const core::json::Value* records = result ? result->find("records") : nullptr;
  const core::json::Value* total = result ? result->find("total") : nullptr;
  if (records == nullptr || records->as_array() == nullptr || total == nullptr ||
      total->as_integer() == nullptr) {
    return std::nullopt;
  }
  return Part{static_cast<std::int64_t>(records->as_array()->size()), *total->as_integer()};
}

// The references of requirements whose text goes on with a list of investment types. The address of
// the list is not followed.
void add_promotions(const Answer& answer, std::vector<std::string>& references) {
  const auto body = body_of(answer);
  const core::json::Value* data = body ? body->find("Data") : nullptr;
  if (data == nullptr || data->as_array() == nullptr) return;
  for (const core::json::Value& requirement : *data->as_array()) {
    const std::string reference(requirement.text("Requirement Reference"));
    if (requirement.text("Financial Promotions Investment Types").empty() ||
        !is_reference(reference) || references.size() == kRequirementsMax ||
        std::ranges::find(references, reference) != references.end()) {
      continue;
    }
    references.push_back(reference);
  }
}

// For a query: everything but letters and digits is escaped.
std::string escaped(std::string_view text) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    // Unreserved: RFC 3986, section 2.3.
    const bool is_safe = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                         (c >= 'a' && c <= 'z') ||
                         std::string_view("-._~").find(c) != std::string_view::npos;
    if (is_safe) {
      out += c;
    } else {
      out += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return out;
}

std::optional<std::int64_t> small_number(std::string_view text) {
  const bool digits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  if (text.empty() || text.size() > 4 || !digits) return std::nullopt;
  return std::stoll(std::string(text));
}

}  // namespace

Fetcher::Fetcher(Transport transport, core::Clock& clock, Sleep sleep, Pace pace)
    : transport_(std::move(transport)), clock_(clock), sleep_(std::move(sleep)), pace_(pace) {}

std::vector<Answer> Fetcher::fca_firm(const std::string& base, std::string_view frn,
                                      const Credentials& credentials,
                                      std::span<const std::string> individuals) {
  const Headers headers = {{"X-AUTH-EMAIL", credentials.email.text()},
                           {"X-AUTH-KEY", credentials.key.text()},
                           {"Content-Type", "application/json"}};
  std::vector<Answer> answers;
  const std::string firm = base + "/Firm/" + std::string(frn);
  std::vector<std::string> requirements;
  for (const std::string_view endpoint : kFcaEndpoints) {
    const std::size_t before = answers.size();
    get_pages(firm + std::string(endpoint), headers, answers);
    if (endpoint != kRequirements) continue;
    for (std::size_t i = before; i < answers.size(); ++i) add_promotions(answers[i], requirements);
  }
  for (const std::string& requirement : requirements) {
    get_pages(firm + std::string(kRequirements) + "/" + requirement + "/InvestmentTypes", headers,
              answers);
  }
  for (const std::string& irn : individuals) {
    for (const std::string_view endpoint : kIndividualEndpoints) {
      get_pages(base + "/Individuals/" + irn + std::string(endpoint), headers, answers);
    }
  }
  return answers;
}

void Fetcher::get_pages(const std::string& url, const Headers& headers,
                        std::vector<Answer>& answers) {
  for (std::size_t page = 1; page <= kPagesMax; ++page) {
    // The address of Next is not followed: what a body says must not choose where keys are sent.
    answers.push_back(get(page == 1 ? url : url + "?pgnp=" + std::to_string(page), headers));
    if (!has_next(answers.back())) break;
  }
}

std::vector<Answer> Fetcher::esma_entity(const std::string& base, std::string_view lei) {
  const std::string query =
      base + "?q=" + escaped("{!join from=id to=_root_}ae_lei:\"" + std::string(lei) + "\"") +
      "&fq=" + escaped("entity_type:(ae OR aeActivity OR aeActivityHistory OR aeNotHostMmbSt)") +
      "&sort=" + escaped("_root_ asc,id asc") + "&rows=500&wt=json&cursorMark=";
  std::vector<Answer> answers;
  std::string cursor = "*";
  for (std::size_t page = 1; page <= kPagesMax; ++page) {
    answers.push_back(get(query + escaped(cursor), {}));
    const auto body = body_of(answers.back());
    const std::string next = body ? std::string(body->text("nextCursorMark")) : "";
    if (next.empty() || next == cursor) break;
    cursor = next;
  }
  return answers;
}

std::vector<Answer> Fetcher::gleif_record(const std::string& base, std::string_view lei) {
  return {get(base + "/lei-records/" + escaped(lei), {})};
}

std::vector<Answer> Fetcher::table_rows(const std::string& base, const TableQuestion& question) {
  std::vector<Answer> answers;
  for (const std::string& form : question.forms) {
    const core::json::Object filter = {{std::string(question.column), form}};
    const std::string url = base + "/datastore_search?resource_id=" + escaped(question.resource) +
                            "&filters=" + escaped(core::json::print(filter)) +
                            "&sort=_id&limit=" + std::to_string(kRowsOfPage) + "&offset=";
    std::int64_t rows = 0;
    for (std::size_t page = 1; page <= kPagesMax; ++page) {
      // The address of the next page is ours: those that a body names are not followed.
      answers.push_back(get(url + std::to_string(rows), {}));
      const auto part = part_of(answers.back());
      if (!part) return answers;  // It failed, and more would not make it whole.
      rows += part->rows;
      if (part->rows == 0 || rows >= part->total) break;
    }
    if (rows != 0 && !question.every_form) break;
  }
  return answers;
}

core::Result<std::string> Fetcher::table_of_package(const std::string& base,
                                                    std::string_view package) {
  const std::string at = "--package";
  const Answer answer = get(base + "/package_show?id=" + escaped(package), {});
  if (answer.http_status == kHttpNotFound) {
    return core::invalid("register_resource", at,
                         "data.gov.au has no package " + std::string(package) + ".");
  }
  const auto body = result_of(answer);
  const core::json::Value* found = body ? body->find("resources") : nullptr;
  if (found == nullptr || found->as_array() == nullptr) {
    return core::unavailable(
        "register_fetch", answer.address,
        "The package could not be asked for: " + failure(answer.http_status.value_or(0)) + ".");
  }
  std::vector<std::string> ids;
  std::string listed;
  for (const core::json::Value& resource : *found->as_array()) {
    const core::json::Value* active = resource.find("datastore_active");
    if (active == nullptr || *active != core::json::Value(true)) continue;
    ids.emplace_back(resource.text("id"));
    if (ids.size() > kListedMax) continue;
    listed += (listed.empty() ? "" : "; ") + plain_start(ids.back(), kListedBytesMax) + " " +
              plain_start(resource.text("name"), kListedBytesMax) + " (" +
              plain_start(resource.text("format"), kListedBytesMax) + ")";
  }
  if (ids.size() == 1) {
    TRY(check_resource(ids.front(), at));
    return std::move(ids.front());
  }
  return core::invalid("register_resource", at,
                       ids.empty()
                           ? "None of the package's " + std::to_string(found->as_array()->size()) +
                                 " resources can be asked by program."
                           : std::to_string(ids.size()) +
                                 " of the package's resources can be asked; name one with "
                                 "--resource: " +
                                 listed + ".");
}

Answer Fetcher::get(const std::string& url, const Headers& headers) {
  Answer answer{"", 0, url, {}};
  for (std::size_t failures = 0; failures < pace_.attempts;) {
    keep_pace();
    auto got = transport_({url, headers});
    if (got) {
      answer.body = std::move(got.value().body);
      answer.http_status = got.value().status;
      answer.answered_at = parse_http_date(got.value().date);
      if (!is_worth_another(got.value().status)) break;
    } else if (got.error().code == core::Code::InvalidInput) {
      break;  // The address is not allowed: it will not be the next time.
    }
    if (++failures < pace_.attempts) sleep_(pause_after(got ? &got.value() : nullptr, failures));
  }
  return answer;
}

// Waits until fewer requests than allowed lie within the window.
void Fetcher::keep_pace() {
  const std::int64_t window = pace_.window.count() * kMicrosPerMilli;
  while (true) {
    const core::Instant now = clock_.now();
    while (!asked_.empty() && now.micros - asked_.front().micros >= window) asked_.pop_front();
    if (asked_.size() < pace_.requests) {
      asked_.push_back(now);
      return;
    }
    const std::int64_t left = window - (now.micros - asked_.front().micros);
    sleep_(milliseconds(left / kMicrosPerMilli + 1));
  }
}

milliseconds Fetcher::pause_after(const HttpAnswer* answer, std::size_t failures) const {
  if (answer != nullptr && answer->status == kHttpTooMany) {
    const auto seconds = small_number(answer->retry_after);
    return seconds ? std::chrono::seconds(std::min(*seconds, kRetryAfterMax)) : pace_.blocked;
  }
  return pace_.backoff * (std::int64_t{1} << (failures - 1));
}

core::Result<> check_irn(std::string_view irn) {
  if (is_reference(irn)) return core::ok();
  return core::invalid("register_reference", "--individual",
                       "An individual's reference number is letters and digits, such as SXK02084.");
}

core::Result<> check_resource(std::string_view id, std::string_view at) {
  constexpr std::string_view kForm = "00000000-0000-0000-0000-000000000000";
  bool is_formed = id.size() == kForm.size();
  for (std::size_t i = 0; is_formed && i < id.size(); ++i) {
    const bool is_hexadecimal = std::string_view("0123456789abcdefABCDEF").find(id[i]) != id.npos;
    is_formed = kForm[i] == '-' ? id[i] == '-' : is_hexadecimal;
  }
  if (is_formed) return core::ok();
  return core::invalid("register_resource", std::string(at),
                       "A resource's id is a UUID, such as d98a113d-6b50-40e6-b65f-2612efc877f4.");
}

std::optional<core::Instant> parse_http_date(std::string_view text) {
  static constexpr std::array<std::string_view, 12> kMonths = {
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  constexpr std::string_view kForm = "Sun, 06 Nov 1994 08:49:37 GMT";
  if (text.size() != kForm.size() || !text.ends_with(" GMT")) return std::nullopt;
  const auto month = std::ranges::find(kMonths, text.substr(8, 3));
  if (month == kMonths.end()) return std::nullopt;
  const std::string number = std::to_string(month - kMonths.begin() + 1);
  const std::string iso = std::string(text.substr(12, 4)) + (number.size() == 1 ? "-0" : "-") +
                          number + "-" + std::string(text.substr(5, 2)) + "T" +
                          std::string(text.substr(17, 8)) + "Z";
  const auto instant = core::parse_instant(iso);
  if (!instant) return std::nullopt;
  return instant.value();
}

}  // namespace gateway::registers::fetch
