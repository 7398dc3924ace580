// document: the files that records cite.

#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>

#include "core/files.h"
#include "core/sealing.h"
#include "gateway/cli/audit.h"
#include "gateway/cli/output.h"
#include "gateway/cli/run.h"
#include "gateway/documents/store.h"
#include "gateway/service/book.h"
#include "gateway/service/open_vault.h"
#include "gateway/service/personal_data.h"
#include "gateway/service/personal_documents.h"

namespace gateway::cli {
namespace {

using Read = std::function<core::Result<>(const documents::Store::Visitor& visit)>;

core::Result<core::PartyId> find_person(const service::OpenedVault& opened, const std::string& name,
                                        std::string_view option) {
  const refs::ReferenceStore store = opened.references({});
  refs::KnownReferences known(store);
  auto person = core::Codec<core::PartyId>::from_json(core::json::Value(name), &known);
  if (!person) return std::move(person.error()).within(option);
  return person;
}

// A folder that holds no book gets no documents.
core::Result<documents::Store> store_of(const std::string& data) {
  const service::Folder folder{data};
  if (!core::file_exists(folder.store())) {
    return core::not_found("book", data, "There is no book in this folder; tally init makes one.");
  }
  return documents::Store(folder.documents());
}

// Under the key of the person, who is known already: a document is about somebody.
core::Result<documents::Store::Source> sealed(const DocumentArguments& arguments,
                                              documents::Store::Source source) {
  TRY(const auto opened, service::open_vault_read_only({arguments.data}));
  if (!opened.vault) return core::not_found("no_vault", arguments.data, "There is no vault yet.");
  TRY(const auto person, find_person(opened, arguments.person, "--person"));
  core::Secret key(core::kSealKeyBytes);
  TRY(opened.vault->person_key(person.bytes, false, key));
  return service::seal_document(std::move(source), person, key);
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
  auto source = documents::source_of(from_input ? std::cin : file, arguments.file);
  if (arguments.person.empty()) {
    source = service::plain_document(std::move(source));
  } else {
    TRY(source, sealed(arguments, std::move(source)));
  }
  TRY(const auto added, store.add(source));
  print(core::to_hex(added.digest.bytes) + "\n");
  return core::ok();
}

// Beside its place first, so that no part of a document ever has the name.
core::Result<> write_to(const Read& read_document, const std::string& path) {
  if (core::file_exists(path)) {
    return core::conflict("exists", path, "Name a file that does not exist.");
  }
  const std::string partial = path + ".partial";
  std::ofstream file(partial, std::ios::binary | std::ios::trunc);
  auto read = read_document([&](core::ByteView piece) -> core::Result<> {
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

// One about a person is opened, and that it was is noted first.
core::Result<Read> reader_of(const DocumentArguments& arguments, const documents::Store& store,
                             const core::Hash& digest) {
  TRY(const auto person, service::person_of_document(store, digest));
  if (!person) {
    return Read([&store, digest](const documents::Store::Visitor& visit) -> core::Result<> {
      TRY(store.read(digest, visit));
      return core::ok();
    });
  }
  TRY(const auto opened, service::open_vault_read_only({arguments.data}));
  if (!opened.vault) return core::not_found("no_vault", arguments.data, "There is no vault yet.");
  auto key = std::make_shared<core::Secret>(core::kSealKeyBytes);
  TRY(service::document_key(*opened.vault, *person, *key));
  if (arguments.actor.empty()) {
    return core::invalid("missing_field", "--actor",
                         "This document is about a person: say who looks at it.");
  }
  TRY(const auto actor, find_person(opened, arguments.actor, "--actor"));
  core::SystemClock clock;
  // Where there is a log of reads, get() puts it down.
  ::setenv(kActorVariable, arguments.actor.c_str(), 1);
  if (!core::file_exists(service::Folder{arguments.data}.access())) {
    TRY(service::audit_in_folder(
        {arguments.data}, clock)({actor, *person, "document " + core::to_hex(digest.bytes)}));
  }
  return Read([&store, digest, key](const documents::Store::Visitor& visit) {
    return service::open_document(store, digest, *key, visit);
  });
}

// Of one about a person the reading names him; nobody else's file is looked through for whom it is
// about.
core::Result<> put_down_document(const DocumentArguments& arguments, const documents::Store& store,
                                 const core::Hash& digest) {
  access::Question question{"document", query_text({{"digest", arguments.digest}})};
  TRY(const auto person, service::person_of_document(store, digest));
  if (!person) {
    question.bulk = true;
    return put_down(arguments.data, nullptr, question, {});
  }
  TRY(const auto book, service::ReadOnlyBook::open({arguments.data}));
  return put_down(arguments.data, book.get(), question, {person->hex(), 1});
}

core::Result<> get(const DocumentArguments& arguments) {
  TRY(const documents::Store store, store_of(arguments.data));
  TRY(const core::Hash digest, core::parse_hash(arguments.digest));
  TRY(const Read read, reader_of(arguments, store, digest));
  TRY(put_down_document(arguments, store, digest));
  if (!arguments.to.empty()) return write_to(read, arguments.to);
  return read([](core::ByteView piece) {
    print(core::as_text(piece));
    return core::ok();
  });
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
