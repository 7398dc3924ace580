#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "gateway/platforms/mt4/statement.h"

namespace gateway::mt4 {

// What a balance row means for the result. Capital is a deposit or withdrawal and moves the
// high-water mark; financing and corrections are part of the result; credit is a memo; unknown
// blocks until somebody says.
enum class Class { Capital, Financing, Correction, Credit, Unknown };

std::string_view class_name(Class value);

struct Rule {
  std::string comment;
  bool is_prefix = false;  // The comment begins so; otherwise it is exactly so.
  Class result = Class::Unknown;
};

// The first rule that fits decides. Comments are free text of each broker's, so the table is too.
struct Classes {
  std::vector<Rule> rules;
};

inline constexpr std::size_t kRulesMax = 1000;

// ADJUSTMENT, Financing, Balance update and Non-MT4 Activity, as OANDA writes them.
Classes default_classes();

// A broker's own rules, which come before the defaults:
//   {"rules":[{"comment":"ADJUSTMENT","class":"capital"},
//             {"prefix":"Non-MT4 Activity","class":"correction"}]}
//
// Errors: InvalidInput/json; InvalidInput/mt4_classes with the rule that is not understood, such as
//         an empty prefix, which would leave nothing unknown.
core::Result<Classes> parse_classes(std::string_view json);

// A row of type credit is credit, whatever its comment.
Class classify(const Classes& classes, const BalanceRow& row);

}  // namespace gateway::mt4
