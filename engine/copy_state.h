#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/codec_containers.h"
#include "core/ids.h"

// What the engine knows of copy trading (engine/state.h).
namespace engine {

struct CopyTrading {
  bool used = false;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "used", self.used);
  }
};

}  // namespace engine
