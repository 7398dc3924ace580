#include <CLI/CLI.hpp>

#include "gateway/bench/benchmarks.h"
#include "gateway/cli/output.h"
#include "gateway/cli/run.h"

namespace gateway::cli {
namespace {

// What the command line chose to do; run after parsing.
struct Choice {
  int code = 0;
};

CLI::Option* add_data(CLI::App* command, std::string& data) {
  return command->add_option("--data", data, "Folder of the book")->required();
}

void add_init(CLI::App& app, Choice& choice, InitArguments& a) {
  auto* command = app.add_subcommand("init", "Make a book; prints its verifier key");
  add_data(command, a.data);
  command->add_option("--book", a.origin, "Origin, such as ledger.example/broker-1")->required();
  command->add_option("--profile", a.profile, "cysec, fca, asic or offshore");
  command->add_option("--time-zone", a.time_zone, "IANA name");
  command->add_option("--officer", a.officers, "vkey of an officer; twice")->expected(1, 2);
  command->add_option("--root-key", a.root_key, "vkey of the offline root key");
  command->add_option("--simulated", a.simulated_seed, "Seed: keys, ids and salts come from it");
  command->callback([&] { choice.code = run_init(a); });
}

void add_submit(CLI::App& app, Choice& choice, SubmitArguments& a) {
  auto* command = app.add_subcommand("submit", "Record commands: JSON Lines in, receipts out");
  add_data(command, a.data);
  command->add_option("file", a.file, "File, or - for standard input")->required();
  command->callback([&] { choice.code = run_submit(a); });
}

void add_serve(CLI::App& app, Choice& choice, ServeArguments& a) {
  auto* command = app.add_subcommand("serve", "Serve the book over HTTP and Thrift on loopback");
  add_data(command, a.data);
  command->add_option("--http", a.http, "HOST:PORT");
  command->add_option("--rpc", a.rpc, "HOST:PORT");
  command->callback([&] { choice.code = run_serve(a); });
}

void add_verify(CLI::App& app, Choice& choice, VerifyArguments& a) {
  auto* command = app.add_subcommand("verify", "Check every stored byte, offline");
  add_data(command, a.data);
  command->add_option("--key", a.key, "vkey of the log that you trust");
  command->add_option("--trusted", a.trusted, "File with a signed note that you kept");
  command->add_flag("--recompute", a.recompute, "Decide every command again and compare");
  command->add_flag("--quick", a.quick, "Only files, chain and tree: not what the records say");
  command->add_flag("--json", a.json, "Print the report as JSON");
  command->callback([&] { choice.code = run_verify(a); });
}

void add_reads(CLI::App& app, Choice& choice, std::string& data, ProveArguments& prove,
               RecordArguments& record, BalanceArguments& balance) {
  auto* checkpoint = app.add_subcommand("checkpoint", "Print the signed note, raw");
  add_data(checkpoint, data);
  checkpoint->callback([&] { choice.code = run_checkpoint(data); });

  auto* proof = app.add_subcommand("prove", "Print a proof that a record is in the book");
  add_data(proof, prove.data);
  auto* seq = proof->add_option("--seq", prove.seq, "Sequence of the record");
  proof->add_option("--consistency", prove.consistency, "File with an older note")->excludes(seq);
  proof->callback([&] { choice.code = run_prove(prove); });

  auto* one = app.add_subcommand("record", "Print one record");
  add_data(one, record.data);
  one->add_option("--seq", record.seq, "Sequence of the record")->required();
  one->add_flag("--raw", record.raw, "Its stored bytes");
  one->callback([&] { choice.code = run_record(record); });

  auto* balances = app.add_subcommand("balance", "Print balances");
  add_data(balances, balance.data);
  balances->add_option("account", balance.account, "Account, with those below it");
  balances->add_option("--as-of", balance.as_of, "Sequence or time, as recorded");
  balances->add_option("--effective", balance.effective_at, "Only entries effective by this time");
  balances->callback([&] { choice.code = run_balance(balance); });
}

void add_export(CLI::App& app, Choice& choice, ExportArguments& a) {
  auto* command = app.add_subcommand("export", "Print the book for other tools");
  add_data(command, a.data);
  command->add_option("--format", a.format, "hledger, ledger, beancount, jsonl or leaves")
      ->required()
      ->check(CLI::IsMember({"hledger", "ledger", "beancount", "jsonl", "leaves"}));
  command->callback([&] { choice.code = run_export(a); });
}

void add_import(CLI::App& app, Choice& choice, ImportArguments& a) {
  auto* command = app.add_subcommand("import", "Turn a platform's file into commands");
  command->add_option("--data", a.data, "Folder of the book");
  command->add_option("--format", a.format, "mt4-statement")
      ->required()
      ->check(CLI::IsMember({"mt4-statement"}));
  command->add_option("file", a.file, "The file")->required();
  command->add_option("--structure", a.structure, "Structure whose master account this is");
  command->add_option("--actor", a.actor, "Who imports");
  command->add_option("--server", a.server, "Name of the platform server");
  command->add_option("--time-zone", a.time_zone, "IANA zone of the server's times");
  command->add_option("--currency", a.currency, "Account currency, where the file does not say");
  command->add_option("--classes", a.classes, "JSON file: what each balance comment is");
  command->add_flag("--describe", a.describe, "Only print what the file holds");
  command->add_flag("--print", a.print, "Only print the commands");
  command->callback([&] { choice.code = run_import(a); });
}

void add_reports(CLI::App& app, Choice& choice, ReportArguments& report,
                 ReproduceArguments& reproduce) {
  auto* command = app.add_subcommand("report", "Issue a report and record that it was issued");
  add_data(command, report.data);
  command->add_option("name", report.name, "statement")
      ->required()
      ->check(CLI::IsMember({"statement"}));
  command->add_option("--structure", report.structure, "Structure")->required();
  command->add_option("--client", report.client, "Investor")->required();
  command->add_option("--from", report.from, "Begin, RFC 3339")->required();
  command->add_option("--to", report.to, "End (not included), RFC 3339")->required();
  command->add_option("--profile", report.profile, "cysec, fca, asic or offshore");
  command->add_option("--language", report.language, "en or el");
  command->add_option("--actor", report.actor, "Who issues it");
  command->add_option("--out", report.out, "FILE.html or FILE.json")->required();
  command->callback([&] { choice.code = run_report(report); });

  auto* again = app.add_subcommand("reproduce", "Rebuild an issued report and compare");
  add_data(again, reproduce.data);
  again->add_option("report", reproduce.report, "Id of the report")->required();
  again->add_option("--out", reproduce.out, "FILE.html or FILE.json");
  again->callback([&] { choice.code = run_reproduce(reproduce); });
}

void add_bench(CLI::App& app, Choice& choice, BenchArguments& a) {
  auto* command = app.add_subcommand("bench", "Measure, beside the raw limit in the same run");
  std::vector<std::string> names{std::string(bench::kAll)};
  for (const bench::Benchmark& benchmark : bench::benchmarks()) names.emplace_back(benchmark.name);
  command->add_option("name", a.name, "What is measured")->required()->check(CLI::IsMember(names));
  command->add_option("--data", a.data, "Folder for the stores that are measured");
  command->add_option("--records", a.records, "How many records");
  command->add_option("--batch", a.batches, "Records in a group, at most");
  command->add_option("--investors", a.investors, "How many investors the pool has that rolls over");
  command->callback([&] { choice.code = run_bench(a); });
}

}  // namespace

int run(int argc, char** argv) {
  CLI::App app("Tallystick: an audit ledger for brokers who host money managers", "tally");
  app.require_subcommand(1);
  Choice choice;
  InitArguments init;
  SubmitArguments submit;
  ServeArguments serve;
  VerifyArguments verify;
  std::string checkpoint_data;
  ProveArguments prove;
  RecordArguments record;
  BalanceArguments balance;
  ExportArguments exporting;
  ImportArguments importing;
  ReportArguments report;
  ReproduceArguments reproduce;
  BenchArguments bench;
  add_init(app, choice, init);
  add_submit(app, choice, submit);
  add_serve(app, choice, serve);
  add_verify(app, choice, verify);
  add_reads(app, choice, checkpoint_data, prove, record, balance);
  add_export(app, choice, exporting);
  add_import(app, choice, importing);
  add_reports(app, choice, report, reproduce);
  add_bench(app, choice, bench);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  return finish_output(choice.code);
}

}  // namespace gateway::cli
