// backup, restore, doctor and drill: what an operator does with a book as a whole.

#include <unistd.h>

#include <cstdio>

#include "core/files.h"
#include "core/json.h"
#include "core/time.h"
#include "gateway/access/drainer.h"
#include "gateway/cli/output.h"
#include "gateway/cli/remote.h"
#include "gateway/cli/run.h"
#include "gateway/service/backups.h"
#include "gateway/service/completeness.h"
#include "gateway/service/doctor.h"
#include "gateway/service/drill.h"
#include "gateway/service/queries.h"

namespace gateway::cli {
namespace {

using core::json::Array;
using core::json::Object;
using core::json::Value;

core::Result<> backup(const BackupArguments& arguments) {
  if (!arguments.url.empty()) {
    TRY(Remote remote, Remote::open(arguments.url, arguments.data));
    TRY(const std::string answer, remote.post("backups", "", ""));
    print(answer + "\n");
    return core::ok();
  }
  if (arguments.to.empty()) {
    return core::invalid("missing_field", "--to", "Name the folder of backups, or a --url.");
  }
  core::SystemClock clock;
  TRY(const auto book, service::Book::open({arguments.data}, clock));
  TRY(const auto made, book->back_up(arguments.to));
  TRY(const auto log, access::AccessLog::open(book->folder(), clock));
  const std::string log_backups = arguments.to + "/access";
  if (log) {
    access::AccessBook reads(book->folder(), *log, clock);
    TRY(reads.drain());
    TRY(reads.back_up(log_backups));
  }
  if (arguments.keep > 0) {
    TRY(ledger::store::purge_backups(arguments.to, arguments.keep));
    if (log) {
      TRY(ledger::store::purge_backups(log_backups, arguments.keep));
    }
    TRY(service::prune_vault_copies(arguments.to));
  }
  TRY(const Value shown, service::backup_to_json(made));
  print(core::json::print_pretty(shown));
  return core::ok();
}

core::Result<> list(const std::string& folder) {
  TRY(const auto backups, ledger::store::list_backups(folder));
  Array out;
  for (const auto& one : backups) {
    TRY(auto shown, service::backup_to_json(one));
    out.push_back(std::move(shown));
  }
  print(core::json::print_pretty(Object{{"backups", std::move(out)}}));
  return core::ok();
}

core::Result<> restore(const RestoreArguments& arguments) {
  if (arguments.list) return list(arguments.from);
  if (arguments.to.empty()) {
    return core::invalid("missing_field", "--to", "Name the folder to restore into, or --list.");
  }
  service::RestoreOptions options;
  options.backups = arguments.from;
  options.number = arguments.number;
  options.into.root = arguments.to;
  options.key = arguments.key;
  options.root_key = arguments.root_key;
  TRY(options.trusted_notes, read_notes(arguments.trusted));
  TRY(options.newest_notes, read_notes(arguments.newest));
  if (!arguments.erasures.empty()) {
    TRY(options.erasures, core::read_file(arguments.erasures));
  }
  TRY(const auto restored, service::restore(options));
  const auto& verified = restored.verified;
  if (verified.self_consistent_only) {
    print("self-consistent only: give --key or --trusted to check against what you trust\n");
  }
  print("restored backup " + std::to_string(restored.backup.number) + ": verified " +
        std::to_string(verified.report.records) + " records, root " +
        core::to_base64(verified.report.root.bytes) + "\n");
  if (options.erasures) {
    print("erasures: " + std::to_string(restored.erased_entries) +
          " entries that were erased since were not restored\n");
  } else {
    print("vault: locked until the newest erasure list is given: --erasures FILE\n");
  }
  print("read-only: see docs/runbooks/backup-and-restore.md for the way back into service\n");
  return core::ok();
}

core::Result<> index_root(const IndexRootArguments& arguments) {
  if (!arguments.url.empty()) {
    TRY(Remote remote, Remote::open(arguments.url, arguments.data));
    TRY(const std::string answer, remote.post("index-roots", "", ""));
    print(answer + "\n");
    return core::ok();
  }
  core::SystemClock clock;
  TRY(const auto book, service::Book::open({arguments.data}, clock));
  TRY(const auto receipt, service::record_index_root(*book));
  print(core::json::print_pretty(service::receipt_to_json(receipt)));
  return core::ok();
}

std::string_view word(service::Health health) {
  switch (health) {
    case service::Health::Ok:
      return "ok";
    case service::Health::Warning:
      return "warning";
    case service::Health::Problem:
      return "problem";
  }
  return "";
}

std::string_view word(service::DrillOutcome outcome) {
  switch (outcome) {
    case service::DrillOutcome::Found:
      return "found";
    case service::DrillOutcome::Rebuildable:
      return "rebuildable";
    case service::DrillOutcome::Noted:
      return "noted";
    case service::DrillOutcome::Exempt:
      return "exempt";
    case service::DrillOutcome::Missed:
      return "MISSED";
  }
  return "";
}

Value to_json(const service::DrillCase& one) {
  return Object{{"file", one.file},
                {"offset", static_cast<std::int64_t>(one.offset)},
                {"bit", static_cast<std::int64_t>(one.bit)},
                {"outcome", word(one.outcome)},
                {"finding", one.finding}};
}

std::string to_line(const service::DrillCase& one) {
  std::string line = std::string(word(one.outcome)) + " " + one.file + " byte " +
                     std::to_string(one.offset) + " bit " + std::to_string(one.bit);
  if (!one.finding.empty()) line += ": " + one.finding;
  return line + "\n";
}

core::Result<bool> drill(const DrillArguments& arguments) {
  service::DrillOptions options;
  options.folder.root = arguments.data;
  options.work_folder = arguments.work.empty() ? arguments.data + ".drill" : arguments.work;
  options.flips = arguments.flips;
  options.files_max = arguments.files;
  options.seed = arguments.seed;
  if (!arguments.json) {
    options.progress = [](const service::DrillCase& one) { print(to_line(one)); };
  }
  TRY(const auto report, service::drill(options));
  if (arguments.json) {
    Array cases;
    for (const auto& one : report.cases) cases.push_back(to_json(one));
    print(
        core::json::print_pretty(Object{{"passed", report.passed()}, {"cases", std::move(cases)}}));
  } else {
    print(std::string(report.passed() ? "drill passed" : "DRILL FAILED") + ": " +
          std::to_string(report.cases.size()) + " changes\n");
  }
  return report.passed();
}

}  // namespace

int run_backup(const BackupArguments& arguments) {
  int code = 0;
  failed(backup(arguments), code);
  return code;
}

int run_restore(const RestoreArguments& arguments) {
  int code = 0;
  failed(restore(arguments), code);
  return code;
}

int run_doctor(const DoctorArguments& arguments) {
  const service::Folder folder{arguments.data};
  int code = 0;
  if (arguments.rebuild) {
    core::SystemClock clock;
    const auto records = service::rebuild_derived(folder, clock);
    if (failed(records, code)) return code;
    print("rebuilt what is derived from " + std::to_string(records.value()) + " records\n");
  }
  Array symptoms;
  for (const service::Symptom& symptom : service::examine(folder)) {
    if (symptom.health == service::Health::Problem) code = 1;
    if (arguments.json) {
      symptoms.push_back(Object{
          {"check", symptom.check}, {"health", word(symptom.health)}, {"detail", symptom.detail}});
    } else {
      print(std::string(word(symptom.health)) + " " + symptom.check + ": " + symptom.detail + "\n");
    }
  }
  if (arguments.json) {
    print(core::json::print_pretty(
        Object{{"healthy", code == 0}, {"symptoms", std::move(symptoms)}}));
  }
  return code;
}

int run_index_root(const IndexRootArguments& arguments) {
  int code = 0;
  failed(index_root(arguments), code);
  return code;
}

int run_drill(const DrillArguments& arguments) {
  const auto passed = drill(arguments);
  int code = 0;
  if (failed(passed, code)) return code;
  return passed.value() ? 0 : 1;
}

}  // namespace gateway::cli
