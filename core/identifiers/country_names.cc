#include "core/identifiers/country_names.h"

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>

#include "core/identifiers/countries.h"

namespace core::identifiers {
namespace {

struct Usual {
  std::string_view name;
  std::string_view code;
};

// What lists say and CLDR's English does not.
constexpr auto kUsual = std::to_array<Usual>({
    {"russianfederation", "RU"},
    {"islamicrepublicofiran", "IR"},
    {"iranislamicrepublicof", "IR"},
    {"syrianarabrepublic", "SY"},
    {"democraticpeoplesrepublicofkorea", "KP"},
    {"koreanorth", "KP"},
    {"koreasouth", "KR"},
    {"republicofkorea", "KR"},
    {"burma", "MM"},
    {"myanmar", "MM"},
    {"unitedstatesofamerica", "US"},
    {"usa", "US"},
    {"uk", "GB"},
    {"greatbritain", "GB"},
    {"turkey", "TR"},
    {"czechrepublic", "CZ"},
    {"democraticrepublicofthecongo", "CD"},
    {"congodemocraticrepublicofthe", "CD"},
    {"republicofmoldova", "MD"},
    {"palestinian", "PS"},
    {"hongkong", "HK"},
    {"macau", "MO"},
    {"boliviaplurinationalstateof", "BO"},
    {"venezuelabolivarianrepublicof", "VE"},
    {"unitedrepublicoftanzania", "TZ"},
    {"cotedivoire", "CI"},
    {"vietnam", "VN"},
    {"laos", "LA"},
    {"uae", "AE"},
    {"kosovo", "XK"},
});

std::string letters_of(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c >= 'a' && c <= 'z') out += c;
    if (c >= 'A' && c <= 'Z') out += static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

}  // namespace

Countries::Countries() {
  for (const Usual& usual : kUsual)
    names_.push_back({std::string(usual.name), std::string(usual.code)});
  for (std::string_view codes = country_codes(); !codes.empty();) {
    const std::string code(codes.substr(0, 2));
    codes.remove_prefix(std::min<std::size_t>(codes.size(), 3));
    icu::UnicodeString display;
    icu::Locale("", code.c_str()).getDisplayCountry(icu::Locale::getEnglish(), display);
    std::string name;
    display.toUTF8String(name);
    names_.push_back({letters_of(name), code});
  }
  std::ranges::stable_sort(names_, {}, &Named::name);
}

std::string Countries::code_of(std::string_view text) const {
  const std::string name = letters_of(text);
  if (name.size() == 2) {
    const auto known = std::ranges::find_if(
        names_, [&](const Named& named) { return letters_of(named.code) == name; });
    if (known != names_.end()) return known->code;
  }
  const auto found = std::ranges::lower_bound(names_, name, {}, &Named::name);
  return found != names_.end() && found->name == name ? found->code : std::string();
}

}  // namespace core::identifiers
