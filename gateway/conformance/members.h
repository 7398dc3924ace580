#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/bytes.h"
#include "core/json.h"
#include "core/sha256.h"

// The members of a line. Each error names the member; members that an operation does not ask for
// are passed over, so that a vector's own number or comment may stand beside them. Views are into
// the line.
//
// Errors of all: InvalidInput/missing_field; InvalidInput/wrong_type.
namespace gateway::conformance {

core::Result<std::string_view> text(const core::json::Value& line, std::string_view name);
core::Result<std::int64_t> integer(const core::json::Value& line, std::string_view name);
// Errors: InvalidInput/number if it is below zero.
core::Result<std::uint64_t> count(const core::json::Value& line, std::string_view name);
// From lower-case hexadecimal. Errors: InvalidInput/hex.
core::Result<core::Bytes> bytes(const core::json::Value& line, std::string_view name);

// A list of at most kListMax; null is an empty one, as some programs write it.
// Errors: InvalidInput/too_long.
core::Result<std::span<const core::json::Value>> list(const core::json::Value& line,
                                                      std::string_view name);
core::Result<std::vector<std::string_view>> texts(const core::json::Value& line,
                                                  std::string_view name);
// Errors: InvalidInput/hex.
core::Result<std::vector<core::Bytes>> byte_strings(const core::json::Value& line,
                                                    std::string_view name);

// Bytes that are to be a hash. Errors: InvalidInput/hash.
core::Result<core::Hash> to_hash(core::ByteView bytes, std::string_view name);
core::Result<std::vector<core::Hash>> to_hashes(std::span<const core::Bytes> list,
                                                std::string_view name);
// The inverse: hashes as a list of hexadecimal text.
core::json::Array to_json(std::span<const core::Hash> hashes);

}  // namespace gateway::conformance
