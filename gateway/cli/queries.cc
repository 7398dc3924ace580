// checkpoint, prove, record, balance, trial-balance, history: the subcommands that only read.

#include "gateway/service/queries.h"

#include "core/files.h"
#include "gateway/cli/output.h"
#include "gateway/cli/run.h"
#include "gateway/service/completeness.h"
#include "gateway/service/history.h"
#include "gateway/service/open_vault.h"
#include "gateway/service/proofs.h"
#include "gateway/service/trial_balance.h"

namespace gateway::cli {
namespace {

// Opens the book read-only and prints what the query gives.
template <class Query>
int print_query(const std::string& data, const Query& query) {
  const auto book = service::ReadOnlyBook::open({data});
  int code = 0;
  if (failed(book, code)) return code;
  const auto done = book.value()->read([&](const service::BookView& view) -> core::Result<> {
    TRY(const std::string text, query(view));
    print(text);
    return core::ok();
  });
  failed(done, code);
  return code;
}

// Line by line: a subject may have more records than memory should hold.
int prove_history(const HistoryArguments& arguments, const service::HistoryQuery& query) {
  int code = 0;
  service::HistoryQuery rest = query;
  rest.subject.reset();
  if (!query.subject || !(rest == service::HistoryQuery())) {
    return fail(core::invalid("unused_field", "--prove",
                              "A proof is of all records of one --subject, and of nothing else."));
  }
  const auto book = service::ReadOnlyBook::open({arguments.data});
  if (failed(book, code)) return code;
  service::SubjectTables tables;
  const auto done = book.value()->read([&](const service::BookView& view) {
    return service::prove_history(view, tables, *query.subject, [](std::string_view line) {
      print(std::string(line) + "\n");
      return core::ok();
    });
  });
  failed(done, code);
  return code;
}

}  // namespace

int run_checkpoint(const CheckpointArguments& arguments) {
  return print_query(
      arguments.data, [&](const service::BookView& view) -> core::Result<std::string> {
        if (!arguments.published) return view.checkpoint;
        const auto last = view.published.last();
        if (last) return last->note;
        return core::not_found("unknown_checkpoint", "",
                               "No checkpoint was published yet; tally serve publishes them.");
      });
}

namespace {

core::Result<std::string> prove(const service::BookView& view, const ProveArguments& arguments) {
  if (arguments.seq && !arguments.size) {
    return service::prove_record(view, *arguments.seq, std::nullopt);
  }
  if (arguments.seq) {
    TRY(const auto proof, service::prove_inclusion(view, *arguments.seq, *arguments.size));
    return core::json::print_pretty(proof);
  }
  const auto old_size = service::parse_number(arguments.consistency, "--consistency");
  if (old_size) {
    TRY(const auto proof,
        service::prove_consistency(view, old_size.value(), arguments.size.value_or(view.size)));
    return core::json::print_pretty(proof);
  }
  if (arguments.size) {
    return core::invalid("number", "--consistency", "With --size, give the older size.");
  }
  TRY(const auto note, core::read_file(arguments.consistency, 1u << 20));
  return service::prove_consistency(view, note);
}

}  // namespace

int run_prove(const ProveArguments& arguments) {
  if (!arguments.seq && arguments.consistency.empty()) {
    return fail(core::invalid("missing_field", "--seq", "Give --seq or --consistency."));
  }
  return print_query(arguments.data,
                     [&](const service::BookView& view) { return prove(view, arguments); });
}

int run_record(const RecordArguments& arguments) {
  return print_query(arguments.data,
                     [&](const service::BookView& view) -> core::Result<std::string> {
                       if (arguments.raw) {
                         TRY(const auto leaf, service::query_leaf(view, arguments.seq));
                         return std::string(core::as_text(leaf));
                       }
                       TRY(const auto record, service::query_record(view, arguments.seq));
                       return core::json::print_pretty(record);
                     });
}

int run_balance(const BalanceArguments& arguments) {
  const auto vault = service::open_vault_read_only({arguments.data});
  int code = 0;
  if (failed(vault, code)) return code;
  const refs::ReferenceStore store = vault.value().references({});
  refs::KnownReferences references(store);
  return print_query(
      arguments.data, [&](const service::BookView& view) -> core::Result<std::string> {
        TRY(const auto balances,
            service::query_balances(view, references,
                                    {arguments.account, arguments.as_of, arguments.effective_at}));
        return core::json::print_pretty(balances);
      });
}

int run_trial_balance(const TrialBalanceArguments& arguments) {
  return print_query(
      arguments.data, [&](const service::BookView& view) -> core::Result<std::string> {
        TRY(const auto balance,
            service::make_trial_balance(view, arguments.as_of, arguments.effective_at));
        if (arguments.text) return service::trial_balance_to_text(balance);
        return core::json::print_pretty(service::trial_balance_to_json(balance));
      });
}

int run_history(const HistoryArguments& arguments) {
  const auto vault = service::open_vault_read_only({arguments.data});
  int code = 0;
  if (failed(vault, code)) return code;
  const refs::ReferenceStore store = vault.value().references({});
  refs::KnownReferences references(store);
  const auto query = service::read_history_query(arguments.request, references);
  if (failed(query, code)) return code;
  if (arguments.prove) return prove_history(arguments, query.value());
  return print_query(arguments.data,
                     [&](const service::BookView& view) -> core::Result<std::string> {
                       TRY(const auto page, service::query_history(view, query.value()));
                       return core::json::print_pretty(page);
                     });
}

}  // namespace gateway::cli
