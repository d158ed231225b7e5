import Foundation
import QDATestSupport
import Testing

/// The table of hard cases names for each the fixture or the test that shows how it is read.
struct TranscriptCaseTableTests {
  private static let rows: [(numbers: [Int], proofs: [String])] = {
    let text = try? String(
      contentsOfFile: packageFolder + "/Documentation/TranscriptCases.md", encoding: .utf8)
    return (text ?? "").split(separator: "\n").compactMap { line in
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count >= 3 else { return nil }
      let numbers = cells[0].split(separator: ",").compactMap { Int($0.filter(\.isNumber)) }
      guard !numbers.isEmpty else { return nil }
      let proofs = cells[2].split(separator: "`", omittingEmptySubsequences: false).enumerated()
        .filter { $0.offset % 2 == 1 }
      return (numbers, proofs.map { String($0.element) })
    }
  }()

  @Test
  func `every case has its proof`() throws {
    let numbers = Self.rows.flatMap(\.numbers)
    #expect(numbers.sorted() == Array(1...90))
    for row in Self.rows { #expect(!row.proofs.isEmpty, "\(row.numbers)") }
  }

  @Test
  func `every proof is there`() throws {
    let folder = packageFolder + "/Tests"
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".swift") }
    let tests = try names.map { try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8) }
      .joined()
    for proof in Self.rows.flatMap(\.proofs) {
      let isFixture = FileManager.default.fileExists(atPath: fixture(proof))
      #expect(isFixture || tests.contains("func `\(proof)`"), "\(proof)")
    }
  }
}
