import Foundation
import QDA
import QDATestSupport
import Testing

@testable import QDAReports

/// What `qda index` says, in a report: the same facts in every format.
struct IndexingReportTests {
  private func report(_ change: (inout Project) -> Void = { _ in }) throws -> StudyReport {
    let folder = try StudyFolder.read(at: fixture("LinkWorkers")).value
    var project = folder.project
    change(&project)
    return StudyReport(project, diagnostics: [], label: { folder.label(for: $0) })
  }

  /// The report in each format that people read, as text.
  private func texts(_ report: StudyReport) throws -> [String: String] {
    let word = try withTemporaryFolder { folder in
      try WordWriter.write(report.manuscript(), to: folder + "/report.docx")
      let bytes = try QDATestSupport.bytes(of: folder + "/report.docx")
      return try TranscriptReader.read(bytes, name: "report.docx").value.text.string
    }
    let tables = report.csv().filter {
      ["indexing.csv", "code-findings.csv", "familiarisation.csv"].contains($0.path)
    }
    return [
      "page": ParsedPage(String(decoding: try report.html().bytes, as: UTF8.self)).text,
      "markdown": String(decoding: report.markdown().bytes, as: UTF8.self),
      "tables": tables.map { String(decoding: $0.bytes, as: UTF8.self) }.joined(),
      "word": word,
    ]
  }

  @Test func `every format says what was read and coded, and what has to be read again`() throws {
    let report = try report { project in
      // A code that came in with a version after the interviews were indexed, without a definition.
      let theme = project.codebook.themes[0].id
      let late = Code(
        id: ID(derivedFrom: ["late"]), parent: theme, number: "1.5", name: "Turned away")
      let stamp = Stamp(by: project.coders.ids[0])
      let change = try? project.editing(
        [.add(late, at: nil)], id: ID(derivedFrom: ["change"]), stamp: stamp, why: "new")
      try? project.apply(change ?? Change(id: ID(derivedFrom: ["none"])))
    }
    #expect(report.indexing.version == 3)
    #expect(report.indexing.orphans.count == 1 && report.indexing.undefined.count == 1)
    #expect(report.indexing.toReread.map(\.since) == [3])
    #expect(report.indexing.toReread.first?.sources.count == 22)
    for (format, text) in try texts(report) {
      for fact in [
        "1.5 Turned away", "P09.txt", "indexing under version 2 by MR, 2025-08-11",
        "familiarisation by MR, 2025-03-14", "First reading of P9", "added in version 3",
      ] {
        #expect(text.contains(fact), "\(format) says nothing of: \(fact)")
      }
    }
  }

  @Test func `the worked study's words are counted as the command counts them`() throws {
    let indexing = try report().indexing
    #expect(indexing.documents.count == 22)
    let words = indexing.documents.reduce(0) { $0 + $1.words }
    let unindexed = indexing.documents.reduce(0) { $0 + $1.unindexed }
    #expect(
      indexing.words.hasPrefix(
        "\(unindexed) of the \(words) words of participants have no code (\(unindexed * 100 / words) %)"
      ))
    #expect(indexing.words.contains("22 of 22 documents were indexed under version 2"))
    #expect(indexing.familiarisation.map(\.participant) == ["P3", "P9"])
    // P9's note names two codings, P3's one.
    #expect(indexing.familiarisation.map(\.quotes.count) == [1, 2])
    // Sites are read by nobody: they speak in their members' words.
    #expect(indexing.withoutNote.count == 20 && !indexing.withoutNote.contains("market"))
    #expect(!indexing.documents.contains { $0.isOutdated })
  }
}
