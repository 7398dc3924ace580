#include "gateway/cli/register_times.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "core/check.h"
#include "gateway/registers/answer.h"
#include "gateway/registers/words.h"

namespace gateway::cli {
namespace {

using engine::Evidence;
using engine::Fact;

constexpr std::int64_t kMicrosAnHour = 3'600'000'000;
constexpr std::int64_t kMicrosADay = 24 * kMicrosAnHour;
constexpr std::size_t kDayBytes = 10;  // "27/02/2026"

// "27/02/2026 11:21", London's time: at most an hour later than UTC's.
std::optional<core::Instant> stamp_of(std::string_view text) {
  if (text.size() != kDayBytes + 6 || text[kDayBytes] != ' ') return std::nullopt;
  const auto day = registers::day_first(text.substr(0, kDayBytes), "System Timestamp");
  if (!day || !day.value()) return std::nullopt;
  const std::string clock =
      core::to_string(*day.value()) + "T" + std::string(text.substr(kDayBytes + 1)) + ":00Z";
  const auto local = core::parse_instant(clock);
  if (!local) return std::nullopt;
  return core::Instant{local.value().micros - kMicrosAnHour};
}

std::optional<core::Instant> earliest_stamp(const Evidence& evidence) {
  std::optional<core::Instant> out;
  for (const Fact& fact : evidence.facts) {
    if (fact.name != "fca.firm") continue;
    const auto stamp = stamp_of(registers::value_of(fact, "system_timestamp"));
    if (stamp && (!out || *stamp < *out)) out = stamp;
  }
  return out;
}

std::string_view name_of(engine::Asked asked) {
  return core::EnumNames<engine::Asked>::names[static_cast<std::size_t>(asked)];
}

std::string_view name_of(registers::asic::List list) {
  switch (list) {
    case registers::asic::List::Licensees:
      return "licensees";
    case registers::asic::List::Representatives:
      return "representatives";
    case registers::asic::List::BannedPersons:
      return "banned_persons";
    case registers::asic::List::BannedOrganisations:
      return "banned_organisations";
  }
  core::check_failed("list is one of the four", __FILE__, __LINE__);
}

}  // namespace

bool is_form(const RegisterArguments& arguments) {
  return arguments.source == "cysec" || arguments.source == "capture";
}

core::Result<std::optional<core::Instant>> answered_at_of(const RegisterArguments& arguments) {
  if (arguments.answered_at.empty()) return std::optional<core::Instant>();
  auto parsed = core::parse_instant(arguments.answered_at);
  if (!parsed) return std::move(parsed.error()).within("--answered-at");
  return std::optional(parsed.value());
}

core::Result<> say_when(const RegisterArguments& arguments, Evidence& evidence) {
  TRY(const auto said, answered_at_of(arguments));
  if (is_form(arguments)) {
    if (!said && !arguments.status) return core::ok();
    return core::invalid("register_capture", "--answered-at",
                         "A form says itself when it was captured (captured_at).");
  }
  if (said) evidence.answered_at = said;
  const auto stamp = earliest_stamp(evidence);
  if (!stamp) return core::ok();
  if (!evidence.answered_at) {
    evidence.answered_at = stamp;
  } else if (stamp->micros + kMicrosADay + kMicrosAnHour < evidence.answered_at->micros) {
    registers::remark(evidence, "The firm's page is stamped " + core::to_string(*stamp) +
                                    " or an hour later, long before it is said to have come.");
  }
  return core::ok();
}

void say_which_list(registers::asic::List list, Evidence& evidence) {
  Fact asked;
  asked.name = "asic.endpoint";
  registers::put(asked, "asked", name_of(evidence.asked));
  registers::put(asked, "endpoint", name_of(list));
  registers::put(asked, "entries", std::to_string(evidence.facts.size()));
  evidence.facts.push_back(std::move(asked));
}

}  // namespace gateway::cli
