#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "core/json.h"
#include "core/time.h"
#include "engine/gate_values.h"
#include "gateway/registers/answer.h"

// What a person took from a page or a paper that no program reads, and who else looked at it.
namespace gateway::registers::capture {

// The head of each form.
struct Captured {
  std::vector<core::Hash> documents;  // SHA-256 of what was captured: the page, the paper.
  std::string address;  // Where it was seen; "" for a paper is not allowed: say whose.
  core::Instant captured_at;
  std::string captured_by;
  std::string reviewed_by;  // Somebody else, who compared the form with the documents.
  core::Date expires;       // From when it must be captured anew.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "documents", self.documents);
    field(2, "address", self.address);
    field(3, "captured_at", self.captured_at);
    field(4, "captured_by", self.captured_by);
    field(5, "reviewed_by", self.reviewed_by);
    field(6, "expires", self.expires);
  }
};

// Nothing that was captured by hand is good for longer.
inline constexpr std::int32_t kDaysMax = 366;

// How the gate's cells name evidence that a person captured.
inline constexpr std::string_view kManualCapture = "manual_capture";

// Evidence with the digests of the captured documents and, last, of the form itself.
//
// Errors: InvalidInput/register_capture if one person did both, no document is named, or it expires
//         before it was captured or more than kDaysMax days after.
core::Result<engine::Evidence> begin_capture(std::string_view source, std::string_view parser,
                                             std::string_view reference, const Captured& captured,
                                             std::string_view form);

core::Error bad_form(std::string at, std::string detail);

// The form as a value; its member "form" must say `name`.
// Errors: InvalidInput/json, register_body; InvalidInput/register_capture.
core::Result<core::json::Value> parse_form(std::string_view text, std::string_view name);

}  // namespace gateway::registers::capture
