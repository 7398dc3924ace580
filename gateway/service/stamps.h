#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/random.h"
#include "core/timestamp.h"
#include "gateway/service/book.h"

// Time stamps of a book's checkpoints, by an authority outside (RFC 3161): that no record up to
// there was made later. Kept in a folder as three files a stamp: checkpoint.SIZE (text and the
// log's signature alone, since cosignatures may come later), checkpoint.SIZE.tsq and
// checkpoint.SIZE.tsr as sent and received.
namespace gateway::service {

struct Stamp {
  std::uint64_t size = 0;
  std::string path;  // Of checkpoint.SIZE.
  core::Timestamp stamp;
};

// Sends the request, gives the reply's body.
using AskAuthority = std::function<core::Result<std::string>(const core::Bytes& request)>;

struct StampOptions {
  std::string folder;
  std::string trusted;  // PEM certificates that the authority's must lead to.
};

// Stamps the last published checkpoint, and keeps it if it holds.
// Errors: Conflict/exists if it has a stamp there; those of `ask`, core::check_timestamp,
// core::write_file.
core::Result<Stamp> stamp_checkpoint(const BookView& view, const StampOptions& options,
                                     core::Random& random, const AskAuthority& ask);

// Checks every stamp in the folder, and that the book is still the one that was stamped.
// Errors: the first finding: those of core::check_timestamp; Corrupt/timestamp, note_signature,
// root.
core::Result<std::vector<Stamp>> check_stamps(const BookView& view, const StampOptions& options);

}  // namespace gateway::service
