#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/sha256.h"
#include "gateway/screening/entry.h"

namespace gateway::screening {

// The names by which formats are asked for, in alphabetical order: "asic-organisations", ...
std::vector<std::string_view> format_names();

// One version of a list, read whole or not at all.
struct List {
  std::string format;
  std::string date;   // ISO date on which it was made, or empty if it does not say.
  core::Hash digest;  // Of the files' bytes, one after the other.
  std::uint64_t bytes = 0;
  std::uint64_t repeated = 0;  // Records that say again what an earlier one said.
  std::vector<Entry> entries;  // By id; each id once, names and particulars of all its records.
};

// Reads one version from its files: for "ofac-csv" sdn.csv, then alt.csv and add.csv if they are
// there; for all others one.
//
// Errors: InvalidInput/list_format if there is no such format or another number of files;
//         InvalidInput/list_file if nothing is listed; InvalidInput/list_size (entry.h); those of
//         gateway/screening/formats.h.
core::Result<List> read_list(std::string_view format, std::vector<Source> files);

// What a new version of a list changes; ids, each in order.
struct Delta {
  std::vector<std::string> added;
  std::vector<std::string> removed;
  std::vector<std::string> changed;
};
Delta delta(const List& before, const List& after);

// Bytes as a source; they must outlive it.
Source source_of(std::string_view bytes);
// A file as a source, read piece by piece. Errors: NotFound/file; of the source Unavailable/io.
core::Result<Source> open_source(const std::string& path);

}  // namespace gateway::screening
