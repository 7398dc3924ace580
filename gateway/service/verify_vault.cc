#include "gateway/service/verify_vault.h"

#include <algorithm>
#include <set>

#include "engine/personal_records.h"
#include "gateway/service/open_vault.h"

namespace gateway::service {
namespace {

std::string at(std::uint64_t seq) { return "seq " + std::to_string(seq); }

void check_commitments(const vault::Vault& vault, const vault::Inspection& found,
                       const PersonalRecords& records, VaultOutcome& outcome,
                       std::vector<core::Error>& findings) {
  for (const auto& one : records.commitments()) {
    if (vault.erased(one.person)) {
      ++outcome.commitments_erased;
    } else if (found.commitments.contains({one.person, one.digest})) {
      ++outcome.commitments_kept;
    } else if (std::ranges::find(found.missing, one.person) == found.missing.end()) {
      findings.push_back(core::corrupt(
          "vault_text_missing", at(one.seq),
          "The record commits to a text that the vault does not hold, and no erasure says why. "
          "Restore the vault's entries from a backup, see docs/runbooks/erasure.md."));
    }
  }
}

// Each erasure that was recorded has its line in the list, and each line its record.
void check_erasures(const vault::Vault& vault, const PersonalRecords& records, std::uint64_t size,
                    std::vector<core::Error>& findings) {
  std::set<core::Hash> recorded;
  for (const auto& one : records.erasures()) recorded.insert(one.list_entry);
  std::set<core::Hash> listed;
  for (const vault::Erasure& line : vault.erasures().list) {
    const core::Hash digest = vault::line_digest(line.erasure, line.blinded);
    listed.insert(digest);
    // In a restored book the list may be ahead of the records.
    if (line.size > size || recorded.contains(digest)) continue;
    findings.push_back(core::corrupt("erasure_list", core::to_hex(line.erasure),
                                     "The list has an erasure that the book never recorded: "
                                     "somebody was erased without it."));
  }
  for (const auto& one : records.erasures()) {
    const bool is_under_way = vault.erasing() && vault.erasing()->erasure == one.erasure;
    if (is_under_way || listed.contains(one.list_entry)) continue;
    findings.push_back(core::corrupt("erasure_list", at(one.seq),
                                     "The book recorded this erasure and the list does not have "
                                     "it; take the newest copy of the list."));
  }
}

}  // namespace

core::Result<> PersonalRecords::follow(const ledger::RecordView& record) {
  if (record.version != 1) return core::ok();
  if (record.kind == engine::PersonalDataRecorded::kKind) {
    TRY(const auto body, core::from_cbor<engine::PersonalDataRecorded>(record.body));
    for (const auto& one : body.data.commitments) {
      commitments_.push_back({body.data.person.bytes, one.digest, record.seq});
    }
  } else if (record.kind == engine::PersonalDataErased::kKind) {
    TRY(const auto body, core::from_cbor<engine::PersonalDataErased>(record.body));
    erasures_.push_back({body.erasure.erasure.bytes, body.erasure.list_entry, record.seq});
  }
  return core::ok();
}

std::optional<VaultOutcome> verify_vault(const Folder& folder, const PersonalRecords& records,
                                         std::uint64_t size, std::vector<core::Error>& findings) {
  const auto opened = open_vault_read_only(folder);
  if (!opened) {
    findings.push_back(opened.error());
    return std::nullopt;
  }
  if (!opened.value().vault) {
    if (records.commitments().empty()) return std::nullopt;
    VaultOutcome lost;
    lost.locked = core::conflict("vault_locked", vault_paths(folder).data(),
                                 "The records commit to personal texts, and there is no vault.");
    return lost;
  }
  const vault::Vault& vault = *opened.value().vault;
  VaultOutcome outcome;
  outcome.locked = vault.locked();
  if (outcome.locked) return outcome;
  const auto found = vault.inspect();
  if (!found) {
    findings.push_back(found.error());
    return outcome;
  }
  outcome.names = found.value().names;
  outcome.texts = found.value().fields;
  outcome.erasures = vault.erasures().list.size();
  for (const core::Error& damage : found.value().damages) findings.push_back(damage);
  for (const vault::IdBytes& id : found.value().missing) {
    findings.push_back(core::corrupt(
        "vault_key_missing", core::to_hex(id),
        "The vault holds entries of this id and no key that opens them, and no erasure says why. "
        "Restore the newest backup of the keys, see docs/runbooks/erasure.md."));
  }
  check_commitments(vault, found.value(), records, outcome, findings);
  check_erasures(vault, records, size, findings);
  return outcome;
}

}  // namespace gateway::service
