#include "reports/explain/explanation.h"

#include <algorithm>

namespace reports::explain {

bool Explanation::sound() const { return std::ranges::none_of(steps, &Step::differs); }

std::string to_text(const Explanation& explanation) {
  std::string out = "record " + std::to_string(explanation.seq) + ": " + explanation.name + ", " +
                    explanation.title + "\n" + "recorded " +
                    core::to_string(explanation.recorded_at) + ", effective " +
                    core::to_string(explanation.effective_at) + "\n\n";
  std::size_t number = 0;
  for (const Step& step : explanation.steps) {
    out += std::to_string(++number) + ". " + step.what + ": ";
    if (!step.how.empty()) out += step.how + " = ";
    out += step.value;
    if (step.differs()) {
      out += "\n   MISMATCH: the record says " + step.recorded;
    } else if (step.checked) {
      out += " as recorded";
    }
    out += "\n";
  }
  if (!explanation.rests_on.empty()) out += "\nrests on\n";
  for (const RestsOn& one : explanation.rests_on) {
    out += "  seq " + std::to_string(one.seq) + "  " + one.what + "\n";
  }
  const auto wrong = std::ranges::count_if(explanation.steps, &Step::differs);
  out += wrong == 0 ? "\nevery figure follows\n"
                    : "\nDOES NOT FOLLOW: " + std::to_string(wrong) +
                          " figures differ from what the record says\n";
  return out;
}

core::json::Value to_json(const Explanation& explanation) {
  using core::json::Array;
  using core::json::Object;
  Array steps;
  for (const Step& step : explanation.steps) {
    Object one{{"what", step.what}};
    if (!step.how.empty()) one.emplace_back("how", step.how);
    one.emplace_back("value", step.value);
    one.emplace_back("checked", step.checked);
    if (step.differs()) one.emplace_back("recorded", step.recorded);
    steps.push_back(std::move(one));
  }
  Array rests_on;
  for (const RestsOn& one : explanation.rests_on) {
    rests_on.push_back(Object{{"seq", static_cast<std::int64_t>(one.seq)}, {"what", one.what}});
  }
  return Object{{"seq", static_cast<std::int64_t>(explanation.seq)},
                {"kind", static_cast<std::int64_t>(explanation.kind)},
                {"name", explanation.name},
                {"title", explanation.title},
                {"recorded_at", core::to_string(explanation.recorded_at)},
                {"effective_at", core::to_string(explanation.effective_at)},
                {"follows", explanation.sound()},
                {"steps", std::move(steps)},
                {"rests_on", std::move(rests_on)}};
}

}  // namespace reports::explain
