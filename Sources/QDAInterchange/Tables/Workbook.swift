internal import QDACore

/// The sheets of an XLSX workbook as tables of text (ECMA-376 part 1, §18; both namespaces).
///
/// Values read as the sheet holds them: numbers in decimal digits, dates by their number format in
/// the form of ISO 8601, formulas as they were last computed. Of merged cells the first has the
/// value. Hidden sheets, rows and columns are read like any other, and noted.
enum Workbook {
  /// The greatest number of rows of a sheet.
  static let greatestRow = 1_048_576
  /// The greatest number of columns of a sheet.
  static let greatestColumn = 16_384

  /// Reads the sheets in the order of the workbook.
  ///
  /// - Throws: ``ReadingError`` where the container or a part that is needed cannot be read.
  static func read(
    _ bytes: [UInt8], name file: String, limits: ArchiveLimits = ArchiveLimits()
  ) throws(ReadingError) -> Reading<[TableContent]> {
    let archive = try ZipArchive(bytes, file: file, limits: limits)
    let roots = try PackageRelationship.all(of: "", in: archive, file: file)
    let named = roots.first { $0.type.hasSuffix("/officeDocument") }?.target
    let main = named.map { PackageRelationship.path($0, from: "") } ?? "xl/workbook.xml"
    guard archive.contains(main) else { throw .missingPart(file: file, part: main) }
    let related = try PackageRelationship.all(of: main, in: archive, file: file)
    let index = try sheets(in: main, archive, file)
    let strings = try WorkbookStrings(part("sharedStrings", related, main), archive, file)
    let styles = try WorkbookStyles(part("styles", related, main), archive, file)
    var tables: [TableContent] = []
    var remarks = SheetRemarks()
    for sheet in index.sheets {
      let target = related.first { $0.id == sheet.relation && !$0.isExternal }
      // A sheet may hold nothing but a chart, which is no table.
      guard let target, target.type.hasSuffix("/worksheet") else { continue }
      if sheet.isHidden { remarks.hiddenSheets += 1 }
      var reader = SheetReader(
        file: file, name: sheet.name, strings: strings, styles: styles, since1904: index.since1904)
      let path = PackageRelationship.path(target.target, from: main)
      try XMLStream.read(try archive.content(of: path), file: file, part: path) {
        (event: XMLEvent) throws(ReadingError) in reader.take(event)
      }
      tables.append(reader.finish(&remarks))
    }
    return Reading(tables, diagnostics: archive.diagnostics + remarks.diagnostics(in: file))
  }

  private struct Index {
    var sheets: [(name: String, relation: String, isHidden: Bool)] = []
    var since1904 = false
  }

  private static func sheets(
    in part: String, _ archive: borrowing ZipArchive, _ file: String
  ) throws(ReadingError) -> Index {
    var index = Index()
    try XMLStream.read(try archive.content(of: part), file: file, part: part) {
      (event: XMLEvent) throws(ReadingError) in
      guard case .start(let element) = event else { return }
      switch element.name {
      case "workbookPr": index.since1904 = ["1", "true"].contains(element["date1904"])
      case "sheet":
        let isHidden = ["hidden", "veryHidden"].contains(element["state"])
        index.sheets.append((element["name"] ?? "", element["id"] ?? "", isHidden))
      default: break
      }
    }
    return index
  }

  private static func part(
    _ kind: String, _ related: [PackageRelationship], _ main: String
  ) -> String? {
    related.first { $0.type.hasSuffix("/" + kind) && !$0.isExternal }
      .map { PackageRelationship.path($0.target, from: main) }
  }
}

/// The texts that the cells of a workbook share.
struct WorkbookStrings {
  private(set) var all: [String] = []

  init(_ part: String?, _ archive: borrowing ZipArchive, _ file: String) throws(ReadingError) {
    guard let part, archive.contains(part) else { return }
    var text = ""
    var isText = false
    var phonetic = 0
    var found: [String] = []
    try XMLStream.read(try archive.content(of: part), file: file, part: part) {
      (event: XMLEvent) throws(ReadingError) in
      switch event {
      case .start(let element):
        if element.name == "si" { text = "" }
        // How a name is pronounced stands beside the name, and is not part of it.
        if element.name == "rPh" { phonetic += 1 }
        isText = element.name == "t" && phonetic == 0
      case .end(_, let name):
        isText = false
        if name == "rPh" { phonetic -= 1 }
        if name == "si" { found.append(text.withoutSheetEscapes) }
      case .text(let piece): if isText { text += piece }
      }
    }
    all = found
  }

  subscript(index: Int) -> String? { all.indices.contains(index) ? all[index] : nil }
}

/// What was noticed in the sheets of a workbook.
struct SheetRemarks {
  var hiddenSheets = 0
  var hiddenLines = 0
  var failures = 0
  var unknown = 0
  var uncomputed = 0
  var outside = 0

  func diagnostics(in file: String) -> [Diagnostic] {
    let place = Place.file(file, line: 0, column: 0)
    var found: [Diagnostic] = []
    if hiddenSheets + hiddenLines > 0 {
      found.append(
        Diagnostic(
          "workbook.hidden", .note, at: place,
          "sheets, rows or columns are hidden; they are read like the others",
          solutions: ["show them in a spreadsheet to see what was read, or delete them"],
          count: hiddenSheets + hiddenLines))
    }
    if failures > 0 {
      found.append(
        Diagnostic(
          "workbook.error-value", .warning, at: place,
          "cells show an error such as #REF!; they are read as that text",
          solutions: ["repair the formulas in a spreadsheet, or paste their values"],
          count: failures))
    }
    if uncomputed > 0 {
      found.append(
        Diagnostic(
          "workbook.formula-without-value", .warning, at: place,
          "formulas have no value in the file and are read as blank",
          solutions: ["open the workbook in a spreadsheet and save it, which computes them"],
          count: uncomputed))
    }
    if outside + unknown > 0 {
      found.append(
        Diagnostic(
          "workbook.cell-invalid", .warning, at: place,
          "cells stand outside a sheet or name a text that is not there; they are left out",
          solutions: ["open the workbook in a spreadsheet and save it again"],
          count: outside + unknown))
    }
    return found
  }
}

extension String {
  /// The text with `_x000D_` and the like turned back into characters, and line ends as `\n`.
  var withoutSheetEscapes: String {
    guard contains("_x") || contains("\r") else { return self }
    let scalars = Array(unicodeScalars)
    var result = String.UnicodeScalarView()
    var index = 0
    while index < scalars.count {
      if scalars[index] == "_", index + 6 < scalars.count, scalars[index + 1] == "x",
        scalars[index + 6] == "_",
        let value = UInt32(String(scalars[index + 2..<index + 6].map(Character.init)), radix: 16),
        let scalar = Unicode.Scalar(value)
      {
        result.append(scalar)
        index += 7
      } else {
        result.append(scalars[index])
        index += 1
      }
    }
    var lines = String.UnicodeScalarView()
    var wasReturn = false
    for scalar in result {
      if scalar == "\r" {
        lines.append("\n")
      } else if scalar != "\n" || !wasReturn {
        lines.append(scalar)
      }
      wasReturn = scalar == "\r"
    }
    return String(lines)
  }
}
