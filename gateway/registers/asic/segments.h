#pragma once

#include <string>
#include <string_view>
#include <vector>

// The sentences of a licence's conditions, one by one.
namespace gateway::registers::asic {

// Whom a limb may serve.
struct Client {
  std::string_view kind;    // "retail" or "wholesale"
  std::string restriction;  // "limited to employees and officers of the licensee"
};

struct Segment {
  std::string words;            // Plain, without numbering, quotation marks and end marks.
  std::string lower;            // The same in small letters: what is compared.
  std::vector<Client> clients;  // Taken out of the words.
  bool opens = false;           // It ended with a colon: what follows belongs to it.
};

std::vector<Segment> segments_of(std::string_view text);

}  // namespace gateway::registers::asic
