#pragma once

#include <string>
#include <string_view>

#include "core/bytes.h"

// Small files, whole: keys, references, documents. Errors name the path.
namespace core {

enum class FileAccess { OwnerOnly, Everybody };

bool file_exists(const std::string& path);

// Errors: NotFound/file; Unavailable/io; InvalidInput/too_large beyond `bytes_max`.
Result<std::string> read_file(const std::string& path, std::size_t bytes_max = 64u << 20);

// Writes beside the place, fsyncs, renames over it and fsyncs the folder: whole or not at all.
// Errors: Unavailable/io.
Result<> write_file(const std::string& path, std::string_view content,
                    FileAccess access = FileAccess::Everybody);

// Appends and fsyncs; makes the file (owner only) if needed. After an error the file is cut back as
// far as the disk lets us. Errors: Unavailable/io.
Result<> append_file(const std::string& path, std::string_view content);

// Fsyncs the file as it lies there, and its name: for who goes on from what another process, killed
// since, may have written and not synced. Errors: Unavailable/io.
Result<> sync_file(const std::string& path);
// Makes what was created, renamed and deleted in a folder durable. Errors: Unavailable/io.
Result<> sync_folder(const std::string& path);

// Deletes the file, durably; none there is fine. Errors: Unavailable/io.
Result<> remove_file(const std::string& path);

// Makes a folder and those above it, durably; owner only if `access` says so.
// Errors: Unavailable/io.
Result<> make_folder(const std::string& path, FileAccess access = FileAccess::Everybody);

// Makes all files below a folder, and their names, durable. Errors: Unavailable/io.
Result<> sync_folder_tree(const std::string& path);

}  // namespace core
