// proposals, periods: what waits for a second person, and what two of them closed.

#include "gateway/cli/output.h"
#include "gateway/cli/people_commands.h"
#include "gateway/service/book.h"
#include "gateway/service/determinism.h"
#include "gateway/service/governance.h"
#include "gateway/service/periods.h"

namespace gateway::cli {
namespace {

core::Result<core::json::Value> proposals(const PeopleArguments& a) {
  TRY(const auto book, service::ReadOnlyBook::open({a.data}));
  core::json::Value out;
  engine::ProposalId id;
  if (!a.proposal.empty()) {
    TRY(const auto store, refs::ReferenceStore::open(service::Folder{a.data}.references(),
                                                     service::reference_mint(std::nullopt)));
    refs::KnownReferences known(store);
    TRY(id, core::Codec<engine::ProposalId>::from_json(core::json::Value(a.proposal), &known));
  }
  TRY(book->read_state([&](const engine::State& state) -> core::Result<> {
    if (a.proposal.empty()) {
      out = service::proposals_to_json(state);
      return core::ok();
    }
    TRY(out, service::proposal_to_json(state, id));
    return core::ok();
  }));
  return out;
}

core::Result<core::json::Value> periods(const PeopleArguments& a) {
  TRY(const auto book, service::ReadOnlyBook::open({a.data}));
  core::json::Value out;
  TRY(book->read([&](const service::BookView& view) -> core::Result<> {
    if (a.period.empty()) {
      TRY(out, service::query_periods(view));
    } else if (a.late) {
      TRY(out, service::query_late_entries(view, a.period, a.limit, a.cursor));
    } else {
      TRY(out, service::query_frozen_balance(view, a.period));
    }
    return core::ok();
  }));
  return out;
}

int show(const core::Result<core::json::Value>& answer) {
  if (!answer) return fail(answer.error());
  print(core::json::print_pretty(answer.value()));
  return 0;
}

}  // namespace

int run_proposals(const PeopleArguments& a) { return show(proposals(a)); }
int run_periods(const PeopleArguments& a) { return show(periods(a)); }

}  // namespace gateway::cli
