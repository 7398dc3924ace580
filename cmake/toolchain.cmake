# Compiler cache, linker and sanitizers: what makes a build fast or strict without changing the code.

if(NOT CMAKE_CXX_COMPILER_ID MATCHES "^(GNU|Clang)$")
  message(FATAL_ERROR "Tallystick builds with g++ 12 or a newer g++ or clang, "
                      "not with ${CMAKE_CXX_COMPILER_ID}.")
endif()

find_program(TALLYSTICK_CCACHE ccache)
if(TALLYSTICK_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${TALLYSTICK_CCACHE})
endif()

find_program(TALLYSTICK_MOLD mold)
if(TALLYSTICK_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

if(TALLYSTICK_SANITIZE)
  set(sanitizers -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_compile_options(${sanitizers})
  add_link_options(${sanitizers})
endif()
