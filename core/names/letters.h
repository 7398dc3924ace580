#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/names/name.h"

// Names as they are written in scripts of which the romanisation hides differences, or that are not
// romanised.
namespace core::names {

enum Writing : std::uint8_t { kHan = 1, kHangul = 2, kKana = 4, kUnromanised = 8 };

// The writings of which a name's letters are.
std::uint8_t writing_of(std::u32string_view letters);

// Whether two names have letters of one writing, so that these are compared.
bool letters_meet(const Name& left, const Name& right);

// How many letters two names must share, in any order, to have this score by them.
bool may_score(std::size_t shared, std::size_t left, std::size_t right, Kind kind, int least);

// The share of letters that stand in both in the same order; other letters on both sides contradict
// each other. For names of which letters_meet().
int letters_score(const Name& left, const Name& right);

}  // namespace core::names
