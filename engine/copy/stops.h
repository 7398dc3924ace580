#pragma once

#include <map>
#include <string>

#include "engine/copy/measure.h"
#include "engine/effects.h"

// Stops of subscriptions: their records, and what a hard one closes.
namespace engine::copy {

// Why a subscription stops.
struct Stopping {
  CopyStop stop = CopyStop::Soft;
  bool by_client = false;
  std::string signal;  // Because of which it was measured; empty if none.
};

// The record, the end of its offers, and of a hard stop one demand to close for each open copy.
// Errors: Overflow.
core::Result<> add_stop(const Context& context, const Standing& standing, const Stopping& stopping,
                        Effects& effects);

// Stops the subscriptions of a structure whose equity calls for it, and says which.
// Errors: Overflow.
core::Result<std::map<core::AccountId, CopyStop>> stop_who_must(const Context& context,
                                                                const Structure& structure,
                                                                const std::string& signal,
                                                                Effects& effects);

}  // namespace engine::copy
