#pragma once

#include <string>

#include "core/bytes.h"

namespace gateway::vault {

// Writes the bytes where the file's good part ends, and fsyncs: what a failed write left behind it
// is cut first. Errors: Unavailable/io; Corrupt/vault if the file is shorter than that.
core::Result<> append_at(const std::string& path, std::size_t end, core::ByteView bytes);

// Cuts what is behind `end`, durably. Errors: Unavailable/io.
core::Result<> cut_file(const std::string& path, std::size_t end);

// Bytes of a file. Errors: Unavailable/io; Corrupt/vault if it ends before.
core::Result<core::Bytes> read_range(const std::string& path, std::size_t begin, std::size_t bytes);

// Names for a power cut: another name for a file, durably.
core::Result<> rename_file(const std::string& from, const std::string& to);

}  // namespace gateway::vault
