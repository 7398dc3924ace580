#pragma once

#include <array>
#include <string_view>

#include "core/codec.h"

// The choices of governance. Order is stored: append only.
namespace engine {

// What a person of the firm may be asked to approve follows from his roles.
enum class Role { Officer, Compliance, Operations, Onboarding, Dealing, Auditor };

// Why a person's key counts: the genesis names it, the offline root key signed for it, or two
// people registered it.
enum class KeyWarrant { GenesisOfficer, RootKey, TwoPeople };

// Why a proposal was not approved. A code, because free text is personal.
enum class RefusalReason { Wrong, NotAllowed, Duplicate, Withdrawn, Other };

// Why a period was opened again.
enum class ReopenReason { LateEntries, Error, AuditAdjustment, Other };

}  // namespace engine

template <>
struct core::EnumNames<engine::Role> {
  static constexpr std::array<std::string_view, 6> names = {
      "officer", "compliance", "operations", "onboarding", "dealing", "auditor"};
};

template <>
struct core::EnumNames<engine::KeyWarrant> {
  static constexpr std::array<std::string_view, 3> names = {"genesis_officer", "root_key",
                                                            "two_people"};
};

template <>
struct core::EnumNames<engine::RefusalReason> {
  static constexpr std::array<std::string_view, 5> names = {"wrong", "not_allowed", "duplicate",
                                                            "withdrawn", "other"};
};

template <>
struct core::EnumNames<engine::ReopenReason> {
  static constexpr std::array<std::string_view, 4> names = {"late_entries", "error",
                                                            "audit_adjustment", "other"};
};
