#include "gateway/registers/fca/envelope.h"

#include <algorithm>

#include "gateway/registers/body.h"
#include "gateway/registers/words.h"

namespace gateway::registers::fca {
namespace {

using engine::Asked;

constexpr std::string_view kStatusPrefix = "FSR-API-";
constexpr std::size_t kCodeSize = 5;  // "02-03"
constexpr std::string_view kVersion = "/V0.1/";
constexpr std::string_view kUnauthorised = "01-01";
constexpr std::uint64_t kHttpOk = 200;
constexpr std::size_t kDigitsMax = 9;

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  return text;
}

std::optional<std::uint64_t> count_of(std::string_view text) {
  const bool digits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  if (text.empty() || text.size() > kDigitsMax || !digits) return std::nullopt;
  return std::stoull(std::string(text));
}

core::Result<> read_paging(const core::json::Value& body, Page& page) {
  const core::json::Value* info = body.find("ResultInfo");
  if (info == nullptr || info->is_null()) return core::ok();
  const std::string place = within(page.place, "ResultInfo");
  TRY(const std::string number, text_of(*info, "page", place));
  TRY(const std::string total, text_of(*info, "total_count", place));
  page.page = count_of(number);
  page.total = count_of(total);
  for (const std::string_view link : {"Next", "Previous"}) {
    if (page.path.empty()) page.path = path_of(info->text(link));
  }
  return core::ok();
}

// What the page says about itself: the suffix, the message, and whether it has data.
void classify(std::string_view suffix, std::string_view message, Page& page) {
  const bool has_data = !page.data.is_null();
  const std::string words = lower(std::string(message));
  const bool says_page = words.find("page not found") != std::string::npos;
  const bool says_absent = !says_page && (words.find("not found") != std::string::npos ||
                                          words.find("no search result") != std::string::npos);
  const bool absent_suffix = suffix == "11" || suffix == "21";
  if (has_data) {
    page.asked = Asked::Found;
    if (suffix != "00" || says_absent || says_page) page.mismatch = "there are data";
    return;
  }
  const bool refused = says_page || page.code == kUnauthorised || (absent_suffix && !says_absent);
  page.asked = refused ? Asked::CouldNotAsk : Asked::NotFound;
  if (refused || !absent_suffix || !says_absent) page.mismatch = "there are no data";
}

}  // namespace

std::string path_of(std::string_view address) {
  const std::size_t at = address.find(kVersion);
  if (at == std::string_view::npos) return "";
  address.remove_prefix(at + kVersion.size());
  return std::string(address.substr(0, address.find('?')));
}

core::Result<Page> read_page(const Answer& answer, std::size_t number) {
  Page page;
  page.place = "body " + std::to_string(number);
  page.path = path_of(answer.address);
  if (answer.http_status && *answer.http_status != kHttpOk) {
    page.asked = Asked::CouldNotAsk;
    page.mismatch = failure(*answer.http_status);
    return page;
  }
  TRY(const auto body, parse_body(answer.body, page.place));
  TRY(const std::string status, text_of(body, "Status", page.place));
  const std::string_view rest = std::string_view(status).substr(
      status.starts_with(kStatusPrefix) ? kStatusPrefix.size() : status.size());
  const core::json::Value* data = body.find("Data");
  if (rest.size() != kCodeSize + 3 || rest[kCodeSize] != '-' || data == nullptr) {
    return bad_body(
        within(page.place, "Status"),
        "This is no answer of the register: Status such as FSR-API-02-03-00 and Data are "
        "expected.");
  }
  page.code = rest.substr(0, kCodeSize);
  page.data = *data;
  TRY(const std::string message, text_of(body, "Message", page.place));
  TRY(read_paging(body, page));
  classify(rest.substr(kCodeSize + 1), message, page);
  if (!page.mismatch.empty()) {
    page.mismatch = "Status " + status + " and \"" + message + "\", but " + page.mismatch;
  }
  return page;
}

}  // namespace gateway::registers::fca
