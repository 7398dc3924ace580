#pragma once

#include <map>
#include <optional>

#include "engine/setup_records.h"
#include "ledger/bodies.h"
#include "reports/ledger_view.h"
#include "reports/statement.h"

namespace reports {

// Where a record stands to the period, by when it took effect.
enum class Span { Before, Within, After };

// Whom and what the statement is about, and the facts of it that set-up records tell.
struct Scope {
  explicit Scope(const StatementRequest& request)
      : structure(request.structure), client(request.client), from(request.from), to(request.to) {}

  core::StructureId structure;
  core::PartyId client;
  core::Instant from;
  core::Instant to;

  ledger::Genesis genesis;
  bool client_known = false;
  std::optional<engine::OpenStructure> opened;
  engine::Model model = engine::Model::Pamm;
  core::Commodity currency;

  Span span(core::Instant effective_at) const {
    if (effective_at < from) return Span::Before;
    return effective_at < to ? Span::Within : Span::After;
  }
  bool concerns(const core::StructureId& other, const core::PartyId& party) const {
    return other == structure && party == client;
  }
};

// Learns the scope's facts from the set-up records, in order.
class ScopeReader {
 public:
  // True if the record opened the scope's structure.
  // Errors: those of body_of(); Corrupt/record if the structure's offer was never published.
  core::Result<bool> read(const ledger::RecordView& record, Scope& scope);

 private:
  core::Result<bool> open_structure(const ledger::RecordView& record, Scope& scope) const;

  std::map<core::OfferId, engine::PublishOffer> offers_;
};

// Errors: InvalidInput/period unless from < to, both in the years 1900 to 9999.
core::Result<> check_period(const StatementRequest& request);

// Errors: NotFound/unknown_structure, NotFound/unknown_client.
core::Result<> check_known(const Scope& scope);

}  // namespace reports
