#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/access/query.h"
#include "gateway/service/history.h"

// What each subcommand was asked to do. Source: docs/commands.md, "The tally program".
namespace gateway::cli {

struct InitArguments {
  std::string data;
  std::string origin;
  std::string profile = "cysec";
  std::string time_zone = "UTC";
  std::vector<std::string> officers;
  std::string root_key;
  std::optional<std::string> simulated_seed;
};

struct SubmitArguments {
  std::string data;
  std::string file;  // "-" = standard input.
  std::string url;   // Of the server that has the book; "" = open it here.
  bool dry_run = false;
};

struct ServeArguments {
  std::string data;
  std::string http = "127.0.0.1:8080";
  std::string rpc = "127.0.0.1:9090";
  std::size_t http_connections = 64;
  std::size_t rpc_connections = 32;
  std::string backups;  // Folder for the backups that clients ask for; "" = none are made.
  bool public_tiles = false;
  std::string policy;  // File: which witnesses a published checkpoint needs; "" = none.
  std::uint32_t witness_timeout_ms = 5000;
};

struct StampArguments {
  std::string data;
  std::string url;        // Of the authority; "" = only check what there is.
  std::string authority;  // File with the PEM certificates that its own must lead to.
  std::string out;        // Folder of the stamps; "" = DIR/stamps.
};

struct WitnessArguments {
  std::string data;
  std::string name;               // Of a new witness.
  std::vector<std::string> logs;  // vkeys of those it follows.
  std::string http = "127.0.0.1:8090";
};

struct BackupArguments {
  std::string data;
  std::string to;          // Folder of backups.
  std::string url;         // Of the server that has the book.
  std::uint32_t keep = 0;  // Forget all but the newest; 0 = keep all.
};

struct RestoreArguments {
  std::string from;  // Folder of backups.
  std::string to;
  std::optional<std::uint32_t> number;  // Absent: the newest.
  std::optional<std::string> key;
  std::optional<std::string> root_key;
  std::vector<std::string> trusted;  // Files with signed notes.
  std::string erasures;              // File; "" = the vault stays locked.
  std::vector<std::string> newest;   // Files with notes that the erasure list must reach.
  bool list = false;
};

struct DoctorArguments {
  std::string data;
  bool rebuild = false;
  bool json = false;
};

struct DrillArguments {
  std::string data;
  std::string work;  // For the copy; "" = beside the book.
  std::uint64_t flips = 1;
  std::uint64_t files = 40;
  std::string seed = "drill";
  bool json = false;
};

struct VerifyArguments {
  std::string data;
  std::optional<std::string> key;  // vkey that the caller trusts.
  std::optional<std::string> root_key;
  std::vector<std::string> trusted;  // Files with signed notes.
  std::string policy;                // File: whose signatures make a published checkpoint good.
  std::string since;                 // File with a signed note; "" = from record 0.
  bool recompute = false;
  bool json = false;
  bool quick = false;
};

struct CheckpointArguments {
  std::string data;
  bool published = false;
};

struct ProveArguments {
  std::string data;
  std::optional<std::uint64_t> seq;
  std::optional<std::uint64_t> size;
  std::string consistency;  // File with an older note, or a size.
};

struct RecordArguments {
  std::string data;
  std::uint64_t seq = 0;
  bool raw = false;
};

struct BalanceArguments {
  std::string data;
  std::string account;
  std::string as_of;
  std::string effective_at;
};

struct TrialBalanceArguments {
  std::string data;
  std::string as_of;
  std::string effective_at;
  bool text = false;
};

struct HistoryArguments {
  std::string data;
  service::HistoryRequest request;
  bool prove = false;  // All of a subject's records, with what shows that none is missing.
};

struct DocumentArguments {
  std::string data;
  std::string file;    // To be added; "-" is standard input.
  std::string digest;  // To be given.
  std::string to;      // Where it is written; "" = standard output.
  std::string person;  // Whom it is about; "" = nobody.
  std::string actor;   // Who looks at one about a person.
};

struct IndexRootArguments {
  std::string data;
  std::string url;  // Of a server; "" = open the book.
};

struct RetentionArguments {
  std::string data;
  std::string subject;  // "" = the rules and all holds.
  std::string on;       // A day; "" = today.
};

struct PartnersArguments {
  std::string data;
  std::string action = "tree";  // tree, statement or batch.
  std::string partner;          // Of a statement.
  std::string from;             // Its first day.
  std::string to;               // The day after its last.
  std::string on;               // Of a tree: a day; "" = now.
  std::string batch;
  bool csv = false;  // A statement's lines as a table.
};

struct LinkArguments {
  std::string data;
  std::string link;  // Its id or @name.
};

struct AccessArguments {
  std::string data;
  std::string action = "show";  // show, init, drain or anchor.
  access::AccessRequest request;
  std::string url;  // Of a server, for anchor; "" = open the book.
};

struct ExportArguments {
  std::string data;
  std::string format;
};

struct ImportArguments {
  std::string data;
  std::string format;
  std::string file;
  std::string structure;
  std::string actor = "@import";
  std::string approver;  // Of entries into a closed period; "" = nobody.
  std::string server = "mt4";
  std::string time_zone = "UTC";
  std::string currency;  // "" = as the file says; a CSV does not say.
  std::string classes;   // File; "" = the default table.
  bool describe = false;
  bool print = false;
};

struct ReportArguments {
  std::string data;
  std::string name;
  std::string structure;
  std::string client;
  std::string from;
  std::string to;
  std::string profile;
  std::string language;
  std::string actor = "@reports";
  std::string out;
};

struct ReproduceArguments {
  std::string data;
  std::string report;
  std::string out;
};

struct BenchArguments {
  std::string name;  // See gateway/bench/benchmarks.h.
  std::string file;  // Of names: the labelled pairs.
  std::string data;  // Folder for the measured stores; "" = a new one under the temporary folder.
  std::uint64_t records = 200000;
  std::vector<std::uint64_t> batches = {1, 100, 8000};
  std::uint64_t investors = 100000;
  std::uint64_t listed = 0;
};

struct ConformanceArguments {
  std::string operation;  // See gateway/conformance/conformance.h.
};

}  // namespace gateway::cli
