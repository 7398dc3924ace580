#include "engine/gate/fact_match.h"

#include <algorithm>
#include <string>

namespace engine::gate {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool has_words(std::string_view text, std::string_view words) {
  const auto same = [](char a, char b) { return lower(a) == lower(b); };
  return std::search(text.begin(), text.end(), words.begin(), words.end(), same) != text.end();
}

template <class Test>
bool any_value(const Fact& fact, std::string_view key, Test test) {
  return std::ranges::any_of(
      fact.values, [&](const FactValue& one) { return one.key == key && test(one.value); });
}

bool meets_condition(const Fact& fact, const FactCondition& condition, const Asking& asking,
                     std::optional<GateInstrument> instrument) {
  switch (condition.op) {
    case FactOperator::Is:
      return any_value(fact, condition.key,
                       [&](const std::string& value) { return contains(condition.values, value); });
    case FactOperator::Each:
      for (const InstrumentValues& one : condition.by_instrument) {
        if (one.instrument != instrument) continue;
        return any_value(fact, condition.key,
                         [&](const std::string& value) { return contains(one.values, value); });
      }
      return false;  // The rule says nothing about the instrument: it is not allowed.
    case FactOperator::Lacks:
      return !any_value(fact, condition.key, [&](const std::string& value) {
        return std::ranges::any_of(
            condition.values, [&](const std::string& words) { return has_words(value, words); });
      });
    case FactOperator::Absent:
      return !any_value(fact, condition.key, [](const std::string&) { return true; });
    case FactOperator::Residence:
      break;
  }
  return has_value(fact, condition.key, asking.residence);
}

}  // namespace

core::Instant answered(const HeldEvidence& held) {
  return held.evidence.answered_at.value_or(held.recorded_at);
}

bool holds_on(const Fact& fact, core::Date day) {
  return (!fact.from || *fact.from <= day) && (!fact.to || day <= *fact.to);
}

bool has_value(const Fact& fact, std::string_view key, std::string_view value) {
  return any_value(fact, key, [&](const std::string& one) { return one == value; });
}

bool meets(const Fact& fact, const FactNeed& need, const Asking& asking,
           std::optional<GateInstrument> instrument) {
  return fact.name == need.fact && std::ranges::all_of(need.where, [&](const FactCondition& one) {
           return meets_condition(fact, one, asking, instrument);
         });
}

std::vector<std::optional<GateInstrument>> questions(const FactNeed& need, const Asking& asking) {
  const bool each = std::ranges::any_of(
      need.where, [](const FactCondition& one) { return one.op == FactOperator::Each; });
  if (!each) return {std::nullopt};
  return {asking.instruments.begin(), asking.instruments.end()};
}

}  // namespace engine::gate
