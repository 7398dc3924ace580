#pragma once

#include <string_view>

#include "core/time.h"

namespace tests {

// Stands still until it is told.
class HandClock final : public core::Clock {
 public:
  core::Instant now() override { return now_; }
  void set(std::string_view time) { now_ = core::parse_instant(time).value(); }

 private:
  core::Instant now_ = core::parse_instant("2026-01-05T08:00:00Z").value();
};

}  // namespace tests
