#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "gateway/registers/answer.h"

// The envelope around each answer of the FCA's register: Status, Message, ResultInfo, Data.
// Source: Financial Services Register API, V0.1; recorded answers of 27 February 2026.
namespace gateway::registers::fca {

// One page, classified and not yet read.
struct Page {
  std::string place;  // "body 2", for errors and remarks.
  std::string code;   // Of the endpoint: "02-03" of "FSR-API-02-03-00".
  std::string path;   // "Firm/122702/Permissions", as far as the answer tells.
  engine::Asked asked = engine::Asked::Found;
  std::string mismatch;  // How status, suffix, message and data disagree; empty: they agree.
  std::optional<std::uint64_t> page;
  std::optional<std::uint64_t> total;
  core::json::Value data;
};

// The portal says that -11 is a bad request and -21 not found; live answers say -11 for what is not
// there. So the class comes from HTTP status, suffix, message and whether there are data together;
// what disagrees is a mismatch. A failed call is "could not ask" and its body is not read.
//
// Errors: InvalidInput/json, InvalidInput/register_body if an answer that came is no envelope.
core::Result<Page> read_page(const Answer& answer, std::size_t number);

// "Firm/122702/Permissions" of an address of the register, without its query; empty if it is none.
std::string path_of(std::string_view address);

}  // namespace gateway::registers::fca
