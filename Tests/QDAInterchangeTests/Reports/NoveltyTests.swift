import QDACore
import QDATestSupport
import Testing

@testable import QDAInterchange

private let samples = shared("samples/exchange/nvivo-matrix-queries")

/// New codes from interview to interview, beside a published table.
///
/// The package novelqualcodes prints for its fifteen interviews 5, 4, 3, 1, 1, 1 and then no new codes, 15
/// in all. It forgets what comes after the first interview that brings none: its own files have 18 codes.
/// Four of the files are at hand: the first three and the fifth.
struct NoveltyTests {
  private func codes(_ file: String, in folder: String) throws -> Set<String> {
    let path = "\(folder)/\(file).xlsx"
    let sheet = try #require(try TableFile.read(bytes(of: path), name: file).value.first)
    return Set(
      sheet.rows.dropFirst().filter { Int($0.cell(1)?.text ?? "") ?? 0 > 0 }.map {
        $0.cell(0)?.text ?? ""
      })
  }

  // By hand, from the files: 1 to 5; 6 to 9; 6 and 10 to 12; 7, 8, 13 and 17. The published count of the
  // fourth interview is one new code of two, and that of the fifth one of four, 14 in all: the new code of
  // the fourth can only have been 13 or 17. Without it, the fifth brings two, and the sum is the same.
  @Test(.enabled(if: samples != nil, "needs the shared samples"))
  func `the interviews at hand bring the published numbers of new codes`() throws {
    let folder = try #require(samples)
    let sets = try ["Int01_ID731", "Int02_ID121", "Int03_ID54", "Int05_ID33"].map {
      try codes($0, in: folder)
    }
    #expect(sets.map(\.count) == [5, 4, 4, 4])
    let table = Saturation(of: sets)
    #expect(table.novel == [5, 4, 3, 2])
    #expect(table.cumulative == [5, 9, 12, 14])
  }

  // The published numbers up to the sixth interview, and the three codes of the eighteen that the package
  // loses, wherever after the first barren interview they come.
  @Test(arguments: 7...14)
  func `what comes after a barren interview is not lost`(late: Int) {
    var sets: [Set<Int>] = [
      [1, 2, 3, 4, 5], [6, 7, 8, 9], [6, 10, 11, 12], [6, 13], [7, 8, 13, 14], [1, 2, 15],
    ]
    for number in 6..<15 { sets.append(number == late ? [16, 17, 18] : [1, 2, 6]) }
    let table = Saturation(of: sets)
    #expect(table.novel.prefix(6) == [5, 4, 3, 1, 1, 1])
    #expect(table.novel[late] == 3)
    #expect(table.cumulative.last == 18)
  }

  @Test
  func `whether runs overlap is a choice that the measure keeps`() {
    let sets: [Set<Int>] = (0..<8).map { [$0] }
    for overlaps in [true, false] {
      let measure = Saturation.Measure(base: 4, run: 2, threshold: 0, overlaps: overlaps)
      let table = Saturation(of: sets, measure: measure)
      #expect(table.measure.overlaps == overlaps)
      #expect(table.runs.map(\.first) == (overlaps ? [5, 6, 7] : [5, 7]))
    }
  }
}
