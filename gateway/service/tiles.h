#pragma once

#include "gateway/service/book.h"
#include "ledger/tile.h"

// The book as files that anyone may copy and check. Source: C2SP tlog-tiles.
namespace gateway::service {

// The hashes of a tile, 32 bytes each. Errors: NotFound/unknown_tile beyond the published size.
core::Result<core::Bytes> query_hash_tile(const BookView& view, const ledger::TileAddress& tile);

// The records of level 0's tile, each behind its length. Errors: as query_hash_tile().
core::Result<core::Bytes> query_entry_bundle(const BookView& view, const ledger::TileAddress& tile);

}  // namespace gateway::service
