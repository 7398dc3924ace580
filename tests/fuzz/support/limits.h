#pragma once

#include <cstddef>

// What a decoder may take from the machine, held while it runs. A program that passes a limit
// prints which and aborts, which libFuzzer reports with the input.
namespace fuzz {

struct Allowance {
  std::size_t per_byte = 0;  // Bytes alive for each byte of input.
  std::size_t beside = 0;    // And whatever the input's size: tables, caches, error texts.
};

// While it lives, the bytes that this thread allocates and has not freed stay within the allowance,
// at every moment; each malloc, new and realloc counts, those in libraries too. One at a time.
class MemoryLimit {
 public:
  MemoryLimit(std::size_t input_bytes, const Allowance& allowance);
  ~MemoryLimit();
  MemoryLimit(const MemoryLimit&) = delete;
  MemoryLimit& operator=(const MemoryLimit&) = delete;
};

}  // namespace fuzz
