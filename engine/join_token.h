#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/join_commands.h"
#include "ledger/key_history.h"
#include "ledger/note.h"

// What a join link says to whoever follows it, signed by the book's log key. Source:
// docs/formats/join-link.md.
namespace engine {

struct JoinToken {
  LinkId link;
  std::string origin;  // Of the book.
  core::StructureId structure;
  core::OfferId offer;
  std::uint64_t version = 1;  // Of the offer.
  core::Instant expires_at;
  bool single_use = false;
  std::optional<core::PartyId> partner;
  bool operator==(const JoinToken&) const = default;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "link", self.link);
    field(2, "origin", self.origin);
    field(3, "structure", self.structure);
    field(4, "offer", self.offer);
    field(5, "version", self.version);
    field(6, "expires_at", self.expires_at);
    field(7, "single_use", self.single_use);
    field(8, "partner", self.partner);
  }
};

// base64url without padding, fit for a URL. Errors: those of Signer::sign_bytes.
core::Result<std::string> sign_join_token(const JoinToken& token, const ledger::Signer& signer);

// Guarantees: one of the log's keys signed exactly these fields, for this log, and is not
//             compromised.
// Errors:     InvalidInput/link_forged.
core::Result<JoinToken> open_join_token(std::string_view text, const ledger::KeyHistory& keys);

}  // namespace engine
