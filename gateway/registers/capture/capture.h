#pragma once

#include <span>
#include <string>
#include <string_view>

#include "engine/gate_values.h"
#include "gateway/registers/capture/form.h"

// Captured evidence of any sort: offshore licences, memos, reviews.
// Source: docs/registers.md, "Captured evidence".
namespace gateway::registers::capture {

// A fact that may be captured by hand, as the gate's cells name it.
struct CapturableFact {
  std::string_view name;
  std::string_view evidence;  // How it must be evidenced; "" = any capture will do.
  std::span<const std::string_view> required;
};

std::span<const CapturableFact> capturable_facts();

// What was captured, and who says so: whoever records it compares them with the record's actors.
struct Capture {
  engine::Evidence evidence;
  std::string captured_by;
  std::string reviewed_by;
};

// Reads a form "capture/1". An authority that licenses no such business gives facts that cover
// nothing and a remark.
//
// Errors: InvalidInput/json, register_body, missing_field, unknown_field, wrong_type and the
// fields'
//         own, with the field; InvalidInput/register_capture: the rules of begin_capture, a fact
//         that is not captured by hand, a value that it needs and lacks, a word that no list has, a
//         fact that ends before it begins.
core::Result<Capture> read(std::string_view form);

}  // namespace gateway::registers::capture
