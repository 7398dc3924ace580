#include <algorithm>
#include <vector>

#include "core/names/words.h"

namespace core::names {
namespace {

// Abbreviations and their words as they stand after folding. Source: ISO 20275 (entity legal forms)
// as publicly listed, and the registers' own abbreviations. A | parts them.
constexpr std::string_view kLimitedForms =
    "limited liability company|private limited company|private limited|limited|ltd|l t d|"
    "co ltd|company limited|company ltd|co limited|pvt ltd|pte ltd|pty ltd|"
    "proprietary limited|pte|pty|pvt|ltda|limitada|llc|l l c|gmbh|ges m b h|"
    "gesellschaft mit beschrankter haftung|bv|b v|besloten vennootschap|sarl|s a r l|"
    "societe a responsabilite limitee|srl|s r l|sl|s l|sp z o o|"
    "spolka z ograniczona odpowiedzialnoscia|sro|s r o|doo|d o o|kft|aps|ooo|tov|too|"
    "obshchestvo s ogranichennoy otvetstvennostyu|tovarystvo z obmezhenoiu vidpovidalnistiu|"
    "fze|fzco|fzc|fz llc|wll|w l l|sdn bhd|sendirian berhad|uab|sia|ou|oy|eood|ood|gesmbh|"
    "mbh|gesellschaft mbh|gmbh mit beschrankter haftung|ug haftungsbeschrankt|"
    "unternehmergesellschaft|gesellschaft m b h|g m b h|bvba|"
    "besloten vennootschap met beperkte aansprakelijkheid|b v b a|"
    "besloten vennootschap met beperkte|sas|s a s|sasu|societe par actions simplifiee|sarlau|"
    "eurl|e u r l|societa a responsabilita limitata|srls|s r l s|societa a responsabilita|"
    "sociedad limitada|sociedad de responsabilidad limitada|s de r l|s de rl|s de rl de cv|s de r "
    "l de c v|"
    "sociedad por acciones simplificada|slu|s l u|sociedad limitada unipersonal|"
    "sociedade limitada|lda|eireli|empresa individual de responsabilidade limitada|"
    "unipessoal lda|sociedade por quotas|ltda me|epp|societate cu raspundere limitata|"
    "societatea cu raspundere limitata|spolka z o o|"
    "spolka z ograniczona odpowiedzialnoscia spolka|sp zoo|z o o|spol s r o|spol sro|"
    "spolecnost s rucenim omezenym|spolocnost s rucenim obmedzenym|"
    "korlatolt felelossegu tarsasag|k f t|dooel|drustvo s ogranicenom odgovornoscu|"
    "drustvo sa ogranicenom odgovornoscu|druzba z omejeno odgovornostjo|j d o o|"
    "druzhestvo s ogranichena otgovornost|ednolichno druzhestvo s ogranichena otgovornost|"
    "osakeyhtio|osauhing|anpartsselskab|sabiedriba ar ierobezotu atbildibu|"
    "uzdaroji akcine bendrove|ehf|einkahlutafelag|iverksaetterselskab|"
    "etaireia periorismenis efthynis|epe|e p e|ike|i k e|idiotiki kefalaiouchiki etaireia|"
    "limited sirketi|ltd sti|ltd sirketi|limited sti|sanayi ve ticaret limited sirketi|"
    "san ve tic ltd sti|sti|obshchestvo s ogranichennoi otvetstvennostiu|"
    "obshchestvo s ogranichennoj otvetstvennostju|o o o|"
    "tovarishchestvo s ogranichennoy otvetstvennostyu|"
    "tovaristvo z obmezhenoyu vidpovidalnistyu|tovarystvo z obmezhenoyu vidpovidalnistyu|odo|"
    "mchj|mas uliyati cheklangan jamiyat|zhshs|osoo|mmc|mehdud mesuliyyetli cemiyyet|shpk|"
    "sh p k|shoqeri me pergjegjesi te kufizuar|unlimited company|ulc|dac|"
    "designated activity company|private company limited by shares|"
    "company limited by guarantee|clg|cyfyngedig|cyf|limited company|private ltd|"
    "private co ltd|pvt limited|pvt co|pte limited|private limited liability company|"
    "proprietary ltd|pty limited|proprietary company|lc|limited co|pllc|"
    "professional limited liability company|l t d a|free zone establishment|"
    "free zone company|fz co|fz e|f z e|f z c o|fzllc|dmcc|dwc llc|with limited liability|"
    "sole proprietorship company|s p c|one person company|opc|sociedad de responsabilidad|"
    "perseroan terbatas tertutup|yugen kaisha|yk|godo kaisha|gk|goudou kaisha|yuhan hoesa|"
    "you xian gong si|you xian ze ren gong si|you xian hui she|he tong hui she|cong ty tnhh|"
    "tnhh|cong ty trach nhiem huu han|trach nhiem huu han|sendirian bhd|sdn berhad|"
    "masuliyati mahdud|ba masuliyat mahdud|dhat masuliya mahduda|"
    "sherkat ba masouliyat mahdoud|a responsabilite limitee|llc fz|limited liability co";

constexpr std::string_view kStockForms =
    "as|a s|asa|ab|aktiebolag|inc|incorporated|corp|corporation|company|co|cia|plc|"
    "public limited company|public company limited|pcl|ag|aktiengesellschaft|se|sa|s a|"
    "sa de cv|s a p i de c v|s a de c v|sociedad anonima|societe anonyme|spa|s p a|societa per "
    "azioni|nv|"
    "n v|naamloze vennootschap|oyj|kk|kabushiki kaisha|tbk|pt|bhd|berhad|ad|ead|jsc|"
    "joint stock company|ojsc|open joint stock company|cjsc|closed joint stock company|pjsc|"
    "public joint stock company|pao|oao|zao|ao|aktsionernoe obshchestvo|"
    "publichnoe aktsionernoe obshchestvo|otkrytoe aktsionernoe obshchestvo|"
    "zakrytoe aktsionernoe obshchestvo|pat|prat|spolka akcyjna|anonim sirketi|anonim sti|"
    "sanayi ve ticaret anonim sirketi|san ve tic as|societas europaea|"
    "europaische gesellschaft|societe europeenne|aktieselskab|allmennaksjeselskap|"
    "aksjeselskap|akciova spolecnost|akciova spolocnost|julkinen osakeyhtio|"
    "publikt aktiebolag|aktiebolaget|publ|ab publ|aktiaselts|aktsiaselts|akciju sabiedriba|"
    "akcine bendrove|hf|hlutafelag|dionicko drustvo|d d|dd|akcionarsko drustvo|a d|"
    "delniska druzba|akcionersko druzhestvo|aktsionerno druzhestvo|shoqeri aksionare|sh a|"
    "sha|nyrt|zrt|nyilvanosan mukodo reszvenytarsasag|zartkoruen mukodo reszvenytarsasag|"
    "reszvenytarsasag|sociedade anonima|s a u|sau|sociedad anonima de capital variable|"
    "sociedad anonima bursatil|sab de cv|s a b de c v|sapi de cv|sociedad anonima cerrada|"
    "sac|s a c|saa|s a a|sociedad anonima abierta|s a i c|saic|compania anonima|c a|c por a|"
    "societe anonyme monegasque|s a m|s c a|societe en commandite par actions|kgaa|"
    "kommanditgesellschaft auf aktien|sapa|societate pe actiuni|societatea pe actiuni|"
    "anonymi etaireia|anonimi eteria|societe anonyme simplifiee|"
    "publichnoye aktsionernoye obshchestvo|publichnoe aktsionernoye obshchestvo|"
    "aktsionernoye obshchestvo|aktsionerne tovarystvo|publichne aktsionerne tovarystvo|"
    "pryvatne aktsionerne tovarystvo|nepublichnoe aktsionernoe obshchestvo|"
    "otkrytoye aktsionernoye obshchestvo|zakrytoye aktsionernoye obshchestvo|p a o|o a o|"
    "z a o|tdv|aksionerlik zhamiyati|aksiyadorlik jamiyati|asc|aciq sehmdar cemiyyeti|qsc|"
    "acik sehmdar cemiyyeti|private joint stock company|joint stock co|open joint stock co|"
    "closed joint stock co|public joint stock co|j s c|c j s c|o j s c|p j s c|jsb|jsco|"
    "aksionernoe obshchestvo|k s c|ksc|kscp|k s c p|kscc|k s c c|kuwait shareholding company|"
    "bsc|b s c|bsc closed|bsc c|bahrain shareholding company|qpsc|q p s c|q s c|saog|s a o g|"
    "saoc|s a o c|pjs|sae|s a e|egyptian joint stock company|sal|s a l|"
    "lebanese joint stock company|sherkat sahami|sherkat sahami am|sherkate sahami|"
    "sherkat e sahami|sahami am|sahami khass|s p k|shareholding company|p s c|"
    "saudi joint stock company|sjsc|public limited co|p l c|public ltd co|"
    "cwmni cyfyngedig cyhoeddus|incorporation|corporacion|corporatie|i n c|kabushiki gaisha|"
    "kabushikigaisha|kabushikikaisha|k k|jusik hoesa|jusighoesa|chusik hoesa|"
    "gu fen you xian gong si|zhu shi hui she|persero|persero tbk|perseroan terbatas|"
    "cong ty co phan|co phan|ctcp|borisat mahachon|borisat mahachon chamkat|mahachon|"
    "public co ltd|public co limited|company public limited";

constexpr std::string_view kPartnershipForms =
    "lp|l p|limited partnership|llp|l l p|limited liability partnership|kg|ohg|gmbh co kg|"
    "gmbh and co kg|snc|cv|kommanditgesellschaft|offene handelsgesellschaft|gmbh und co kg|"
    "gmbh co kgaa|ag co kg|ag and co kg|ag und co kg|commanditaire vennootschap|"
    "vennootschap onder firma|vof|v o f|gbr|gesellschaft burgerlichen rechts|partg|partgmbb|"
    "partnerschaftsgesellschaft|societe en nom collectif|s n c|societe en commandite simple|"
    "scs|s c s|societe civile|sci|s c i|scp|gie|societa in nome collettivo|"
    "societa in accomandita semplice|sociedad en comandita|sociedad colectiva|"
    "spolka komandytowa|sp k|spolka jawna|sp j|spolka komandytowo akcyjna|"
    "komanditni spolecnost|verejna obchodni spolecnost|v o s|beteti tarsasag|kkt|"
    "komanditno drustvo|komanditbolag|handelsbolag|kommandiittiyhtio|avoin yhtio|"
    "kommanditselskab|interessentskab|komandiitselts|taisuhing|komanditine ukine bendrija|"
    "kolektif sirketi|komandit sirketi|kommanditnoe tovarishchestvo|polnoe tovarishchestvo|"
    "omorrythmi etaireia|eterorrythmi etaireia|l l l p|lllp|general partnership|"
    "professional corporation partnership|limited liability limited partnership|slp|"
    "scottish limited partnership|scsp|s c sp|ji ming gong si|goshi kaisha|gomei kaisha";

constexpr std::string_view kNonProfitForms =
    "ev|e v|ano|foundation|stichting|stiftung|fondation|fundacion|"
    "avtonomnaya nekommercheskaya organizatsiya|eingetragener verein|vereniging|vzw|asbl|"
    "a s b l|association sans but lucratif|association|associazione|asociacion|"
    "asociacion civil|associacao|stowarzyszenie|fundacja|fundatia|asociatia|nadace|"
    "nadacni fond|alapitvany|egyesulet|fondazione|fundacao|stiftelse|stiftelsen|saatio|"
    "sihtasutus|nodibinajums|fondas|waqf|vakfi|vakif|dernegi|dernek|yayasan|ideelle|forening|"
    "foreningen|ggmbh|gemeinnutzige gmbh|blagotvoritelnyy fond|nekommercheskoe partnerstvo|"
    "ngo|n g o|udruga|udruzenje|zaduzbina|somateio|idryma|genossenschaft|e g|cooperative|"
    "cooperativa|cooperatie|kooperativa|sdruzheniye|autonomous nonprofit organization|"
    "autonomous non profit organization|autonomous non commercial organization|cio|"
    "charitable incorporated organisation";

constexpr std::size_t kFormWordsMax = 7;

struct FormPhrase {
  std::string_view phrase;
  Form form = Form::None;
};

// In order.
std::vector<FormPhrase> phrases() {
  std::vector<FormPhrase> out;
  const auto add = [&out](std::string_view words, Form form) {
    while (!words.empty()) {
      const std::size_t end = std::min(words.find('|'), words.size());
      out.push_back({words.substr(0, end), form});
      words.remove_prefix(std::min(end + 1, words.size()));
    }
  };
  add(kLimitedForms, Form::Limited);
  add(kStockForms, Form::Stock);
  add(kPartnershipForms, Form::Partnership);
  add(kNonProfitForms, Form::NonProfit);
  std::ranges::sort(out, {}, &FormPhrase::phrase);
  return out;
}

Form form_of(std::string_view phrase) {
  static const std::vector<FormPhrase> kPhrases = phrases();
  const auto found = std::ranges::lower_bound(kPhrases, phrase, {}, &FormPhrase::phrase);
  return found == kPhrases.end() || found->phrase != phrase ? Form::None : found->form;
}

}  // namespace

FormWords form_at(const std::vector<std::string>& words, std::size_t at) {
  FormWords found;
  std::string phrase;
  for (std::size_t count = 1; count <= kFormWordsMax && at + count <= words.size(); ++count) {
    if (count > 1) phrase += ' ';
    phrase += words[at + count - 1];
    const Form form = form_of(phrase);
    if (form != Form::None) found = {form, count};
  }
  return found;
}

}  // namespace core::names
