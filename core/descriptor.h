#pragma once

#include <unistd.h>

#include <string>

#include "core/bytes.h"
#include "core/result.h"

namespace core {

// An open file, closed on every way out. Below 0: none.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

// What the last system call says of the file: "DOING failed: ...". Always Unavailable/io.
Error io_error(const std::string& path, const char* doing);

// All of the bytes, in as many writes as it takes. Errors: Unavailable/io.
Result<> write_all(const Descriptor& file, const std::string& path, ByteView bytes);

}  // namespace core
