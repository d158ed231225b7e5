import QDACore
import QDATestSupport
import Testing

@testable import QDAInterchange

struct MatrixQueryTests {
  @Test
  func `a matrix of counts gives cases, codes and a note, and no codings`() throws {
    let reading = try report("NVivoMatrix/Int05_Bee.xlsx", as: .nvivoMatrix)
    #expect(reading.value.paths == ["Keeps bees", "Fears wasps", "Both: of them"])
    #expect(reading.value.cases.map(\.name) == ["Int11_Bee"])
    #expect(reading.value.codings.count == 0)
    #expect(
      reading.value.notes.map(\.body) == [
        "|  | Int11_Bee |\n|---|---|\n| Keeps bees | 2 |\n| Fears wasps | 0 |\n| Both: of them | 1 |\n"
      ])
    #expect(
      reading.findings == [
        "report.counts-only × 3", "report.name-differs", "report.sheet-unread",
      ])
  }

  @Test
  func `full names tell which side is codes, and give their hierarchy`() throws {
    let project = try report("NVivoMatrix/hierarchical.xlsx", as: .nvivoMatrix).value
    #expect(project.paths == ["Domain 1", "Domain 1/Hope", "Trust"])
    #expect(project.cases.map(\.name) == ["GP01", "GP02"])
  }

  @Test(
    .enabled(
      if: shared("samples/exchange/nvivo-matrix-queries") != nil, "needs the shared samples"),
    arguments: [
      ("Int01_ID731", "Int01_ID731"), ("Int02_ID121", "Int02_ID121"), ("Int03_ID54", "Int03_ID54"),
      ("Int05_ID33", "Int11_ID33"),
    ])
  func `sheets that NVivo wrote are read`(file: String, column: String) throws {
    let path = try #require(shared("samples/exchange/nvivo-matrix-queries/\(file).xlsx"))
    let content = try bytes(of: path)
    #expect(ReportFormats.recognise(content, name: "a.xlsx") == .nvivoMatrix)
    let reading = try report(content, name: "\(file).xlsx", as: .nvivoMatrix)
    #expect(reading.value.codebook.codes.count == 18)
    #expect(reading.value.cases.map(\.name) == [column])
    #expect(reading.findings.contains("report.name-differs") == (file != column))
    #expect(reading.value.codebook.codes.first?.name == "Doesn't often think about insects")
  }
}

struct ClassificationTests {
  @Test
  func `a sheet gives cases with typed values, and blanks are missing`() throws {
    let reading = try report("Classification/people.csv", as: .nvivoClassification)
    let project = reading.value
    #expect(project.cases.map(\.name) == ["P07", "P08", "Sister"])
    #expect(project.cases.map(\.unit) == Array(repeating: "Participant", count: 3))
    #expect(
      project.attributes.map(\.name) == ["Age group", "Children", "Met on", "Postcode", "Note"])
    #expect(project.attributes.map(\.kind) == [.text, .integer, .date, .text, .text])
    let values = project.cases.map { one in project.attributes.map { one.values[$0.id] } }
    #expect(
      values == [
        [
          .text("30-39"), .number(decimal: "2"), .date("2026-03-04"), .text("01234"),
          .text("=cmd|' /C calc'!A0"),
        ],
        [.missing, .missing, .date("2026-03-05"), .text("00420"), .text("two\nlines")],
        [.notApplicable, .number(decimal: "0"), .missing, .text("123"), .missing],
      ])
    #expect(project.sets.map(\.name) == ["Garden"])
    #expect(reading.findings == [])
  }

  @Test
  func `a child belongs to its parent, which is a case even without a row`() throws {
    let project = try report(
      Array("Site,Size\nCases\\\\Town\\North\\Gate,3\n".utf8), name: "a.csv",
      as: .nvivoClassification
    ).value
    #expect(project.cases.map(\.name) == ["Gate", "North"])
    #expect(project.cases[0].memberOf == [project.cases[1].id])
  }

  @Test
  func `a sheet whose names have NVivo's folders is known by them, another is not`() throws {
    func format(_ text: String) -> Format? {
      ReportFormats.recognise(Array(text.utf8), name: "people.tsv")
    }
    #expect(format("Person\tAge\nCases\\\\P1\t30\nCases\\\\P2\t\n") == .nvivoClassification)
    #expect(format("Person\tAge\nP1\t30\nCases\\\\P2\t\n") == nil)
    #expect(format("\tAge\nCases\\\\P1\t30\n") == nil)
  }

  @Test
  func `names of files give values to sources`() throws {
    let project = try report(
      Array("Report,Year\nFiles\\\\Minutes\\\\May,2026\n".utf8), name: "a.csv",
      as: .nvivoClassification
    ).value
    #expect(project.cases.isEmpty)
    #expect(project.sources.map(\.name) == ["May"])
    #expect(project.sources[0].values.values.map(\.description) == ["2026"])
  }

  @Test
  func `rows without a name or with one that comes again are left out and said`() throws {
    let reading = try report(
      Array("Person,Age,Age\nP1,3,4\n,5\nP1,6\n".utf8), name: "a.csv", as: .nvivoClassification)
    #expect(reading.value.cases.count == 1)
    #expect(reading.value.attributes.count == 1)
    let ours = reading.findings.filter { $0.hasPrefix("report") }
    #expect(ours == ["report.name-missing", "report.name-repeated"])
  }

  @Test
  func `a sheet that is not UTF-8 is read as windows-1252, which is said`() throws {
    let bytes = Array("Person,Town\nP1,".utf8) + [0x4F, 0x72, 0x6C, 0xE9, 0x61, 0x6E, 0x73, 0x0A]
    let reading = try report(bytes, name: "a.csv", as: .nvivoClassification)
    #expect(reading.value.cases.first?.values.values.map(\.description) == ["Orléans"])
    #expect(reading.findings == ["text.encoding-guessed"])
  }

  @Test(.timeLimit(.minutes(1)))
  func `a hundred thousand rows are read`() throws {
    var text = "Person,Age,Site\n"
    for number in 0..<100_000 { text += "Cases\\\\All\\\\P\(number),\(number % 80),North\n" }
    let project = try report(Array(text.utf8), name: "a.csv", as: .nvivoClassification).value
    #expect(project.cases.count == 100_000)
    #expect(project.sets.first?.members.count == 100_000)
  }
}

struct CodebookTableTests {
  private func read(_ text: String) throws -> Reading<Project> {
    try report(Array(text.utf8), name: "a.csv", as: .codebookTable)
  }

  @Test
  func `indentation by format and by spaces gives the hierarchy`() throws {
    let sheet = try report("Codebooks/nvivo.xlsx", as: .codebookTable)
    #expect(sheet.value.paths == ["Hope", "Hope/Plans", "Hope/Plans/Short plans", "Fears"])
    #expect(
      sheet.value.codebook.codes.map(\.definition) == [
        "What people look forward to", "", "Within a month", "",
      ])
    #expect(sheet.findings == ["report.counts-only × 8"])
    let word = try report("Codebooks/nvivo.docx", as: .codebookTable)
    #expect(word.value.paths == ["Hope", "Hope/Plans", "Fears"])
  }

  @Test(arguments: [
    "Code,Memo\nHope > Plans,soon\nFears,\n",
    "Code,Comment,Grounded\nHope::Plans,soon,2\nFears,,1\n",
    "Name,Description\nCodes\\\\Hope\\Plans,soon\nCodes\\\\Fears,\n",
  ])
  func `paths give the hierarchy`(text: String) throws {
    let project = try read(text).value
    #expect(project.paths == ["Hope", "Hope/Plans", "Fears"])
    #expect(project.codebook.codes.map(\.definition) == ["", "soon", ""])
  }

  @Test
  func `ids of parents or a depth give the hierarchy`() throws {
    let byParent = try read(
      "Id,Parent Id,Depth,Title,Description,Weighted\n1,,0,Hope,,False\n2,1,1,Plans,soon,True\n"
        + "3,9,1,Fears,,False\n")
    #expect(byParent.value.paths == ["Hope", "Hope/Plans", "Fears"])
    #expect(byParent.findings == ["codebook.parent-invalid", "report.column-unread"])
    let byDepth = try read("Title,Depth\nHope,0\nPlans,1\nFears,0\n")
    #expect(byDepth.value.paths == ["Hope", "Hope/Plans", "Fears"])
  }

  @Test
  func `codes that are above each other in a circle are not`() throws {
    let reading = try read("Id,Parent Id,Title\n1,2,A\n2,3,B\n3,1,C\n4,4,D\n")
    let codes = reading.value.codebook.codes
    #expect(codes.map(\.name) == ["A", "B", "C", "D"])
    #expect(codes.filter { $0.parent == nil }.map(\.name) == ["C", "D"])
    #expect(reading.findings == ["codebook.parent-invalid", "codebook.parent-invalid"])
  }

  @Test
  func `Taguette's table of tags is read`() throws {
    let reading = try read("tag,description,number of highlights\nhope,good,3\nfears,,0\n")
    #expect(reading.value.paths == ["hope", "fears"])
    #expect(reading.value.notes.count == 1)
  }

  @Test
  func `a table without a column of codes is refused, and the caller can map one`() throws {
    let text = "Schlagwort;Sinn\nHoffnung;gut\n"
    #expect(throws: ReadingError.self) { try read(text) }
    let mapped = try report(
      Array(text.utf8), name: "a.csv", as: .codebookTable,
      columns: ["name": .head("schlagwort "), "description": .position(2), "nmae": .position(1)])
    #expect(mapped.value.codebook.codes.map(\.definition) == ["gut"])
    #expect(mapped.findings == ["report.role-unknown"])
  }
}

struct FrameworkMatrixTests {
  @Test
  func `cells are summaries, blanks are not charted, and columns may be mapped`() throws {
    let reading = try report(
      "FrameworkMatrix/chart.xlsx", as: .frameworkMatrix, columns: ["attribute 1": .head("age")])
    let project = reading.value
    #expect(project.cases.map(\.name) == ["P1", "P2", "P3"])
    #expect(project.attributes.map(\.kind) == [.integer])
    #expect(
      project.cases.map { $0.values.values.first } == [
        .number(decimal: "34"), .number(decimal: "51"), .missing,
      ])
    #expect(
      project.paths == [
        "Getting in", "Getting in/Waiting", "Getting in/First contact", "Other",
      ])
    #expect(project.codebook.codes.map(\.number) == ["1", "1.1", "1.2", ""])
    let summaries = project.cases.map { one in
      project.codebook.codes.map { project.cells[Cell.Key(row: one.id, column: $0.id)]?.summary }
    }
    #expect(
      summaries == [
        [nil, "Waited three weeks; was rung twice.", "Met at the library", "=1+1"],
        [nil, nil, nil, "Liked the garden"], [nil, nil, "\"Just turned up\"", nil],
      ])
    let chart = try #require(project.charts.first)
    #expect(chart.counts == [.summarised: 3, .notCharted: 3])
    #expect(reading.findings == [])
  }

  @Test
  func `without a map every column but the first is a theme, and that is said`() throws {
    let reading = try report("FrameworkMatrix/chart.xlsx", as: .frameworkMatrix)
    #expect(reading.findings == ["report.columns-as-themes × 5"])
    #expect(reading.value.attributes.isEmpty)
  }

  @Test
  func `two columns of one name keep the summaries of both`() throws {
    let reading = try report(
      Array("Case,Hope,Hope\nP1,a,b\n".utf8), name: "a.csv", as: .frameworkMatrix)
    #expect(reading.value.cells.values.map(\.summary).sorted() == ["a", "b"])
    #expect(reading.findings.contains("report.name-repeated"))
  }

  @Test
  func `a table of one row or one column is refused`() {
    for text in ["Case,Hope\n", "Case\nP1\n", "\n"] {
      #expect(throws: ReadingError.self) {
        try report(Array(text.utf8), name: "a.csv", as: .frameworkMatrix)
      }
    }
  }
}
