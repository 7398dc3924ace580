#include "gateway/registers/fetch/kept.h"

#include <algorithm>
#include <filesystem>

#include "core/files.h"
#include "core/json.h"
#include "core/sha256.h"

namespace gateway::registers::fetch {
namespace {

constexpr std::string_view kIndex = "answers.json";
constexpr std::string_view kKeptForm = "register-answers/1";
constexpr std::size_t kKeptBytesMax = std::size_t{16} << 20;  // Of a body, as of a fetched one.
constexpr std::size_t kFileNumberWidth = 3;

core::Error bad_index(const std::string& at, std::string detail) {
  return core::invalid("register_body", at, std::move(detail));
}

std::string digest_of(std::string_view body) {
  return core::to_hex(core::sha256(core::as_bytes(body)).view());
}

std::string file_name(std::size_t index) {
  const std::string number = std::to_string(index + 1);
  const std::size_t zeros = number.size() < kFileNumberWidth ? kFileNumberWidth - number.size() : 0;
  return std::string(zeros, '0') + number + ".json";
}

core::Result<Answer> read_one(const std::string& folder, const core::json::Value& row,
                              std::size_t index) {
  const std::string at = std::string(kIndex) + ": " + std::to_string(index + 1);
  const std::string name = file_name(index);
  if (row.text("file") != name) return bad_index(at, "The file must be " + name + ".");
  TRY(auto body, core::read_file(folder + "/" + name, kKeptBytesMax));
  if (row.text("sha256") != digest_of(body)) {
    return bad_index(name, "The bytes are not those that came.");
  }
  Answer answer{std::move(body), {}, std::string(row.text("address")), {}};
  if (const core::json::Value* status = row.find("http_status")) {
    if (status->as_integer() == nullptr || *status->as_integer() < 0) {
      return bad_index(at + ": http_status", "A number is expected here.");
    }
    answer.http_status = static_cast<std::uint64_t>(*status->as_integer());
  }
  if (const std::string_view when = row.text("answered_at"); !when.empty()) {
    const auto instant = core::parse_instant(when);
    if (!instant) return bad_index(at + ": answered_at", "An instant in UTC is expected here.");
    answer.answered_at = instant.value();
  }
  return answer;
}

}  // namespace

bool is_kept(const std::string& path) {
  std::error_code failure;
  return std::filesystem::is_directory(path, failure);
}

core::Result<> keep_answers(const std::string& folder, std::span<const Answer> answers) {
  TRY(core::make_folder(folder, core::FileAccess::OwnerOnly));
  core::json::Array rows;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const Answer& answer = answers[i];
    const std::string name = file_name(i);
    TRY(core::write_file(folder + "/" + name, answer.body, core::FileAccess::OwnerOnly));
    core::json::Object row = {{"file", name}, {"sha256", digest_of(answer.body)}};
    row.emplace_back("address", answer.address);
    if (answer.http_status) {
      row.emplace_back("http_status", static_cast<std::int64_t>(*answer.http_status));
    }
    if (answer.answered_at) row.emplace_back("answered_at", core::to_string(*answer.answered_at));
    rows.emplace_back(std::move(row));
  }
  const core::json::Object index = {{"form", kKeptForm}, {"answers", std::move(rows)}};
  return core::write_file(folder + "/" + std::string(kIndex), core::json::print_pretty(index),
                          core::FileAccess::OwnerOnly);
}

core::Result<std::vector<Answer>> read_kept(const std::string& folder) {
  TRY(const std::string text, core::read_file(folder + "/" + std::string(kIndex), kKeptBytesMax));
  auto index = core::json::parse(text);
  if (!index) return std::move(index.error()).within(kIndex);
  const core::json::Value* rows = index.value().find("answers");
  if (index.value().text("form") != kKeptForm || rows == nullptr || rows->as_array() == nullptr) {
    return bad_index(std::string(kIndex), "A list of answers is expected here, as fetch keeps it.");
  }
  std::vector<Answer> answers;
  for (std::size_t i = 0; i < rows->as_array()->size(); ++i) {
    TRY(auto answer, read_one(folder, (*rows->as_array())[i], i));
    answers.push_back(std::move(answer));
  }
  return answers;
}

}  // namespace gateway::registers::fetch
