#include "tests/fuzz/support/limits.h"

#include <sanitizer/allocator_interface.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "core/check.h"
#include "core/sha256.h"

namespace fuzz {
namespace {

// The hooks are functions without a context, so what they count has to be global.
thread_local bool counting = false;
thread_local std::int64_t alive_bytes = 0;
thread_local std::int64_t alive_bytes_max = 0;

void on_allocate(const volatile void*, std::size_t bytes) {
  if (!counting) return;
  alive_bytes += static_cast<std::int64_t>(bytes);
  if (alive_bytes <= alive_bytes_max) return;
  counting = false;  // Printing allocates.
  std::fprintf(stderr, "memory limit passed: %lld bytes alive, at most %lld are allowed\n",
               static_cast<long long>(alive_bytes), static_cast<long long>(alive_bytes_max));
  std::abort();
}

void on_free(const volatile void* memory) {
  if (!counting || memory == nullptr) return;
  alive_bytes -=
      static_cast<std::int64_t>(__sanitizer_get_allocated_size(const_cast<const void*>(memory)));
}

bool install_hooks() {
  // OpenSSL loads its tables on first use and keeps them: no input's doing.
  static_cast<void>(core::sha256({}));
  CHECK(__sanitizer_install_malloc_and_free_hooks(on_allocate, on_free) != 0);
  return true;
}

}  // namespace

MemoryLimit::MemoryLimit(std::size_t input_bytes, const Allowance& allowance) {
  static const bool installed = install_hooks();
  CHECK(installed && !counting);
  alive_bytes = 0;
  alive_bytes_max = static_cast<std::int64_t>(allowance.per_byte * input_bytes + allowance.beside);
  counting = true;
}

MemoryLimit::~MemoryLimit() { counting = false; }

}  // namespace fuzz
