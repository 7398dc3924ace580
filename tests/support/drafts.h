#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/fields.h"
#include "ledger/bodies.h"
#include "ledger/record.h"

// Records of the ledger's own kinds, short enough to write in a test.
namespace tests {

inline constexpr std::uint64_t kEntryKind =
    1000;  // An application's kind; the ledger knows it not.
inline constexpr core::Instant kStart{1'767'605'400'000'000};  // 2026-01-05T09:30:00Z

template <class Body>
ledger::Draft draft_of(std::uint64_t kind, const Body& body) {
  ledger::Draft draft;
  draft.kind = kind;
  draft.body = core::to_cbor(body);
  draft.effective_at = kStart;
  return draft;
}

inline ledger::Genesis genesis_of(std::string origin) {
  ledger::Genesis genesis;
  genesis.origin = std::move(origin);
  genesis.book = "alpha";
  genesis.log_key = core::Bytes(32, 0x11);
  genesis.root_key = "root";
  genesis.profile = "offshore";
  genesis.time_zone = "Etc/UTC";
  genesis.officers = {"one", "two"};
  genesis.simulated_seed = "seed";
  return genesis;
}

inline ledger::Draft genesis_draft() {
  return draft_of(ledger::kGenesis, genesis_of("books.example/alpha"));
}

inline ledger::Draft command_draft(std::string request_id, std::string client_id = "local") {
  ledger::CommandBody body;
  body.type = "test";
  body.command = core::from_hex("a10240").value();
  body.client_id = std::move(client_id);
  body.request_id = std::move(request_id);
  return draft_of(ledger::kCommand, body);
}

inline core::Id<struct ledger::ScopeTag> scope_of(std::uint8_t last) {
  core::Id<struct ledger::ScopeTag> id;
  id.bytes[15] = last;
  return id;
}

inline ledger::SubjectId subject_of(std::uint8_t first) {
  ledger::SubjectId id{};
  id[0] = first;
  return id;
}

inline ledger::AccountOpening opening_of(std::string path, std::vector<ledger::Law> laws = {}) {
  ledger::AccountOpening opening;
  opening.path = std::move(path);
  opening.laws = std::move(laws);
  if (!opening.laws.empty() && opening.laws.front().event) opening.scope = scope_of(1);
  return opening;
}

inline ledger::Draft opened_draft(std::vector<ledger::AccountOpening> accounts) {
  return draft_of(ledger::kAccountsOpened, ledger::AccountsOpened{std::move(accounts)});
}

inline ledger::Draft event_draft(std::string name, std::uint8_t scope = 1) {
  return draft_of(ledger::kEvent, ledger::Event{std::move(name), scope_of(scope)});
}

inline ledger::Draft entry_draft(std::vector<ledger::Posting> postings,
                                 std::vector<ledger::SubjectId> subjects = {}) {
  ledger::Draft draft;
  draft.kind = kEntryKind;
  draft.body = {0xa0};  // An empty map.
  draft.postings = std::move(postings);
  draft.subjects = std::move(subjects);
  draft.effective_at = kStart;
  return draft;
}

// `amount` from one account to the other.
inline ledger::Draft moved_draft(const std::string& debit, const std::string& credit,
                                 core::Minor amount, const std::string& commodity = "EUR",
                                 std::vector<ledger::SubjectId> subjects = {}) {
  return entry_draft({{debit, commodity, amount}, {credit, commodity, -amount}},
                     std::move(subjects));
}

// The draft as Books read it, at a place; lives as long as the draft does.
inline ledger::RecordView view_of(const ledger::Draft& draft, std::uint64_t seq) {
  ledger::RecordView view;
  view.seq = seq;
  view.kind = draft.kind;
  view.version = draft.version;
  view.body = draft.body;
  view.effective_at = draft.effective_at;
  for (const ledger::Posting& posting : draft.postings) {
    view.postings.push_back({posting.account, posting.commodity, posting.amount});
  }
  return view;
}

}  // namespace tests
