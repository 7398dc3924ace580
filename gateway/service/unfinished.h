#pragma once

#include "gateway/service/folder.h"

namespace gateway::service {

// The file that stands in DIR while a book is being made: what lies beside it is no book yet. It is
// made first and deleted last, so an interrupted making can be told from a book and begun again.
inline std::string unfinished_path(const Folder& folder) { return folder.root + "/unfinished"; }

}  // namespace gateway::service
