#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "ledger/bodies.h"
#include "ledger/record.h"

namespace engine {

// The postings of one record. Zero amounts are left out, so that callers need not ask.
class Postings {
 public:
  // Debit positive.
  Postings& add(std::string account, std::string_view commodity, core::Minor amount);
  // "OUT n" of docs/accounting.md: value leaves the client ring for the house (C -n, X +n).
  Postings& out(std::string_view currency, core::Minor amount);
  // "IN n": the other way (C +n, X -n).
  Postings& in(std::string_view currency, core::Minor amount) { return out(currency, -amount); }
  std::vector<ledger::Posting> take() { return std::move(postings_); }

 private:
  std::vector<ledger::Posting> postings_;
};

using Subjects = std::vector<ledger::SubjectId>;

// What a command does: the records that follow its command record.
class Effects {
 public:
  explicit Effects(core::Instant effective_at) : effective_at_(effective_at) {}

  // So many more records are about to be added.
  void expect(std::size_t records) { drafts_.reserve(drafts_.size() + records); }

  // Adds a record of the body's kind. Subjects are the investor, structure, manager it concerns.
  template <class Body>
  ledger::Draft& add(const Body& body, Postings postings, Subjects subjects) {
    return add_draft(Body::kKind, core::to_cbor(body), std::move(postings), std::move(subjects));
  }
  // Opens accounts with their laws; `concerns` as above.
  void open(std::vector<ledger::AccountOpening> accounts, Subjects concerns);
  // Announces an event at whose end the laws that name it must hold.
  void announce(std::string name, const core::StructureId& scope);
  // Commits to all subjects' records below a size.
  void commit_index(const ledger::IndexRoot& index);

  std::vector<ledger::Draft> take() { return std::move(drafts_); }

 private:
  ledger::Draft& add_draft(std::uint64_t kind, core::Bytes body, Postings postings,
                           Subjects subjects);

  core::Instant effective_at_;
  std::vector<ledger::Draft> drafts_;
};

// An account opening with laws that hold always.
ledger::AccountOpening account(std::string path, std::vector<ledger::LawKind> laws = {});

}  // namespace engine
