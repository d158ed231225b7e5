/// The rows of a table of participants, in any of the ways in which text keeps them.
extension ParticipantTableLayout {
  /// A row: its cells, or only its id where the cells do not fit the columns.
  struct Row {
    var cells: [Range<Int>?]
    var lines: Range<Int>
    /// The number of cells of a row that does not fit.
    var misfit: Int?

    init(_ cells: [Range<Int>?], on line: Int) {
      self.cells = cells
      lines = line..<line + 1
    }
  }

  static func isRule(in study: StudyText, at line: Int) -> Bool {
    study.scalars[study.lines[line].body].allSatisfy {
      $0.isDash || $0.isBlank || "|:=_+".unicodeScalars.contains($0)
    }
  }

  /// Whether a line is the name of a group of rows: it stands alone and rows follow it.
  static func isGroup(in study: StudyText, _ line: Int, _ columns: [Column]) -> Bool {
    guard study.cells(of: line).count == 1, study.words(in: study.lines[line].body).count <= 6,
      let next = study.nextLine(from: line + 1), study.cells(of: next).count > 1
    else { return false }
    return row(in: study, at: next, columns: columns, isFirst: true) != nil
  }

  /// The row that begins on a line, or `nil` when none does.
  ///
  /// A row with a cell too few or too many is not guessed at: it keeps its id only.
  static func row(
    in study: StudyText, at line: Int, columns: [Column], isFirst: Bool
  ) -> Row? {
    guard study.lines[line].body.count <= 2000 else { return nil }
    var cells = study.cells(of: line)
    if cells.count > columns.count { cells.removeAll(where: \.isEmpty) }
    guard cells.count > 1, let first = cells.first else {
      return typedRow(in: study, at: line, columns: columns).map { Row($0, on: line) }
        ?? rowOfLines(in: study, at: line, columns: columns)
    }
    let hasID = LabelSpelling(study.string(first)) != nil
    if cells.count == columns.count {
      // A row that keeps the shape of the others is one even if its id cannot be read.
      guard hasID || (!isFirst && study.words(in: first).count <= 2) else { return nil }
      return Row(cells.map(Optional.some), on: line)
    }
    if cells.count < columns.count {
      if let typed = typedRow(in: study, at: line, columns: columns) { return Row(typed, on: line) }
      if hasID, study.hasBlankEnd(line, cells: columns.count) {
        let blank = [Range<Int>?](repeating: nil, count: columns.count - cells.count)
        return Row(cells.map(Optional.some) + blank, on: line)
      }
    }
    guard hasID else { return nil }
    var row = Row([first], on: line)
    row.misfit = cells.count
    return row
  }

  /// A line amid rows that is none, taken for one that was damaged when a good row follows.
  static func brokenRow(in study: StudyText, at line: Int, columns: [Column]) -> Row? {
    let cells = study.cells(of: line)
    let hasID = cells.first.map { LabelSpelling(study.string($0)) != nil } ?? false
    guard cells.count > 1 || hasID else { return nil }
    var next = line + 1
    for _ in 0...columns.count {
      guard let follower = study.nextLine(from: next) else { return nil }
      if let row = row(in: study, at: follower, columns: columns, isFirst: true),
        row.misfit == nil
      {
        var broken = Row(
          [hasID ? cells.first ?? study.lines[line].body : study.lines[line].body], on: line)
        broken.misfit = cells.count
        if hasID, cells.count == 1 { broken.lines = line..<follower }
        return broken
      }
      // Only the cells of a row that stand on lines of their own may lie between.
      guard cells.count == 1, study.cells(of: follower).count == 1 else { break }
      next = follower + 1
    }
    return nil
  }

  // Each cell on a line of its own: told from other lines by the form of gender and age.
  private static func rowOfLines(in study: StudyText, at line: Int, columns: [Column]) -> Row? {
    guard columns.count > 2, columns.first == .id,
      columns.contains(.age) || columns.contains(.gender),
      LabelSpelling(study.body(of: line)) != nil
    else { return nil }
    var row = Row([study.lines[line].body], on: line)
    for column in columns.dropFirst() {
      guard let next = study.nextLine(from: row.lines.upperBound) else { return nil }
      let body = study.lines[next].body
      guard body.count <= 80, study.cells(of: next).count == 1 else { return nil }
      if column == .age, !isAge(study.string(body)) { return nil }
      if column == .gender, !genders.contains(study.string(body).comparisonKey) { return nil }
      row.cells.append(body)
      row.lines = line..<next + 1
    }
    return row
  }

  static func wideCells(in study: StudyText, at line: Int) -> [Range<Int>] {
    var cells: [Range<Int>] = []
    for word in study.words(in: study.lines[line].body) {
      if let last = cells.last, word.lowerBound - last.upperBound < 2 {
        cells[cells.count - 1] = last.lowerBound..<word.upperBound
      } else {
        cells.append(word)
      }
    }
    return cells
  }

  // Where tabs were lost, the id is known from the left, age and gender from the right; what is
  // between belongs to the only column of free text.
  private static func typedRow(
    in study: StudyText, at line: Int, columns: [Column]
  ) -> [Range<Int>?]? {
    let words = study.words(in: study.lines[line].body)
    guard words.count >= columns.count, words.count <= 40, columns.first == .id else { return nil }
    let wide = wideCells(in: study, at: line)
    if wide.count == columns.count, LabelSpelling(study.string(wide[0])) != nil {
      return wide.map(Optional.some)
    }
    func text(_ range: Range<Int>) -> Range<Int> {
      words[range.lowerBound].lowerBound..<words[range.upperBound - 1].upperBound
    }
    var start = 0
    for count in [2, 1] where start == 0 && LabelSpelling(study.string(text(0..<count))) != nil {
      start = count
    }
    guard start > 0, columns.count(where: \.isFree) <= 1 else { return nil }
    var found = [Range<Int>?](repeating: nil, count: columns.count)
    found[0] = text(0..<start)
    var end = words.count
    var sawKnown = false
    let hasTabs = study.cells(of: line).count > 1
    // How many words at one end of what is left a cell of a known kind takes.
    func size(of column: Column, _ part: (Int) -> Range<Int>) -> Int? {
      guard end > start else { return nil }
      if column == .age {
        sawKnown = true
        return (1...min(4, end - start)).reversed().first { isAge(study.string(text(part($0)))) }
      }
      if genders.contains(study.string(text(part(1))).comparisonKey) {
        sawKnown = true
      }
      // Where some tabs are left a cell may be missing, so that no other word is a gender.
      else if hasTabs {
        return nil
      }
      return 1
    }
    var last = columns.count - 1
    while last > 0, !columns[last].isFree {
      guard let size = size(of: columns[last], { end - $0..<end }) else { return nil }
      found[last] = text(end - size..<end)
      end -= size
      last -= 1
    }
    for first in 1..<max(last, 1) {
      guard let size = size(of: columns[first], { start..<start + $0 }) else { return nil }
      found[first] = text(start..<start + size)
      start += size
    }
    if end > start {
      guard last > 0 else { return nil }
      found[last] = text(start..<end)
    }
    return sawKnown ? found : nil
  }

  private static let genders: Set<String> = [
    "female", "male", "f", "m", "woman", "man", "non-binary", "other",
  ]

  private static func isAge(_ text: String) -> Bool {
    switch AgeReading(text) {
    case .band, .reversed, .age: true
    case .missing: !text.trimmedOfBlanks.isEmpty
    case .unreadable: false
    }
  }

  // MARK: Columns

  // Where no head names roles, the first free column with footnote marks holds them.
  mutating func findRoles(in rows: [Row], of study: StudyText) {
    if columns.contains(.roles) || columns.contains(.organisationAndRoles) { return }
    let marked = columns.indices.first { index in
      columns[index].isFree
        && rows.contains { row in
          guard row.misfit == nil, row.cells.indices.contains(index), let cell = row.cells[index]
          else { return false }
          return study.scalars[cell].contains { Footnote.marker($0) != nil }
        }
    }
    if let marked { columns[marked] = .organisationAndRoles }
  }

  mutating func take(_ found: Row, in study: StudyText) {
    let line = found.lines.lowerBound
    let empty = study.lines[line].body.prefix(0)
    var row = ParticipantRow(id: study.written(found.cells.first.flatMap { $0 } ?? empty, in: line))
    defer { rows.append(row) }
    if let cells = found.misfit {
      let last = study.lines[found.lines.upperBound - 1].body.upperBound
      let range = study.scalars.trimmed(study.lines[line].body.lowerBound..<last)
      let written = study.written(range, in: line)
      if LabelSpelling(row.id.text) != nil { broken.append((written, cells)) }
      row.others.append(Participant.Field(name: "row as written", value: written.text))
      return
    }
    for (cell, column) in zip(found.cells, columns) {
      guard let cell else { continue }
      let place = study.lines[found.lines].firstIndex { $0.whole.upperBound >= cell.upperBound }
      let written = study.written(cell, in: place ?? line)
      switch column {
      case .id: break
      case .roles: row.roles = written
      case .organisation: row.organisation = written
      case .organisationAndRoles: row.organisationAndRoles = written
      case .gender: row.gender = written
      case .age: row.age = written
      case .other(let name): row.others.append(Participant.Field(name: name, value: written.text))
      }
    }
  }
}
