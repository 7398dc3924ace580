# Crashes, failing syncs, full disks, flipped bits: tests/faults. Each runs a few places of its kind with
# the fast tests, and every place with the slow ones (ctest -L slow).

# A sanitizer's runtime wants to be loaded first, and a shim that is preloaded comes before it.
if(NOT BUILD_TESTING OR TALLYSTICK_SANITIZE OR NOT TARGET tally)
  return()
endif()

add_library(fault_shim MODULE ${PROJECT_SOURCE_DIR}/tests/faults/fault_shim.cc)
target_link_libraries(fault_shim PRIVATE ${CMAKE_DL_LIBS})
use_warnings(fault_shim)

# fault_test(<name> LABEL fast|slow TIMEOUT <seconds> COMMAND <script> <words>...)
function(fault_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "LABEL;TIMEOUT" "COMMAND")
  list(POP_FRONT arg_COMMAND script)
  add_test(NAME faults.${name}
    COMMAND ${Python3_EXECUTABLE} ${PROJECT_SOURCE_DIR}/tests/faults/${script} ${arg_COMMAND}
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(faults.${name} PROPERTIES LABELS ${arg_LABEL} SKIP_RETURN_CODE 77
    TIMEOUT ${arg_TIMEOUT}
    ENVIRONMENT "TALLY=${CMAKE_BINARY_DIR}/tally;FAULT_SHIM=$<TARGET_FILE:fault_shim>;PYTHONDONTWRITEBYTECODE=1")
endfunction()

fault_test(shim_sees_every_call LABEL fast TIMEOUT 300 COMMAND shim_test.py)
fault_test(crash_init LABEL fast TIMEOUT 300 COMMAND crash_test.py init --every 13)
fault_test(crash_submit LABEL fast TIMEOUT 300 COMMAND crash_test.py submit --every 13)
fault_test(crash_serve LABEL fast TIMEOUT 300 COMMAND crash_test.py serve --every 29)
fault_test(crash_rotate LABEL fast TIMEOUT 300 COMMAND crash_test.py rotate --every 11)
fault_test(crash_erase LABEL fast TIMEOUT 300 COMMAND crash_test.py erase --every 7)
fault_test(crash_migrate LABEL fast TIMEOUT 300 COMMAND crash_test.py migrate --every 11)
fault_test(crash_parts LABEL fast TIMEOUT 300 COMMAND crash_test.py parts --every 41)
fault_test(errors_submit LABEL fast TIMEOUT 300 COMMAND errors_test.py submit --first 5 --every 17)
fault_test(errors_rotate LABEL fast TIMEOUT 300 COMMAND errors_test.py rotate --every 23)
fault_test(errors_erase LABEL fast TIMEOUT 300 COMMAND errors_test.py erase --every 5)
fault_test(stopped LABEL fast TIMEOUT 300 COMMAND stopped_test.py)
fault_test(full_disk LABEL fast TIMEOUT 300 COMMAND full_disk_test.py)
fault_test(access LABEL fast TIMEOUT 300 COMMAND access_test.py --every 23)
fault_test(flips LABEL fast TIMEOUT 300 COMMAND flips_test.py --places 1)
fault_test(copies LABEL fast TIMEOUT 300 COMMAND copies_test.py)
fault_test(witness LABEL fast TIMEOUT 300 COMMAND witness_test.py --every 2)
fault_test(drain LABEL fast TIMEOUT 300 COMMAND drain_test.py)
fault_test(slow_readers LABEL fast TIMEOUT 300 COMMAND slow_readers_test.py)

foreach(case init submit serve runs parts rotate erase migrate)
  fault_test(every_crash_${case} LABEL slow TIMEOUT 3600 COMMAND crash_test.py ${case})
endforeach()
foreach(case submit serve rotate erase)
  fault_test(every_error_${case} LABEL slow TIMEOUT 3600 COMMAND errors_test.py ${case})
endforeach()
fault_test(every_fault_of_access LABEL slow TIMEOUT 3600 COMMAND access_test.py)
fault_test(every_fault_of_a_witness LABEL slow TIMEOUT 3600 COMMAND witness_test.py)
fault_test(copies_with_runs LABEL slow TIMEOUT 3600 COMMAND copies_test.py --runs)
fault_test(many_flips LABEL slow TIMEOUT 3600 COMMAND flips_test.py --places 40 --runs)
