// document: the files that records cite.

#include <filesystem>
#include <fstream>
#include <iostream>

#include "core/files.h"
#include "gateway/cli/audit.h"
#include "gateway/cli/output.h"
#include "gateway/cli/run.h"
#include "gateway/documents/store.h"
#include "gateway/service/folder.h"

namespace gateway::cli {
namespace {

// A folder that holds no book gets no documents.
core::Result<documents::Store> store_of(const std::string& data) {
  const service::Folder folder{data};
  if (!core::file_exists(folder.store())) {
    return core::not_found("book", data, "There is no book in this folder; tally init makes one.");
  }
  return documents::Store(folder.documents());
}

core::Result<> add(const DocumentArguments& arguments) {
  TRY(documents::Store store, store_of(arguments.data));
  std::ifstream file;
  const bool from_input = arguments.file == "-";
  if (!from_input) {
    file.open(arguments.file, std::ios::binary);
    if (!file || std::filesystem::is_directory(arguments.file)) {
      return core::not_found("file", arguments.file, "The file cannot be opened.");
    }
  }
  TRY(const auto added,
      store.add(documents::source_of(from_input ? std::cin : file, arguments.file)));
  print(core::to_hex(added.digest.bytes) + "\n");
  return core::ok();
}

// Beside its place first, so that no part of a document ever has the name.
core::Result<> write_to(const documents::Store& store, const core::Hash& digest,
                        const std::string& path) {
  if (core::file_exists(path)) {
    return core::conflict("exists", path, "Name a file that does not exist.");
  }
  const std::string partial = path + ".partial";
  std::ofstream file(partial, std::ios::binary | std::ios::trunc);
  auto read = store.read(digest, [&](core::ByteView piece) -> core::Result<> {
    file << core::as_text(piece);
    if (!file) return core::unavailable("io", partial, "Writing failed.");
    return core::ok();
  });
  file.close();
  std::error_code failure;
  if (read && file) std::filesystem::rename(partial, path, failure);
  if (read && file && !failure) return core::ok();
  std::filesystem::remove(partial, failure);
  if (!read) return std::move(read.error());
  return core::unavailable("io", path, "Writing failed.");
}

core::Result<> get(const DocumentArguments& arguments) {
  TRY(const documents::Store store, store_of(arguments.data));
  TRY(const core::Hash digest, core::parse_hash(arguments.digest));
  access::Question question{"document", query_text({{"digest", arguments.digest}})};
  question.bulk = true;
  TRY(put_down(arguments.data, nullptr, question, {}));
  if (!arguments.to.empty()) return write_to(store, digest, arguments.to);
  TRY(store.read(digest, [](core::ByteView piece) {
    print(core::as_text(piece));
    return core::ok();
  }));
  return core::ok();
}

core::Result<> list(const DocumentArguments& arguments) {
  TRY(const documents::Store store, store_of(arguments.data));
  TRY(const auto held, store.list());
  for (const documents::Document& document : held) {
    print(core::to_hex(document.digest.bytes) + " " + std::to_string(document.bytes) + "\n");
  }
  return core::ok();
}

int run_with(core::Result<> (*run)(const DocumentArguments&), const DocumentArguments& arguments) {
  int code = 0;
  failed(run(arguments), code);
  return code;
}

}  // namespace

int run_document_add(const DocumentArguments& arguments) { return run_with(add, arguments); }
int run_document_get(const DocumentArguments& arguments) { return run_with(get, arguments); }
int run_document_list(const DocumentArguments& arguments) { return run_with(list, arguments); }

}  // namespace gateway::cli
