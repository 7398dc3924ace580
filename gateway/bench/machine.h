#pragma once

#include <cstdint>
#include <optional>
#include <string>

// What the system says of this process and of a folder.
namespace gateway::bench {

// Bytes that this process has handed to block devices so far: "write_bytes" of /proc/self/io, which
// counts pages when they are made dirty and nothing for files in memory. Empty where there is no
// such file.
std::optional<std::uint64_t> bytes_written();

// What all threads of this process have computed so far, together.
std::uint64_t processor_micros();

// The most memory that was resident since reset_peak_memory(), VmHWM; 0 where that is not told.
std::uint64_t peak_memory_bytes();
void reset_peak_memory();

// Whether the files of this folder lie in memory (tmpfs, ramfs), where a sync costs nothing.
bool lies_in_memory(const std::string& folder);

// Asks the system to forget what it has read of the files below a folder. What is being written
// stays.
void drop_cached(const std::string& folder);

}  // namespace gateway::bench
