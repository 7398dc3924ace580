#include <set>

#include "core/check.h"
#include "core/json.h"
#include "gateway/rates/ecb.h"
#include "tests/fuzz/support/limits.h"

// A file of reference rates: XML if it begins with '<', else CSV. What is taken in has no day twice,
// no currency twice in a day and no rate at or below zero, and its commands read the same again.
namespace {

// libxml2's parser and its dictionary; a field of two bytes becomes a code and a rate.
constexpr fuzz::Allowance kAllowance{.per_byte = 400, .beside = std::size_t{1024} * 1024};

void check_days(const std::vector<gateway::ecb::Day>& days) {
  std::set<core::Date> dates;
  for (const auto& day : days) {
    CHECK(dates.insert(day.date).second);
    CHECK(!day.rates.empty());
    std::set<std::string> currencies;
    for (const auto& rate : day.rates) {
      CHECK(rate.rate.digits > 0);
      CHECK(currencies.insert(rate.currency).second);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const fuzz::MemoryLimit limit(size, kAllowance);
  const std::string_view text = core::as_text({data, size});
  auto days = text.starts_with('<') ? gateway::ecb::read_xml(text) : gateway::ecb::read_csv(text);
  if (!days) {
    CHECK(days.error().reason == "ecb_file" || days.error().reason == "xml");
    return 0;
  }
  check_days(days.value());
  for (const auto& command : gateway::ecb::commands(std::move(days.value()), {}, "@ops")) {
    const std::string printed = core::json::print(command);
    CHECK(core::json::print(core::json::parse(printed).value()) == printed);
  }
  return 0;
}
