#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "engine/values.h"

// Commands that record reports.
namespace engine {

// A report was issued: what it was made from and what came out.
struct IssueReport {
  static constexpr std::string_view kType = "issue_report";

  core::ReportId report;
  std::string name;
  std::uint64_t version = 1;
  std::string profile;
  std::string language;
  std::uint64_t size = 0;  // Records it was made from.
  std::optional<core::StructureId> structure;
  std::optional<core::PartyId> client;
  core::Instant from;
  core::Instant to;
  core::Hash json_digest;
  core::Hash html_digest;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "report", self.report);
    field(2, "name", self.name);
    field(3, "version", self.version);
    field(4, "profile", self.profile);
    field(5, "language", self.language);
    field(6, "size", self.size);
    field(7, "structure", self.structure);
    field(8, "client", self.client);
    field(9, "from", self.from);
    field(10, "to", self.to);
    field(11, "json_digest", self.json_digest);
    field(12, "html_digest", self.html_digest);
  }
};

}  // namespace engine
