// init and submit: the subcommands that make and change a book.

#include <cstdio>
#include <fstream>
#include <iostream>

#include "core/time.h"
#include "gateway/cli/output.h"
#include "gateway/cli/run.h"
#include "gateway/cli/submit_lines.h"
#include "gateway/service/completeness.h"
#include "gateway/service/init.h"
#include "gateway/service/queries.h"

namespace gateway::cli {

int run_init(const InitArguments& arguments) {
  service::InitOptions options;
  options.folder.root = arguments.data;
  options.origin = arguments.origin;
  options.profile = arguments.profile;
  options.time_zone = arguments.time_zone;
  options.officers = arguments.officers;
  options.root_key = arguments.root_key;
  options.simulated_seed = arguments.simulated_seed;
  core::SystemClock clock;
  const auto made = service::init_book(options, clock);
  int code = 0;
  if (failed(made, code)) return code;
  print(made.value().verifier_key + "\n");
  for (const std::string& path : made.value().made) {
    std::fprintf(stderr, "made %s: move it off this machine; it is not needed to run the book\n",
                 path.c_str());
  }
  return 0;
}

namespace {

// A period that was closed gets its index root at once; a served book's comes by the service.
core::Result<> commit_index_after_closing(service::Book& book) {
  bool due = false;
  TRY(book.read([&](const service::BookView& view) -> core::Result<> {
    TRY(due, service::closing_lacks_index_root(view));
    return core::ok();
  }));
  if (!due) return core::ok();
  TRY(service::record_index_root(book));
  return core::ok();
}

// Records what the input holds, here or by the process that serves the book.
int submit_from(const SubmitArguments& arguments, std::istream& input) {
  SubmitOptions options;
  options.dry_run = arguments.dry_run;
  int code = 0;
  if (!arguments.url.empty()) {
    auto remote = Remote::open(arguments.url, arguments.data);
    if (failed(remote, code)) return code;
    return submit_stream(remote.value(), input, options);
  }
  // Who writes into our pipe may have the book open until he has something to say.
  input.peek();
  core::SystemClock clock;
  const auto book = service::Book::open({arguments.data}, clock);
  if (failed(book, code)) return code;
  code = submit_stream(*book.value(), input, options);
  const auto committed = commit_index_after_closing(*book.value());
  return committed ? code : fail(committed.error());
}

}  // namespace

int run_submit(const SubmitArguments& arguments) {
  if (arguments.file == "-") return submit_from(arguments, std::cin);
  std::ifstream file(arguments.file, std::ios::binary);
  if (!file) {
    return fail(core::not_found("file", arguments.file, "There is no such file to read."));
  }
  return submit_from(arguments, file);
}

}  // namespace gateway::cli
