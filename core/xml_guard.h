#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace core {

// Of one tag, comment or instruction: libxml2 takes more than twice as long for twice as much.
inline constexpr std::size_t kXmlMarkupBytesMax = std::size_t{256} * 1024;

// Watches the bytes of an XML document on their way to libxml2, which builds each tag, comment and
// text whole before we see any of it, and keeps what is between two tags: says when one grows too
// long, or when the document has a type of its own. It knows where these begin and end in encodings
// that write '<' as ASCII does, and accepts no others.
class XmlGuard {
 public:
  // Takes the next bytes; what is wrong with them, for people, or empty.
  std::string_view take(std::string_view bytes);

 private:
  enum class State { Text, Open, Bang, Tag, Quoted, Comment, Instruction, Cdata };

  std::string_view take_text(std::string_view& bytes);
  std::string_view take_markup(char c);
  std::string_view take_bang(char c);
  // Whether the end of a comment, an instruction or CDATA is reached: `mark` so often, and '>'.
  bool ends(char c, char mark, std::size_t times);
  std::string_view check_encoding() const;

  State state_ = State::Text;
  std::size_t text_bytes_ = 0;    // Since the last tag: texts, CDATA, comments, instructions.
  std::size_t markup_bytes_ = 0;  // Of the tag, comment or instruction that is under way.
  std::size_t marks_ = 0;
  char quote_ = '"';
  std::string head_;  // How a declaration or an instruction begins.
};

}  // namespace core
