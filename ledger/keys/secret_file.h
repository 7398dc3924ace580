#pragma once

#include <cstddef>
#include <string>

#include "core/secret.h"

namespace ledger::keys {

inline constexpr std::size_t kSecretFileBytesMax = 16384;

// Reads a file that nobody but its owner may touch, into memory that is wiped.
//
// Errors: NotFound/file; InvalidInput/key_file_mode if others may read or write it, before a byte
// of it
//         is read; InvalidInput/key_file if it is no regular file or over kSecretFileBytesMax;
//         Unavailable/io.
core::Result<core::Secret> read_secret_file(const std::string& path);

// The first line of such a file: a passphrase or a PIN.
// Errors: as read_secret_file(); InvalidInput/passphrase if it is empty.
core::Result<core::Secret> read_passphrase_file(const std::string& path);

}  // namespace ledger::keys
