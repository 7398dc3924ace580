#include "gateway/service/stamps.h"

#include <algorithm>
#include <filesystem>

#include "core/files.h"
#include "gateway/service/book_key.h"
#include "ledger/checkpoint.h"
#include "ledger/note_signatures.h"
#include "ledger/tlog_text.h"

namespace gateway::service {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPrefix = "checkpoint.";
constexpr std::string_view kRequest = ".tsq";
constexpr std::string_view kReply = ".tsr";
constexpr std::size_t kReplyBytesMax = std::size_t{1} << 20;

std::string stamp_path(const StampOptions& options, std::uint64_t size) {
  return options.folder + "/" + std::string(kPrefix) + std::to_string(size);
}

// The note with the log's signatures alone: two of them where one key follows another.
core::Result<std::string> own_part(const BookView& view, const std::string& note) {
  TRY(const auto history, log_keys_of(view));
  std::vector<ledger::VerifierKey> keys;
  for (const ledger::LogKey& key : history.keys) {
    TRY(auto own, ledger::verifier_key_of(history, key));
    keys.push_back(std::move(own));
  }
  TRY(const auto signatures, ledger::signatures_of_note(note));
  std::string out = std::string(ledger::text_of_note(note)) + "\n";
  for (const auto& signature : signatures) {
    const bool own = std::ranges::any_of(keys, [&](const ledger::VerifierKey& key) {
      return signature.name == key.name && signature.id == key.id;
    });
    if (own) out += signature.line;
  }
  return out;
}

core::ByteView bytes(const std::string& text) { return core::as_bytes(text); }

core::Result<core::Timestamp> check_at(const std::string& path, const std::string& request,
                                       const std::string& reply, const std::string& trusted) {
  auto checked = core::check_timestamp(bytes(request), bytes(reply), trusted);
  if (!checked) return std::move(checked.error()).within(path);
  return checked;
}

// The stamp's own request may have been exchanged together with its reply.
core::Result<> check_digest(const std::string& path, const std::string& request,
                            const std::string& note) {
  const core::Hash digest = core::sha256(bytes(note));
  const core::Bytes expected = core::timestamp_request(digest, {});
  constexpr std::size_t kDigestEnd = 56;
  const core::ByteView given = bytes(request);
  if (given.size() == expected.size() &&
      std::equal(given.begin(), given.begin() + kDigestEnd, expected.begin())) {
    return core::ok();
  }
  return core::corrupt("timestamp", path, "The request is not for this checkpoint.");
}

core::Result<Stamp> check_stamp(const BookView& view, const StampOptions& options,
                                std::uint64_t size) {
  Stamp out{size, stamp_path(options, size), {}};
  TRY(const std::string note, core::read_file(out.path, ledger::kNoteBytesMax));
  TRY(const std::string request, core::read_file(out.path + std::string(kRequest), kReplyBytesMax));
  TRY(const std::string reply, core::read_file(out.path + std::string(kReply), kReplyBytesMax));
  TRY(check_digest(out.path, request, note));
  TRY(out.stamp, check_at(out.path, request, reply, options.trusted));
  TRY(const auto history, log_keys_of(view));
  TRY(const auto vouched, ledger::open_checkpoint(note, history));
  const ledger::Checkpoint& checkpoint = vouched.checkpoint;
  TRY(const core::Hash root, view.index.root_at(checkpoint.size));
  if (checkpoint.size == size && root == checkpoint.root) return out;
  return core::corrupt("root", out.path, "The book's records are not those that were stamped.");
}

}  // namespace

core::Result<Stamp> stamp_checkpoint(const BookView& view, const StampOptions& options,
                                     core::Random& random, const AskAuthority& ask) {
  const ledger::PublishedNote last = view.last_published();
  Stamp out{last.size, stamp_path(options, last.size), {}};
  if (core::file_exists(out.path + std::string(kReply))) {
    return core::conflict("exists", out.path, "This checkpoint has a time stamp here already.");
  }
  TRY(const std::string note, own_part(view, last.note));
  const core::Bytes request = core::timestamp_request(core::sha256(bytes(note)), random.take<8>());
  const std::string sent(core::as_text(request));
  TRY(const std::string reply, ask(request));
  TRY(out.stamp, check_at("the authority's reply", sent, reply, options.trusted));
  TRY(core::make_folder(options.folder));
  TRY(core::write_file(out.path, note));
  TRY(core::write_file(out.path + std::string(kRequest), sent));
  TRY(core::write_file(out.path + std::string(kReply), reply));
  return out;
}

core::Result<std::vector<Stamp>> check_stamps(const BookView& view, const StampOptions& options) {
  std::vector<std::uint64_t> sizes;
  std::error_code failure;
  fs::directory_iterator entry(options.folder, failure);
  // Without the folder nothing was stamped; one that cannot be read says nothing.
  if (failure == std::errc::no_such_file_or_directory) return std::vector<Stamp>();
  for (; !failure && entry != fs::directory_iterator(); entry.increment(failure)) {
    std::string name = entry->path().filename().string();
    if (!name.starts_with(kPrefix) || !name.ends_with(kReply)) continue;
    name = name.substr(kPrefix.size(), name.size() - kPrefix.size() - kReply.size());
    if (const auto size = ledger::parse_count(name)) sizes.push_back(*size);
  }
  if (failure) return core::unavailable("io", options.folder, failure.message());
  std::ranges::sort(sizes);
  std::vector<Stamp> out;
  for (const std::uint64_t size : sizes) {
    TRY(auto stamp, check_stamp(view, options, size));
    out.push_back(std::move(stamp));
  }
  return out;
}

}  // namespace gateway::service
