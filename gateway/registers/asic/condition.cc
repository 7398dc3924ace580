#include "gateway/registers/asic/condition.h"

#include <optional>
#include <utility>

#include "gateway/registers/asic/openers.h"
#include "gateway/registers/asic/segments.h"
#include "gateway/registers/words.h"

namespace gateway::registers::asic {
namespace {

using engine::Fact;

constexpr std::string_view kLimited = "limited to";
constexpr std::string_view kIncluding = "including";
constexpr std::string_view kSchemes = "interests in managed investment schemes";

struct Product {
  std::string name;
  std::string qualifier;  // "limited to", "restricted to ...", "excluding ..."; may be empty.
  std::vector<std::string> parts;
  std::vector<Client> clients;
  bool opens = false;
  bool parts_are_known = true;  // Each word by word: none limits what it stands in.
};

struct Limb {
  Opener opener;
  std::vector<Client> clients;
  std::vector<Product> products;
  std::vector<std::string> residue;
  bool is_excluding = false;  // "limited to financial products other than": no more products.
};

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& each : words) out += (out.empty() ? "" : "; ") + each;
  return out;
}

class Reader {
 public:
  void take(const Segment& segment) {
    if (segment.lower.empty()) return name_clients(segment.clients);
    if (const auto opener = find_opener(segment.lower)) return open(*opener, segment);
    if (!in_limb_) {
      residue_.push_back(segment.words);
    } else if (limbs_.back().opener.sort == Sort::Single) {
      if (!is_single_detail(segment.lower)) residue_.push_back(segment.words);
    } else {
      take_in_limb(segment);
    }
  }

  Condition finish() {
    Condition condition;
    if (!has_preamble_) residue_.emplace_back("the licence's first words are missing");
    for (const Limb& limb : limbs_) add_facts(limb, condition.limbs);
    condition.remarks = std::move(remarks_);
    for (const std::string& words : residue_) {
      condition.remarks.push_back("The licence says what is not understood: \"" + words + "\".");
    }
    return condition;
  }

 private:
  // The clients at the end are those of every limb that named none.
  void name_clients(const std::vector<Client>& clients) {
    for (Limb& limb : limbs_) {
      if (limb.clients.empty()) limb.clients = clients;
    }
    in_limb_ = false;
  }

  void open(Opener opener, const Segment& segment) {
    in_limb_ = false;
    if (opener.sort == Sort::Preamble) {
      has_preamble_ = true;
      deal_clients_.clear();
      if (!opener.is_exact) residue_.push_back(segment.words);
      return;
    }
    if (!opener.is_exact || opener.is_odd) {
      remarks_.push_back("An odd sentence of the licence: \"" + segment.words + "\".");
    }
    const bool deals = segment.lower.starts_with("deal in");
    const bool is_inside_deal =
        !deals &&
        (segment.lower.starts_with("issuing") || segment.lower.starts_with("applying") ||
         segment.lower.starts_with("arranging") || segment.lower.starts_with("underwriting"));
    if (!is_inside_deal) {
      deal_clients_.clear();
      deal_residue_.clear();
    }
    if (opener.sort == Sort::Deal) {
      deal_clients_ = segment.clients;
      deal_residue_ = opener.is_exact ? "" : segment.words;
      return;
    }
    Limb limb;
    limb.opener = opener;
    limb.clients = segment.clients;
    if (limb.clients.empty() && is_inside_deal) limb.clients = deal_clients_;
    if (!opener.is_exact) limb.residue.push_back(segment.words);
    if (is_inside_deal && !deal_residue_.empty()) limb.residue.push_back(deal_residue_);
    limbs_.push_back(std::move(limb));
    in_limb_ = true;
  }

  void take_in_limb(const Segment& segment) {
    Limb& limb = limbs_.back();
    if (limb.is_excluding || segment.lower.starts_with(kLimited)) {
      limb.is_excluding = true;
      limb.residue.push_back(segment.words);
      return;
    }
    const std::string_view product = find_product(segment.lower);
    Product* const open =
        limb.products.empty() || !limb.products.back().opens ? nullptr : &limb.products.back();
    const bool is_part = open != nullptr && (open->parts.empty() || product.empty() ||
                                             is_part_of(open->name, segment.lower));
    if (is_part) {
      open->parts.push_back(segment.words);
      open->parts_are_known = open->parts_are_known && is_known_part(open->name, segment.lower);
      if (!segment.clients.empty()) open->clients = segment.clients;
    } else if (!product.empty()) {
      std::string rest = plain(std::string_view(segment.words).substr(product.size()));
      limb.products.push_back(
          {std::string(product), std::move(rest), {}, segment.clients, segment.opens});
    } else {
      limb.residue.push_back(segment.words);
    }
  }

  void add_facts(const Limb& limb, std::vector<Fact>& out) const {
    if (limb.opener.limbs.empty()) return;
    if (limb.opener.sort == Sort::Single) return add_for_clients(limb, "", "", limb.clients, out);
    for (const Product& product : limb.products) {
      const auto& clients = product.clients.empty() ? limb.clients : product.clients;
      const std::string all = plain(product.qualifier + " " + joined(product.parts));
      // "Including" takes nothing away; but what follows may ("warrants limited to hedging").
      const bool is_wider = product.qualifier == kIncluding && product.parts_are_known;
      // What schemes are limited to is looked for by its own name, such as MDA services.
      const bool by_parts = product.name == kSchemes && !product.parts.empty();
      for (const std::string& part : by_parts ? product.parts : std::vector<std::string>{}) {
        add_for_clients(limb, product.name + " " + product.qualifier + " " + part, "", clients,
                        out);
      }
      if (!by_parts || product.qualifier.starts_with(kIncluding)) {
        add_for_clients(limb, product.name, is_wider ? "" : all, clients, out);
      }
    }
  }

  // One fact for all clients who are served without a restriction of their own, one for each other.
  void add_for_clients(const Limb& limb, std::string_view product, std::string_view restriction,
                       const std::vector<Client>& clients, std::vector<Fact>& out) const {
    Fact common = fact_of(limb, product, restriction);
    bool is_common = false;
    for (const Client& client : clients) {
      if (client.restriction.empty()) {
        put(common, "client", client.kind);
        is_common = true;
        continue;
      }
      Fact own = fact_of(limb, product, restriction);
      put(own, "client", client.kind);
      put(own, "restriction", client.restriction);
      arrange(own);
      out.push_back(std::move(own));
    }
    if (clients.empty()) put_residue(common, "no clients are named");
    if (!is_common && !clients.empty()) return;
    arrange(common);
    out.push_back(std::move(common));
  }

  Fact fact_of(const Limb& limb, std::string_view product, std::string_view restriction) const {
    Fact fact;
    fact.name = "asic.afsl.limb";
    for (const std::string_view name : limb.opener.limbs) put(fact, "limb", name);
    put(fact, "advice", limb.opener.advice);
    put(fact, "product", product);
    put(fact, "restriction", restriction);
    put_residue(fact, restriction);
    for (const std::string& words : limb.residue) put_residue(fact, words);
    for (const std::string& words : residue_) put_residue(fact, words);
    return fact;
  }

  std::vector<Limb> limbs_;
  std::vector<Client> deal_clients_;  // Of the "deal in a financial product" that limbs stand in.
  std::string deal_residue_;
  std::vector<std::string> residue_;  // May limit everything.
  std::vector<std::string> remarks_;
  bool has_preamble_ = false;
  bool in_limb_ = false;
};

}  // namespace

Condition read_condition(std::string_view text) {
  Reader reader;
  for (const Segment& segment : segments_of(text)) reader.take(segment);
  return reader.finish();
}

}  // namespace gateway::registers::asic
