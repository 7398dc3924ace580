# Fuzz programs (tests/fuzz/README.md). Only the preset `fuzz` builds them, with clang and libFuzzer;
# every other preset registers the tests that run them from build/fuzz.

option(TALLYSTICK_FUZZ "Build the fuzz programs, and nothing that they do not need" OFF)

set(fuzz_folder ${PROJECT_SOURCE_DIR}/tests/fuzz)

if(TALLYSTICK_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    message(FATAL_ERROR "The fuzz programs need clang, not ${CMAKE_CXX_COMPILER_ID}.")
  endif()
  # Counters for libFuzzer go into all code, its main() into the programs alone.
  set(fuzz_sanitizers address,undefined)
  add_compile_options(-fsanitize=fuzzer-no-link,${fuzz_sanitizers} -fno-sanitize-recover=all
                      -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${fuzz_sanitizers})
endif()

# fuzz_target(<name> RUNS <count> BYTES_MAX <count> <words of fuzz_program>...)
#
# A fuzz program with its tests: fuzz.<name> (label fast: RUNS inputs of at most BYTES_MAX bytes from a
# fixed seed) and fuzz_long.<name> (label slow: for 60 seconds).
function(fuzz_target name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "RUNS;BYTES_MAX" "")
  fuzz_program(${name} ${arg_UNPARSED_ARGUMENTS})
  if(BUILD_TESTING AND NOT TALLYSTICK_FUZZ)
    fuzz_test(fuzz.${name} fast ${name} --bytes-max ${arg_BYTES_MAX} --runs ${arg_RUNS})
    fuzz_test(fuzz_long.${name} slow ${name} --bytes-max ${arg_BYTES_MAX} --seconds 60)
  endif()
endfunction()

# fuzz_program(<name> [DEPENDS <layers>...] [SOURCES <files>...] [LINK <targets>...])
#
# Makes build/fuzz/fuzz_<name> of tests/fuzz/<name>.cc, and of single SOURCES of layers that would
# bring too much with them.
function(fuzz_program name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "DEPENDS;SOURCES;LINK")
  if(NOT TALLYSTICK_FUZZ)
    return()
  endif()
  layer_targets(depends ${arg_DEPENDS})
  add_executable(fuzz_${name} ${fuzz_folder}/${name}.cc ${fuzz_folder}/support/limits.cc
    ${arg_SOURCES})
  use_warnings(fuzz_${name})
  target_include_directories(fuzz_${name} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(fuzz_${name} PRIVATE ${depends} ${arg_LINK})
  target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer,${fuzz_sanitizers})
endfunction()

# fuzz_library(<name> DEPENDS <layers>... SOURCES <files>...): what several programs share beside layers.
function(fuzz_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "DEPENDS;SOURCES")
  if(NOT TALLYSTICK_FUZZ)
    return()
  endif()
  layer_targets(depends ${arg_DEPENDS})
  add_library(${name} STATIC ${arg_SOURCES})
  use_warnings(${name})
  compile_together(${name})
  target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR})
  target_link_libraries(${name} PUBLIC ${depends})
endfunction()

function(fuzz_test test label)
  add_test(NAME ${test} COMMAND ${Python3_EXECUTABLE} ${fuzz_folder}/run.py ${ARGN}
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(${test} PROPERTIES LABELS ${label} SKIP_RETURN_CODE 77 TIMEOUT 300)
endfunction()

# fuzz_only(): whatever the fuzz programs do not need is not built. To be called last.
function(fuzz_only)
  if(NOT TALLYSTICK_FUZZ)
    return()
  endif()
  get_property(targets DIRECTORY PROPERTY BUILDSYSTEM_TARGETS)
  list(FILTER targets EXCLUDE REGEX "^fuzz_")
  set_target_properties(${targets} PROPERTIES EXCLUDE_FROM_ALL ON)
endfunction()
