#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "core/check.h"
#include "core/files.h"
#include "gateway/vault/vault.h"
#include "tests/support/files.h"
#include "tests/support/outcome.h"
#include "tests/support/temp_dir.h"

namespace tests {

inline gateway::vault::IdBytes vault_id(std::uint8_t last) {
  gateway::vault::IdBytes id{};
  id[15] = last;
  return id;
}

// A vault in a folder of its own, with @anna, @ben and what is known of them.
class VaultTest : public testing::Test {
 protected:
  using Vault = gateway::vault::Vault;
  using Access = gateway::vault::Access;

  VaultTest() {
    vault = Vault::create(paths, draw, {}).value();
    const std::vector<gateway::vault::NamedId> names{{"@anna", anna}, {"@ben", ben}};
    CHECK(vault->add_names(names).has_value());
    CHECK(vault->add_fields(anna, fields_of("Anna Papadopoulou")).has_value());
    CHECK(vault->add_fields(ben, fields_of("Ben Nowak")).has_value());
  }

  std::vector<gateway::vault::Field> fields_of(const std::string& name) {
    auto field = gateway::vault::check_field("person", "name", name).value();
    draw("", field.salt);
    return {field};
  }
  core::Result<std::unique_ptr<Vault>> open(Access access = Access::ReadWrite) const {
    return Vault::open(paths, access, draw);
  }
  // All files, as one who copies the folder finds them.
  std::map<std::string, std::string> files() const {
    auto content = read_folder(paths.folder);
    for (const std::string& key : {paths.encryption_key, paths.next_encryption_key()}) {
      if (core::file_exists(key)) content[key] = read_file(key);
    }
    return content;
  }
  void put_back(const std::map<std::string, std::string>& content) const {
    std::filesystem::remove_all(paths.folder);
    std::filesystem::create_directory(paths.folder);
    std::filesystem::remove(paths.encryption_key);
    std::filesystem::remove(paths.next_encryption_key());
    for (const auto& [name, bytes] : content) {
      const std::string path = name.starts_with("/") ? name : paths.folder + "/" + name;
      write_file(path, bytes);
      std::filesystem::permissions(path, std::filesystem::perms(0600));
    }
  }

  TempDir folder;
  gateway::vault::Paths paths{folder / "vault", folder / "vault.kek"};
  gateway::vault::Draw draw = [](std::string_view, std::span<std::uint8_t> out) {
    core::SystemRandom().fill(out);
  };
  gateway::vault::IdBytes anna = vault_id(1);
  gateway::vault::IdBytes ben = vault_id(2);
  std::unique_ptr<Vault> vault;
};

}  // namespace tests
