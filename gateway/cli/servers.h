#pragma once

#include <signal.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "core/result.h"

// What the subcommands that serve have in common.
namespace gateway::cli {

struct Address {
  std::string host;
  std::uint16_t port = 0;
};

// "127.0.0.1:8080", "[::1]:0". Errors: InvalidInput/address at `field`.
core::Result<Address> parse_address(std::string_view text, std::string_view field);

// Signals are taken by one thread alone: threads started later inherit the block.
sigset_t block_stop_signals();

// As many open files as the machine lets us have.
void allow_open_files();

}  // namespace gateway::cli
