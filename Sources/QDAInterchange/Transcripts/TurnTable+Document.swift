internal import QDACore

// The tables of turns in a document that may hold other tables, and talk around them.
extension TurnTable {
  /// The tables of turns of a document, in order.
  ///
  /// A table without a heading row goes on with the one before it where its columns and speakers are
  /// the same. Without a caller's word tables are of turns only if they hold most of the document's
  /// words, if their rows outnumber the lines with labels that recur outside of them, or, each by
  /// itself, if they have speakers who are labelled outside as well.
  static func tables(
    of document: RichDocument, _ lines: Lines, options: TranscriptOptions
  ) -> [TurnTable] {
    if document.tables.isEmpty { return [] }
    var counter = ScalarCounter(lines.scalars)
    var found: [TurnTable] = []
    for table in document.tables {
      let cells = table.map { row in row.map { counter.range($0) } }
      let columns =
        TurnColumns(cells, lines, isData: false, asked: options.columns)
        ?? found.last.flatMap { $0.columns(goingOn: cells) } ?? TurnColumns(untitled: cells, lines)
      guard let columns else { continue }
      let next = TurnTable(cells, columns, lines, options)
      if !next.keys.isEmpty { found.append(next) }
    }
    if found.isEmpty || options.layout == .table || !options.columns.isEmpty { return found }
    return proven(found, lines)
  }

  private static func proven(_ tables: [TurnTable], _ lines: Lines) -> [TurnTable] {
    var scanner = LabelScanner(text: lines)
    var counts: [Int: Int] = [:]
    var bytesOutside = 0
    var next = 0
    for (index, line) in lines.lines.enumerated() where !line.isBlank {
      while next < tables.count, tables[next].extent.upperBound <= line.start { next += 1 }
      if next < tables.count, tables[next].extent.lowerBound <= line.start { continue }
      bytesOutside += line.contentEnd - line.content
      if let found = scanner.candidate(line: index, from: line.content), found.form == .marked,
        !found.isWeak
      {
        counts[found.key, default: 0] += 1
      }
    }
    let labels = counts.filter { !HeaderBlock.isStopLabel(scanner.labels.keys[$0.key]) }
    let labelled = labels.values.reduce(0) { $1 > 1 ? $0 + $1 : $0 }
    let bytesInside = tables.reduce(0) { $0 + $1.byteCount }
    let rows = tables.reduce(0) { $0 + $1.rowCount }
    if bytesInside >= bytesOutside || rows > labelled { return tables }
    let names = Set(labels.keys.map { scanner.labels.keys[$0] })
    return tables.filter { $0.keys.count { names.contains($0) } * 2 >= $0.keys.count }
  }

  /// The columns of a table that has no heading because it goes on with this one.
  private func columns(goingOn table: [[Range<Int>]]) -> TurnColumns? {
    var next = columns
    next.hasHeading = false
    guard let speaker = columns.speaker, speaker < width,
      table.allSatisfy({ $0.count == width })
    else { return nil }
    let labels = table.map { LabelKey.key(of: lines.string($0[speaker]).trimmingLayoutSpace) }
      .filter { !$0.isEmpty }
    let known = labels.count(where: keys.contains)
    return known > 0 && known * 2 >= labels.count ? next : nil
  }

  /// The keys of the speakers.
  private var keys: Set<String> {
    Set(rows.compactMap(label(of:)).map { LabelKey.key(of: lines.scalars[$0]) })
  }

  /// The number of columns.
  private var width: Int { rows.first?.count ?? 0 }

  /// The bytes of the words and of the names of those who say them.
  private var byteCount: Int {
    rows.reduce(0) { sum, row in
      let cells = (columns.words + [columns.speaker].compactMap(\.self))
      return sum + cells.reduce(0) { row.indices.contains($1) ? $0 + row[$1].count : $0 }
    }
  }
}
