#include "gateway/service/derived.h"

#include "core/codec_containers.h"
#include "engine/state_parts.h"
#include "ledger/merkle.h"

namespace gateway::service {
namespace {

using ledger::journal::Snapshot;

// Raise it whenever the saved form of the state, the books or the index changes.
constexpr std::string_view kMaker = "tally/7";

// Whether the log holds the record that the snapshot ends with.
core::Result<bool> fits(const Snapshot& snapshot, ledger::Log& log) {
  TRY(const ledger::LogState state, log.state());
  if (snapshot.size == 0 || snapshot.size > state.size) return false;
  core::Sha256 sha256;
  bool same = false;
  TRY(log.read(snapshot.size - 1, snapshot.size, [&](std::uint64_t, core::ByteView leaf) {
    same = ledger::leaf_hash(sha256, leaf) == snapshot.last_leaf;
    return core::ok();
  }));
  return same;
}

}  // namespace

core::Result<Derived> open_derived(
    const Folder& folder, ledger::Log& log,
    const std::function<core::Result<std::unique_ptr<ledger::index::IndexStore>>()>& open_runs) {
  Derived derived;
  derived.snapshot = read_own_snapshot(folder);
  if (derived.snapshot) {
    TRY(const bool same, fits(*derived.snapshot, log));
    auto state = core::from_cbor<engine::State>(core::as_bytes(derived.snapshot->state));
    if (same && state) {
      TRY(auto runs, open_runs());
      auto index = ledger::index::Index::open(std::move(runs), derived.snapshot->index);
      if (index) {
        derived.index = std::move(index.value());
        derived.state = std::move(state.value());
        return derived;
      }
    }
    derived.snapshot.reset();
  }
  TRY(auto runs, open_runs());
  TRY(derived.index, ledger::index::Index::open(std::move(runs), std::nullopt));
  return derived;
}

std::optional<Snapshot> read_own_snapshot(const Folder& folder) {
  return ledger::journal::read_snapshot(folder.snapshot(), kMaker);
}

core::Result<> write_state(const Folder& folder, const engine::State& state, Snapshot snapshot) {
  snapshot.maker = kMaker;
  snapshot.origin = state.genesis.origin;
  snapshot.state = core::as_text(core::to_cbor(state));
  return ledger::journal::write_snapshot(folder.snapshot(), snapshot);
}

}  // namespace gateway::service
