#include <algorithm>
#include <array>

#include "core/names/words.h"

namespace core::names {
namespace {

struct FormPhrase {
  std::string_view phrase;
  Form form;
};

// Abbreviations and their words as they stand after folding. Source: ISO 20275 (entity legal forms)
// as publicly listed, and the registers' own abbreviations.
constexpr auto kForms = std::to_array<FormPhrase>({
    {"limited liability company", Form::Limited},
    {"private limited company", Form::Limited},
    {"private limited", Form::Limited},
    {"limited", Form::Limited},
    {"ltd", Form::Limited},
    {"l t d", Form::Limited},
    {"co ltd", Form::Limited},
    {"company limited", Form::Limited},
    {"company ltd", Form::Limited},
    {"co limited", Form::Limited},
    {"pvt ltd", Form::Limited},
    {"pte ltd", Form::Limited},
    {"pty ltd", Form::Limited},
    {"proprietary limited", Form::Limited},
    {"pte", Form::Limited},
    {"pty", Form::Limited},
    {"pvt", Form::Limited},
    {"ltda", Form::Limited},
    {"limitada", Form::Limited},
    {"llc", Form::Limited},
    {"l l c", Form::Limited},
    {"gmbh", Form::Limited},
    {"ges m b h", Form::Limited},
    {"gesellschaft mit beschrankter haftung", Form::Limited},
    {"bv", Form::Limited},
    {"b v", Form::Limited},
    {"besloten vennootschap", Form::Limited},
    {"sarl", Form::Limited},
    {"s a r l", Form::Limited},
    {"societe a responsabilite limitee", Form::Limited},
    {"srl", Form::Limited},
    {"s r l", Form::Limited},
    {"sl", Form::Limited},
    {"s l", Form::Limited},
    {"sp z o o", Form::Limited},
    {"spolka z ograniczona odpowiedzialnoscia", Form::Limited},
    {"sro", Form::Limited},
    {"s r o", Form::Limited},
    {"doo", Form::Limited},
    {"d o o", Form::Limited},
    {"kft", Form::Limited},
    {"aps", Form::Limited},
    {"ooo", Form::Limited},
    {"tov", Form::Limited},
    {"too", Form::Limited},
    {"obshchestvo s ogranichennoy otvetstvennostyu", Form::Limited},
    {"tovarystvo z obmezhenoiu vidpovidalnistiu", Form::Limited},
    {"fze", Form::Limited},
    {"fzco", Form::Limited},
    {"fzc", Form::Limited},
    {"fz llc", Form::Limited},
    {"wll", Form::Limited},
    {"w l l", Form::Limited},
    {"sdn bhd", Form::Limited},
    {"sendirian berhad", Form::Limited},
    {"uab", Form::Limited},
    {"sia", Form::Limited},
    {"ou", Form::Limited},
    {"oy", Form::Limited},
    {"eood", Form::Limited},
    {"ood", Form::Limited},
    {"as", Form::Stock},
    {"a s", Form::Stock},
    {"asa", Form::Stock},
    {"ab", Form::Stock},
    {"aktiebolag", Form::Stock},
    {"inc", Form::Stock},
    {"incorporated", Form::Stock},
    {"corp", Form::Stock},
    {"corporation", Form::Stock},
    {"company", Form::Stock},
    {"co", Form::Stock},
    {"cia", Form::Stock},
    {"plc", Form::Stock},
    {"public limited company", Form::Stock},
    {"public company limited", Form::Stock},
    {"pcl", Form::Stock},
    {"ag", Form::Stock},
    {"aktiengesellschaft", Form::Stock},
    {"se", Form::Stock},
    {"sa", Form::Stock},
    {"s a", Form::Stock},
    {"sa de cv", Form::Stock},
    {"s a de c v", Form::Stock},
    {"sociedad anonima", Form::Stock},
    {"societe anonyme", Form::Stock},
    {"spa", Form::Stock},
    {"s p a", Form::Stock},
    {"societa per azioni", Form::Stock},
    {"nv", Form::Stock},
    {"n v", Form::Stock},
    {"naamloze vennootschap", Form::Stock},
    {"oyj", Form::Stock},
    {"kk", Form::Stock},
    {"kabushiki kaisha", Form::Stock},
    {"tbk", Form::Stock},
    {"pt", Form::Stock},
    {"bhd", Form::Stock},
    {"berhad", Form::Stock},
    {"ad", Form::Stock},
    {"ead", Form::Stock},
    {"jsc", Form::Stock},
    {"joint stock company", Form::Stock},
    {"ojsc", Form::Stock},
    {"open joint stock company", Form::Stock},
    {"cjsc", Form::Stock},
    {"closed joint stock company", Form::Stock},
    {"pjsc", Form::Stock},
    {"public joint stock company", Form::Stock},
    {"pao", Form::Stock},
    {"oao", Form::Stock},
    {"zao", Form::Stock},
    {"ao", Form::Stock},
    {"aktsionernoe obshchestvo", Form::Stock},
    {"publichnoe aktsionernoe obshchestvo", Form::Stock},
    {"otkrytoe aktsionernoe obshchestvo", Form::Stock},
    {"zakrytoe aktsionernoe obshchestvo", Form::Stock},
    {"pat", Form::Stock},
    {"prat", Form::Stock},
    {"lp", Form::Partnership},
    {"l p", Form::Partnership},
    {"limited partnership", Form::Partnership},
    {"llp", Form::Partnership},
    {"l l p", Form::Partnership},
    {"limited liability partnership", Form::Partnership},
    {"kg", Form::Partnership},
    {"ohg", Form::Partnership},
    {"gmbh co kg", Form::Partnership},
    {"gmbh and co kg", Form::Partnership},
    {"snc", Form::Partnership},
    {"cv", Form::Partnership},
    {"ev", Form::NonProfit},
    {"e v", Form::NonProfit},
    {"ano", Form::NonProfit},
    {"foundation", Form::NonProfit},
    {"stichting", Form::NonProfit},
    {"stiftung", Form::NonProfit},
    {"fondation", Form::NonProfit},
    {"fundacion", Form::NonProfit},
    {"avtonomnaya nekommercheskaya organizatsiya", Form::NonProfit},
});

constexpr std::size_t kFormWordsMax = 5;

}  // namespace

FormWords form_at(const std::vector<std::string>& words, std::size_t at) {
  FormWords found;
  std::string phrase;
  for (std::size_t count = 1; count <= kFormWordsMax && at + count <= words.size(); ++count) {
    if (count > 1) phrase += ' ';
    phrase += words[at + count - 1];
    const auto known = std::ranges::find(kForms, std::string_view(phrase), &FormPhrase::phrase);
    if (known != kForms.end()) found = {known->form, count};
  }
  return found;
}

}  // namespace core::names
