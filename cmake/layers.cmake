# penstock_folder(<name> NEEDS <folder>... [THIRD_PARTY <target>...] [TEST_SHARDS <n>])
#
# Declares src/<name> as one static library made of every .cc in it (and one level
# below, for formats/json and model/column), and its tests/*.cc as one binary that
# ctest runs in TEST_SHARDS parts, side by side.
# NEEDS is the list of penstock folders this one may include: the layer rule.
# THIRD_PARTY stays private: their headers are for .cc files only.
function(penstock_folder name)
  cmake_parse_arguments(arg "" "TEST_SHARDS" "NEEDS;THIRD_PARTY" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cc
       ${CMAKE_CURRENT_SOURCE_DIR}/*/*.cc)
  file(GLOB tests CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/tests/*.cc)
  list(REMOVE_ITEM sources ${tests} ${CMAKE_CURRENT_SOURCE_DIR}/main.cc)
  list(TRANSFORM arg_NEEDS PREPEND penstock_)

  if(sources)
    add_library(penstock_${name} STATIC ${sources})
    target_link_libraries(penstock_${name} PUBLIC penstock_flags ${arg_NEEDS}
                                           PRIVATE ${arg_THIRD_PARTY})
    target_precompile_headers(penstock_${name} PRIVATE ${CMAKE_SOURCE_DIR}/cmake/precompiled.h)
  else()
    add_library(penstock_${name} INTERFACE)
    target_link_libraries(penstock_${name} INTERFACE penstock_flags ${arg_NEEDS})
  endif()

  if(tests)
    add_executable(penstock_${name}_tests ${tests})
    target_link_libraries(penstock_${name}_tests PRIVATE penstock_${name} ${arg_THIRD_PARTY}
                                                         GTest::gtest GTest::gtest_main)
    target_precompile_headers(penstock_${name}_tests PRIVATE
                              ${CMAKE_SOURCE_DIR}/cmake/precompiled_tests.h)
    if(NOT arg_TEST_SHARDS)
      set(arg_TEST_SHARDS 1)
    endif()
    math(EXPR last_shard "${arg_TEST_SHARDS} - 1")
    foreach(shard RANGE ${last_shard})
      set(test ${name})
      if(shard)
        set(test ${name}_${shard})
      endif()
      add_test(NAME ${test} COMMAND penstock_${name}_tests)
      set_tests_properties(${test} PROPERTIES TIMEOUT 300 ENVIRONMENT
        "PENSTOCK_SOURCE_DIR=${CMAKE_SOURCE_DIR};GTEST_TOTAL_SHARDS=${arg_TEST_SHARDS};GTEST_SHARD_INDEX=${shard}")
    endforeach()
  endif()
endfunction()
