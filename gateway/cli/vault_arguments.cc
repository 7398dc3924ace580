#include "gateway/cli/vault_commands.h"

namespace gateway::cli {
namespace {

CLI::App* add_command(CLI::App& parent, const std::string& name, const std::string& what,
                      VaultArguments& a) {
  auto* command = parent.add_subcommand(name, what);
  command->add_option("--data", a.data, "Folder of the book")->required();
  return command;
}

void add_person(CLI::App* command, VaultArguments& a) {
  command->add_option("--person", a.person, "Whose: @name or id")->required();
}

void add_reader(CLI::App* command, VaultArguments& a) {
  add_person(command, a);
  command->add_option("--actor", a.actor, "Who looks")->required();
}

}  // namespace

void add_vault(CLI::App& app, int& code, VaultArguments& a) {
  auto* vault = app.add_subcommand("vault", "Names and personal data: take in, show, erase");
  vault->require_subcommand(1);

  auto* take_in = add_command(*vault, "import", "Take in personal data, JSON Lines", a);
  take_in->add_option("file", a.file, "File; - is standard input")->required();
  take_in->add_option("--actor", a.actor, "Who imports; a line may name another");
  take_in->callback([&] { code = run_vault_import(a); });

  auto* view = add_command(*vault, "view", "Show what is held of a person; the read is noted", a);
  add_reader(view, a);
  view->callback([&] { code = run_vault_view(a); });

  auto* give = add_command(*vault, "export", "Everything that is held of a person, for him", a);
  add_reader(give, a);
  give->add_option("--out", a.out, "File to write (0600), which must not exist")->required();
  give->callback([&] { code = run_vault_export(a); });

  auto* erase = add_command(*vault, "erase", "Erase a person; needs two people", a);
  add_person(erase, a);
  erase->add_option("--actor", a.actor, "Who erases");
  erase->add_option("--approver", a.approver, "The second person");
  auto* dry = erase->add_flag("--dry-run", a.dry_run, "Only say what would be erased, or why not");
  auto* prepare = erase->add_flag("--prepare", a.prepare, "Print the command, for both to sign");
  prepare->excludes(dry);
  erase->add_option("--signed", a.signed_file, "File with that command as both signed it")
      ->excludes(prepare);
  erase->callback([&] { code = run_vault_erase(a); });

  auto* status = add_command(*vault, "status", "Counts, and whether it is locked", a);
  status->callback([&] { code = run_vault_status(a); });

  auto* erasures = add_command(*vault, "erasures", "Write the erasure list, for restores", a);
  erasures->add_option("--out", a.out, "File; default: standard output");
  erasures->callback([&] { code = run_vault_erasures(a); });

  auto* backup = add_command(*vault, "backup-keys", "Back up the keys, apart from the data", a);
  backup->add_option("--to", a.folder, "Folder that does not exist")->required();
  backup->add_option("--max-age", a.max_age_days, "Days after which it must be deleted, 1 to 365");
  backup->callback([&] { code = run_vault_backup_keys(a); });

  auto* restore = add_command(*vault, "restore-keys", "Put a backup of the keys into place", a);
  restore->add_option("--from", a.folder, "Folder of the backup")->required();
  restore->callback([&] { code = run_vault_restore_keys(a); });
}  // namespace gateway::cli

}  // namespace gateway::cli
