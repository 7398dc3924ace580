// vault: names and personal data.

#include <fstream>
#include <iostream>

#include "core/files.h"
#include "gateway/cli/audit.h"
#include "gateway/cli/lines.h"
#include "gateway/cli/output.h"
#include "gateway/cli/vault_commands.h"
#include "gateway/service/actors.h"
#include "gateway/service/determinism.h"
#include "gateway/service/erasure.h"
#include "gateway/service/personal_data.h"
#include "gateway/service/queries.h"

namespace gateway::cli {
namespace {

using core::json::Object;
using core::json::Value;

constexpr std::string_view kImporter = "@import";

// A book and its vault, both only read.
struct Opened {
  std::unique_ptr<service::ReadOnlyBook> book;
  service::OpenedVault vault;
};

core::Result<Opened> open_read_only(const std::string& data) {
  Opened out;
  // The book first: what its records say of the vault is then in the vault.
  TRY(out.book, service::ReadOnlyBook::open({data}));
  TRY(out.vault, service::open_vault_read_only({data}));
  if (out.vault.vault) return out;
  return core::not_found("no_vault", data,
                         "This book has no vault yet; the next command that is recorded makes it.");
}

core::Result<core::PartyId> find_person(const service::OpenedVault& vault,
                                        const std::string& name) {
  const refs::ReferenceStore store = vault.references({});
  refs::KnownReferences known(store);
  return core::Codec<core::PartyId>::from_json(Value(name), &known);
}

core::Result<service::ReadOf> read_of(const Opened& opened, const VaultArguments& arguments,
                                      std::string what) {
  service::ReadOf out;
  auto person = find_person(opened.vault, arguments.person);
  if (!person) return std::move(person.error()).within("--person");
  auto actor = find_person(opened.vault, arguments.actor);
  if (!actor) return std::move(actor.error()).within("--actor");
  return service::ReadOf{actor.value(), person.value(), std::move(what)};
}

// Put down in the log of reads, or noted beside the vault where there is none.
core::Result<> note_read(const VaultArguments& arguments, service::ReadableBook& book,
                         const service::ReadOf& read, const Value& shown) {
  core::SystemClock clock;
  const service::Folder folder{arguments.data};
  if (!core::file_exists(folder.access())) return service::audit_in_folder(folder, clock)(read);
  ::setenv(kActorVariable, arguments.actor.c_str(), 1);
  const access::Question question{"vault " + read.what,
                                  query_text({{"person", read.person.hex()}})};
  return put_down(arguments.data, &book, question, {core::json::print(shown), 1});
}

core::Result<> view(const VaultArguments& arguments) {
  TRY(const Opened opened, open_read_only(arguments.data));
  TRY(const auto read, read_of(opened, arguments, "view"));
  TRY(const Value shown, service::view_person(*opened.vault.vault, read.person));
  TRY(note_read(arguments, *opened.book, read, shown));
  print(core::json::print_pretty(shown));
  return core::ok();
}

core::Result<> give(const VaultArguments& arguments) {
  TRY(const Opened opened, open_read_only(arguments.data));
  TRY(const auto read, read_of(opened, arguments, "export"));
  if (core::file_exists(arguments.out)) {
    return core::conflict("exists", arguments.out, "Name a file that does not exist.");
  }
  Value shown;
  TRY(opened.book->read([&](const service::BookView& view) -> core::Result<> {
    TRY(shown, service::export_person(view, *opened.vault.vault,
                                      service::Folder{arguments.data}.documents(), read.person));
    return core::ok();
  }));
  TRY(note_read(arguments, *opened.book, read, shown));
  return core::write_file(arguments.out, core::json::print_pretty(shown),
                          core::FileAccess::OwnerOnly);
}

// A line of personal data: its names are resolved, its texts put away, its commitments recorded.
core::Result<service::Receipt> import_line(service::Book& book, const VaultArguments& arguments,
                                           const std::string& text) {
  if (text.size() > service::kCommandBytesMax) {
    return core::invalid("too_large", "", "A line has at most 1 MiB.");
  }
  TRY(const Value line, core::json::parse(text));
  service::PersonalData data;
  core::PartyId actor;
  TRY(book.with_references([&](refs::ReferenceStore& references) -> core::Result<> {
    auto read = service::read_personal_data(line, references);
    const std::string named(line.text("actor"));
    const std::string name = !named.empty()             ? named
                             : !arguments.actor.empty() ? arguments.actor
                                                        : std::string(kImporter);
    auto who = core::Codec<core::PartyId>::from_json(Value(name), &references);
    if (!read || !who) {
      references.discard();
      return !read ? std::move(read.error()) : std::move(who.error()).within("actor");
    }
    data = std::move(read.value());
    actor = who.value();
    return references.save();
  }));
  TRY(auto command, service::store_personal_data(book, data, {}, actor));
  return book.execute(std::span(&command, 1)).front();
}

int import_from(service::Book& book, const VaultArguments& arguments, std::istream& input) {
  std::string text;
  bool refused = false;
  for (std::int64_t number = 1; read_line(input, service::kCommandBytesMax, text); ++number) {
    if (text.ends_with('\r')) text.pop_back();
    if (text.empty() || text.starts_with('#')) continue;
    const auto receipt = import_line(book, arguments, text);
    refused = refused || !receipt;
    Object out{{"line", number}};
    const Value answer = service::answer_to_json(receipt);
    for (const auto& member : *answer.as_object()) out.push_back(member);
    print(core::json::print(out) + "\n");
  }
  return refused ? 1 : 0;
}

core::Result<> erase(const VaultArguments& arguments) {
  core::SystemClock clock;
  TRY(const auto book, service::Book::open({arguments.data}, clock));
  service::ErasureOrder order;
  order.dry_run = arguments.dry_run;
  TRY(book->with_references([&](refs::ReferenceStore& store) -> core::Result<> {
    refs::KnownReferences known(store);
    auto person = core::Codec<core::PartyId>::from_json(Value(arguments.person), &known);
    if (!person) return std::move(person.error()).within("--person");
    order.person = person.value();
    return core::ok();
  }));
  if (!order.dry_run && arguments.actor.empty()) {
    return core::invalid("missing_field", "--actor", "Name who erases.");
  }
  // As in every command a name that is new gets its id; looking mints none.
  if (!order.dry_run && !arguments.actor.empty()) {
    TRY(order.actor, service::party_of(*book, arguments.actor));
  }
  if (!order.dry_run && !arguments.approver.empty()) {
    TRY(order.approver, service::party_of(*book, arguments.approver));
  }
  const auto submit = [&](std::vector<service::Submission> commands) {
    return book->execute(commands);
  };
  if (arguments.prepare) {
    TRY(const Value line, service::prepare_erasure(*book, submit, clock, order));
    print(core::json::print(line) + "\n");
    return core::ok();
  }
  if (!arguments.signed_file.empty()) {
    TRY(const std::string text, core::read_file(arguments.signed_file, service::kCommandBytesMax));
    TRY(order.signed_line, core::json::parse(text));
  }
  TRY(const auto report, service::erase_person(*book, submit, clock, order));
  print(core::json::print_pretty(service::erasure_to_json(report)));
  return core::ok();
}

core::Result<> status(const VaultArguments& arguments) {
  TRY(const auto opened, service::open_vault_read_only({arguments.data}));
  if (!opened.vault) {
    print(core::json::print_pretty(Object{
        {"locked", nullptr}, {"old_names", static_cast<std::int64_t>(opened.old_names.size())}}));
    return core::ok();
  }
  TRY(const Value shown, service::vault_status(*opened.vault, core::SystemClock().now()));
  print(core::json::print_pretty(shown));
  return core::ok();
}

core::Result<> erasures(const VaultArguments& arguments) {
  TRY(const Opened opened, open_read_only(arguments.data));
  const vault::Vault& vault = *opened.vault.vault;
  if (vault.locked()) return *vault.locked();
  if (vault.erasing()) {
    return core::unavailable("erasure_running", vault.paths().erasing(),
                             "An erasure was begun and is not finished; open the book for writing "
                             "once, then ask again.");
  }
  std::uint64_t size = 0;
  TRY(opened.book->read([&](const service::BookView& view) {
    size = view.size;
    return core::ok();
  }));
  const std::string text = vault::print_erasures(vault.erasures(), size);
  if (!arguments.out.empty()) return core::write_file(arguments.out, text);
  print(text);
  return core::ok();
}

void print_key_backup(const vault::KeyBackup& backup) {
  print(core::json::print_pretty(
      Object{{"keys", static_cast<std::int64_t>(backup.keys)},
             {"made_at", core::to_string(backup.made_at)},
             {"max_age_days", static_cast<std::int64_t>(backup.max_age_days)},
             {"delete_by", core::to_string(backup.expires_at())}}));
}

core::Result<> backup_keys(const VaultArguments& arguments) {
  TRY(const auto opened, service::open_vault_read_only({arguments.data}));
  if (!opened.vault) return core::not_found("no_vault", arguments.data, "There is no vault yet.");
  TRY(const auto backup, vault::back_up_keys(*opened.vault, arguments.folder,
                                             core::SystemClock().now(), arguments.max_age_days));
  print_key_backup(backup);
  return core::ok();
}

core::Result<> restore_keys(const VaultArguments& arguments) {
  TRY(const auto backup,
      vault::restore_keys(service::vault_paths({arguments.data}), arguments.folder,
                          core::SystemClock().now(), service::vault_draw(std::nullopt)));
  print_key_backup(backup);
  return core::ok();
}

int run_with(core::Result<> (*run)(const VaultArguments&), const VaultArguments& arguments) {
  int code = 0;
  failed(run(arguments), code);
  return code;
}

}  // namespace

int run_vault_import(const VaultArguments& arguments) {
  core::SystemClock clock;
  const auto book = service::Book::open({arguments.data}, clock);
  int code = 0;
  if (failed(book, code)) return code;
  if (arguments.file == "-") return import_from(*book.value(), arguments, std::cin);
  std::ifstream file(arguments.file, std::ios::binary);
  if (!file) {
    return fail(core::not_found("file", arguments.file, "There is no such file to read."));
  }
  return import_from(*book.value(), arguments, file);
}

int run_vault_view(const VaultArguments& arguments) { return run_with(view, arguments); }
int run_vault_export(const VaultArguments& arguments) { return run_with(give, arguments); }
int run_vault_erase(const VaultArguments& arguments) { return run_with(erase, arguments); }
int run_vault_status(const VaultArguments& arguments) { return run_with(status, arguments); }
int run_vault_erasures(const VaultArguments& arguments) { return run_with(erasures, arguments); }
int run_vault_backup_keys(const VaultArguments& arguments) {
  return run_with(backup_keys, arguments);
}
int run_vault_restore_keys(const VaultArguments& arguments) {
  return run_with(restore_keys, arguments);
}

}  // namespace gateway::cli
