#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>

#include "gateway/vault/key_backup.h"

// tally vault: names and personal texts. Source: docs/commands.md, "The tally program".
namespace gateway::cli {

struct VaultArguments {
  std::string data;
  std::string file;    // JSON Lines; "-" = standard input.
  std::string person;  // @name or id.
  std::string actor;
  std::string approver;
  std::string out;
  std::string folder;  // Of a backup of the keys.
  std::uint64_t max_age_days = vault::kKeyBackupDaysDefault;
  bool dry_run = false;
  bool prepare = false;     // Print the erasure, for both people to sign.
  std::string signed_file;  // With the line that both signed.
};

// Adds the subcommand; `code` becomes the process's exit code.
void add_vault(CLI::App& app, int& code, VaultArguments& arguments);

int run_vault_import(const VaultArguments& arguments);
int run_vault_view(const VaultArguments& arguments);
int run_vault_export(const VaultArguments& arguments);
int run_vault_erase(const VaultArguments& arguments);
int run_vault_status(const VaultArguments& arguments);
int run_vault_erasures(const VaultArguments& arguments);
int run_vault_backup_keys(const VaultArguments& arguments);
int run_vault_restore_keys(const VaultArguments& arguments);

}  // namespace gateway::cli
