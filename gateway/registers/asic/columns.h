#pragma once

#include <array>
#include <string_view>

// The lists' columns, exactly. Source: the datasets' files of May 2026.
namespace gateway::registers::asic {

inline constexpr auto kLicenseeColumns = std::to_array<std::string_view>(
    {"REGISTER_NAME", "AFS_LIC_NUM", "AFS_LIC_NAME", "AFS_LIC_ABN_ACN", "AFS_LIC_START_DT",
     "AFS_LIC_PRE_FSR", "AFS_LIC_ADD_LOCAL", "AFS_LIC_ADD_STATE", "AFS_LIC_ADD_PCODE",
     "AFS_LIC_ADD_COUNTRY", "AFS_LIC_LAT", "AFS_LIC_LNG", "AFS_LIC_CONDITION"});
enum LicenseeColumn {
  kLicenceNumber = 1,
  kLicenceName,
  kAbnAcn,
  kLicenceStart,
  kConditionText = 12
};

inline constexpr auto kRepresentativeColumns =
    std::to_array<std::string_view>({"REGISTER_NAME",
                                     "AFS_REP_NUM",
                                     "AFS_LIC_NUM",
                                     "AFS_REP_NAME",
                                     "AFS_REP_ABN",
                                     "AFS_REP_ACN",
                                     "AFS_REP_OTHER_ROLE",
                                     "AFS_REP_START_DT",
                                     "AFS_REP_STATUS",
                                     "AFS_REP_END_DT",
                                     "AFS_REP_ADD_LOCAL",
                                     "AFS_REP_ADD_STATE",
                                     "AFS_REP_ADD_PCODE",
                                     "AFS_REP_ADD_COUNTRY",
                                     "AFS_REP_CROSS_ENDORSE",
                                     "AFS_REP_MAY_APPOINT",
                                     "AFS_REP_APPOINTED_BY",
                                     "FIN",
                                     "DEAL",
                                     "APPLY",
                                     "GENFIN",
                                     "ISSUE",
                                     "ARRANGE_APPLY",
                                     "ARRANGE_ISSUE",
                                     "ARRANGE_UNDERWR",
                                     "CLASSES",
                                     "DEAL_APPLY",
                                     "DEAL_ISSUE",
                                     "DEAL_UNDERWR",
                                     "IDPS",
                                     "MARKET",
                                     "NONIDPS",
                                     "SCHEME",
                                     "TRUSTEE",
                                     "WSALE",
                                     "ARRANGE",
                                     "UNDERWR",
                                     "AFS_REP_SAME_AUTH",
                                     "AFS_REP_RELATED_BN"});
enum RepresentativeColumn {
  kRepresentativeNumber = 1,
  kRepresentativeLicence,
  kRepresentativeStart = 7,
  kRepresentativeStatus,
  kRepresentativeEnd,
  kAppointedBy = 16,
  kFirstFlag = 17,
  kLastFlag = 36,
  kSameAuthority = 37
};

inline constexpr auto kBannedPersonColumns = std::to_array<std::string_view>(
    {"REGISTER_NAME", "BD_PER_NAME", "BD_PER_TYPE", "BD_PER_DOC_NUM", "BD_PER_START_DT",
     "BD_PER_END_DT", "BD_PER_ADD_LOCAL", "BD_PER_ADD_STATE", "BD_PER_ADD_PCODE",
     "BD_PER_ADD_COUNTRY", "BD_PER_COMMENTS"});
enum BannedPersonColumn { kBannedName = 1, kBannedDocument = 3 };

inline constexpr auto kBannedOrganisationColumns = std::to_array<std::string_view>(
    {"REGISTER_NAME", "BD_ORG_ACN", "BD_ORG_NAME", "BD_ORG_TYPE", "BD_ORG_URL", "BD_ORG_START_DT",
     "BD_ORG_END_DT", "BD_ORG_COMMENT"});
enum BannedOrganisationColumn { kBannedAcn = 1 };

}  // namespace gateway::registers::asic
