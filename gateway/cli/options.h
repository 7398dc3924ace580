#pragma once

#include <optional>
#include <string>
#include <vector>

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
};

struct ServeArguments {
  std::string data;
  std::string http = "127.0.0.1:8080";
  std::string rpc = "127.0.0.1:9090";
};

struct VerifyArguments {
  std::string data;
  std::optional<std::string> key;    // vkey that the caller trusts.
  std::vector<std::string> trusted;  // Files with signed notes.
  bool recompute = false;
  bool json = false;
  bool quick = false;
};

struct ProveArguments {
  std::string data;
  std::optional<std::uint64_t> seq;
  std::string consistency;  // File with an older note.
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
  std::string server = "mt4";
  std::string time_zone = "UTC";
  std::string currency;  // "" = as the file says; a CSV does not say.
  std::string classes;  // File; "" = the default table.
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
  std::string data;  // Folder for the measured stores; "" = a new one under the temporary folder.
  std::uint64_t records = 200000;
  std::vector<std::uint64_t> batches = {1, 100, 8000};
  std::uint64_t investors = 100000;
};

}  // namespace gateway::cli
