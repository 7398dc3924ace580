#include "gateway/registers/asic/openers.h"

#include <algorithm>
#include <array>

namespace gateway::registers::asic {
namespace {

using Words = std::string_view;

// Source: the cells of the permission matrix (docs/registers.md, "ASIC").
constexpr auto kAdvice = std::to_array<Words>({"provide financial product advice"});
constexpr auto kIssue = std::to_array<Words>({"issue / make a market", "issue/deal"});
constexpr auto kMarket = std::to_array<Words>({"issue / make a market"});
constexpr auto kBehalf = std::to_array<Words>({"deal on behalf of another person"});
constexpr auto kArrange = std::to_array<Words>({"arrange for another person"});
constexpr auto kUnderwrite = std::to_array<Words>({"underwrite"});
constexpr auto kOperate = std::to_array<Words>({"operate registered managed investment schemes"});
constexpr auto kCustody = std::to_array<Words>({"provide custodial or depository services"});
constexpr auto kTrustee = std::to_array<Words>({"provide a superannuation trustee service"});

// Source: ASIC's list of licensees, May 2026 (older grammar) and September 2026 (newer).
constexpr auto kOpeners = std::to_array<Opener>({
    {"this licence authorises the licensee to carry on a financial services business to",
     Sort::Preamble},
    {"this licence authorises the licensee to carry on a financial services business to provide "
     "financial service(s) limited to",
     Sort::Preamble},
    {"deal in a financial product by", Sort::Deal},
    {"deal in a financial produc by", Sort::Deal, {}, {}, true, true},
    {"provide financial product advice for the following classes of financial products", Sort::Limb,
     kAdvice, "general and personal"},
    {"provide general financial product advice for the following classes of financial products",
     Sort::Limb, kAdvice, "general"},
    {"provide general financial product advice only, for the following classes of financial "
     "products",
     Sort::Limb, kAdvice, "general"},
    {"provide financial product advice limited to personal and general financial product advice "
     "limited to",
     Sort::Limb, kAdvice, "general and personal"},
    {"provide financial product advice limited to general financial product advice limited to",
     Sort::Limb, kAdvice, "general"},
    {"issuing, applying for, acquiring, varying or disposing of a financial product in respect of "
     "the following classes of financial products",
     Sort::Limb, kIssue},
    {"deal in a financial product limited to issue, apply for, acquire, vary or dispose of a "
     "financial product limited to",
     Sort::Limb, kIssue},
    {"applying for, acquiring, varying or disposing of a financial product on behalf of another "
     "person in respect of the following classes of products",
     Sort::Limb, kBehalf},
    {"applying for, acquiring, varying or disposing of a financial product on behalf of another "
     "person in respect of the following classes of financial products",
     Sort::Limb, kBehalf},
    {"deal in a financial product limited to apply for, acquire, vary or dispose of a financial "
     "product on behalf of another person limited to",
     Sort::Limb, kBehalf},
    {"arranging for another person to issue, apply for, acquire, vary or dispose of a financial "
     "product in respect of the following classes of financial products",
     Sort::Limb, kArrange},
    {"arranging for another person to apply for, acquire, vary or dispose of financial products in "
     "respect of the following classes of financial products",
     Sort::Limb, kArrange},
    {"deal in a financial product limited to arrange for another person to issue, apply for, "
     "acquire, vary or dispose of a financial product limited to",
     Sort::Limb, kArrange},
    {"make a market for the following financial products", Sort::Limb, kMarket},
    {"underwriting", Sort::Single, kUnderwrite},
    {"operate the following kinds of registered managed investment schemes (including the holding "
     "of any incidental property) in its capacity as responsible entity",
     Sort::Single, kOperate},
    {"provide the following custodial or depository services", Sort::Single, kCustody},
    {"provide a superannuation trustee service", Sort::Single, kTrustee},
});

// How a sentence begins that says the same in other words, or more. The longer stand first.
constexpr auto kBeginnings = std::to_array<Opener>({
    {"this licence authorises", Sort::Preamble, {}, {}, false},
    {"provide general financial product advice", Sort::Limb, kAdvice, "general", false},
    {"provide financial product advice", Sort::Limb, kAdvice, "", false},
    {"issuing, applying for", Sort::Limb, kIssue, {}, false},
    {"applying for, acquiring", Sort::Limb, kBehalf, {}, false},
    {"arranging for another person", Sort::Limb, kArrange, {}, false},
    {"deal in a financial product limited to issue", Sort::Limb, kIssue, {}, false},
    {"deal in a financial product limited to apply", Sort::Limb, kBehalf, {}, false},
    {"deal in a financial product limited to arrange", Sort::Limb, kArrange, {}, false},
    {"deal in a financial", Sort::Deal, {}, {}, false},
    {"make a market", Sort::Limb, kMarket, {}, false},
    {"underwriting", Sort::Single, kUnderwrite, {}, false},
    {"operate the following kinds of registered managed", Sort::Single, kOperate, {}, false},
    {"provide the following custodial", Sort::Single, kCustody, {}, false},
    {"provide a superannuation trustee", Sort::Single, kTrustee, {}, false},
});
constexpr Words kOnBehalf = "on behalf of another person";

constexpr Words kDeposits = "deposit and payment products";
constexpr Words kLife = "life products";
constexpr Words kSchemeOpeners = "interests in managed investment schemes";

// One that begins with another stands before it.
constexpr auto kProducts = std::to_array<Words>(
    {"derivatives",
     "foreign exchange contracts",
     kSchemeOpeners,
     "securities",
     "superannuation",
     "general insurance products",
     kDeposits,
     kLife,
     "deposit products other than basic deposit products",
     "basic deposit products",
     "non-basic deposit products",
     "non-cash payment products",
     "debentures, stocks or bonds issued or proposed to be issued by a government",
     "retirement savings accounts (\"rsa\") products (within the meaning of the retirement savings "
     "account act 1997)",
     "retirement savings accounts",
     "standard margin lending facility",
     "miscellaneous financial investment products",
     "australian carbon credit units",
     "eligible international emissions units",
     "financial products"});
constexpr auto kQualifiers = std::to_array<Words>(
    {" limited to", " including", " restricted to", " excluding", " other than", " only"});

struct Part {
  Words product;
  Words begins;
};
constexpr auto kParts =
    std::to_array<Part>({{kDeposits, "basic deposit products"},
                         {kDeposits, "deposit products other than basic deposit products"},
                         {kDeposits, "non-cash payment products"},
                         {kLife, "investment life insurance products"},
                         {kLife, "life risk insurance products"},
                         {kSchemeOpeners, "investor directed portfolio services"},
                         {kSchemeOpeners, "own managed investment scheme only"},
                         {kSchemeOpeners, "mda services"}});

// Whole sentences that name a part and limit nothing. Source: the list of May 2026.
constexpr auto kKnownParts = std::to_array<Part>(
    {{kDeposits, "basic deposit products"},
     {kDeposits, "deposit products other than basic deposit products"},
     {kDeposits, "non-cash payment products"},
     {kLife,
      "investment life insurance products as well as any products issued by a registered life "
      "insurance company that are backed by one or more of its statutory funds"},
     {kLife,
      "life risk insurance products as well as any products issued by a registered life insurance "
      "company that are backed by one or more of its statutory funds"},
     {kSchemeOpeners, "investor directed portfolio services"},
     {kSchemeOpeners, "mda services"}});

constexpr auto kSingleDetails = std::to_array<Words>(
    {"schemes which only hold", "a scheme which only holds", "\"", "direct real property",
     "financial assets", "mortgages", "derivatives", "an issue of securities", kSchemeOpeners,
     "operate custodial or depository services other than investor directed portfolio services"});

}  // namespace

std::optional<Opener> find_opener(std::string_view lower) {
  const auto known = std::ranges::find(kOpeners, lower, &Opener::words);
  if (known != kOpeners.end()) return *known;
  const auto like = std::ranges::find_if(
      kBeginnings, [&](const Opener& opener) { return lower.starts_with(opener.words); });
  if (like == kBeginnings.end()) return std::nullopt;
  Opener opener = *like;
  // Whoever deals for another is not the one who issues, however the sentence begins; and one who
  // applies for himself does not deal for another.
  const bool for_another = lower.find(kOnBehalf) != std::string_view::npos;
  if (opener.limbs.data() == kIssue.data() && for_another) opener.limbs = kBehalf;
  if (opener.limbs.data() == kBehalf.data() && !for_another) opener.limbs = {};
  return opener;
}

std::string_view find_product(std::string_view lower) {
  for (const Words product : kProducts) {
    if (lower == product) return product;
    if (!lower.starts_with(product)) continue;
    const Words rest = lower.substr(product.size());
    if (std::ranges::any_of(kQualifiers, [&](Words word) { return rest.starts_with(word); })) {
      return product;
    }
  }
  return "";
}

bool is_part_of(std::string_view product, std::string_view lower) {
  return std::ranges::any_of(kParts, [&](const Part& part) {
    return part.product == product && lower.starts_with(part.begins);
  });
}

bool is_known_part(std::string_view product, std::string_view lower) {
  return std::ranges::any_of(kKnownParts, [&](const Part& part) {
    return part.product == product && lower == part.begins;
  });
}

bool is_single_detail(std::string_view lower) {
  return std::ranges::any_of(kSingleDetails, [&](Words words) { return lower.starts_with(words); });
}

}  // namespace gateway::registers::asic
