#include "gateway/access/anchors.h"

#include <span>

#include "engine/dispatch/command_bytes.h"
#include "gateway/service/actors.h"
#include "gateway/service/init.h"
#include "gateway/service/queries.h"
#include "ledger/checkpoint.h"
#include "ledger/note.h"

namespace gateway::access {
namespace {

constexpr std::string_view kClientId = "service";

std::int64_t day_of(core::Instant time) { return core::utc_date(time).days; }

// What the log has signed by now.
core::Result<engine::AnchorAccess> checkpoint_of(AccessBook& log) {
  engine::AnchorAccess command;
  TRY(log.read([&](const service::BookView& view) -> core::Result<> {
    TRY(const auto checkpoint, ledger::parse_checkpoint(ledger::text_of_note(view.checkpoint)));
    command.origin = checkpoint.origin;
    command.size = checkpoint.size;
    command.root = checkpoint.root;
    command.note_digest = core::sha256(core::as_bytes(view.checkpoint));
    return core::ok();
  }));
  return command;
}

}  // namespace

core::Result<std::optional<RecordedAnchor>> last_anchor(service::ReadableBook& main) {
  std::optional<RecordedAnchor> last;
  TRY(main.read([&](const service::BookView& view) -> core::Result<> {
    if (view.size == 0) return core::ok();
    TRY(const auto page,
        view.index.kind_records(engine::AccessAnchored::kKind,
                                {view.size - 1, view.size, 1, ledger::index::Order::Descending}));
    if (page.entries.empty()) return core::ok();
    TRY(const core::Bytes leaf, service::query_leaf(view, page.entries.front()));
    ledger::RecordView record;
    TRY(ledger::decode_record(leaf, record));
    TRY(auto body, core::from_cbor<engine::AccessAnchored>(record.body));
    last = RecordedAnchor{std::move(body), record.recorded_at};
    return core::ok();
  }));
  return last;
}

core::Result<std::optional<service::Submission>> anchor_command(service::ReadableBook& main,
                                                                AccessBook& log,
                                                                const core::PartyId& actor,
                                                                std::optional<core::Instant> now) {
  std::optional<service::Submission> out;
  TRY(const auto last, last_anchor(main));
  if (last && now && day_of(last->recorded_at) >= day_of(*now)) return out;
  TRY(const engine::AnchorAccess command, checkpoint_of(log));
  const bool is_known =
      last && last->body.origin == command.origin && last->body.size >= command.size;
  if (is_known) return out;
  service::Submission submission;
  submission.type = engine::AnchorAccess::kType;
  submission.command = core::to_cbor(engine::dispatch::CommandBytes{{}, core::to_cbor(command)});
  submission.client_id = kClientId;
  submission.request_id = "anchor-" + core::to_hex(command.note_digest.view().first(16));
  submission.actor = actor;
  out = std::move(submission);
  return out;
}

core::Result<> begin_after_loss(service::Book& main, const RecordedAnchor& last,
                                core::Clock& clock) {
  const service::Folder& folder = main.folder();
  TRY(service::make_access_log(folder, main.genesis(), clock, last.body.origin));
  TRY(const auto log, AccessLog::open(folder, clock));
  AccessBook book(folder, *log, clock);
  TRY(const auto actor, service::party_of(main, service::kServiceActor));
  TRY(const auto command, anchor_command(main, book, actor, std::nullopt));
  if (!command) return core::ok();
  TRY(main.execute(std::span(&*command, 1)).front());
  return core::ok();
}

}  // namespace gateway::access
