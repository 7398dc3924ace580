#pragma once

#include <string>

namespace gateway::service {

// Where the parts of a book lie below its data folder.
struct Folder {
  std::string root;

  std::string store() const { return root + "/store"; }
  std::string index() const { return root + "/index"; }
  std::string snapshot() const { return root + "/snapshot"; }
  // In a book that was restored from a backup: the note that the backup was made with.
  std::string restored_note() const { return root + "/restored.note"; }
  std::string documents() const { return root + "/documents"; }
  std::string signer_memory() const { return root + "/signer/memory"; }
  std::string keys() const { return root + "/keys"; }
  std::string log_key() const { return keys() + "/log.key"; }
  std::string verifier_key() const { return root + "/verifier-key"; }
  std::string private_folder() const { return root + "/private"; }
  std::string references() const { return private_folder() + "/refs"; }
  std::string token() const { return private_folder() + "/token"; }
  // Of those who may read the whole book and change nothing. Without the file there are none.
  std::string auditor_token() const { return private_folder() + "/auditor-token"; }
  // The log of reads, a book of its own, and what is not in it yet. Without the folder nobody's reads
  // are put down.
  std::string access() const { return root + "/access"; }
  std::string access_spool() const { return access() + "/spool"; }
  // Time stamps of checkpoints, unless they are kept elsewhere.
  std::string stamps() const { return root + "/stamps"; }
  // The checkpoints that were given to the outside.
  std::string published() const { return root + "/published"; }
};

}  // namespace gateway::service
