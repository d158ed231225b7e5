import QDACore
import QDATestSupport
import Testing

@testable import QDAInterchange

/// The workbook of charts, looked at as another program sees it.
struct ChartWorkbookTests {
  private func parts() throws -> [String: String] {
    let folder = try StudyFolder.read(at: fixture("LinkWorkers")).value
    return try withTemporaryFolder { path in
      try folder.chartBook().write(to: path + "/charts.xlsx", as: .xlsx)
      let archive = try ZipArchive(try bytes(of: path + "/charts.xlsx"), file: "charts.xlsx")
      var parts: [String: String] = [:]
      for name in archive.names {
        parts[name] = String(decoding: try archive.content(of: name), as: UTF8.self)
      }
      return parts
    }
  }

  @Test
  func `each theme has a sheet with a frozen head, and no cell of it is blank`() throws {
    let folder = try StudyFolder.read(at: fixture("LinkWorkers")).value
    let book = folder.chartBook()
    let parts = try parts()
    #expect(book.sheets.count == 6)
    for (number, theme) in book.sheets.enumerated() {
      let sheet = try #require(parts["xl/worksheets/sheet\(number + 1).xml"])
      #expect(sheet.contains("state=\"frozen\"") && sheet.contains("ySplit=\"1\""))
      let cells = theme.rows.flatMap(\.cells)
      #expect(cells.count == 22 * theme.columns.count)
      #expect(cells.allSatisfy { !$0.text.isEmpty })
    }
  }

  @Test
  func `every summary shows the words it rests on, and its row leads to the quotes`() throws {
    let book = try StudyFolder.read(at: fixture("LinkWorkers")).value.chartBook()
    let parts = try parts()
    for (number, theme) in book.sheets.enumerated() {
      let sheet = try #require(parts["xl/worksheets/sheet\(number + 1).xml"])
      let resting = theme.rows.flatMap(\.cells).filter { !$0.quotes.isEmpty }
      #expect(!resting.isEmpty)
      let comments = try #require(parts["xl/comments\(number + 1).xml"])
      #expect(comments.split(separator: "<comment ").count - 1 == resting.count)
      // LibreOffice shows one line of a cell that is a link: the case is one, not the summary.
      let rows = theme.rows.count { $0.cells.contains { !$0.quotes.isEmpty } }
      let links = sheet.split(separator: "<hyperlink ").dropFirst()
      #expect(links.count == rows)
      // Nor does it measure rows: the height is said, 15 points a line.
      #expect(sheet.contains("customHeight=\"1\""))
      #expect(links.allSatisfy { $0.hasPrefix("ref=\"A") && $0.contains("Quotes") })
    }
    // The quotes have case, place, words, codes and key in a row each.
    #expect(book.quotes.allSatisfy { !$0.words.isEmpty && !$0.place.isEmpty && !$0.key.isEmpty })
  }
}
