#pragma once

#include <string>
#include <string_view>

// Made names in scripts that are not Latin, as their readers would write them.
namespace gateway::bench {

enum class MadeScript { Cyrillic, Greek, Arabic, Hebrew };
inline constexpr std::size_t kMadeScripts = 4;

// The name letter by letter; Arabic and Hebrew without short vowels. The name itself if it has
// letters with marks, of which the tables say nothing.
std::string written_in(MadeScript script, std::string_view name);

}  // namespace gateway::bench
