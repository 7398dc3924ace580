#include "gateway/registers/asic/lists.h"

#include <algorithm>
#include <array>

#include "core/byte_order_mark.h"
#include "core/check.h"
#include "gateway/registers/answer.h"
#include "gateway/registers/asic/columns.h"
#include "gateway/registers/words.h"

namespace gateway::registers::asic {
namespace {

constexpr std::size_t kHeadBytes = 200;
constexpr std::string_view kMidnight = "T00:00:00";
constexpr std::size_t kIsoDateSize = 10;

std::vector<std::string> once_each(std::vector<std::string> forms) {
  std::vector<std::string> out;
  for (std::string& form : forms) {
    if (std::ranges::find(out, form) == out.end()) out.push_back(std::move(form));
  }
  return out;
}

std::vector<std::string> bare_first(const std::string& wanted) {
  return once_each({wanted, padded_number(wanted)});
}

std::vector<std::string> padded_first(const std::string& wanted) {
  return once_each({padded_number(wanted), wanted});
}

std::vector<std::string> document_forms(const std::string& wanted) {
  const std::string bare = bare_document(wanted);
  const bool is_number = !bare_number(bare).empty();
  const std::string long_form = is_number ? padded_number(bare) : bare;
  return once_each({"#" + long_form, long_form, "#" + bare, bare});
}

constexpr auto kReadings = std::to_array<Reading>(
    {{List::Licensees, "licensees", "d98a113d-6b50-40e6-b65f-2612efc877f4", TableForm::Comma,
      kLicenseeColumns, kLicenceName, kLicenceNumber, wanted_licence, bare_first, add_licensee},
     {List::Representatives, "representatives", "5515dfcc-5266-44df-950d-7e359a83d514",
      TableForm::Tab, kRepresentativeColumns, kRepresentativeNumber, kRepresentativeNumber,
      wanted_representative, padded_first, add_representative},
     {List::BannedPersons, "banned_persons", "741da9e3-7e0c-458e-830c-c518698e1788",
      TableForm::Comma, kBannedPersonColumns, kBannedName, kBannedDocument, wanted_document,
      document_forms, add_banned_person},
     {List::BannedOrganisations, "banned_organisations", "ced03961-e6f7-4263-895a-0fd1d7996043",
      TableForm::Tab, kBannedOrganisationColumns, kBannedAcn, kBannedAcn, wanted_acn, padded_first,
      add_banned_organisation}});

std::string head_of(std::istream& file) {
  std::string head(kHeadBytes, '\0');
  file.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(file.gcount()));
  file.clear();
  file.seekg(0);
  return head;
}

}  // namespace

std::string_view iso_day(std::string_view text) {
  const bool is_formed =
      text.size() == kIsoDateSize ||
      (text.size() == kIsoDateSize + kMidnight.size() && text.ends_with(kMidnight));
  return is_formed && text[4] == '-' ? text.substr(0, kIsoDateSize) : std::string_view{};
}

std::span<const Reading> readings() { return kReadings; }

const Reading& reading_of(List list) {
  const auto found = std::ranges::find(kReadings, list, &Reading::list);
  CHECK(found != kReadings.end());
  return *found;
}

core::Result<engine::Evidence> read_listed(List list, std::istream& file,
                                           std::string_view reference) {
  const Reading& reading = reading_of(list);
  TRY(const std::string wanted, reading.wanted(reference));
  engine::Evidence evidence = list_evidence(wanted);
  TableReader table(file, reading.form);
  TRY(table.header(reading.columns));
  TRY(reading.add([&table](Row& row) { return table.next(row); }, evidence));
  evidence.documents.push_back(table.digest());
  say_which_list(reading, evidence);
  return evidence;
}

std::string bare_number(std::string_view text) {
  const std::string number = plain(text);
  if (!std::ranges::all_of(number, [](char c) { return c >= '0' && c <= '9'; })) return "";
  return number.substr(std::min(number.find_first_not_of('0'), number.size()));
}

std::string padded_number(std::string_view bare) {
  const std::size_t zeros = bare.size() < kNumberWidth ? kNumberWidth - bare.size() : 0;
  return std::string(zeros, '0') + std::string(bare);
}

std::string bare_document(std::string_view text) {
  const std::string all = plain(text);
  const std::string number = plain(std::string_view(all).substr(all.starts_with('#') ? 1 : 0));
  const std::string bare = bare_number(number);
  return bare.empty() ? number : bare;
}

core::Result<std::string> number_in(const Row& row, std::size_t column, std::string_view name) {
  std::string number = bare_number(row.fields[column]);
  if (!number.empty()) return number;
  return wrong_reference(at_row(row, name), "A number is expected here.");
}

core::Result<std::optional<core::Date>> day_in(const Row& row, std::size_t column,
                                               std::string_view name) {
  const std::string text = plain(row.fields[column]);
  if (row.body != 0 && !iso_day(text).empty()) {
    const auto date = core::parse_date(iso_day(text));
    if (date) return std::optional(date.value());
  }
  return day_first(text, at_row(row, name));
}

engine::Evidence list_evidence(std::string_view reference) {
  engine::Evidence evidence = begin_evidence("asic", kParser, reference, {});
  evidence.asked = engine::Asked::NotFound;
  return evidence;
}

bool varies_in_form(List list) { return list == List::BannedPersons; }

void say_which_list(const Reading& reading, engine::Evidence& evidence) {
  engine::Fact asked;
  asked.name = "asic.endpoint";
  put(asked, "asked",
      core::EnumNames<engine::Asked>::names[static_cast<std::size_t>(evidence.asked)]);
  put(asked, "endpoint", reading.name);
  put(asked, "entries", std::to_string(evidence.facts.size()));
  evidence.facts.push_back(std::move(asked));
}

void add_once(engine::Evidence& evidence, engine::Fact fact) {
  evidence.asked = engine::Asked::Found;
  const core::Bytes bytes = core::to_cbor(fact);
  const bool known = std::ranges::any_of(
      evidence.facts, [&](const engine::Fact& other) { return core::to_cbor(other) == bytes; });
  if (!known) evidence.facts.push_back(std::move(fact));
}

core::Result<List> which_list(std::istream& file) {
  const std::string head = head_of(file);
  for (const Reading& reading : kReadings) {
    if (head.find(reading.columns[reading.mark]) != std::string::npos) return reading.list;
  }
  return core::invalid("register_table", at_line(1),
                       "The first line has the columns of none of ASIC's lists.");
}

std::optional<List> list_named(std::string_view name) {
  const auto found = std::ranges::find(kReadings, name, &Reading::name);
  if (found == kReadings.end()) return std::nullopt;
  return found->list;
}

std::vector<std::string> list_names() {
  std::vector<std::string> names;
  for (const Reading& reading : kReadings) names.emplace_back(reading.name);
  return names;
}

core::Result<Question> question_of(List list, std::string_view reference) {
  const Reading& reading = reading_of(list);
  TRY(const std::string wanted, reading.wanted(reference));
  return Question{std::string(reading.resource), reading.columns[reading.key],
                  reading.forms(wanted), varies_in_form(list)};
}

bool is_answer(std::istream& file) {
  const std::string head = head_of(file);
  const std::string_view text = core::without_byte_order_mark(head);
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && text[first] == '{';
}

}  // namespace gateway::registers::asic
