#include "gateway/http/governance.h"

#include "gateway/http/ask.h"
#include "gateway/service/governance.h"
#include "gateway/service/periods.h"
#include "gateway/service/segregation.h"

namespace gateway::http {
namespace {

using core::json::Value;
using service::BookView;

template <class Query>
core::Result<Value> ask_state(const Call& call, const Query& query) {
  Value out;
  TRY(call.service.book.read_state([&](const engine::State& state) -> core::Result<> {
    TRY(out, query(state));
    return core::ok();
  }));
  return out;
}

}  // namespace

Answer get_people(const Call& call) {
  TRY(const Value people, ask_state(call, [](const engine::State& state) -> core::Result<Value> {
        return service::people_to_json(state);
      }));
  return respond_json(people);
}

Answer get_proposals(const Call& call) {
  TRY(const Value open, ask_state(call, [](const engine::State& state) -> core::Result<Value> {
        return service::proposals_to_json(state);
      }));
  return respond_json(open);
}

Answer get_proposal(const Call& call) {
  engine::ProposalId proposal;
  TRY(call.service.book.with_references([&](refs::ReferenceStore& store) -> core::Result<> {
    refs::KnownReferences known(store);
    auto id = core::Codec<engine::ProposalId>::from_json(call.variable("proposal"), &known);
    if (!id) return std::move(id.error()).within("proposal");
    proposal = id.value();
    return core::ok();
  }));
  TRY(const Value shown, ask_state(call, [&](const engine::State& state) {
        return service::proposal_to_json(state, proposal);
      }));
  return respond_json(shown);
}

Answer get_periods(const Call& call) {
  TRY(const Value periods,
      ask(call.service, [](const BookView& view) { return service::query_periods(view); }));
  return respond_json(periods);
}

Answer get_period(const Call& call) {
  TRY(const Value frozen, ask(call.service, [&](const BookView& view) {
        return service::query_frozen_balance(view, call.variable("until"));
      }));
  return respond_json(frozen);
}

Answer get_late_entries(const Call& call) {
  TRY(const Value page, ask(call.service, [&](const BookView& view) {
        return service::query_late_entries(view, call.variable("until"), call.parameter("limit"),
                                           call.parameter("cursor"));
      }));
  return respond_json(page);
}

Answer get_segregation(const Call& call) {
  TRY(const Value shown, ask(call.service, [&](const BookView& view) {
        return service::query_segregation(
            view, {call.parameter("currency"), call.parameter("from"), call.parameter("to")});
      }));
  return respond_json(shown);
}

}  // namespace gateway::http
