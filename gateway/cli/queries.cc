// checkpoint, prove, record, balance, trial-balance, history: the subcommands that only read.

#include "gateway/service/queries.h"

#include "core/files.h"
#include "gateway/cli/audit.h"
#include "gateway/cli/output.h"
#include "gateway/cli/run.h"
#include "gateway/service/completeness.h"
#include "gateway/service/history.h"
#include "gateway/service/open_vault.h"
#include "gateway/service/proofs.h"
#include "gateway/service/trial_balance.h"

namespace gateway::cli {
namespace {

// What a query gives: text, and how many records or lines are in it.
struct Printed {
  std::string text;
  std::uint64_t records = 1;
};

Printed to_printed(const core::json::Value& value) {
  return {core::json::print_pretty(value), access::entries_in(value)};
}

template <class Query>
core::Result<> answer_query(const std::string& data,
                            const std::optional<access::Question>& question, const Query& query) {
  TRY(const auto book, service::ReadOnlyBook::open({data}));
  Printed answer;
  TRY(book->read([&](const service::BookView& view) -> core::Result<> {
    TRY(answer, query(view));
    return core::ok();
  }));
  if (question) {
    TRY(put_down(data, book.get(), *question, {answer.text, answer.records}));
  }
  print(answer.text);
  return core::ok();
}

// Opens the book read-only and prints what the query gives. What shows nobody's records has no
// question to put down.
template <class Query>
int print_query(const std::string& data, const std::optional<access::Question>& question,
                const Query& query) {
  int code = 0;
  failed(answer_query(data, question, query), code);
  return code;
}

// Line by line: a subject may have more records than memory should hold.
core::Result<> print_proof(const std::string& data, const ledger::SubjectId& subject) {
  TRY(const auto book, service::ReadOnlyBook::open({data}));
  std::uint64_t records = 0;
  TRY(book->read([&](const service::BookView& view) -> core::Result<> {
    TRY(const auto last, view.index.last_of_subject(subject));
    if (last) records = last->count;
    return core::ok();
  }));
  access::Question question{"history", "prove=true&subject=" + core::to_hex(subject)};
  question.subject = subject;
  TRY(put_down(data, book.get(), question, {"", records}));
  service::SubjectTables tables;
  return book->read([&](const service::BookView& view) {
    return service::prove_history(view, tables, subject, [](std::string_view line) {
      print(std::string(line) + "\n");
      return core::ok();
    });
  });
}

int prove_history(const HistoryArguments& arguments, const service::HistoryQuery& query) {
  int code = 0;
  service::HistoryQuery rest = query;
  rest.subject.reset();
  if (!query.subject || !(rest == service::HistoryQuery())) {
    return fail(core::invalid("unused_field", "--prove",
                              "A proof is of all records of one --subject, and of nothing else."));
  }
  failed(print_proof(arguments.data, *query.subject), code);
  return code;
}

}  // namespace

int run_checkpoint(const CheckpointArguments& arguments) {
  return print_query(
      arguments.data, std::nullopt, [&](const service::BookView& view) -> core::Result<Printed> {
        if (!arguments.published) return Printed{view.checkpoint};
        const auto last = view.published.last();
        if (last) return Printed{last->note};
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
  return print_query(arguments.data, std::nullopt,
                     [&](const service::BookView& view) -> core::Result<Printed> {
                       TRY(auto proof, prove(view, arguments));
                       return Printed{std::move(proof)};
                     });
}

int run_record(const RecordArguments& arguments) {
  access::Question question{"record", query_text({{"raw", arguments.raw ? "true" : ""},
                                                  {"seq", std::to_string(arguments.seq)}})};
  question.seq = arguments.seq;
  return print_query(arguments.data, question,
                     [&](const service::BookView& view) -> core::Result<Printed> {
                       if (arguments.raw) {
                         TRY(const auto leaf, service::query_leaf(view, arguments.seq));
                         return Printed{std::string(core::as_text(leaf))};
                       }
                       TRY(const auto record, service::query_record(view, arguments.seq));
                       return Printed{core::json::print_pretty(record)};
                     });
}

int run_balance(const BalanceArguments& arguments) {
  const auto vault = service::open_vault_read_only({arguments.data});
  int code = 0;
  if (failed(vault, code)) return code;
  const refs::ReferenceStore store = vault.value().references({});
  refs::KnownReferences references(store);
  return print_query(
      arguments.data,
      access::Question{"balance", query_text({{"account", arguments.account},
                                              {"as_of", arguments.as_of},
                                              {"effective_at", arguments.effective_at}})},
      [&](const service::BookView& view) -> core::Result<Printed> {
        TRY(const auto balances,
            service::query_balances(view, references,
                                    {arguments.account, arguments.as_of, arguments.effective_at}));
        return to_printed(balances);
      });
}

int run_trial_balance(const TrialBalanceArguments& arguments) {
  return print_query(
      arguments.data,
      access::Question{"trial-balance", query_text({{"as_of", arguments.as_of},
                                                    {"effective_at", arguments.effective_at}})},
      [&](const service::BookView& view) -> core::Result<Printed> {
        TRY(const auto balance,
            service::make_trial_balance(view, arguments.as_of, arguments.effective_at));
        Printed answer = to_printed(service::trial_balance_to_json(balance));
        if (arguments.text) answer.text = service::trial_balance_to_text(balance);
        return answer;
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
  const service::HistoryRequest& asked = arguments.request;
  const access::Question question{"history", query_text({{"account", asked.account},
                                                         {"as_of", asked.as_of},
                                                         {"commodity", asked.commodity},
                                                         {"cursor", asked.cursor},
                                                         {"effective_at", asked.effective_at},
                                                         {"effective_from", asked.effective_from},
                                                         {"effective_to", asked.effective_to},
                                                         {"kind", asked.kind},
                                                         {"limit", asked.limit},
                                                         {"order", asked.order},
                                                         {"recorded_from", asked.recorded_from},
                                                         {"recorded_to", asked.recorded_to},
                                                         {"subject", asked.subject}})};
  return print_query(arguments.data, question,
                     [&](const service::BookView& view) -> core::Result<Printed> {
                       TRY(const auto page, service::query_history(view, query.value()));
                       return to_printed(page);
                     });
}

}  // namespace gateway::cli
