# Libraries we use, all from the distribution (scripts/install.sh). Which folder may include which is
# held by tests/lint/check_layers.py. Imported targets are SYSTEM: their warnings are not ours.

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(OpenSSL 3.0 REQUIRED)
find_package(ICU 72 REQUIRED COMPONENTS i18n uc data)
find_package(LibXml2 REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS json url)
find_package(CLI11 REQUIRED CONFIG)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(thrift REQUIRED IMPORTED_TARGET thrift)
# Headers alone: a token's module is loaded when a key lies there (decision 0015).
pkg_check_modules(p11_kit REQUIRED p11-kit-1)
add_library(pkcs11_headers INTERFACE)
target_include_directories(pkcs11_headers SYSTEM INTERFACE ${p11_kit_INCLUDE_DIRS})
# Linked into the program alone (decision 0014); the tests and the sanitizers use the system's.
find_package(mimalloc REQUIRED CONFIG)
find_program(THRIFT_COMPILER thrift REQUIRED)

# The shared library: it links faster, and its symbols do not depend on our flags. Its package
# configuration also asks for the development files of every compressor, which only a static link needs.
find_library(ROCKSDB_LIBRARY NAMES librocksdb.so rocksdb REQUIRED)
find_path(ROCKSDB_INCLUDE_DIR rocksdb/db.h REQUIRED)
add_library(tallystick_rocksdb SHARED IMPORTED)
set_target_properties(tallystick_rocksdb PROPERTIES
  IMPORTED_LOCATION ${ROCKSDB_LIBRARY}
  INTERFACE_INCLUDE_DIRECTORIES ${ROCKSDB_INCLUDE_DIR})

if(BUILD_TESTING)
  find_package(GTest CONFIG)
  find_package(Python3 COMPONENTS Interpreter)
  if(NOT GTest_FOUND OR NOT Python3_FOUND)
    # Without them there are no tests at all, so that a test run fails loudly rather than pass in part.
    message(WARNING "Building without tests; scripts/install.sh test installs what they need.")
    set(BUILD_TESTING OFF)
  else()
    enable_testing()
  endif()
endif()
