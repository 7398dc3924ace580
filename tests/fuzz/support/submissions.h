#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "core/codec.h"
#include "gateway/service/submission.h"

// What the programs that read commands have in common.
namespace fuzz {

// Every name has an id that follows from it.
class NamedIds final : public core::References {
 public:
  core::Result<std::array<std::uint8_t, 16>> resolve(std::string_view name) override;
};

// Aborts unless the bytes that would be recorded are the one encoding of the command, and what is
// shown of them says all of it.
void check_bytes(const gateway::service::Submission& submission);

}  // namespace fuzz
