#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "engine/state.h"
#include "gateway/service/folder.h"
#include "ledger/index/index.h"
#include "ledger/journal/snapshot.h"
#include "ledger/log.h"

// What a book is opened with besides its records: the index's runs, and the last snapshot if it fits.
namespace gateway::service {

struct Derived {
  std::unique_ptr<ledger::index::Index> index;
  engine::State state;
  std::optional<ledger::journal::Snapshot> snapshot;  // What both go on from.
};

// Opens the index, and restores it and the state from the snapshot if that is of these very records;
// otherwise both begin at record 0.
// Errors: those of `open_runs` and of reading the log.
core::Result<Derived> open_derived(
    const Folder& folder, ledger::Log& log,
    const std::function<core::Result<std::unique_ptr<ledger::index::IndexStore>>()>& open_runs);

// The snapshot beside the book, if it is whole and of this version.
std::optional<ledger::journal::Snapshot> read_own_snapshot(const Folder& folder);

// Errors: Unavailable/io.
core::Result<> write_state(const Folder& folder, const engine::State& state,
                           ledger::journal::Snapshot snapshot);

}  // namespace gateway::service
