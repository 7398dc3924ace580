#include "gateway/cli/register_times.h"

#include <algorithm>
#include <string>
#include <string_view>

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

}  // namespace gateway::cli
