# Flags every target shares.
find_program(PENSTOCK_CCACHE ccache)
if(PENSTOCK_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      ${PENSTOCK_CCACHE})
endif()

set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1")
set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g1 -fno-omit-frame-pointer")
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

set(PENSTOCK_SANITIZE "" CACHE STRING "Sanitizers, as -fsanitize= takes them")

add_library(penstock_flags INTERFACE)
target_compile_options(penstock_flags INTERFACE -Wall -Wextra -Wpedantic -Werror
                                                $<$<CXX_COMPILER_ID:GNU>:-Wshadow=local>
                                                -Wnon-virtual-dtor -Wno-missing-field-initializers)
target_include_directories(penstock_flags INTERFACE ${CMAKE_SOURCE_DIR}/src)
if(PENSTOCK_SANITIZE)
  add_compile_options(-fsanitize=${PENSTOCK_SANITIZE} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${PENSTOCK_SANITIZE})
  add_compile_definitions(PENSTOCK_SANITIZED)
  if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    # g++ 12 sees uninitialised members of std::variant and std::optional where there are none.
    target_compile_options(penstock_flags INTERFACE -Wno-maybe-uninitialized)
  endif()
endif()

find_program(PENSTOCK_LLD ld.lld)
if(PENSTOCK_LLD)
  add_link_options(-fuse-ld=lld)
endif()
