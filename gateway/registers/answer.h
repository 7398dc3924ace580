#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/time.h"
#include "engine/gate_values.h"

// What a register answered, as it came, and the evidence that is made of it.
namespace gateway::registers {

// One answer of a register: a page, a record. A file without what came with it has a body alone.
struct Answer {
  std::string body;                          // Exact bytes.
  std::optional<std::uint64_t> http_status;  // Absent: not known, the body alone decides. 0: none came.
  std::string address;                       // What was asked, without credentials; may be empty.
  std::optional<core::Instant> answered_at;  // The answer's Date header.
};

// Remarks beyond this are counted and not kept: a record has a size.
inline constexpr std::size_t kRemarksMax = 40;

// Evidence without facts: digests of the bodies, the first one's address, the last one's status.
engine::Evidence begin_evidence(std::string_view source, std::string_view parser,
                                std::string_view reference, std::span<const Answer> answers);

// "the server answered 503", "no answer came"
std::string failure(std::uint64_t http_status);

// Says what a person should see; a text that stands there already is not said twice.
void remark(engine::Evidence& evidence, std::string text);
// The same, and the evidence is partial: something that the source holds was not read for certain.
void doubt(engine::Evidence& evidence, std::string text);

// The bodies were not all of one kind, or not about whom they were asked for.
// Errors: InvalidInput/register_reference.
core::Error wrong_reference(std::string at, std::string detail);

}  // namespace gateway::registers
