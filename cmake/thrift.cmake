# Code generated from idl/tally.thrift, compiled without our warnings, as the target tallystick_idl.
# gateway/rpc includes it as "idl/<Service>.h" and "idl/tally_types.h".

set(idl_file ${PROJECT_SOURCE_DIR}/idl/tally.thrift)
set(idl_folder ${CMAKE_BINARY_DIR}/generated/idl)

add_library(tallystick_idl_headers INTERFACE)
target_include_directories(tallystick_idl_headers SYSTEM INTERFACE ${CMAKE_BINARY_DIR}/generated)
target_link_libraries(tallystick_idl_headers INTERFACE PkgConfig::thrift)

file(GLOB idl_present CONFIGURE_DEPENDS ${idl_file})
if(NOT idl_present)
  add_library(tallystick_idl INTERFACE)
  target_link_libraries(tallystick_idl INTERFACE tallystick_idl_headers)
  return()
endif()

# The compiler names a pair of files after each service, so the services must be known here.
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${idl_file})
file(STRINGS ${idl_file} service_lines REGEX "^service[ \t]+[A-Za-z_]+")
file(STRINGS ${idl_file} const_lines REGEX "^const[ \t]")
set(idl_names tally_types)
if(const_lines)
  list(APPEND idl_names tally_constants)
endif()
foreach(line IN LISTS service_lines)
  string(REGEX REPLACE "^service[ \t]+([A-Za-z0-9_]+).*" "\\1" service "${line}")
  list(APPEND idl_names ${service})
endforeach()
list(TRANSFORM idl_names PREPEND ${idl_folder}/)
list(TRANSFORM idl_names APPEND .cpp OUTPUT_VARIABLE idl_sources)
list(TRANSFORM idl_names APPEND .h OUTPUT_VARIABLE idl_headers)

file(MAKE_DIRECTORY ${idl_folder})
add_custom_command(
  OUTPUT ${idl_sources} ${idl_headers}
  COMMAND ${THRIFT_COMPILER} --gen cpp:no_skeleton -out ${idl_folder} ${idl_file}
  DEPENDS ${idl_file}
  COMMENT "Generating code from idl/tally.thrift"
  VERBATIM)

add_library(tallystick_idl STATIC ${idl_sources})
target_compile_options(tallystick_idl PRIVATE -w)
target_link_libraries(tallystick_idl PUBLIC tallystick_idl_headers)
