#include "engine/effects.h"

#include "engine/accounts.h"

namespace engine {

Postings& Postings::add(std::string account, std::string_view commodity, core::Minor amount) {
  if (amount == 0) return *this;
  if (postings_.empty()) postings_.reserve(2);  // Most records move one amount.
  postings_.push_back({std::move(account), std::string(commodity), amount});
  return *this;
}

Postings& Postings::out(std::string_view currency, core::Minor amount) {
  add(std::string(accounts::kInterfundClient), currency, -amount);
  return add(std::string(accounts::kInterfundHouse), currency, amount);
}

ledger::Draft& Effects::add_draft(std::uint64_t kind, core::Bytes body, Postings postings,
                                  Subjects subjects) {
  ledger::Draft& draft = drafts_.emplace_back();
  draft.kind = kind;
  draft.body = std::move(body);
  draft.postings = postings.take();
  // A manager may be his own investor: a subject stands once.
  auto end = subjects.begin();
  for (const ledger::SubjectId& subject : subjects) {
    if (std::find(subjects.begin(), end, subject) == end) *end++ = subject;
  }
  subjects.erase(end, subjects.end());
  draft.subjects = std::move(subjects);
  draft.effective_at = effective_at_;
  return draft;
}

void Effects::open(std::vector<ledger::AccountOpening> accounts, Subjects concerns) {
  if (accounts.empty()) return;
  add_draft(ledger::kAccountsOpened, core::to_cbor(ledger::AccountsOpened{std::move(accounts)}), {},
            std::move(concerns));
}

void Effects::announce(std::string name, const core::StructureId& scope) {
  add_draft(ledger::kEvent, core::to_cbor(ledger::Event{std::move(name), {scope.bytes}}), {}, {});
}

void Effects::commit_index(const ledger::IndexRoot& index) {
  add_draft(ledger::kIndexRoot, core::to_cbor(index), {}, {});
}

ledger::AccountOpening account(std::string path, std::vector<ledger::LawKind> laws) {
  ledger::AccountOpening opening;
  opening.path = std::move(path);
  for (const ledger::LawKind law : laws) opening.laws.push_back({law, {}, {}});
  return opening;
}

}  // namespace engine
