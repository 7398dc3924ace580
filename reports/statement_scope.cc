#include "reports/statement_scope.h"

namespace reports {

core::Result<bool> ScopeReader::read(const ledger::RecordView& record, Scope& scope) {
  switch (record.kind) {
    case ledger::kGenesis: {
      TRY(scope.genesis, body_of<ledger::Genesis>(record));
      return false;
    }
    case engine::OfferPublished::kKind: {
      TRY(auto body, body_of<engine::OfferPublished>(record));
      const core::OfferId id = body.offer.offer;
      offers_.emplace(id, std::move(body.offer));
      return false;
    }
    case engine::ClientRegistered::kKind: {
      TRY(const auto body, body_of<engine::ClientRegistered>(record));
      if (body.client.client == scope.client) scope.client_known = true;
      return false;
    }
    case engine::StructureOpened::kKind:
      return open_structure(record, scope);
    default:
      return false;
  }
}

core::Result<bool> ScopeReader::open_structure(const ledger::RecordView& record,
                                               Scope& scope) const {
  TRY(auto body, body_of<engine::StructureOpened>(record));
  if (body.structure.structure != scope.structure) return false;
  const auto offer = offers_.find(body.structure.offer);
  if (offer == offers_.end()) {
    return core::corrupt("record", "seq " + std::to_string(record.seq),
                         "The structure names an offer that was not published before it.");
  }
  TRY(scope.currency, core::commodity(offer->second.currency));
  scope.model = offer->second.model;
  scope.opened = std::move(body.structure);
  return true;
}

core::Result<> check_period(const StatementRequest& request) {
  if (request.from < request.to && request.from >= core::kInstantMin &&
      request.to <= core::kInstantMax) {
    return core::ok();
  }
  return core::invalid("period", "to",
                       "The period must end after it starts, within the years 1900 to 9999.");
}

core::Result<> check_known(const Scope& scope) {
  if (!scope.opened) {
    return core::not_found("unknown_structure", "structure",
                           "No such structure is in the records the statement is made from.");
  }
  if (scope.client_known) return core::ok();
  return core::not_found("unknown_client", "client",
                         "No such client is in the records the statement is made from.");
}

}  // namespace reports
