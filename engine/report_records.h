#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "engine/report_commands.h"

// Records of reports.
namespace engine {

// A report was issued; the digests are of its whole files.
struct ReportIssued {
  static constexpr std::uint64_t kKind = 60;
  static constexpr std::string_view kName = "report_issued";

  IssueReport report;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "report", self.report);
  }
};

}  // namespace engine
