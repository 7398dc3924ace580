# Warnings are errors, on our own targets only. A suppression has a sentence beside it.

# use_warnings(<target>)
function(use_warnings target)
  target_compile_options(${target} PRIVATE
    -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Werror)

  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # GCC bug 105651: `"text" + std::string` is reported as an overlapping copy, wrongly.
    target_compile_options(${target} PRIVATE -Wno-restrict)
    if(TALLYSTICK_SANITIZE)
      # The sanitizers' own instrumentation makes this warning fire on initialised values.
      target_compile_options(${target} PRIVATE -Wno-maybe-uninitialized)
    endif()
  endif()
endfunction()
