# cmake -DFUNCTION=name -DINPUT=file -DOUTPUT=file.cpp -P embed.cmake: a function of assay::cli that returns the
# file's bytes. Without INPUT it returns none.
if(INPUT)
  file(READ "${INPUT}" hex HEX)
  string(LENGTH "${hex}" digits)
  math(EXPR size "${digits} / 2")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(REGEX REPLACE "(................................................................................)"
    "\\1\n" bytes "${bytes}")
  file(WRITE "${OUTPUT}" "#include \"cli/verifiers/verifiers.hpp\"

namespace assay::cli {
namespace {
constexpr unsigned char k_${FUNCTION}[] = {
${bytes}0};
}  // namespace

std::string_view ${FUNCTION}() { return {reinterpret_cast<const char*>(k_${FUNCTION}), ${size}}; }

}  // namespace assay::cli
")
else()
  file(WRITE "${OUTPUT}" "#include \"cli/verifiers/verifiers.hpp\"

namespace assay::cli {

std::string_view ${FUNCTION}() { return {}; }

}  // namespace assay::cli
")
endif()
