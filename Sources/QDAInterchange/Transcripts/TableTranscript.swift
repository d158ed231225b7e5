internal import QDACore

/// Makes a transcript of a table of turns, of timed segments, or of answers with a case per row.
///
/// The rendition of CSV and TSV is the decoded file; quotes and separators are mark-up.
enum TableTranscript {
  static func read(
    _ text: String, _ format: Format, name: String, options: TranscriptOptions
  ) -> Rendered {
    let cells = TableCells(text, isTabbed: format == .tsv, name: name)
    let isFree = options.layout == nil || options.layout == .table
    let found = isFree ? TurnTable(cells.document, options: options, isData: true) : nil
    let missing =
      isFree
      ? TurnTable.columnsNotFound(in: cells.document, found: found, options: options, name: name)
      : []
    guard let table = found else {
      var analysis = TranscriptAnalysis(
        Lines(text), name: name, options: options, isMarkdown: false)
      analysis.diagnostics = missing + analysis.diagnostics
      return Rendered(text, analysis)
    }
    var (analysis, cues) = table.analysis(name: name, options: options)
    cells.split(&analysis.turns)
    analysis.marks = (analysis.marks + cells.marks).sorted { $0.span < $1.span }
    analysis.diagnostics = cells.diagnostics + missing + analysis.diagnostics
    return Rendered(text, analysis, cues: cues)
  }
}

extension TableTranscript {
  /// Makes a transcript of the first sheet of a workbook that holds turns, segments or answers.
  ///
  /// The rendition: rows joined by `\n`, their cells by tabs.
  static func read(
    workbook bytes: [UInt8], name: String, options: TranscriptOptions
  ) throws(ReadingError) -> Rendered {
    let reading = try Workbook.read(bytes, name: name)
    let filled = reading.value.filter { !$0.rows.isEmpty }
    let sheets = options.sheet.map { name in filled.filter { $0.name == name } } ?? filled
    let documents = sheets.map(document(of:))
    let isFree = options.layout == nil || options.layout == .table
    var chosen = 0
    var table: TurnTable?
    if isFree {
      let found = documents.map { TurnTable($0, options: options, isData: true) }
      let asked = found.firstIndex { table in
        !options.columns.isEmpty && table?.columns.named.missing.isEmpty == true
      }
      let turns = found.firstIndex { $0?.isSurvey == false }
      chosen = asked ?? turns ?? found.firstIndex { $0 != nil } ?? 0
      table = found.indices.contains(chosen) ? found[chosen] : nil
    }
    guard documents.indices.contains(chosen) else {
      return Rendered("", TranscriptAnalysis())
    }
    let document = documents[chosen]
    let narrowed = columnsLeftOut(of: sheets[chosen])
    var result: (analysis: TranscriptAnalysis, cues: [Cue])
    if let table {
      result = table.analysis(name: name, options: options)
    } else {
      let analysis = TranscriptAnalysis(
        Lines(document.text), name: name, options: options, isMarkdown: false)
      result = (analysis, [])
    }
    if isFree {
      result.analysis.diagnostics =
        TurnTable.columnsNotFound(in: document, found: table, options: options, name: name)
        + result.analysis.diagnostics
    }
    let others = sheets.indices.filter { $0 != chosen }.map { sheets[$0].name }
    if sheets[chosen].name.isEmpty == false {
      result.analysis.metadata.insert(
        MetadataField(name: "sheet", value: sheets[chosen].name), at: 0)
    }
    if !others.isEmpty {
      result.analysis.diagnostics.insert(
        Diagnostic(
          "table.sheets-left-out", .warning, at: .file(name, line: 0, column: 0),
          "only the sheet '\(sheets[chosen].name)' was read",
          notes: ["not read: " + others.joined(separator: ", ")],
          solutions: ["save each sheet that holds a transcript as a file of its own"],
          count: others.count), at: 0)
    }
    result.analysis.diagnostics = reading.diagnostics + narrowed + result.analysis.diagnostics
    return Rendered(
      document.text, result.analysis, paragraphs: document.paragraphs, cues: result.cues)
  }

  /// How many columns of a sheet are read: all, but in a large sheet that has hardly a cell filled.
  ///
  /// The text has a tab for each column, and a few cells far to the right would make it many times
  /// as long as what they hold.
  static func columnsRead(of sheet: TableContent) -> Int {
    let filled = sheet.rows.reduce(0) { $0 + $1.cells.count }
    let isFilled = sheet.rows.count * sheet.width <= max(4_000_000, 16 * filled)
    return isFilled ? sheet.width : min(400, sheet.width)
  }

  static func columnsLeftOut(of sheet: TableContent) -> [Diagnostic] {
    let width = columnsRead(of: sheet)
    var place: Place?
    var count = 0
    for row in sheet.rows where width < sheet.width {
      let beyond = row.cells.filter { $0.column >= width }
      if place == nil, let first = beyond.first { place = sheet.place(of: row, first.column) }
      count += beyond.count
    }
    if count == 0 { return [] }
    return [
      Diagnostic(
        "table.columns-left-out", .warning, at: place,
        "cells after column \(width) are not read, because the sheet is large and hardly filled",
        solutions: ["move what belongs to the transcript next to its other columns"], count: count)
    ]
  }

  private static func document(of sheet: TableContent) -> RichDocument {
    let width = columnsRead(of: sheet)
    var document = RichDocument()
    var offset = 0
    var rows: [[TextSpan]] = []
    for (index, row) in sheet.rows.enumerated() {
      if index > 0 { document.text += "\n" }
      if index > 0 { offset += 1 }
      var cells: [TextSpan] = []
      for cell in row.cells where cell.column < width {
        // A tab for each column keeps the columns under each other.
        while cells.count < cell.column {
          cells.append(TextSpan(scalars: offset..<offset))
          document.text += "\t"
          offset += 1
        }
        let count = cell.text.unicodeScalars.count
        let span = TextSpan(scalars: offset..<offset + count)
        document.text += cell.text
        offset += count
        cells.append(span)
        document.paragraphs.append(span)
        if cell.column != row.cells.last?.column {
          document.text += "\t"
          offset += 1
        }
      }
      rows.append(cells)
    }
    document.tables = [rows]
    return document
  }
}

/// The cells of a text table as stretches of its text.
struct TableCells {
  private(set) var document: RichDocument
  private(set) var diagnostics: [Diagnostic] = []
  /// The first of each pair of quotation marks that stand for one.
  private var escapes: [Int] = []

  init(_ text: String, isTabbed: Bool, name: String) {
    document = RichDocument(text: text)
    let bytes = Array(text.utf8)
    // Commas may be of numbers or of words.
    let isCut = isTabbed && text.prefix { $0 != "\n" }.contains("\t")
    let tab = UInt8(ascii: "\t")
    let reading = CSVTable.read(decoded: bytes, name: name, separator: isCut ? tab : nil)
    diagnostics = reading.diagnostics
    // Recognisers put no quotes round words that begin with one.
    if isTabbed, diagnostics.contains(where: { $0.id == "table.quote-unclosed" }) {
      diagnostics = []
      document.tables = [Self.byTabs(text)]
      return
    }
    var table: [[TextSpan]] = []
    var counted = (byte: 0, scalar: 0)
    func scalar(_ byte: Int) -> Int {
      counted.scalar += bytes[counted.byte..<byte].count { $0 & 0xC0 != 0x80 }
      counted.byte = byte
      return counted.scalar
    }
    for record in [reading.value.head].compactMap(\.self) + reading.value.records {
      table.append(
        record.fields.map { field in
          var range = field.bytes
          let isQuoted = range.count >= 2 && bytes[range.lowerBound] == 0x22
          if isQuoted { range = range.lowerBound + 1..<range.upperBound - 1 }
          let start = scalar(range.lowerBound)
          if isQuoted {
            var index = range.lowerBound
            while index + 1 < range.upperBound {
              if bytes[index] == 0x22, bytes[index + 1] == 0x22 {
                escapes.append(scalar(index))
                index += 1
              }
              index += 1
            }
          }
          return TextSpan(scalars: start..<scalar(range.upperBound))
        })
    }
    document.tables = [table]
  }

  private static func byTabs(_ text: String) -> [[TextSpan]] {
    var table: [[TextSpan]] = []
    var row: [TextSpan] = []
    var start = 0
    var position = 0
    for scalar in text.unicodeScalars {
      if scalar == "\t" || scalar == "\n" {
        row.append(TextSpan(scalars: start..<position))
        start = position + 1
      }
      position += 1
      if scalar == "\n" {
        if row.contains(where: { !$0.isEmpty }) { table.append(row) }
        row = []
      }
    }
    if start < position { row.append(TextSpan(scalars: start..<position)) }
    if row.contains(where: { !$0.isEmpty }) { table.append(row) }
    return table
  }

  /// The quotation marks that are not text.
  var marks: [Mark] { escapes.map { Mark(.markup, TextSpan(scalars: $0..<$0 + 1)) } }

  /// Takes the quotation marks that are not text out of the ranges of turns.
  func split(_ turns: inout [Turn]) {
    guard !escapes.isEmpty else { return }
    var next = 0
    for index in turns.indices {
      var ranges: [TextSpan] = []
      for range in turns[index].ranges {
        var start = Int(range.start)
        while next < escapes.count, escapes[next] < start { next += 1 }
        while next < escapes.count, escapes[next] < Int(range.end) {
          if start < escapes[next] { ranges.append(TextSpan(scalars: start..<escapes[next])) }
          start = escapes[next] + 1
          next += 1
        }
        if start < Int(range.end) { ranges.append(TextSpan(scalars: start..<Int(range.end))) }
      }
      turns[index].ranges = ranges
    }
  }
}
