#include <CLI/CLI.hpp>

#include "gateway/bench/benchmarks.h"
#include "gateway/cli/audit.h"
#include "gateway/cli/evidence_commands.h"
#include "gateway/cli/gate_commands.h"
#include "gateway/cli/key_commands.h"
#include "gateway/cli/output.h"
#include "gateway/cli/people_commands.h"
#include "gateway/cli/register_commands.h"
#include "gateway/cli/run.h"
#include "gateway/cli/screen_commands.h"
#include "gateway/cli/vault_commands.h"
#include "gateway/conformance/conformance.h"
#include "gateway/service/log_keys.h"

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
  command->add_option("--url", a.url, "Send them to the server that has the book");
  command->add_flag("--dry-run", a.dry_run, "Only say what would be recorded");
  command->callback([&] { choice.code = run_submit(a); });
}

void add_serve(CLI::App& app, Choice& choice, ServeArguments& a) {
  auto* command = app.add_subcommand("serve", "Serve the book over HTTP and Thrift on loopback");
  add_data(command, a.data);
  command->add_option("--http", a.http, "HOST:PORT");
  command->add_option("--rpc", a.rpc, "HOST:PORT");
  command->add_option("--backups", a.backups, "Folder for the backups that clients ask for");
  command->add_flag("--public-tiles", a.public_tiles,
                    "Checkpoints, tiles of hashes and their proofs need no token");
  command->add_option("--policy", a.policy,
                      "File: the witnesses whose cosignatures a published checkpoint needs");
  command
      ->add_option("--witness-timeout", a.witness_timeout_ms,
                   "Milliseconds that a witness has to answer")
      ->check(CLI::Range(1, 60000));
  // A thread each, and what a client may send before we know who it is: 1 MiB, over Thrift 4 MiB.
  const CLI::Range connections(1, 4096);
  command->add_option("--http-connections", a.http_connections, "How many at once, at most")
      ->check(connections);
  command->add_option("--rpc-connections", a.rpc_connections, "How many at once, at most")
      ->check(connections);
  command->callback([&] { choice.code = run_serve(a); });
}

void add_witness(CLI::App& app, Choice& choice, WitnessArguments& a) {
  auto* command = app.add_subcommand("witness", "Follow books and cosign their checkpoints");
  command->add_option("--data", a.data, "Folder of the witness")->required();
  command->add_option("--name", a.name, "Of a new witness, such as witness.example/w1");
  command->add_option("--log", a.logs, "vkey of a log that it follows; any number");
  command->add_option("--http", a.http, "HOST:PORT");
  command->callback([&] { choice.code = run_witness(a); });
}

void add_stamp(CLI::App& app, Choice& choice, StampArguments& a) {
  auto* command =
      app.add_subcommand("stamp", "Have a checkpoint time-stamped, or check the stamps");
  add_data(command, a.data);
  command->add_option("--tsa", a.url, "URL of the authority (RFC 3161); without it: only check");
  command->add_option("--ca", a.authority, "File with the certificates that you trust, PEM")
      ->required();
  command->add_option("--out", a.out, "Folder of the stamps; default: DIR/stamps");
  command->callback([&] { choice.code = run_stamp(a); });
}

void add_verify(CLI::App& app, Choice& choice, VerifyArguments& a) {
  auto* command = app.add_subcommand("verify", "Check every stored byte, offline");
  add_data(command, a.data);
  command->add_option("--key", a.key, "vkey of the log that you trust");
  command->add_option("--root-key", a.root_key, "vkey of the offline root key that you trust");
  command->add_option("--trusted", a.trusted, "File with a signed note, or a proof, that you kept");
  command->add_option("--policy", a.policy,
                      "File: whose signatures the published checkpoint and trusted notes need");
  auto* since = command->add_option("--since", a.since,
                                    "File with a signed note: check only what came after it");
  command->add_flag("--recompute", a.recompute, "Decide every command again and compare")
      ->excludes(since);
  command->add_flag("--quick", a.quick, "Only files, chain and tree: not what the records say")
      ->excludes(since);
  command->add_flag("--json", a.json, "Print the report as JSON");
  command->callback([&] { choice.code = run_verify(a); });
}

void add_reads(CLI::App& app, Choice& choice, CheckpointArguments& note, ProveArguments& prove,
               RecordArguments& record, BalanceArguments& balance) {
  auto* checkpoint = app.add_subcommand("checkpoint", "Print the signed note, raw");
  add_data(checkpoint, note.data);
  checkpoint->add_flag("--published", note.published, "The one that was given to the outside");
  checkpoint->callback([&] { choice.code = run_checkpoint(note); });

  auto* proof = app.add_subcommand("prove", "Print a proof that a record is in the book");
  add_data(proof, prove.data);
  auto* seq = proof->add_option("--seq", prove.seq, "Sequence of the record");
  proof
      ->add_option("--consistency", prove.consistency,
                   "File with an older note, or a size: that the book only grew")
      ->excludes(seq);
  proof->add_option("--size", prove.size, "Up to this size of the book; prints JSON");
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

void add_books(CLI::App& app, Choice& choice, TrialBalanceArguments& trial,
               HistoryArguments& history) {
  auto* balance = app.add_subcommand("trial-balance", "Print debits and credits of all accounts");
  add_data(balance, trial.data);
  balance->add_option("--as-of", trial.as_of, "Sequence or time, as recorded");
  balance->add_option("--effective", trial.effective_at, "Only entries effective by this time");
  balance->add_flag("--text", trial.text, "A table instead of JSON");
  balance->callback([&] { choice.code = run_trial_balance(trial); });

  service::HistoryRequest& request = history.request;
  auto* page = app.add_subcommand("history", "Print a page of what was recorded");
  add_data(page, history.data);
  page->add_option("account", request.account, "Exactly this account, line by line");
  page->add_option("--commodity", request.commodity, "Of the account; without it all");
  page->add_option("--subject", request.subject, "Investor, manager or structure: its records");
  page->add_option("--kind", request.kind, "Kind of record, by name or number");
  page->add_option("--recorded-from", request.recorded_from, "Recorded at or after this time");
  page->add_option("--recorded-to", request.recorded_to, "Recorded before this time");
  page->add_option("--effective-from", request.effective_from, "Effective at or after this time");
  page->add_option("--effective-to", request.effective_to, "Effective before this time");
  page->add_option("--as-of", request.as_of, "Sequence or time, as recorded");
  page->add_option("--effective", request.effective_at, "In order of effect, up to this time");
  page->add_option("--order", request.order, "ascending or descending");
  page->add_option("--limit", request.limit, "Lines of a page, 1 to 1000");
  page->add_option("--cursor", request.cursor, "Where the page before ended");
  page->add_flag("--prove", history.prove,
                 "All records of --subject, and proof that none is missing");
  page->callback([&] { choice.code = run_history(history); });
}

void add_retention(CLI::App& app, Choice& choice, RetentionArguments& a) {
  auto* command = app.add_subcommand("retention", "How long records are kept, and what holds them");
  add_data(command, a.data);
  command->add_option("--subject", a.subject, "Client, manager or structure: when it may go");
  command->add_option("--on", a.on, "As of this day; default: today");
  command->callback([&] { choice.code = run_retention(a); });
}

void add_partners(CLI::App& app, Choice& choice, PartnersArguments& a) {
  auto* command = app.add_subcommand("partners", "Who earns by whom: tree, statement, batch");
  add_data(command, a.data);
  command->add_option("action", a.action, "tree (default), statement or batch")
      ->check(CLI::IsMember({"tree", "statement", "batch"}));
  command->add_option("--partner", a.partner, "Of the statement");
  command->add_option("--from", a.from, "First day of the statement");
  command->add_option("--to", a.to, "The day after its last");
  command->add_option("--on", a.on, "The tree of this day; default: now");
  command->add_option("--batch", a.batch, "The batch");
  command->add_flag("--csv", a.csv, "A statement's lines as a table instead of JSON");
  command->callback([&] { choice.code = run_partners(a); });
}

void add_link(CLI::App& app, Choice& choice, LinkArguments& a) {
  auto* command = app.add_subcommand("link", "The signed token of a link to join");
  add_data(command, a.data);
  command->add_option("LINK", a.link, "The link that was issued")->required();
  command->callback([&] { choice.code = run_link(a); });
}

void add_access(CLI::App& app, Choice& choice, AccessArguments& a) {
  auto* command = app.add_subcommand("access", "Who looked at whose records");
  add_data(command, a.data);
  command->add_option("action", a.action, "show (default), init, drain or anchor")
      ->check(CLI::IsMember({"show", "init", "drain", "anchor"}));
  command->add_option("--subject", a.request.subject, "Client, manager or structure");
  command->add_option("--reader", a.request.actor,
                      "Only what this one read; @local: who did not say");
  command->add_option("--from", a.request.from, "Read at or after this time");
  command->add_option("--to", a.request.to, "Read before this time");
  command->add_option("--limit", a.request.limit, "Readings of a page, 1 to 1000");
  command->add_option("--before", a.request.before, "The `next` of the page before");
  command->add_option("--url", a.url, "Server to ask for an anchor");
  command->callback([&] { choice.code = run_access(a); });
}

// Before or behind any subcommand that reads; see gateway/cli/audit.h.
void add_reader(CLI::App& app) {
  const auto set = [](const char* variable) {
    return [variable](const std::string& value) { ::setenv(variable, value.c_str(), 1); };
  };
  app.add_option_function<std::string>("--actor", set(kActorVariable),
                                       "Who reads: an id or @name; also TALLY_ACTOR");
  app.add_option_function<std::string>(
         "--purpose", set(kPurposeVariable),
         "Why it is read, such as \"complaint CASE-12\"; also TALLY_PURPOSE")
      ->check([](const std::string& text) {
        const auto why = access::parse_purpose(text);
        return why ? std::string() : why.error().detail;
      });
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
  auto* command = app.add_subcommand("import", "Turn a platform's or a bank's file into commands");
  command->add_option("--data", a.data, "Folder of the book");
  command->add_option("--format", a.format, "mt4-statement, ecb-csv or ecb-xml")
      ->required()
      ->check(CLI::IsMember({"mt4-statement", "ecb-csv", "ecb-xml"}));
  command->add_option("file", a.file, "The file")->required();
  command->add_option("--structure", a.structure, "Structure whose master account this is");
  command->add_option("--actor", a.actor, "Who imports");
  command->add_option("--approver", a.approver,
                      "The second person, of entries into a closed period");
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

void add_backups(CLI::App& app, Choice& choice, BackupArguments& backup,
                 RestoreArguments& restore) {
  auto* make = app.add_subcommand("backup", "Back up the records, only what is new");
  add_data(make, backup.data);
  auto* to = make->add_option("--to", backup.to, "Folder of backups");
  make->add_option("--keep", backup.keep, "Forget all but the newest");
  make->add_option("--url", backup.url, "Ask the server that has the book")->excludes(to);
  make->callback([&] { choice.code = run_backup(backup); });

  auto* back = app.add_subcommand("restore", "Restore a backup into a new folder and verify it");
  back->add_option("--from", restore.from, "Folder of backups")->required();
  back->add_option("--to", restore.to, "Folder that does not exist");
  back->add_option("--backup", restore.number, "Its number; default: the newest");
  back->add_option("--key", restore.key, "vkey of the log that you trust");
  back->add_option("--root-key", restore.root_key, "vkey of the offline root key that you trust");
  back->add_option("--trusted", restore.trusted, "File with a signed note that you kept");
  back->add_option("--erasures", restore.erasures,
                   "File: the newest erasure list; without it the vault stays locked");
  back->add_option("--newest", restore.newest,
                   "File with the newest signed note known: the erasure list must reach it");
  back->add_flag("--list", restore.list, "Only print what there is");
  back->callback([&] { choice.code = run_restore(restore); });
}

void add_documents(CLI::App& app, Choice& choice, DocumentArguments& a) {
  auto* command = app.add_subcommand("document", "Keep and give the files that records cite");
  command->require_subcommand(1);
  auto* add = command->add_subcommand("add", "Take a file in; prints its digest");
  add_data(add, a.data);
  add->add_option("file", a.file, "File; - is standard input")->required();
  add->add_option("--person", a.person, "Whom it is about: it is encrypted, and erased with him");
  add->callback([&] { choice.code = run_document_add(a); });
  auto* get = command->add_subcommand("get", "Give a document, if it is unaltered");
  add_data(get, a.data);
  get->add_option("digest", a.digest, "Its SHA-256")->required();
  get->add_option("--to", a.to, "File to write, which must not exist; default: standard output");
  get->add_option("--actor", a.actor, "Who looks; needed of a document about a person");
  get->callback([&] { choice.code = run_document_get(a); });
  auto* list = command->add_subcommand("list", "Print digest and size of each document");
  add_data(list, a.data);
  list->callback([&] { choice.code = run_document_list(a); });
}

void add_index_root(CLI::App& app, Choice& choice, IndexRootArguments& a) {
  auto* command = app.add_subcommand("index-root", "Commit to all subjects' records in a record");
  add_data(command, a.data);
  command->add_option("--url", a.url, "Server to ask, for example http://127.0.0.1:8080");
  command->callback([&] { choice.code = run_index_root(a); });
}

void add_checkups(CLI::App& app, Choice& choice, DoctorArguments& doctor, DrillArguments& drill) {
  auto* check = app.add_subcommand("doctor", "Look at a book's folder and say what is amiss");
  add_data(check, doctor.data);
  check->add_flag("--rebuild", doctor.rebuild, "Make what is derived again from the records");
  check->add_flag("--json", doctor.json, "Print JSON");
  check->callback([&] { choice.code = run_doctor(doctor); });

  auto* control = app.add_subcommand("drill", "Change bits in a copy; shows what verify reports");
  add_data(control, drill.data);
  control->add_option("--work", drill.work, "Folder for the copy; default: beside the book");
  control->add_option("--flips", drill.flips, "Bits to change in each file");
  control->add_option("--files", drill.files, "Files, at most");
  control->add_option("--seed", drill.seed, "Which bits follow from it");
  control->add_flag("--json", drill.json, "Print JSON");
  control->callback([&] { choice.code = run_drill(drill); });
}

void add_bench(CLI::App& app, Choice& choice, BenchArguments& a) {
  auto* command = app.add_subcommand("bench", "Measure, beside the raw limit in the same run");
  std::vector<std::string> names{std::string(bench::kAll)};
  for (const bench::Benchmark& benchmark : bench::benchmarks()) names.emplace_back(benchmark.name);
  command->add_option("name", a.name, "What is measured")->required()->check(CLI::IsMember(names));
  command->add_option("file", a.file, "Of names: the table of labelled pairs; of gate: a rule pack");
  command->add_option("--data", a.data, "Folder for the stores that are measured");
  command->add_option("--records", a.records, "How many records");
  command->add_option("--batch", a.batches, "Records in a group, at most");
  command->add_option("--investors", a.investors,
                      "How many investors the pool has that rolls over, or are screened");
  command->add_option("--listed", a.listed,
                      "Of screening: how many are listed; half as many if left out");
  command->callback([&] { choice.code = run_bench(a); });
}

void add_conformance(CLI::App& app, Choice& choice, ConformanceArguments& a) {
  auto* command = app.add_subcommand("conformance", "Run one of our functions: NDJSON in and out");
  std::vector<std::string> names;
  for (const auto& operation : conformance::operations()) names.emplace_back(operation.name);
  command->add_option("operation", a.operation, "Which; see docs/conformance.md")
      ->required()
      ->check(CLI::IsMember(names));
  command->callback([&] { choice.code = run_conformance(a); });
}

// Before or behind any subcommand. The variable is where the service looks, whatever started it.
void add_passphrase_file(CLI::App& app) {
  app.fallthrough();
  app.add_option_function<std::string>(
      "--passphrase-file",
      [](const std::string& path) { ::setenv(service::kPassphraseFileVariable, path.c_str(), 1); },
      "File (0600) with the passphrase of encrypted key files; also TALLY_PASSPHRASE_FILE");
}

// Of every command; those of the one that is called are filled in.
struct Arguments {
  InitArguments init;
  SubmitArguments submit;
  ServeArguments serve;
  WitnessArguments witness;
  StampArguments stamp;
  VerifyArguments verify;
  CheckpointArguments checkpoint;
  ProveArguments prove;
  RecordArguments record;
  BalanceArguments balance;
  TrialBalanceArguments trial;
  HistoryArguments history;
  AccessArguments access;
  RetentionArguments retention;
  PartnersArguments partners;
  LinkArguments link;
  ExportArguments exporting;
  ImportArguments importing;
  ReportArguments report;
  ReproduceArguments reproduce;
  BackupArguments backup;
  RestoreArguments restore;
  DoctorArguments doctor;
  DrillArguments drill;
  IndexRootArguments index_root;
  DocumentArguments document;
  EvidenceArguments evidence;
  PeopleArguments people;
  GateArguments gate;
  BenchArguments bench;
  ConformanceArguments conformance;
  RegisterArguments registers;
  ScreenArguments screen;
  KeyArguments key;
  VaultArguments vault;
};

void add_commands(CLI::App& app, Choice& choice, Arguments& all) {
  add_passphrase_file(app);
  add_reader(app);
  add_key(app, choice.code, all.key);
  add_vault(app, choice.code, all.vault);
  add_init(app, choice, all.init);
  add_submit(app, choice, all.submit);
  add_serve(app, choice, all.serve);
  add_witness(app, choice, all.witness);
  add_stamp(app, choice, all.stamp);
  add_verify(app, choice, all.verify);
  add_reads(app, choice, all.checkpoint, all.prove, all.record, all.balance);
  add_books(app, choice, all.trial, all.history);
  add_access(app, choice, all.access);
  add_retention(app, choice, all.retention);
  add_partners(app, choice, all.partners);
  add_link(app, choice, all.link);
  add_export(app, choice, all.exporting);
  add_import(app, choice, all.importing);
  add_reports(app, choice, all.report, all.reproduce);
  add_backups(app, choice, all.backup, all.restore);
  add_checkups(app, choice, all.doctor, all.drill);
  add_index_root(app, choice, all.index_root);
  add_documents(app, choice, all.document);
  add_evidence(app, choice.code, all.evidence);
  add_people(app, choice.code, all.people);
  add_gate(app, choice.code, all.gate);
  add_bench(app, choice, all.bench);
  add_conformance(app, choice, all.conformance);
  add_register(app, choice.code, all.registers);
  add_screen(app, choice.code, all.screen);
}

}  // namespace

int run(int argc, char** argv) {
  CLI::App app("Tallystick: an audit ledger for brokers who host money managers", "tally");
  app.require_subcommand(1);
  Choice choice;
  Arguments all;
  add_commands(app, choice, all);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  return finish_output(choice.code);
}

}  // namespace gateway::cli
