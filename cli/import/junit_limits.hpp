#pragma once

/// Every limit of the JUnit reader, with its unit in its name and its reason beside it.
///
/// What is over a limit marked "refused" stops the whole file with Errc::limit and the place; what
/// is over a limit marked "cut" is kept in part, and the size it had is kept beside it. Nothing is
/// ever shortened in silence. The original bytes are stored as evidence in either case.

#include <cstddef>
#include <cstdint>

namespace assay::import::limits {

/// Handed to the XML parser at a time, whatever size the caller feeds.
inline constexpr std::size_t kPieceSizeBytes = 65'536;
/// One start tag, comment or processing instruction; refused. The parser must hold it whole, and
/// older expat reads it again from its start for every piece (CVE-2023-52425).
inline constexpr std::size_t kTokenSizeBytes = 4 * 1024 * 1024;
/// Open elements of any name; refused. Suites count too, so it lies above their own limit.
inline constexpr std::size_t kXmlDepth = 320;
/// Open <testsuite> elements; refused. Real reports nest fewer than ten.
inline constexpr std::size_t kSuiteDepth = 256;
/// Attributes of one element; refused.
inline constexpr std::size_t kAttributesPerElement = 256;

/// A name (suite, class, case, property, element); refused, because half a name is another name.
inline constexpr std::size_t kNameSizeBytes = 16'384;
/// <testcase> elements of one file; refused. A pass over the file keeps about 100 bytes for each.
inline constexpr std::size_t kCasesPerFile = 1'000'000;
/// <testsuite> elements of one file; refused.
inline constexpr std::size_t kSuitesPerFile = 1'000'000;
/// <property> elements of one suite or case; refused.
inline constexpr std::size_t kPropertiesPerOwner = 10'000;
/// Names and values of the properties of one suite or case together; refused.
inline constexpr std::size_t kPropertiesSizeBytes = 2 * 1024 * 1024;

/// A property's value; cut.
inline constexpr std::size_t kValueKeptBytes = 16'384;
/// Any other attribute's value, an outcome's type and its message; cut.
inline constexpr std::size_t kMessageKeptBytes = 4'096;
/// The text of one failure, error, skip or attempt; cut.
inline constexpr std::size_t kTextKeptBytes = 16'384;
/// The output of one case; cut.
inline constexpr std::size_t kOutputKeptBytes = 4'096;
/// Failures, errors, skips and attempts of one case whose words are kept; more are counted only.
inline constexpr std::size_t kDetailsKept = 64;

/// How far apart, in <testcase> elements, two elements of one test may stand to be read as one.
inline constexpr std::size_t kMergeWindowCases = 256;
/// What may be held back meanwhile; over it the two are reported apart, with a warning.
inline constexpr std::size_t kHeldBackSizeBytes = 8 * 1024 * 1024;

/// Repaired places of one file; refused: a file with more is not a report that slipped.
inline constexpr std::size_t kRepairs = 10'000;
/// How far a repair looks ahead before it gives up and leaves the bytes as they are.
inline constexpr std::size_t kRepairLookaheadBytes = 65'536;

/// Sentences kept of one kind of warning; further ones are counted.
inline constexpr std::size_t kSentencesPerCode = 20;
/// Suites whose disagreeing counters are listed; further ones are counted.
inline constexpr std::size_t kCountersListed = 1'000;
/// One line of TAP text that is looked at; the rest of a longer line is passed over.
inline constexpr std::size_t kTapLineBytes = 4'096;

}  // namespace assay::import::limits
