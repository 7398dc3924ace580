#pragma once

#include <string>

#include "core/cbor.h"

namespace core::cbor {

// One encoded item, and nothing behind it, in the diagnostic notation of RFC 8949 section 8:
// {1: [-2, h'00ff', "text"], 2: true}. Text as JSON writes it.
//
// Errors: InvalidInput/cbor unless the bytes are the one encoding that Encoder writes.
Result<std::string> diagnostic(ByteView data);

}  // namespace core::cbor
