# penstock_folder(<name> NEEDS <folder>... [THIRD_PARTY <target>...])
#
# Declares src/<name> as one static library made of every .cc in it (and one level
# below, for formats/json and model/column), and its tests/*.cc as one ctest binary.
# NEEDS is the list of penstock folders this one may include: the layer rule.
# THIRD_PARTY stays private: their headers are for .cc files only.
function(penstock_folder name)
  cmake_parse_arguments(arg "" "" "NEEDS;THIRD_PARTY" ${ARGN})
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
    add_test(NAME ${name} COMMAND penstock_${name}_tests)
    set_tests_properties(${name} PROPERTIES TIMEOUT 300 ENVIRONMENT
                         "PENSTOCK_SOURCE_DIR=${CMAKE_SOURCE_DIR}")
  endif()
endfunction()
