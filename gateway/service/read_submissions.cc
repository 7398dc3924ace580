#include "gateway/service/read_submissions.h"

namespace gateway::service {
namespace {

// Knows what is known, and remembers that it was asked for something else.
class KnownNames final : public core::References {
 public:
  explicit KnownNames(Book& book) : book_(book) {}
  core::Result<refs::IdBytes> resolve(std::string_view name) override {
    auto id = book_.find_reference(name);
    missed_ = missed_ || (!id && id.error().reason == "unknown_reference");
    return id;
  }
  bool missed() const { return missed_; }

 private:
  Book& book_;
  bool missed_ = false;
};

core::Result<Submission> read_one(const Caller& caller, std::size_t index,
                                  const ReadLine& read_line, core::References& references) {
  TRY(auto line, read_line(index));
  return read_submission(std::move(line), caller, references, "");
}

// Reads again, under the lock, what names something new.
core::Result<> read_with_new_names(Book& book, const Caller& caller, const ReadLine& read_line,
                                   const std::vector<std::size_t>& indexes,
                                   std::vector<core::Result<Submission>>& out) {
  return book.with_references([&](refs::ReferenceStore& references) {
    for (const std::size_t index : indexes) {
      out[index] = read_one(caller, index, read_line, references);
      // A dry run mints no names.
      if (out[index] && !out[index].value().dry_run) {
        references.keep();
      } else {
        references.discard();
      }
    }
    return references.save();
  });
}

}  // namespace

core::Result<std::vector<core::Result<Submission>>> read_submissions(Book& book,
                                                                     const Caller& caller,
                                                                     std::size_t count,
                                                                     const ReadLine& read_line) {
  std::vector<core::Result<Submission>> out;
  out.reserve(count);
  std::vector<std::size_t> with_new_names;
  for (std::size_t i = 0; i < count; ++i) {
    KnownNames names(book);
    out.push_back(read_one(caller, i, read_line, names));
    if (names.missed()) with_new_names.push_back(i);
  }
  if (!with_new_names.empty()) {
    TRY(read_with_new_names(book, caller, read_line, with_new_names, out));
  }
  return out;
}

}  // namespace gateway::service
