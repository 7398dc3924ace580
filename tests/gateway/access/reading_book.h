#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/check.h"
#include "core/json.h"
#include "gateway/access/drainer.h"
#include "gateway/access/query.h"
#include "gateway/service/init.h"
#include "tests/support/outcome.h"
#include "tests/support/temp_dir.h"

namespace tests {

// A book with some clients, and its log of reads.
class ReadingBook {
 public:
  explicit ReadingBook(int clients = 3) {
    gateway::service::InitOptions options;
    options.folder = folder();
    options.origin = "ledger.example/test-book";
    options.simulated_seed = "reading";
    CHECK(gateway::service::init_book(options, clock));
    book = std::move(gateway::service::Book::open(folder(), clock).value());
    CHECK(gateway::service::make_access_log(folder(), book->genesis(), clock));
    for (int i = 0; i < clients; ++i) {
      submit(R"({"command":"register_client","actor":"@ops","client":"@c)" + std::to_string(i) +
             R"(","category":"retail","residence":"CY"})");
    }
    open_log();
  }
  gateway::service::Folder folder() const { return {dir.path().string()}; }
  gateway::service::Folder log_folder() const { return {folder().access()}; }

  void open_log() {
    reads.reset();
    log = std::move(gateway::access::AccessLog::open(folder(), clock).value());
    CHECK(log != nullptr);
    reads = std::make_unique<gateway::access::AccessBook>(folder(), *log, clock);
  }
  void submit(const std::string& line) {
    std::vector<gateway::service::Submission> one;
    const auto read =
        book->with_references([&](gateway::refs::ReferenceStore& store) -> core::Result<> {
          TRY(const auto value, core::json::parse(line));
          TRY(auto submission, gateway::service::read_submission(
                                   value, {}, store, "r-" + std::to_string(++requests)));
          one.push_back(std::move(submission));
          return store.save();
        });
    CHECK(read);
    CHECK(book->execute(one).front());
  }
  std::string id(const std::string& name) {
    return core::to_hex(book->find_reference(name).value());
  }
  gateway::access::FindName find() {
    return [this](std::string_view name) { return book->find_reference(name); };
  }

  // "done", or what was refused.
  std::string put_down(const gateway::access::Question& question,
                       const gateway::access::Given& given = {}, const std::string& purpose = "") {
    const auto done = log->put_down(book.get(), find(), reader, purpose, question, given);
    return done ? "done" : outcome(done);
  }
  core::json::Value ask(const gateway::access::AccessRequest& request) {
    const auto query = gateway::access::read_access_query(request, find());
    CHECK(query);
    core::json::Value answer;
    const auto done = reads->read([&](const gateway::service::BookView& view) -> core::Result<> {
      TRY(answer, gateway::access::query_access(view, folder().access_spool(), query.value()));
      return core::ok();
    });
    CHECK(done);
    return answer;
  }
  // The queries of what was read, in the answer's order.
  std::vector<std::string> queries(const gateway::access::AccessRequest& request,
                                   std::string_view list = "reads") {
    std::vector<std::string> out;
    const auto answer = ask(request);
    for (const auto& one : *answer.find(list)->as_array()) {
      out.emplace_back(one.text("query"));
    }
    return out;
  }

  TempDir dir;
  core::SystemClock clock;
  std::unique_ptr<gateway::service::Book> book;
  std::unique_ptr<gateway::access::AccessLog> log;
  std::unique_ptr<gateway::access::AccessBook> reads;
  gateway::access::Reader reader{core::PartyId{{7}}, ledger::Authentication::Token,
                                 engine::Face::Http};
  int requests = 0;
};

}  // namespace tests
