#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/access_commands.h"
#include "gateway/service/book.h"
#include "gateway/spool/spool.h"

// What is read is put down before it is given. Source: docs/formats/access.md.
namespace gateway::access {

// Who reads, and over which interface.
struct Reader {
  core::PartyId actor;
  ledger::Authentication authentication = ledger::Authentication::AssertedLocal;
  engine::Face face = engine::Face::Http;
};

struct Why {
  engine::Purpose purpose = engine::Purpose::Unspecified;
  std::optional<std::string> reference;
};
// "complaint", or "complaint CASE-12": a purpose, and the broker's own reference of 1 to 64
// letters, digits and . _ : / - ; "" is unspecified. Errors: InvalidInput/purpose.
core::Result<Why> parse_purpose(std::string_view text);

// What was asked.
struct Question {
  std::string name;   // The use case: "history".
  std::string query;  // Parameters in the caller's words; names are replaced before it is put down.
  std::optional<std::uint64_t> seq = {};          // Of a record whose subjects are shown.
  std::optional<core::ReportId> report = {};      // Of a statement whose client is shown.
  std::optional<ledger::SubjectId> subject = {};  // All of whose records are shown, as bytes.
  // What is given cannot be looked through for whom it is about: bytes, files, all of the book.
  bool bulk = false;
};

// What is about to be given.
struct Given {
  std::string_view text;      // Looked through for ids.
  std::uint64_t records = 1;  // Records or lines in it.
};

// How many records or lines an answer in JSON has: those of its list, else one.
std::uint64_t entries_in(const core::json::Value& answer);

// The id of a @name; see refs::ReferenceStore::find.
using FindName = std::function<core::Result<refs::IdBytes>(std::string_view name)>;

// Every @name replaced by its id, and by "@?" if nobody knows it: a log of reads holds no names.
std::string without_names(std::string_view text, const FindName& find);

// Where the readings of one book go. Any thread.
class AccessLog {
 public:
  // nullptr if the folder has no log of reads. Errors: Unavailable/io.
  static core::Result<std::unique_ptr<AccessLog>> open(const service::Folder& folder,
                                                       core::Clock& clock);

  // Puts a reading down, of a book or of a file beside it (null); to be called before the answer
  // leaves, which is refused if this is.
  //
  // Guarantees: once it has answered, the reading is on disk.
  // Errors:     InvalidInput/purpose; Unavailable/access_log; Corrupt/access_spool; those of the
  // index.
  core::Result<> put_down(service::ReadableBook* book, const FindName& find, const Reader& reader,
                          std::string_view purpose, const Question& question, const Given& given);

  // Called after each reading, by whoever takes them out.
  void on_reading(std::function<void()> call) { on_reading_ = std::move(call); }

  spool::Spool& spool() { return *spool_; }

 private:
  AccessLog(std::unique_ptr<spool::Spool> spool, core::Clock& clock)
      : spool_(std::move(spool)), clock_(clock) {}

  std::unique_ptr<spool::Spool> spool_;
  core::Clock& clock_;
  std::function<void()> on_reading_;
};

}  // namespace gateway::access
