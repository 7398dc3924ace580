# layer(<folder> [DEPENDS <layers>...] [LINK <third-party targets>...] [TEST_DEPENDS <layers>...])
#
# Makes one library of one folder: ledger/store becomes the target ledger_store. The library is built
# from the folder's own *.cc files, without those of its subfolders and without main.cc; a folder with
# headers alone is an INTERFACE library, and a folder that does not exist yet is skipped.
#
# DEPENDS       the layers this one may include and links. It is the only place a dependency is stated;
#               it is written to layers.txt, and tests/lint/check_layers.py holds every #include to it.
# LINK          third-party targets.
# TEST_DEPENDS  layers that only the tests use.
#
# tests/<folder>/*_test.cc become the program <target>_test, whose tests carry the label `fast`.

set(layers_file ${CMAKE_BINARY_DIR}/layers.txt)
file(WRITE ${layers_file} "")

function(layer folder)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "DEPENDS;LINK;TEST_DEPENDS")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "layer(${folder}): unknown words ${arg_UNPARSED_ARGUMENTS}.")
  endif()

  get_property(declared GLOBAL PROPERTY tallystick_layers)
  foreach(depend IN LISTS arg_DEPENDS)
    if(NOT depend IN_LIST declared)
      message(FATAL_ERROR "layer(${folder}) DEPENDS on ${depend}, which is not declared above it.")
    endif()
  endforeach()
  set_property(GLOBAL APPEND PROPERTY tallystick_layers ${folder})
  list(JOIN arg_DEPENDS " " depends_text)
  file(APPEND ${layers_file} "${folder}: ${depends_text}\n")

  # Globbed before the folder is looked at, so that its first file makes the next build configure anew.
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${folder}/*.cc)
  file(GLOB headers CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${folder}/*.h)
  list(FILTER sources EXCLUDE REGEX "/main\\.cc$")
  if(NOT sources AND NOT headers)
    message(STATUS "Layer ${folder} has no sources yet: skipped.")
    return()
  endif()

  layer_target(${folder} target)
  layer_targets(depends ${arg_DEPENDS})
  if(sources)
    add_library(${target} STATIC ${sources})
    use_warnings(${target})
    compile_together(${target})
    set(scope PUBLIC)
  else()
    add_library(${target} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_include_directories(${target} ${scope} ${PROJECT_SOURCE_DIR})
  target_link_libraries(${target} ${scope} ${depends} ${arg_LINK})

  file(GLOB tests CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/${folder}/*_test.cc)
  if(tests)
    test_program(${target}_test LABEL fast PREFIX ${folder}. SOURCES ${tests}
                 DEPENDS ${folder} ${arg_TEST_DEPENDS})
    # Those of the lower layers are small, and name things as their neighbours do.
    if(TARGET ${target}_test AND NOT folder MATCHES "^(core|ledger)")
      compile_together(${target}_test)
    endif()
  endif()
endfunction()

# test_program(<name> LABEL fast|slow [PREFIX <text>] SOURCES <files>... DEPENDS <layers>...)
#
# Makes a GoogleTest program and registers each of its tests; they run in the repository's root, so
# that a relative path such as tests/golden/... is found. Does nothing if tests are not built.
function(test_program name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "LABEL;PREFIX" "SOURCES;DEPENDS")
  if(NOT BUILD_TESTING)
    return()
  endif()
  layer_targets(depends ${arg_DEPENDS})
  add_executable(${name} ${arg_SOURCES})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  use_warnings(${name})
  target_link_libraries(${name} PRIVATE tests_support ${depends} GTest::gtest_main GTest::gmock)
  gtest_discover_tests(${name}
    TEST_PREFIX "${arg_PREFIX}"
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
    DISCOVERY_MODE PRE_TEST
    DISCOVERY_TIMEOUT 60
    PROPERTIES LABELS ${arg_LABEL} TIMEOUT 120)
endfunction()

# compile_together(<target>): a few files of a folder make one translation unit, so that the headers and
# templates they share are compiled once: decision 0043. Two files of a folder therefore do not define
# one name twice, even in anonymous namespaces. TALLYSTICK_TOGETHER=OFF compiles each file alone.
function(compile_together target)
  set_target_properties(${target} PROPERTIES
    UNITY_BUILD ${TALLYSTICK_TOGETHER} UNITY_BUILD_BATCH_SIZE 8)
endfunction()

# slow_properties(<folder>): the property tests of a layer, those of suites that end in Property, once
# more with 10,000 seeds each and the label `slow`.
function(slow_properties folder)
  layer_target(${folder} target)
  if(TARGET ${target}_test)
    gtest_discover_tests(${target}_test
      TEST_FILTER "*Property.*"
      TEST_PREFIX "${folder}.10000."
      TEST_LIST ${target}_slow_properties
      WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
      DISCOVERY_MODE PRE_TEST
      DISCOVERY_TIMEOUT 60
      PROPERTIES LABELS slow TIMEOUT 600 ENVIRONMENT TALLYSTICK_SEEDS=10000)
  endif()
endfunction()

# layer_target(<folder> <variable>): the target of a layer.
function(layer_target folder variable)
  string(REPLACE "/" "_" target ${folder})
  set(${variable} ${target} PARENT_SCOPE)
endfunction()

# layer_targets(<variable> <folders>...): the targets of several layers, without those that are not
# built yet. The question is asked after the last layer was declared, so order does not matter.
function(layer_targets variable)
  set(targets "")
  foreach(folder IN LISTS ARGN)
    layer_target(${folder} target)
    list(APPEND targets $<TARGET_NAME_IF_EXISTS:${target}>)
  endforeach()
  set(${variable} ${targets} PARENT_SCOPE)
endfunction()

# Fakes and fixtures that the tests of several layers share: "tests/support/...".
if(BUILD_TESTING)
  include(GoogleTest)
  file(GLOB support_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/support/*.cc)
  if(support_sources)
    add_library(tests_support STATIC ${support_sources})
    use_warnings(tests_support)
    compile_together(tests_support)
    target_link_libraries(tests_support PUBLIC GTest::gtest)
    target_include_directories(tests_support PUBLIC ${PROJECT_SOURCE_DIR})
  else()
    add_library(tests_support INTERFACE)
    target_include_directories(tests_support INTERFACE ${PROJECT_SOURCE_DIR})
  endif()
endif()
