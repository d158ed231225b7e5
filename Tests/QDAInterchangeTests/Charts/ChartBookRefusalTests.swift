import Foundation
import QDACore
import QDATestSupport
import Testing

@testable import QDAInterchange

// What edited charts say that is taken for nothing else than it says
extension ChartBookTests {
  private func merge(
    _ bytes: [UInt8], _ form: ChartForm, into folder: StudyFolder
  ) throws -> ChartMerge {
    try folder.merging(chartsFrom: bytes, name: "charts", form: form, stamp: stamp)
  }

  /// The charts as Markdown with some texts in the place of others.
  private func markdown(_ folder: StudyFolder, _ edits: [(old: String, new: String)]) throws
    -> [UInt8]
  {
    var text = String(decoding: try written(folder, .markdown), as: UTF8.self)
    for (old, new) in edits { text = text.replacing(old, with: new, maxReplacements: 1) }
    return Array(text.utf8)
  }

  private func line(_ diagnostic: Diagnostic) -> Int? {
    if case .file(_, let line, _) = diagnostic.place { line } else { nil }
  }

  @Test
  func `an escaped bar in a cell of Markdown is a bar, and the row keeps its columns`() throws {
    var folder = folder()
    let row = "| P2 | (not charted) | (asked not answered) |"
    let bytes = try markdown(
      folder, [(row, "| P2 | They came \\| anyway [3] | (asked not answered) |")])
    let merge = try merge(bytes, .markdown, into: folder)
    #expect(merge.diagnostics.isEmpty, "\(merge.diagnostics)")
    #expect(merge.taken == [key("P2", "matching")])
    try folder.apply(merge.change)
    #expect(folder.project.cells[key("P2", "matching")]?.summary == "They came | anyway")
  }

  @Test(arguments: [
    "| P2 | They came | anyway [3] | (asked not answered) |", "| P2 | They came [3] |",
  ])
  func `a row of Markdown with a cell too many or too few is refused as a whole`(
    row: String
  ) throws {
    let folder = folder()
    let bytes = try markdown(folder, [("| P2 | (not charted) | (asked not answered) |", row)])
    let merge = try merge(bytes, .markdown, into: folder)
    #expect(merge.taken.isEmpty && merge.refused == 1)
    let finding = try #require(merge.diagnostics.first)
    // Title, blank, theme, blank, head, rule, P1: P2 is the eighth line.
    #expect(finding.id == "chart.edit-refused" && line(finding) == 8)
    #expect(finding.solutions.contains { $0.contains("\\|") })
  }

  @Test
  func `a text that was broken into two lines takes nothing and says where`() throws {
    let folder = folder()
    let bytes = try markdown(
      folder,
      [
        (
          "| P2 | (not charted) | (asked not answered) |",
          "| P2 | They came\nanyway | (not asked) |"
        ),
        ("| P3 | (not charted) |", "| P3 | (nothing said) |"),
      ])
    let merge = try merge(bytes, .markdown, into: folder)
    #expect(merge.taken == [key("P3", "matching")], "the rows below are read on")
    #expect(merge.diagnostics.map(line) == [8, 9])
  }

  @Test
  func `what is refused is listed in the order of the file`() throws {
    let folder = folder()
    let bytes = try markdown(
      folder,
      [
        ("| P2 | (not charted) | (asked not answered) |", "| P2 | n/a | (asked not answered) |"),
        ("| P3 |", "| P9 |"),
      ])
    let merge = try merge(bytes, .markdown, into: folder)
    // P9's row has two cells, and the study has no P9.
    #expect(merge.diagnostics.map(line) == [8, 9, 9])
    #expect(merge.refused == 3)
  }

  @Test
  func `a table without bars at the ends of its lines is a table`() throws {
    var folder = folder()
    let text = String(decoding: try written(folder, .markdown), as: UTF8.self)
      .replacing("(asked not answered)", with: "(not asked)", maxReplacements: 1)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.hasPrefix("|") ? line.dropFirst().dropLast() : line
    }
    let merge = try merge(Array(lines.joined(separator: "\n").utf8), .markdown, into: folder)
    #expect(merge.diagnostics.isEmpty, "\(merge.diagnostics)")
    #expect(merge.taken == [key("P2", "waiting")])
    try folder.apply(merge.change)
    #expect(folder.project.cells[key("P2", "waiting")]?.state == .notAsked)
  }

  @Test
  func `rows that are quoted or stand below a blank line are not passed over in silence`() throws {
    let folder = folder()
    let text = String(decoding: try written(folder, .markdown), as: UTF8.self)
    let quoted = text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.hasPrefix("|") ? "> " + $0 : $0 }.joined(separator: "\n")
    let all = try merge(Array(quoted.utf8), .markdown, into: folder)
    // P1, P2 and P3 stand on lines 7 to 9.
    #expect(all.taken.isEmpty && all.diagnostics.map(line) == [7, 8, 9])
    #expect(all.diagnostics.first?.summary.contains("'P1'") == true)
    let parted = try merge(markdown(folder, [("| P2 |", "\n| P2 |")]), .markdown, into: folder)
    #expect(parted.diagnostics.map(line) == [9, 10])
    // A table of somebody's own, and words with a bar, are theirs.
    let own = try merge(
      markdown(
        folder, [("## Quotes", "a | b\n\n| who | what |\n|---|---|\n| Ann | tea |\n\n## Quotes")]),
      .markdown, into: folder)
    #expect(own.diagnostics.isEmpty, "\(own.diagnostics)")
  }

  @Test(arguments: ["#REF!", "#N/A", "#NAME?", "#DIV/0!", "#WERT!", "Err:502"])
  func `an error of a spreadsheet is no summary`(error: String) throws {
    let folder = folder()
    for form in ChartForm.allCases {
      let merge = try merge(
        edited(folder, form, "(asked not answered)", error), form, into: folder)
      #expect(merge.taken.isEmpty && merge.refused == 1)
      #expect(merge.diagnostics.first?.summary.contains("error '\(error)'") == true)
    }
  }

  @Test
  func `a formula that failed or has no value is told from a cell that was cleared`() throws {
    let folder = folder()
    let archive = try ZipArchive(try written(folder, .xlsx), file: "charts.xlsx")
    let sheet = "xl/worksheets/sheet1.xml"
    // P2 is in the third row; case, name, roles, 1.1, and 1.2 in the fifth column.
    for (cell, words) in [
      ("<c r=\"E3\"><f>A9</f></c>", "a formula without a value"),
      ("<c r=\"E3\" t=\"e\"><f>A9</f><v>#REF!</v></c>", "error '#REF!'"),
    ] {
      var parts: [(String, String)] = []
      for name in archive.names {
        var text = String(decoding: try archive.content(of: name), as: UTF8.self)
        if name == sheet {
          let start = try #require(text.range(of: "<c r=\"E3\""))
          let end = try #require(text.range(of: "</c>", range: start.lowerBound..<text.endIndex))
          text.replaceSubrange(start.lowerBound..<end.upperBound, with: cell)
        }
        parts.append((name, text))
      }
      let merge = try merge(HandMadeArchive(parts).bytes, .xlsx, into: folder)
      #expect(merge.taken.isEmpty && merge.refused == 1)
      let finding = try #require(merge.diagnostics.first)
      #expect(finding.summary.contains(words), "\(finding)")
      #expect(finding.place == .file("charts, sheet 1 Door", line: 3, column: 5))
    }
  }

  @Test
  func `the rule below a head may have blanks and colons`() throws {
    let folder = folder()
    let bytes = try markdown(folder, [("|---|---|---|", "| --- | :---: | ---: |")])
    let merge = try merge(bytes, .markdown, into: folder)
    #expect(merge.taken.isEmpty && merge.diagnostics.isEmpty, "\(merge.diagnostics)")
  }

  @Test(arguments: [ChartForm.xlsx, .markdown])
  func `a heading that was changed is reported once, and what is below other headings is taken`(
    form: ChartForm
  ) throws {
    let folder = folder()
    let bytes: [UInt8]
    if form == .xlsx {
      bytes = try rewritten(folder) { book in
        book.sheets[0].columns[1].title = "1.2 waiting long"
        book.sheets[0].rows[1].cells[0].text = "They came [3]"
        book.sheets[0].rows[1].cells[1].text = "(not asked)"
      }
    } else {
      bytes = try markdown(
        folder,
        [
          ("1.2 waiting |", "1.2 waiting long |"),
          ("| P2 | (not charted) | (asked not answered) |", "| P2 | They came [3] | (not asked) |"),
        ])
    }
    let merge = try merge(bytes, form, into: folder)
    #expect(merge.taken == [key("P2", "matching")])
    #expect(merge.diagnostics.map(\.id) == ["chart.edit-refused"])
    let finding = try #require(merge.diagnostics.first)
    #expect(finding.severity == .error && finding.summary.contains("'1.2 waiting long'"))
    #expect(finding.solutions.contains { $0.contains("'1.2 waiting'") })
    // In the sheet after case, name, roles and 1.1; in the document on the fifth line.
    #expect(
      finding.place
        == (form == .xlsx
          ? .file("charts, sheet 1 Door", line: 1, column: 5) : .file("charts", line: 5, column: 1))
    )
  }

  @Test
  func `a table whose first heading is not the cases' is not passed over in silence`() throws {
    let folder = folder()
    let bytes = try markdown(folder, [("| case |", "| participant |")])
    let merge = try merge(bytes, .markdown, into: folder)
    #expect(merge.taken.isEmpty && merge.refused == 1)
    #expect(merge.diagnostics.first?.summary.contains("'case'") == true)
  }

  @Test
  func `a row of cells with a comma too many is refused as a row`() throws {
    let folder = folder()
    let text = String(decoding: try written(folder, .csv), as: UTF8.self)
      .replacing(",(asked not answered),", with: ",They came, anyway,")
    let merge = try merge(Array(text.utf8), .csv, into: folder)
    #expect(merge.taken.isEmpty && merge.refused == 1)
    #expect(merge.diagnostics.first?.summary.contains("10 fields") == true)
  }

  @Test(arguments: ChartForm.allCases)
  func `the words of a state are that state, however they are written`(form: ChartForm) throws {
    let written: [(String, CellState)] = [
      ("(Not Asked)", .notAsked), ("not asked", .notAsked), ("Not asked.", .notAsked),
      ("not-asked", .notAsked), ("NOTHING SAID", .nothingSaid), ("(nothing–said)", .nothingSaid),
      ("[not asked]", .notAsked), ("not_asked", .notAsked), ("*not asked*", .notAsked),
      ("“not asked”", .notAsked), ("((not asked))", .notAsked), ("not asked!", .notAsked),
      ("(not asked", .notAsked), ("nothing, said", .nothingSaid),
    ]
    for (text, state) in written {
      var folder = folder()
      let merge = try merge(
        edited(folder, form, "(asked not answered)", text), form, into: folder)
      #expect(merge.diagnostics.isEmpty, "\(text): \(merge.diagnostics)")
      try folder.apply(merge.change)
      let cell = folder.project.cells[key("P2", "waiting")]
      #expect(cell?.state == state && cell?.runs.isEmpty == true, "\(text)")
    }
    // The state that is there already, in other letters.
    let merge = try merge(
      edited(folder(), form, "(asked not answered)", "Asked – not answered"), form, into: folder())
    #expect(merge.taken.isEmpty && merge.diagnostics.isEmpty, "\(merge.diagnostics)")
  }

  @Test(arguments: ChartForm.allCases)
  func `what may be meant as a state and is none is refused, and a remark behind one stays`(
    form: ChartForm
  ) throws {
    var folder = folder()
    for text in [
      "-", "–", "—", "?", "n/a", "N/A", "(n/a)", "none", "(not discussed)",
      "(not asked; ran out of time)", "(nothing)", "not asked [3]", "Not asked, ran out of time",
      "not asked: no time", "Nothing said – he laughed", "not asked?", "not discussed", "Nil",
      "not applicable", "“not asked” [3]",
    ] {
      let merge = try merge(
        edited(folder, form, "(asked not answered)", text), form, into: folder)
      #expect(merge.taken.isEmpty, "\(text)")
      #expect(merge.diagnostics.map(\.id) == ["chart.edit-refused"], "\(text)")
      #expect(merge.diagnostics.first?.solutions.first?.contains("(not asked)") == true, "\(text)")
    }
    let merge = try merge(
      edited(folder, form, "(asked not answered)", "(Not-asked) ran out of time"), form,
      into: folder)
    try folder.apply(merge.change)
    let cell = folder.project.cells[key("P2", "waiting")]
    #expect(cell?.state == .notAsked && cell?.summary == "ran out of time")
    let words = try self.merge(
      edited(folder, form, "(not asked) ran out of time", "None of them rang [3]"), form,
      into: folder)
    #expect(words.taken == [key("P2", "waiting")], "a sentence may begin like that")
    for text in ["Not asked about the wait, he told it [3]", "Nothing said-and-done, he holds [3]"]
    {
      let words = try self.merge(
        edited(folder, form, "(not asked) ran out of time", text), form, into: folder)
      #expect(words.taken == [key("P2", "waiting")], "\(text): \(words.diagnostics)")
    }
  }

  @Test
  func `a case that is there twice with different texts is a conflict, and the same twice is not`()
    throws
  {
    var folder = folder()
    func twice(_ first: String, _ second: String) throws -> ChartMerge {
      let bytes = try rewritten(folder) { book in
        var copy = book.sheets[0].rows[1]
        book.sheets[0].rows[1].cells[1].text = first
        copy.cells[1].text = second
        book.sheets[0].rows.append(copy)
      }
      return try merge(bytes, .xlsx, into: folder)
    }
    let differs = try twice("They came [3]", "(not asked)")
    #expect(differs.taken.isEmpty && differs.change.operations.isEmpty)
    #expect(differs.conflicts.map(\.key) == [key("P2", "waiting")])
    #expect(differs.conflicts.first?.file == "They came [3]")
    #expect(differs.conflicts.first?.fileElsewhere == ["(not asked)"])
    #expect(differs.diagnostics.map(\.id) == ["chart.edit-conflict"])
    #expect(
      differs.diagnostics.first?.notes == [
        "charts, sheet 1 Door:3 says: They came [3]", "charts, sheet 1 Door:5 says: (not asked)",
        "the study says: (asked not answered)",
      ])
    let same = try twice("(not asked)", "(not asked)")
    #expect(same.taken == [key("P2", "waiting")] && same.diagnostics.isEmpty)
    try folder.apply(same.change)
    #expect(folder.project.cells[key("P2", "waiting")]?.state == .notAsked)
  }
}
