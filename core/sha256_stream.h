#pragma once

#include <memory>

#include "core/sha256.h"

namespace core {

// One hash of what comes piece by piece, such as a file.
class Sha256Stream {
 public:
  Sha256Stream();
  ~Sha256Stream();
  Sha256Stream(const Sha256Stream&) = delete;
  Sha256Stream& operator=(const Sha256Stream&) = delete;

  void update(ByteView piece);
  // Of all pieces; nothing may follow.
  Hash finish();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

}  // namespace core
