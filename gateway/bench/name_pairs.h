#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/names/name.h"
#include "gateway/screening/entry.h"

namespace gateway::bench {

// Two names of which people said whether they are one.
struct NamePair {
  std::uint64_t line = 0;  // Of the file; the first is 1.
  std::string left;
  std::string right;
  bool is_match = false;
  // What the pair is told apart by in figures; empty if the file does not say.
  std::string schema;  // "Person", "Company", "Vessel", ...
  std::string group;
  std::string category;
  std::string quality;
};

// A row that is no pair, and why.
struct MalformedRow {
  std::uint64_t line = 0;
  std::string detail;
};

struct NamePairs {
  std::vector<NamePair> pairs;
  std::vector<MalformedRow> malformed;
};

// Reads labelled pairs: a table with commas (RFC 4180), semicolons or tabs, whose first row names
// its columns, in any order and case. Needed are name1, name2 and is_match (true, yes, 1, match or
// their opposites); schema, case_group, category and quality may be there, others are left out.
// A row that is no pair is named and does not end the reading.
//
// Errors: InvalidInput/name_pairs if a column is missing or twice, or no pair is left;
//         InvalidInput/list_row if the rest cannot be read as rows; what the source gives.
core::Result<NamePairs> read_name_pairs(screening::Source file);

// Of which kind the names of a schema are. One that says neither person nor thing nor body is none.
std::optional<core::names::Kind> kind_of_schema(std::string_view schema);

}  // namespace gateway::bench
