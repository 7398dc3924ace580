#pragma once

#include "core/result.h"
#include "gateway/cli/options.h"
#include "ledger/policy.h"

// The subcommands. Each prints its answer to standard output, errors to standard error, and gives
// the process's exit code: 0 done, 1 refused or damaged, 2 wrong usage.
namespace gateway::cli {

int run_init(const InitArguments& arguments);
int run_submit(const SubmitArguments& arguments);
int run_serve(const ServeArguments& arguments);
int run_witness(const WitnessArguments& arguments);
int run_stamp(const StampArguments& arguments);
int run_verify(const VerifyArguments& arguments);
int run_checkpoint(const CheckpointArguments& arguments);
int run_prove(const ProveArguments& arguments);
int run_record(const RecordArguments& arguments);
int run_balance(const BalanceArguments& arguments);
int run_trial_balance(const TrialBalanceArguments& arguments);
int run_history(const HistoryArguments& arguments);
int run_document_add(const DocumentArguments& arguments);
int run_document_get(const DocumentArguments& arguments);
int run_document_list(const DocumentArguments& arguments);
int run_index_root(const IndexRootArguments& arguments);
int run_access(const AccessArguments& arguments);
int run_partners(const PartnersArguments& arguments);
int run_link(const LinkArguments& arguments);
int run_retention(const RetentionArguments& arguments);
int run_export(const ExportArguments& arguments);
int run_import(const ImportArguments& arguments);
int run_report(const ReportArguments& arguments);
int run_reproduce(const ReproduceArguments& arguments);
int run_backup(const BackupArguments& arguments);
int run_restore(const RestoreArguments& arguments);
int run_doctor(const DoctorArguments& arguments);
int run_drill(const DrillArguments& arguments);
int run_bench(const BenchArguments& arguments);
// One answer a line; 0 whatever the answers are.
int run_conformance(const ConformanceArguments& arguments);

// The signed notes in files. Errors: those of core::read_file.
core::Result<std::vector<std::string>> read_notes(const std::vector<std::string>& paths);

// Errors: those of core::read_file; InvalidInput/policy.
core::Result<ledger::Policy> read_policy(const std::string& path);

// Reads the command line and runs the subcommand it names.
int run(int argc, char** argv);

}  // namespace gateway::cli
