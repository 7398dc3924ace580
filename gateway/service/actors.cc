#include "gateway/service/actors.h"

namespace gateway::service {

core::Result<core::PartyId> party_of(Book& book, std::string_view name) {
  core::PartyId out;
  TRY(book.with_references([&](refs::ReferenceStore& references) -> core::Result<> {
    TRY(out.bytes, references.resolve(name));
    return references.save();
  }));
  return out;
}

}  // namespace gateway::service
