#pragma once

#include <string_view>

#include "gateway/service/book.h"

namespace gateway::service {

// Whom the token in DIR/private/token stands for, and who acts when the service does so by itself.
inline constexpr std::string_view kTokenActor = "@operator";
inline constexpr std::string_view kServiceActor = "@service";
// Whom the auditor's token stands for, where readings are put down.
inline constexpr std::string_view kAuditorActor = "@auditor";

// The id that stands for the name in this book; minted and saved if it is new.
// Errors: those of refs::ReferenceStore.
core::Result<core::PartyId> party_of(Book& book, std::string_view name);

}  // namespace gateway::service
