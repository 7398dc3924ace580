// proposals, periods, segregation: what waits for a second person, what two of them closed, and the
// days of client money.

#include <optional>

#include "gateway/cli/audit.h"
#include "gateway/cli/output.h"
#include "gateway/cli/people_commands.h"
#include "gateway/service/book.h"
#include "gateway/service/governance.h"
#include "gateway/service/open_vault.h"
#include "gateway/service/periods.h"
#include "gateway/service/segregation.h"

namespace gateway::cli {
namespace {

// The answer is put down before it is printed.
core::Result<> show(const std::string& data, service::ReadableBook& book,
                    const access::Question& question, const core::json::Value& answer) {
  const std::string text = core::json::print_pretty(answer);
  TRY(put_down(data, &book, question, {text, access::entries_in(answer)}));
  print(text);
  return core::ok();
}

core::Result<engine::ProposalId> proposal_of(const PeopleArguments& a) {
  TRY(const auto vault, service::open_vault_read_only({a.data}));
  const refs::ReferenceStore store = vault.references({});
  refs::KnownReferences known(store);
  return core::Codec<engine::ProposalId>::from_json(core::json::Value(a.proposal), &known);
}

core::Result<> proposals(const PeopleArguments& a) {
  TRY(const auto book, service::ReadOnlyBook::open({a.data}));
  std::optional<engine::ProposalId> id;
  if (!a.proposal.empty()) {
    TRY(id, proposal_of(a));
  }
  core::json::Value answer;
  TRY(book->read_state([&](const engine::State& state) -> core::Result<> {
    if (!id) {
      answer = service::proposals_to_json(state);
      return core::ok();
    }
    TRY(answer, service::proposal_to_json(state, *id));
    return core::ok();
  }));
  return show(a.data, *book, {"proposals", query_text({{"proposal", a.proposal}})}, answer);
}

core::Result<> periods(const PeopleArguments& a) {
  TRY(const auto book, service::ReadOnlyBook::open({a.data}));
  core::json::Value answer;
  TRY(book->read([&](const service::BookView& view) -> core::Result<> {
    if (a.period.empty()) {
      TRY(answer, service::query_periods(view));
    } else if (a.late) {
      TRY(answer, service::query_late_entries(view, a.period, a.limit, a.cursor));
    } else {
      TRY(answer, service::query_frozen_balance(view, a.period));
    }
    return core::ok();
  }));
  const access::Question question{"periods",
                                  query_text({{"cursor", a.cursor},
                                              {"entries_after_close", a.late ? "true" : ""},
                                              {"limit", a.limit},
                                              {"until", a.period}})};
  return show(a.data, *book, question, answer);
}

core::Result<> segregation(const PeopleArguments& a) {
  TRY(const auto book, service::ReadOnlyBook::open({a.data}));
  core::json::Value answer;
  TRY(book->read([&](const service::BookView& view) -> core::Result<> {
    TRY(answer, service::query_segregation(view, {a.currency, a.from, a.to}));
    return core::ok();
  }));
  const access::Question question{
      "segregation", query_text({{"currency", a.currency}, {"from", a.from}, {"to", a.to}})};
  return show(a.data, *book, question, answer);
}

}  // namespace

int run_proposals(const PeopleArguments& a) { return finish(proposals(a)); }
int run_periods(const PeopleArguments& a) { return finish(periods(a)); }
int run_segregation(const PeopleArguments& a) { return finish(segregation(a)); }

}  // namespace gateway::cli
