#include "gateway/service/terminal.h"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

namespace gateway::service {
namespace {

constexpr char kBreak = 0x03;  // Ctrl-C.
constexpr char kEnd = 0x04;    // Ctrl-D.
constexpr char kErase = 0x7f;

// The terminal without echo, put back as it was. Keys that would end the process are read as they
// are, so that it cannot end with the echo off.
class Silent {
 public:
  explicit Silent(int terminal) : terminal_(terminal) {
    if (::tcgetattr(terminal, &before_) != 0) return;
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO | ICANON | ISIG);
    works_ = ::tcsetattr(terminal, TCSAFLUSH, &silent) == 0;
  }
  ~Silent() {
    if (works_) ::tcsetattr(terminal_, TCSAFLUSH, &before_);
  }
  Silent(const Silent&) = delete;
  Silent& operator=(const Silent&) = delete;
  bool works() const { return works_; }

 private:
  int terminal_;
  termios before_{};
  bool works_ = false;
};

void say(int terminal, const std::string& text) {
  static_cast<void>(::write(terminal, text.data(), text.size()) >= 0);
}

std::optional<core::Secret> read_line(int terminal) {
  core::Secret line(kPassphraseBytesMax);
  std::size_t size = 0;
  char c = 0;
  while (::read(terminal, &c, 1) == 1 && c != kBreak && c != kEnd) {
    if (c == '\n' || c == '\r') {
      line.truncate(size);
      return line;
    }
    if (c == kErase) {
      if (size > 0) --size;
    } else if (size < line.size()) {
      line.bytes()[size++] = static_cast<std::uint8_t>(c);
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<core::Secret> ask_on_terminal(const std::string& question) {
  const int terminal = ::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
  if (terminal < 0) return std::nullopt;
  std::optional<core::Secret> answer;
  {
    const Silent silent(terminal);
    if (silent.works()) {
      say(terminal, question);
      answer = read_line(terminal);
      say(terminal, "\n");
    }
  }
  ::close(terminal);
  return answer;
}

}  // namespace gateway::service
