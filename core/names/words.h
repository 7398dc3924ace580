#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// What is publicly known of words in names. All words are folded (core/names/fold.h).
namespace core::names {

// A legal form's class: forms of one kind of body in different languages and spellings are one.
enum class Form : std::uint8_t {
  None,
  Limited,      // Ltd, GmbH, LLC, SARL, OOO, BV: liability limited by shares or interests, private.
  Stock,        // Inc, Corp, AG, SA, NV, JSC, OAO, PLC: by shares that may be public.
  Partnership,  // LP, LLP, KG, OHG.
  NonProfit,    // Foundation, ANO, e.V., association.
};

struct FormWords {
  Form form = Form::None;
  std::size_t words = 0;  // How many words, from the place that was asked, say it.
};

// The legal form that begins at `at`, the longest; Form::None and 0 if there is none.
FormWords form_at(const std::vector<std::string>& words, std::size_t at);

// Doctor, sheikh, president: they say what somebody is, not who.
bool is_title(std::string_view word);
// bin, al, de, van: they tie names together and come and go with the romanisation.
bool is_particle(std::string_view word);
// bin, ibn, ben: the next word is the father's name.
bool is_filiation(std::string_view word);
// of, the, and, de: in names of companies.
bool is_filler(std::string_view word);
// Group, international, holding: in so many names of companies that one more says little.
bool is_generic(std::string_view word);
// Given names that very many people share.
bool is_common_given(std::string_view word);

// The name that stands for a nickname or variant ("bill" for "william", "muhammad" for "mohammed");
// the word itself if there is none. Words with one answer are variants of one name.
std::string_view variant_of(std::string_view word);
// A bit for each row of the table of nicknames in which the word or its variant stands: words that
// share a bit may be one name ("bob" and "robert").
std::uint64_t nicknames_of(std::string_view word);

// For a Korean name's syllable the first of its romanisations ("park" for "pak"); else the word.
std::string_view korean_of(std::string_view word);

// What a patronymic ("ovich", "dottir") or a compound of the kind ("abdur", "uddin") says at the
// end or the beginning of many names, without being likeness: the stem that is left, and the
// ending's kind from 1 on. 0 and the word if it has none.
struct Stem {
  std::string_view stem;
  int kind = 0;
};
Stem stem_of(std::string_view word);

// "forty" and "fortieth" give 40; -1 if the word is no number in words.
int number_of(std::string_view word);

}  // namespace core::names
