import Foundation
import QDACore
import QDATestSupport
import Testing

@testable import QDAInterchange

struct ChartBookTests {
  func id<Kind>(_ key: String) -> ID<Kind> { SmallStudy.id(key) }
  var stamp: Stamp { Stamp(by: id("MR"), at: Timestamp("2026-03-04T10:30:00Z")) }

  func folder() -> StudyFolder {
    var project = SmallStudy().project
    project.coders[id("MR")] = Coder(id: id("MR"), name: "Morag Reid", initials: "MR")
    return StudyFolder(project)
  }

  func key(_ one: String, _ code: String) -> Cell.Key {
    Cell.Key(row: id(one), column: id(code))
  }

  /// The bytes of the charts of a folder.
  func written(_ folder: StudyFolder, _ form: ChartForm) throws -> [UInt8] {
    try withTemporaryFolder { path in
      try folder.chartBook().write(to: path + "/charts", as: form)
      return try bytes(of: path + "/charts")
    }
  }

  @Test
  func `a book has a sheet for each theme, and every cell says something`() throws {
    let book = folder().chartBook()
    #expect(book.sheets.map(\.title) == ["1 Door"])
    #expect(book.sheets[0].columns.map(\.title) == ["1.1 matching", "1.2 waiting"])
    #expect(book.sheets[0].rows.map(\.key) == ["P1", "P2", "P3"])
    #expect(
      book.sheets[0].rows.map { $0.cells.map(\.text) } == [
        ["A call beforehand: “She rang first” [1]{ (recently)}", "(not charted)"],
        ["(not charted)", "(asked not answered)"], ["(not charted)", "(not charted)"],
      ])
    // P1's two passages in the order of the text, then P2's; the interviewer's is nobody's.
    #expect(
      book.quotes.map(\.words) == ["She rang first", "they came ready", "Nobody rang us"])
    #expect(book.quotes.map(\.place) == ["P1.txt:2", "P1.txt:2", "P2.txt:2"])
  }

  @Test(arguments: ChartForm.allCases)
  func `charts that come back as they went change nothing`(form: ChartForm) throws {
    for project in [folder().project, Project.generated(seed: 4)] {
      let folder = StudyFolder(project)
      let merge = try folder.merging(
        chartsFrom: try written(folder, form), name: "charts", form: form, stamp: Stamp())
      #expect(merge.taken.isEmpty && merge.diagnostics.isEmpty, "\(merge.diagnostics)")
    }
    #expect(try written(folder(), form) == written(folder(), form), "the same bytes")
  }

  /// The charts with a text put in the place of another, as a spreadsheet would save them.
  func edited(_ folder: StudyFolder, _ form: ChartForm, _ old: String, _ new: String) throws
    -> [UInt8]
  {
    let bytes = try written(folder, form)
    guard form == .xlsx else {
      let written = form == .csv ? CSV.field(new) : new
      return Array(
        String(decoding: bytes, as: UTF8.self)
          .replacing(old, with: written, maxReplacements: 1).utf8)
    }
    return try rewritten(folder) { book in
      for row in book.sheets[0].rows.indices {
        for column in book.sheets[0].rows[row].cells.indices
        where book.sheets[0].rows[row].cells[column].text == old {
          book.sheets[0].rows[row].cells[column].text = new
        }
      }
    }
  }

  /// The workbook of a folder after somebody changed its first sheet; the hidden one keeps what was.
  func rewritten(_ folder: StudyFolder, _ change: (inout ChartBook) -> Void) throws -> [UInt8] {
    let base = folder.chartBook()
    var book = base
    change(&book)
    return try withTemporaryFolder { path in
      try book.writeWorkbook(to: path + "/charts.xlsx", base: base)
      return try QDATestSupport.bytes(of: path + "/charts.xlsx")
    }
  }

  @Test(arguments: ChartForm.allCases)
  func `an edited cell comes back with its references, and its author`(form: ChartForm) throws {
    var folder = folder()
    let bytes = try edited(
      folder, form, "(asked not answered)", "Came anyway, “Nobody rang us” [3].")
    let merge = try folder.merging(
      chartsFrom: bytes, name: "charts", form: form, stamp: stamp, why: "in a spreadsheet")
    #expect(merge.diagnostics.isEmpty, "\(merge.diagnostics)")
    #expect(merge.taken == [key("P2", "waiting")])
    try folder.apply(merge.change)
    let cell = try #require(folder.project.cells[key("P2", "waiting")])
    #expect(cell.state == .summarised && cell.author == stamp)
    #expect(
      cell.runs == [
        Run(.summary, "Came anyway, "),
        Run(.verbatim, "Nobody rang us", references: [id("Nobody rang us")]), Run(.summary, "."),
      ])
    #expect(cell.basis != nil)
    #expect(folder.history.last?.change.why == "in a spreadsheet")
  }

  @Test(arguments: ChartForm.allCases)
  func `a cell that was changed here and there is a conflict, and stays`(form: ChartForm) throws {
    var folder = folder()
    let bytes = try edited(folder, form, "(asked not answered)", "Nothing new [3]")
    var project = folder.project
    project.cells[key("P2", "waiting")]?.state = .nothingSaid
    folder.update(to: project)
    let merge = try folder.merging(chartsFrom: bytes, name: "charts", form: form, stamp: stamp)
    #expect(merge.taken.isEmpty && merge.change.operations.isEmpty)
    #expect(merge.conflicts.map(\.key) == [key("P2", "waiting")])
    #expect(merge.conflicts.first?.file == "Nothing new [3]")
    #expect(merge.conflicts.first?.study == "(nothing said)")
    #expect(merge.conflicts.first?.base == (form == .xlsx ? "(asked not answered)" : nil))
    #expect(merge.diagnostics.map(\.id) == ["chart.edit-conflict"])
  }

  @Test(arguments: ChartForm.allCases)
  func `what the study changed in the meantime stays, and the same edit twice is none`(
    form: ChartForm
  ) throws {
    var folder = folder()
    let untouched = try written(folder, form)
    let same = try edited(folder, form, "(asked not answered)", "(nothing said)")
    var project = folder.project
    project.cells[key("P2", "waiting")]?.state = .nothingSaid
    folder.update(to: project)
    for bytes in [untouched, same] {
      let merge = try folder.merging(chartsFrom: bytes, name: "charts", form: form, stamp: stamp)
      #expect(merge.taken.isEmpty && merge.diagnostics.isEmpty, "\(merge.diagnostics)")
    }
  }

  @Test(arguments: ChartForm.allCases)
  func `a cell that was cleared or rests on an unknown quote is refused`(form: ChartForm) throws {
    let folder = folder()
    for text in ["", "Nothing new [99]", "(summarised)"] {
      let bytes = try edited(folder, form, "(asked not answered)", text)
      let merge = try folder.merging(chartsFrom: bytes, name: "charts", form: form, stamp: stamp)
      #expect(merge.taken.isEmpty, "\(text)")
      #expect(merge.diagnostics.map(\.id) == ["chart.edit-refused"], "\(text)")
    }
  }

  @Test
  func `a text that a spreadsheet would run is not run, and comes back as it was`() throws {
    var project = folder().project
    project.cells[key("P2", "waiting")] = Cell(
      key: key("P2", "waiting"), state: .summarised,
      runs: [Run(.summary, "=HYPERLINK(1)", references: [id("Nobody rang us")])])
    let folder = StudyFolder(project)
    let book = folder.chartBook()
    #expect(book.csv.contains(",'=HYPERLINK(1) [3],"))
    for form in ChartForm.allCases {
      let merge = try folder.merging(
        chartsFrom: try written(folder, form), name: "charts", form: form, stamp: stamp)
      #expect(merge.taken.isEmpty && merge.diagnostics.isEmpty, "\(form): \(merge.diagnostics)")
    }
    try withTemporaryFolder { path in
      try book.write(to: path + "/charts.xlsx", as: .xlsx)
      let archive = try ZipArchive(try bytes(of: path + "/charts.xlsx"), file: "charts.xlsx")
      let sheet = try archive.content(of: "xl/worksheets/sheet1.xml")
      #expect(!String(decoding: sheet, as: UTF8.self).contains("<f>"))
    }
  }

  @Test
  func `charts of another study and other files are refused`() throws {
    let other = StudyFolder(Project.generated(seed: 9))
    for form in [ChartForm.xlsx, .markdown] {
      #expect(throws: ReadingError.self) {
        _ = try folder().merging(
          chartsFrom: try written(other, form), name: "charts", form: form, stamp: stamp)
      }
    }
    #expect(throws: ReadingError.self) {
      _ = try folder().merging(
        chartsFrom: Array("a,b\n1,2\n".utf8), name: "charts.csv", form: .csv, stamp: stamp)
    }
  }
}
