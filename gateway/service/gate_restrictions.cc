#include "gateway/service/gate_restrictions.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>
#include <tuple>

#include "core/codec.h"
#include "engine/gate/fact_match.h"
#include "engine/gate_state.h"

namespace gateway::service {
namespace {

using core::json::Array;
using core::json::Object;
using engine::Fact;
using engine::HeldEvidence;

struct Restricting {
  std::string_view fact;
  std::string_view key;    // Whose every value restricts.
  std::string_view about;  // The key of what it restricts.
  std::string_view kind;
};

constexpr auto kRestricting = std::to_array<Restricting>({
    {"asic.afsl.limb", "restriction", "product", "restriction"},
    {"fca.control_function", "restriction", "function", "restriction"},
    {"fca.permission", "limitation", "activity", "limitation"},
    {"fca.requirement", "text", "title", "requirement"},
});

std::string first_value(const Fact& fact, std::string_view key) {
  const auto found = std::ranges::find(fact.values, key, &engine::FactValue::key);
  return found == fact.values.end() ? "" : found->value;
}

class Restrictions {
 public:
  Restrictions(const engine::GateAnswer& answer, core::Date day) : answer_(answer), day_(day) {}

  void add_of(const char* whose, const std::vector<HeldEvidence>& all) {
    for (const HeldEvidence& held : all) {
      if (std::ranges::find(answer_.evidence, held.seq, &engine::EvidenceUsed::seq) ==
          answer_.evidence.end()) {
        continue;
      }
      for (const Fact& fact : held.evidence.facts) add(whose, held, fact);
    }
  }
  Array take() { return std::move(out_); }

 private:
  void add(const char* whose, const HeldEvidence& held, const Fact& fact) {
    const auto found = std::ranges::find(kRestricting, fact.name, &Restricting::fact);
    if (found == kRestricting.end() || !engine::gate::holds_on(fact, day_)) return;
    const std::string about = first_value(fact, found->about);
    for (const engine::FactValue& value : fact.values) {
      if (value.key != found->key) continue;
      if (!seen_.emplace(whose, held.evidence.reference, about, value.value).second) continue;
      Object line{{"of", whose},
                  {"seq", core::Codec<std::uint64_t>::to_json(held.seq)},
                  {"kind", found->kind},
                  {"source", held.evidence.source},
                  {"reference", held.evidence.reference}};
      if (!about.empty()) line.emplace_back("about", about);
      line.emplace_back("text", value.value);
      out_.push_back(std::move(line));
    }
  }

  const engine::GateAnswer& answer_;
  const core::Date day_;
  Array out_;
  std::set<std::tuple<std::string, std::string, std::string, std::string>> seen_;
};

}  // namespace

Array restrictions_in(const engine::State& state, const core::PartyId& manager,
                      const engine::GateAnswer& answer, core::Instant now) {
  Restrictions out(answer, core::utc_date(now));
  out.add_of("broker", state.gate->of_firm);
  const auto held = state.gate->of_party.find(manager);
  if (held != state.gate->of_party.end()) out.add_of("manager", held->second);
  return out.take();
}

}  // namespace gateway::service
