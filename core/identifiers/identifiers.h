#pragma once

#include <string_view>

#include "core/result.h"

// Identifiers that others assign, checked as far as their own digits say: form, country and check
// digits. Whether one was ever assigned, only its register knows. No spaces, no lower case: the
// electronic form is the only one.
//
// Errors of all:
//   InvalidInput/identifier_length     too short or too long;
//   InvalidInput/identifier_character  a character that may not stand where it stands;
//   InvalidInput/identifier_country    a country code without such identifiers;
//   InvalidInput/identifier_check      the check digits are not those of the rest.
namespace core::identifiers {

// A legal entity identifier: 18 letters and digits, two check digits from 02 to 98.
// Source: ISO 17442; check digits by ISO 7064 MOD 97-10.
Result<> check_lei(std::string_view text);

// A security's number: prefix, nine letters and digits, a check digit.
// Source: ISO 6166:2021; the prefixes are those of core/identifiers/isin.cc.
Result<> check_isin(std::string_view text);

// An account number: country, two check digits from 02 to 98, and the country's own number in the
// length and form that the country has registered. Lower case is read only where the registry lets
// it stand ("c"). Source: ISO 13616 and its registry, core/identifiers/iban_registry.h.
Result<> check_iban(std::string_view text);

// A bank's or business's code: four letters and digits, country, two letters and digits, and three
// more for a branch or none. It has no check digits. Source: ISO 9362:2022.
Result<> check_bic(std::string_view text);

// A market's code: four letters and digits. Whether it was ever assigned, only its register knows.
// Source: ISO 10383:2012.
Result<> check_mic(std::string_view text);

// What sort of instrument it is: category, group of that category and four attributes, all letters.
// Which attributes a group has is not checked. identifier_character also if the category has no
// such group. Source: ISO 10962:2021.
Result<> check_cfi(std::string_view text);

// A firm's reference number at the UK's Financial Conduct Authority: six or seven digits, the first
// not 0. Source: Financial Services Register.
Result<> check_frn(std::string_view text);

// An Australian financial services licence: six digits, the first not 0; ASIC's list of
// representatives pads it with zeros to nine, which is not this form. Source: ASIC's datasets.
Result<> check_afsl(std::string_view text);

// A Cyprus investment firm's licence: a number of one to three digits, a stroke and the year's last
// two. Source: CySEC's register of investment firms.
Result<> check_cif_number(std::string_view text);

}  // namespace core::identifiers
