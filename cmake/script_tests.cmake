# Tests that are not C++. Each runs in the repository's root; exit code 77 means "skipped".

if(NOT BUILD_TESTING)
  return()
endif()

# script_test(<name> COMMAND <words>...)
function(script_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "COMMAND")
  add_test(NAME ${name} COMMAND ${arg_COMMAND} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(${name} PROPERTIES LABELS fast SKIP_RETURN_CODE 77 TIMEOUT 180
    ENVIRONMENT "TALLY=${CMAKE_BINARY_DIR}/tally;SHARED=${PROJECT_SOURCE_DIR}/../shared")
endfunction()

set(lint ${PROJECT_SOURCE_DIR}/tests/lint)
script_test(lint.check_layers COMMAND ${Python3_EXECUTABLE} ${lint}/check_layers.py ${layers_file})
script_test(lint.check_layers_test COMMAND ${Python3_EXECUTABLE} ${lint}/check_layers_test.py)
script_test(lint.check_errors COMMAND ${Python3_EXECUTABLE} ${lint}/check_errors.py)
script_test(lint.check_errors_test COMMAND ${Python3_EXECUTABLE} ${lint}/check_errors_test.py)
script_test(lint.check_tree COMMAND bash ${lint}/check_tree.sh)
script_test(lint.check_tree_test COMMAND bash ${lint}/check_tree_test.sh)

file(GLOB scripts CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/scripts/*_test.sh)
foreach(script IN LISTS scripts)
  cmake_path(GET script STEM name)
  script_test(scripts.${name} COMMAND bash ${script})
endforeach()

# Those beside other programs that have to be there; they take longer.
file(GLOB bench_scripts CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/bench/*_test.sh)
foreach(script IN LISTS bench_scripts)
  cmake_path(GET script STEM name)
  script_test(bench.${name} COMMAND bash ${script})
  set_tests_properties(bench.${name} PROPERTIES LABELS slow TIMEOUT 600)
endforeach()
