internal import QDACore

/// Cuts the bytes of a table into records and fields.
struct CSVScanner {
  let bytes: [UInt8]
  let name: String
  var separator: UInt8 = 0x2C
  var lineEnd = "\n"
  private(set) var head: CSVTable.Record?
  private(set) var records: [CSVTable.Record] = []
  /// Rows with a field that is not UTF-8.
  private(set) var leftOut: [CSVTable.Record] = []
  private var isBroken = false
  var diagnostics: [Diagnostic] = []
  private var position = 0
  private var line = 1
  let lines: SourceLines
  // How far the columns of the current line are counted, so that a long line is counted once.
  private var counted = (position: 0, column: 1)

  init(bytes: [UInt8], name: String) {
    self.bytes = bytes
    self.name = name
    lines = SourceLines(bytes)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      position = 3
      counted.position = 3
    }
  }

  private static let quote: UInt8 = 0x22
  private static let newline: UInt8 = 0x0A
  private static let carriageReturn: UInt8 = 0x0D

  mutating func scan(separator given: UInt8? = nil) {
    separator = takeDeclaredSeparator() ?? given ?? detectSeparator()
    if let end = bytes.firstIndex(of: Self.newline), end > 0, bytes[end - 1] == Self.carriageReturn
    {
      lineEnd = "\r\n"
    }
    while position < bytes.count {
      if isBlankLine() {
        endLine()
        continue
      }
      scanRecord()
      // Without its head nothing says what the fields of a table are.
      if head == nil { return }
    }
  }

  // Excel takes the separator from a line such as `sep=;` above the table, which is no row.
  private mutating func takeDeclaredSeparator() -> UInt8? {
    let sign = position + 4
    guard sign + 1 < bytes.count, bytes[position..<sign].elementsEqual("sep=".utf8),
      atLineEnd(sign + 1)
    else { return nil }
    endLine()
    return bytes[sign]
  }

  private func detectSeparator() -> UInt8 {
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    for byte in bytes[position...] {
      if byte == Self.quote { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == Self.newline { break }
      counts[byte, default: 0] += 1
    }
    var best: UInt8 = 0x2C
    for candidate in [UInt8(ascii: ";"), UInt8(ascii: "\t")]
    where counts[candidate, default: 0] > counts[best, default: 0] {
      best = candidate
    }
    return best
  }

  private func isBlankLine() -> Bool {
    var index = position
    while index < bytes.count, bytes[index] == 0x20 || bytes[index] == Self.carriageReturn {
      index += 1
    }
    return index == bytes.count || bytes[index] == Self.newline
  }

  // Moves behind the next line end.
  private mutating func endLine() {
    while position < bytes.count, bytes[position] != Self.newline { position += 1 }
    guard position < bytes.count else { return }
    position += 1
    line += 1
    counted = (position, 1)
  }

  private mutating func scanRecord() {
    let start = (position: position, line: line, counted: counted)
    var fields: [CSVTable.Field] = []
    isBroken = false
    while true {
      guard let field = scanField() else {
        // The rest of the file must not be lost to one quote: go on below the record's first line.
        (position, line, counted) = start
        endLine()
        return
      }
      fields.append(field)
      if position < bytes.count, bytes[position] == separator {
        position += 1
        continue
      }
      break
    }
    endLine()
    let record = CSVTable.Record(
      fields: fields, bytes: start.position..<position, line: start.line)
    if head == nil {
      head = record
    } else if isBroken {
      leftOut.append(record)
    } else {
      records.append(record)
    }
  }

  private mutating func scanField() -> CSVTable.Field? {
    let start = (position: position, line: line, column: column(at: position))
    let isQuoted = position < bytes.count && bytes[position] == Self.quote
    var value: [UInt8] = []
    if isQuoted {
      guard scanQuoted(into: &value) else {
        diagnostics.append(
          Diagnostic(
            "table.quote-unclosed", .error,
            at: .file(name, line: start.line, column: start.column),
            "a quotation mark opens a field that does not end properly; "
              + (head == nil ? "the table is left out" : "the row is left out"),
            line: lines.text(start.line),
            explanation: "A quoted field ends in a quotation mark before the next separator; a "
              + "quotation mark inside it is doubled.",
            solutions: ["close the field, or double the quotation marks inside it"]))
        return nil
      }
    } else {
      while position < bytes.count, bytes[position] != separator, !atLineEnd(position) {
        value.append(bytes[position])
        position += 1
      }
    }
    let valid = String(validating: value, as: UTF8.self)
    if valid == nil {
      isBroken = true
      reportEncoding(start.position..<position, line: start.line, column: start.column)
    }
    return CSVTable.Field(
      text: valid ?? String(decoding: value, as: UTF8.self), bytes: start.position..<position,
      line: start.line, column: start.column)
  }

  // One finding for the file: who saved it in another encoding did so throughout.
  private mutating func reportEncoding(_ field: Range<Int>, line: Int, column: Int) {
    if let index = diagnostics.firstIndex(where: { $0.id == "table.not-utf8" }) {
      diagnostics[index].count += 1
      return
    }
    let good = StoredText.columnOfBadByte(in: bytes[field]) - 1
    diagnostics.append(
      Diagnostic(
        "table.not-utf8", .error, at: .file(name, line: line, column: column + good),
        "the field is not UTF-8; "
          + (head == nil ? "nothing is read from its column" : "the row is left out"),
        line: lines.text(line),
        explanation: "The table was saved in another encoding; nothing is guessed, and the file "
          + "stays as it is.",
        solutions: ["save the table as \"CSV UTF-8\""]))
  }

  private mutating func scanQuoted(into value: inout [UInt8]) -> Bool {
    let opening = position
    position += 1
    while position < bytes.count, position - opening <= CSVTable.longestField {
      let byte = bytes[position]
      if byte == Self.quote {
        if position + 1 < bytes.count, bytes[position + 1] == Self.quote {
          value.append(Self.quote)
          position += 2
          continue
        }
        position += 1
        return position == bytes.count || bytes[position] == separator || atLineEnd(position)
      }
      if byte == Self.newline {
        if value.last == Self.carriageReturn { value.removeLast() }
        line += 1
        counted = (position + 1, 1)
      }
      value.append(byte)
      position += 1
    }
    return false
  }

  private func atLineEnd(_ index: Int) -> Bool {
    bytes[index] == Self.newline
      || (bytes[index] == Self.carriageReturn
        && (index + 1 == bytes.count || bytes[index + 1] == Self.newline))
  }

  private mutating func column(at index: Int) -> Int {
    counted.column += bytes[counted.position..<index].count { $0 & 0xC0 != 0x80 }
    counted.position = index
    return counted.column
  }
}
