#include "gateway/registers/fca/entries.h"

#include <algorithm>
#include <array>
#include <optional>

#include "gateway/registers/words.h"

namespace gateway::registers::fca {
namespace {

using core::json::Value;

constexpr std::string_view kCurrent = "Current";
constexpr std::string_view kPrevious = "Previous";

// The members of an object or the elements of a list, as entries.
core::Result<> take_all(const Value& value, const std::string& group, const std::string& place,
                        std::vector<Entry>& out) {
  if (const auto* items = value.as_array()) {
    for (std::size_t i = 0; i < items->size(); ++i) {
      out.push_back({within(place, std::to_string(i + 1)), group, "", &(*items)[i]});
    }
    return core::ok();
  }
  if (const auto* members = value.as_object()) {
    for (const auto& [name, member] : *members) {
      out.push_back({within(place, name), group, name, &member});
    }
    return core::ok();
  }
  return bad_body(place, "A list of entries is expected here.");
}

core::Result<> take_groups(const Value& value, const std::string& place, std::vector<Entry>& out) {
  const auto* members = value.as_object();
  if (members == nullptr) return bad_body(place, "An object of lists is expected here.");
  for (const auto& [name, member] : *members) {
    if (member.is_null()) continue;
    TRY(take_all(member, name, within(place, name), out));
  }
  return core::ok();
}

// Customer types, investment types and limitations of one activity: a list of objects of one
// member each. What has another name was not understood.
core::Result<engine::Fact> read_permission(const Entry& entry) {
  const auto* parts = entry.value->as_array();
  if (parts == nullptr) return bad_body(entry.place, "A list is expected here.");
  engine::Fact fact;
  fact.name = "fca.permission";
  bool is_about_itself = !parts->empty();  // The states of a consumer buy-to-let firm stand so.
  for (const Value& part : *parts) {
    const auto* members = part.as_object();
    if (members == nullptr) return bad_body(entry.place, "An object is expected here.");
    for (const auto& [name, values] : *members) {
      const auto* texts = values.as_array();
      if (texts == nullptr) return bad_body(within(entry.place, name), "A list is expected here.");
      is_about_itself = is_about_itself && name == entry.key;
      for (const Value& text : *texts) {
        const std::string* words = text.as_string();
        if (words == nullptr)
          return bad_body(within(entry.place, name), "A text is expected here.");
        if (name == "Customer Type") {
          put(fact, "customer_type", *words);
        } else if (name == "Investment Type") {
          put(fact, "investment_type", *words);
        } else if (name == "Limitation") {
          put(fact, "limitation", *words);
        } else if (name == entry.key) {
          put(fact, "state", *words);
        } else if (name != "Limitation Not Found") {
          put_residue(fact, name + ": " + *words);
        }
      }
    }
  }
  if (is_about_itself) fact.name = "fca.consumer_buy_to_let";
  put(fact, is_about_itself ? "item" : "activity", entry.key);
  arrange(fact);
  return fact;
}

// The requirement's title is the one member whose name we do not know; its text is the value.
core::Result<> add_requirement(const Entry& entry, engine::Fact& fact) {
  static constexpr std::array<std::string_view, 4> kFixed = {
      "Effective Date", "Requirement Reference", "Financial Promotions Requirement",
      "Financial Promotions Investment Types"};
  std::size_t titles = 0;
  for (const auto& [name, value] : *entry.value->as_object()) {
    if (std::ranges::find(kFixed, name) != kFixed.end()) continue;
    TRY(const std::string text, text_of(*entry.value, name, entry.place));
    put(fact, "title", name);
    put(fact, "text", text);
    ++titles;
  }
  if (titles != 1) put_residue(fact, "The requirement has " + std::to_string(titles) + " titles.");
  return core::ok();
}

// Permissions of a passport name their investment types; a waiver lists the rules it is of.
core::Result<> add_lists(const Entry& entry, engine::Fact& fact) {
  if (fact.name == "fca.waiver") {
    const Value* rules = entry.value->find("Rule_ArticleNo");
    if (rules == nullptr || rules->as_array() == nullptr) return core::ok();
    for (const Value& rule : *rules->as_array()) {
      if (const std::string* text = rule.as_string()) put(fact, "rule", *text);
    }
  } else if (fact.name == "fca.passport_permission") {
    const Value* permissions = entry.value->find("Permissions");
    if (permissions == nullptr || permissions->as_array() == nullptr) return core::ok();
    for (const Value& permission : *permissions->as_array()) {
      TRY(const std::string name, text_of(permission, "Name", entry.place));
      put(fact, "permission", name);
    }
  } else if (fact.name == "fca.firm") {
    const Value* infos = entry.value->find("Exceptional Info Details");
    if (infos == nullptr || infos->as_array() == nullptr) return core::ok();
    for (const Value& info : *infos->as_array())
      put(fact, "exceptional_info", core::json::print(info));
  }
  return core::ok();
}

// An individual's own page wraps what we read in "Details"; workplaces beside it are not read.
const Value* unwrapped(const Entry& entry) {
  const Value* details = entry.value->find("Details");
  return details == nullptr ? entry.value : details;
}

}  // namespace

core::Result<std::vector<Entry>> entries_of(const Value& data, Shape shape,
                                            const std::string& place) {
  std::vector<Entry> entries;
  const std::string at = within(place, "Data");
  if (shape != Shape::Grouped) {
    const bool is_right =
        shape == Shape::List ? data.as_array() != nullptr : data.as_object() != nullptr;
    if (!is_right) return bad_body(at, "The list has another form than this endpoint's.");
    TRY(take_all(data, "", at, entries));
  } else if (const auto* items = data.as_array()) {
    for (const Value& item : *items) {
      TRY(take_groups(item, at, entries));
    }
  } else {
    TRY(take_groups(data, at, entries));
  }
  return entries;
}

core::Result<engine::Fact> read_entry(const Entry& entry, const Endpoint& endpoint) {
  if (endpoint.code == kPermissionsCode) return read_permission(entry);
  TRY(auto fact,
      read_row(*unwrapped(entry), endpoint.fact, endpoint.columns, endpoint.days, entry.place));
  if (endpoint.code == kRequirementsCode) {
    TRY(add_requirement(entry, fact));
  }
  TRY(add_lists(entry, fact));
  if (entry.group.starts_with(kCurrent)) put(fact, "current", "true");
  if (entry.group.starts_with(kPrevious)) put(fact, "current", "false");
  arrange(fact);
  return fact;
}

}  // namespace gateway::registers::fca
