import QDACore
import QDATestSupport
import Testing

@testable import QDAInterchange

struct DamagedReportTests {
  private func changed(
    _ bytes: [UInt8], _ generator: inout SeededGenerator
  ) -> [UInt8] {
    var bytes = bytes
    let place = Int.random(in: 0..<bytes.count, using: &generator)
    switch Int.random(in: 0..<4, using: &generator) {
    case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
    case 1: bytes.remove(at: place)
    case 2: bytes.removeLast(bytes.count - place)
    default:
      let end = min(bytes.count, place + 40)
      bytes.insert(contentsOf: bytes[place..<end], at: place)
    }
    return bytes
  }

  @Test(arguments: [
    ("NVivoCodeReport/Hope.txt", Format.nvivoCodeReport),
    ("NVivoCodeReport/Hope-brackets.txt", .nvivoCodeReport),
    ("NVivoCodeReport/Hope.docx", .nvivoCodeReport), ("NVivoMatrix/Int05_Bee.xlsx", .nvivoMatrix),
    ("Classification/people.csv", .nvivoClassification), ("Codebooks/nvivo.xlsx", .codebookTable),
    ("FrameworkMatrix/chart.xlsx", .frameworkMatrix), ("MAXQDA/segments.xlsx", .maxqdaSegments),
    ("Dedoose/excerpts.xlsx", .dedooseExcerpts), ("ATLASti/unit.xml", .atlasTiXML),
    ("ATLASti/quotations.xlsx", .atlasTiQuotations),
    ("ATLASti/cooccurrence.xlsx", .atlasTiCooccurrence), ("Workbook/values.xlsx", .frameworkMatrix),
  ])
  func `what is read of a damaged file holds together`(path: String, format: Format) throws {
    let whole = try bytes(of: fixture("Exchange/\(path)"))
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<150 {
      let damaged = changed(whole, &generator)
      guard let reading = try? report(damaged, name: path, as: format) else { continue }
      let project = reading.value
      for coding in project.codings.all {
        #expect(project.codebook.codes.contains(coding.code))
        #expect(project.codings[coding.passage] != nil)
      }
      for key in project.cells.keys {
        #expect(project.cases.contains(key.row) && project.codebook.codes.contains(key.column))
      }
      for code in project.codebook.codes {
        #expect(code.parent.map { project.codebook.codes.contains($0) } ?? true)
      }
    }
  }
}
