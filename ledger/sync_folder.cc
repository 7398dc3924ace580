#include "ledger/sync_folder.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace ledger {

core::Result<> sync_folder(const std::string& path) {
  const std::string folder = path.empty() ? "." : path;
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) {
    return core::unavailable("io", folder,
                             "cannot open the folder: " + std::system_category().message(errno));
  }
  const int outcome = ::fsync(descriptor);
  const int reason = errno;
  ::close(descriptor);
  if (outcome != 0) {
    return core::unavailable("io", folder,
                             "cannot sync the folder: " + std::system_category().message(reason));
  }
  return core::ok();
}

}  // namespace ledger
