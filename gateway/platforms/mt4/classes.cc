#include "gateway/platforms/mt4/classes.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/json.h"

namespace gateway::mt4 {
namespace {

constexpr std::array<std::string_view, 5> kNames = {"capital", "financing", "correction", "credit",
                                                    "unknown"};

core::Error bad_rules(std::string at, std::string detail) {
  return core::invalid("mt4_classes", std::move(at), std::move(detail));
}

core::Result<Rule> parse_rule(const core::json::Value& value) {
  const core::json::Value* const comment = value.find("comment");
  const core::json::Value* const prefix = value.find("prefix");
  const core::json::Value* const text = comment != nullptr ? comment : prefix;
  const core::json::Object* const members = value.as_object();
  const bool has_two = members != nullptr && members->size() == 2;
  if (!has_two || text == nullptr || text->as_string() == nullptr) {
    return bad_rules("", "A rule has a class, and either a comment or a prefix.");
  }
  const auto name = std::ranges::find(kNames, value.text("class"));
  if (name == kNames.end()) {
    return bad_rules("class", "Expected capital, financing, correction, credit or unknown.");
  }
  Rule rule;
  rule.comment = *text->as_string();
  rule.is_prefix = comment == nullptr;
  rule.result = static_cast<Class>(name - kNames.begin());
  if (rule.is_prefix && rule.comment.empty()) {
    return bad_rules("prefix", "An empty prefix fits every comment; name what it shall fit.");
  }
  return rule;
}

}  // namespace

std::string_view class_name(Class value) { return kNames.at(static_cast<std::size_t>(value)); }

Classes default_classes() {
  return {{{"ADJUSTMENT", false, Class::Capital},
           {"Financing", false, Class::Financing},
           {"Balance update", false, Class::Correction},
           {"Non-MT4 Activity", true, Class::Correction}}};
}

core::Result<Classes> parse_classes(std::string_view json) {
  TRY(const auto document, core::json::parse(json));
  const core::json::Object* const members = document.as_object();
  const core::json::Value* const rules = document.find("rules");
  if (members == nullptr || members->size() != 1 || rules == nullptr ||
      rules->as_array() == nullptr) {
    return bad_rules("", "Expected an object with a list of rules: {\"rules\":[...]}.");
  }
  if (rules->as_array()->size() > kRulesMax) {
    return bad_rules("rules", "There are more than 1000 rules.");
  }
  Classes classes;
  for (const core::json::Value& value : *rules->as_array()) {
    auto rule = parse_rule(value);
    if (!rule) {
      const std::string at = "rules[" + std::to_string(classes.rules.size()) + "]";
      return std::move(rule.error()).within(at);
    }
    classes.rules.push_back(std::move(rule.value()));
  }
  Classes defaults = default_classes();
  std::ranges::move(defaults.rules, std::back_inserter(classes.rules));
  return classes;
}

Class classify(const Classes& classes, const BalanceRow& row) {
  if (row.is_credit) return Class::Credit;
  const auto rule = std::ranges::find_if(classes.rules, [&row](const Rule& candidate) {
    return candidate.is_prefix ? row.comment.starts_with(candidate.comment)
                               : row.comment == candidate.comment;
  });
  return rule == classes.rules.end() ? Class::Unknown : rule->result;
}

}  // namespace gateway::mt4
