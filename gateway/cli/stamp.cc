#include "core/files.h"
#include "gateway/cli/output.h"
#include "gateway/cli/run.h"
#include "gateway/http/fetch.h"
#include "gateway/service/folder.h"
#include "gateway/service/stamps.h"

namespace gateway::cli {
namespace {

constexpr std::size_t kReplyBytesMax = 256 * 1024;
constexpr std::chrono::seconds kTimeout{30};

std::string to_line(const service::Stamp& stamp) {
  return std::to_string(stamp.size) + " records " + core::to_string(stamp.stamp.time) + " " +
         stamp.path + " " + stamp.stamp.authority + "\n";
}

core::Result<std::string> ask_authority(const std::string& url, const core::Bytes& request) {
  http::FetchOptions options;
  options.timeout = kTimeout;
  options.answer_bytes_max = kReplyBytesMax;
  TRY(auto answer, http::fetch(url,
                               {"POST",
                                "",
                                {{"content-type", "application/timestamp-query"}},
                                std::string(core::as_text(request))},
                               options));
  if (answer.status == 200) return std::move(answer.body);
  return core::unavailable(
      "tsa_refused", url,
      "The authority answered with HTTP status " + std::to_string(answer.status) + ".");
}

core::Result<std::string> stamp(const service::BookView& view, const StampArguments& arguments) {
  service::StampOptions options;
  options.folder = arguments.out.empty() ? service::Folder{arguments.data}.stamps() : arguments.out;
  TRY(options.trusted, core::read_file(arguments.authority, 1u << 20));
  std::string out;
  if (!arguments.url.empty()) {
    core::SystemRandom random;
    TRY(const auto made,
        service::stamp_checkpoint(view, options, random, [&](const core::Bytes& request) {
          return ask_authority(arguments.url, request);
        }));
    return to_line(made);
  }
  TRY(const auto stamps, service::check_stamps(view, options));
  for (const service::Stamp& one : stamps) out += to_line(one);
  return out + std::to_string(stamps.size()) + " time stamps hold\n";
}

}  // namespace

int run_stamp(const StampArguments& arguments) {
  const auto book = service::ReadOnlyBook::open({arguments.data});
  int code = 0;
  if (failed(book, code)) return code;
  const auto done = book.value()->read([&](const service::BookView& view) -> core::Result<> {
    TRY(const std::string text, stamp(view, arguments));
    print(text);
    return core::ok();
  });
  failed(done, code);
  return code;
}

}  // namespace gateway::cli
