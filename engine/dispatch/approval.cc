#include "engine/dispatch/approval.h"

#include <algorithm>
#include <array>

#include "engine/dispatch/commands.h"
#include "engine/dispatch/second_person.h"
#include "engine/effects.h"
#include "engine/governance/decide.h"
#include "engine/linked_commands.h"
#include "engine/reservation_commands.h"

namespace engine::dispatch {
namespace {

// Who may sign and approve is changed by officers only, whatever the rules say.
constexpr auto kOfficersOnly =
    std::to_array<std::string_view>({RegisterPersonKey::kType, RevokePersonKey::kType,
                                     GrantRole::kType, RevokeRole::kType, SetApprovalRule::kType});

bool is_officers_only(std::string_view type) {
  return std::ranges::find(kOfficersOnly, type) != kOfficersOnly.end();
}

// The command by itself, or each of a list.
template <class Visit>
core::Result<> for_each_command(std::string_view type, core::ByteView fields, const Visit& visit) {
  if (type != Linked::kType) return visit(type, fields);
  TRY(const auto linked, core::from_cbor<Linked>(fields));
  for (const LinkedCommand& command : linked.commands) {
    TRY(visit(command.command, command.fields));
  }
  return core::ok();
}

std::vector<Role> approver_roles(const State& state, std::string_view type) {
  if (is_officers_only(type)) return {Role::Officer};
  const auto rule = state.governance.rules.find(std::string(type));
  if (rule != state.governance.rules.end()) return rule->second.roles;
  return {Role::Officer, Role::Compliance};
}

std::string print_roles(const std::vector<Role>& roles) {
  std::string out;
  for (const Role role : roles) {
    out += out.empty() ? "" : ", ";
    out += core::EnumNames<Role>::names[static_cast<std::size_t>(role)];
  }
  return out;
}

}  // namespace

core::Result<std::vector<ledger::Draft>> decide(const Context& context,
                                                const SetApprovalRule& command) {
  TRY(governance::check_officers(context.state));
  TRY(const CommandType* type, find_command(command.command_type));
  // The service's ticks would wait for somebody.
  if (command.command_type == Tick::kType || is_officers_only(command.command_type) ||
      type->placing == Placing::OnItsOwn || command.command_type == Linked::kType) {
    return core::conflict("approval_rule", "command_type", "Who approves this command is fixed.");
  }
  if (!command.required && type->always_needs_approver) {
    return core::conflict("approval_rule", "required",
                          "This command always needs a second person.");
  }
  ApprovalRuleSet body{command.command_type, command.required, command.roles};
  if (body.roles.empty()) body.roles = {Role::Officer, Role::Compliance};
  Effects effects(context.effective_at);
  effects.add(body, {}, {});
  return effects.take();
}

bool looks_inside(std::string_view type) {
  return type == Linked::kType || may_need_by_rules(type);
}

bool needs_approver(const State& state, std::string_view type, core::ByteView fields,
                    core::Instant now) {
  const auto known = find_command(type);
  if (!known || needs_approver(*known.value(), fields)) return true;
  if (state.governance.rules.empty() && !looks_inside(type)) return false;
  bool needs = false;
  const auto looked =
      for_each_command(type, fields, [&](std::string_view name, core::ByteView inner) {
        const auto rule = state.governance.rules.find(std::string(name));
        needs = needs || (rule != state.governance.rules.end() && rule->second.required) ||
                needs_by_rules(state, now, name, inner);
        return core::ok();
      });
  return needs || !looked;
}

core::Result<> check_asker(const State& state, std::string_view type, core::ByteView fields,
                           const core::PartyId& person) {
  return for_each_command(
      type, fields, [&](std::string_view name, core::ByteView) -> core::Result<> {
        if (!is_officers_only(name) || has_any_role(state.governance, person, {Role::Officer})) {
          return core::ok();
        }
        return core::conflict("not_an_officer", "actor",
                              std::string(name) + " is asked for by an officer.");
      });
}

core::Result<> check_approver(const State& state, std::string_view type, core::ByteView fields,
                              const core::PartyId& person) {
  return for_each_command(
      type, fields, [&](std::string_view name, core::ByteView) -> core::Result<> {
        const auto roles = approver_roles(state, name);
        if (has_any_role(state.governance, person, roles)) return core::ok();
        return core::conflict("not_an_approver", "approver",
                              std::string(name) + " is approved by who has one of the roles: " +
                                  print_roles(roles) + ".");
      });
}

}  // namespace engine::dispatch
