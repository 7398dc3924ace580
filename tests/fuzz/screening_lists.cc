#include <array>

#include "core/check.h"
#include "gateway/screening/detect.h"
#include "gateway/screening/list.h"
#include "gateway/screening/subjects.h"
#include "tests/fuzz/support/limits.h"

// A list of any format, or subjects; the first byte says which. A list that is accepted has its
// entries in the order of their ids, each once, with something to find them by and with days that
// there are; read again it is the same, and in pieces too.
namespace {

// Nodes of XML, and entries of many small fields.
constexpr fuzz::Allowance kAllowance{.per_byte = 3000, .beside = std::size_t{2} << 20};

using gateway::screening::Entry;
using gateway::screening::List;
using gateway::screening::Source;

// Gives a byte at a time.
Source in_pieces(std::string_view bytes) {
  return [rest = bytes](std::span<char> buffer) mutable -> core::Result<std::size_t> {
    if (rest.empty()) return std::size_t{0};
    buffer.front() = rest.front();
    rest.remove_prefix(1);
    return std::size_t{1};
  };
}

void check_day(std::string_view day) {
  if (day.empty()) return;
  CHECK(day.size() == 10 && day[4] == '-' && day[7] == '-');
  CHECK(day.substr(5, 2) >= "01" && day.substr(5, 2) <= "12");
  CHECK(day.substr(8, 2) >= "01" && day.substr(8, 2) <= "31");
}

void check_entry(const Entry& entry) {
  CHECK(!entry.id.empty());
  CHECK(!entry.names.empty() || !entry.particulars.identifiers.empty());
  for (const auto& name : entry.names) CHECK(!name.text.empty());
  for (const auto& identifier : entry.particulars.identifiers) {
    CHECK(identifier.value.size() >= core::names::kIdentifierCharactersMin);
  }
  for (const auto& birth : entry.particulars.births) {
    CHECK(birth.year_from <= birth.year_to);
    CHECK(birth.month >= 0 && birth.month <= 12 && birth.day >= 0 && birth.day <= 31);
  }
  check_day(entry.listed);
  check_day(entry.until);
}

void check_list(std::string_view format, std::string_view text) {
  const auto list = gateway::screening::read_list(format, {gateway::screening::source_of(text)});
  const auto again = gateway::screening::read_list(format, {in_pieces(text)});
  CHECK(list.has_value() == again.has_value());
  if (!list) {
    CHECK(!list.error().reason.empty());
    return;
  }
  CHECK(list.value().bytes == text.size());
  CHECK(list.value().digest == again.value().digest);
  const auto& entries = list.value().entries;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    check_entry(entries[i]);
    CHECK(i == 0 || entries[i - 1].id < entries[i].id);
  }
  const auto changes = gateway::screening::delta(list.value(), again.value());
  CHECK(changes.added.empty() && changes.changed.empty() && changes.removed.empty());
}

void check_subjects(std::string_view text) {
  const auto subjects = gateway::screening::read_subjects(gateway::screening::source_of(text));
  if (!subjects) return;
  for (const auto& subject : subjects.value()) {
    CHECK(!subject.id.empty() && !subject.names.empty());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const fuzz::MemoryLimit limit(size, kAllowance);
  const std::string text(core::as_text({data + 1, size - 1}));
  static const auto formats = gateway::screening::format_names();
  const std::size_t which = static_cast<std::size_t>(data[0]) % 16;
  if (which < formats.size()) {
    check_list(formats[which], text);
  } else {
    check_subjects(text);
    static_cast<void>(gateway::screening::format_of(text));
  }
  return 0;
}
