/// Where a participant table stands in a text, and its rows before they are understood.
struct ParticipantTableLayout {
  var rows: [ParticipantRow] = []
  var footnotes: [Footnote] = []
  /// The lines from the title to the last footnote.
  var lines: Range<Int> = 0..<0
  /// The line of the title, if there is one.
  var caption: Int?

  /// What a column is about, by its head.
  enum Column: Hashable {
    case id, roles, organisation, organisationAndRoles, gender, age
    case other(String)

    init(_ name: String) {
      let words = Set(
        name.comparisonKey.unicodeScalars.split { !$0.isLetter && $0 != "#" }.map { String($0) })
      let isRole = !words.isDisjoint(with: ["role", "roles", "position", "occupation"])
      let isOrganisation = !words.isDisjoint(with: [
        "organisation", "organisations", "organization", "organizations", "service", "agency",
        "setting", "employer",
      ])
      if words.contains("age") {
        self = .age
      } else if !words.isDisjoint(with: ["gender", "sex"]) {
        self = .gender
      } else if isOrganisation {
        self = isRole ? .organisationAndRoles : .organisation
      } else if isRole {
        self = .roles
      } else if !words.isDisjoint(with: Self.idWords), words.count <= 3 {
        self = .id
      } else {
        self = .other(name)
      }
    }

    private static let idWords: Set<String> = [
      "participant", "id", "no", "number", "#", "interviewee", "respondent", "informant",
      "pseudonym", "code",
    ]

    var isFree: Bool {
      switch self {
      case .roles, .organisation, .organisationAndRoles, .other: true
      case .id, .gender, .age: false
      }
    }
  }

  /// All participant tables of a text, in order.
  static func all(in study: StudyText) -> [ParticipantTableLayout] {
    var tables: [ParticipantTableLayout] = []
    var line = 0
    while let start = study.nextLine(from: line) {
      if let table = ParticipantTableLayout(in: study, at: start) {
        tables.append(table)
        line = table.lines.upperBound
      } else {
        line = start + 1
      }
    }
    return tables
  }

  private init?(in study: StudyText, at start: Int) {
    guard let head = Self.head(in: study, at: start) else { return nil }
    var (columns, firstRow) = head
    let caption = study.previousLine(before: start).flatMap { study.isCaption($0) ? $0 : nil }
    self.caption = caption
    var next = firstRow
    var end = firstRow
    var found: [(cells: [Range<Int>?], line: Int)] = []
    while let line = study.nextLine(from: next) {
      if let cells = Self.row(in: study, at: line, columns: columns, isFirst: found.isEmpty) {
        found.append((cells, line))
        end = line + 1
      } else if !Self.isRule(in: study, at: line), !Self.isGroup(in: study, line, columns) {
        break
      }
      next = line + 1
    }
    guard !found.isEmpty else { return nil }
    Self.findRoles(among: &columns, in: found.map(\.cells), of: study)
    rows = found.map { Self.understand($0.cells, columns: columns, in: study, at: $0.line) }
    let terms = RoleColumn.names(in: rows)
    while let line = study.nextLine(from: next) {
      let notes = Footnote.notes(
        in: study.written(study.lines[line].body, in: line), terms: terms
      ).map { Footnote($0, terms: terms) }
      guard let first = notes.first, first != nil else { break }
      footnotes += notes.compactMap { $0 }
      next = line + 1
      end = next
    }
    lines = (caption ?? start)..<end
  }

  // MARK: Head

  // The names of the columns stand on one line, or on a line each.
  private static func head(
    in study: StudyText, at start: Int
  ) -> (columns: [Column], firstRow: Int)? {
    // Most lines are prose, and say so within their first words.
    let opening = study.words(in: study.lines[start].body.prefix(60)).prefix(3)
    guard opening.contains(where: { Column(study.string($0)) == .id }), !study.isCaption(start)
    else { return nil }
    var names = headNames(in: study, at: start)
    guard let first = names.first, Column(first) == .id else { return nil }
    var next = start + 1
    while names.count < 12, let line = study.nextLine(from: next) {
      if isRule(in: study, at: line) {
        next = line + 1
        continue
      }
      let columns = names.map { Column($0) }
      if columns.count > 1, row(in: study, at: line, columns: columns, isFirst: true) != nil {
        return (columns, line)
      }
      guard line - start < 60, isHeadName(in: study, at: line) else { return nil }
      names.append(study.body(of: line))
      next = line + 1
    }
    return nil
  }

  private static func isHeadName(in study: StudyText, at line: Int) -> Bool {
    let body = study.lines[line].body
    return body.count <= 60 && study.cells(of: line).count == 1
      && study.words(in: body).count <= 6
  }

  private static func headNames(in study: StudyText, at line: Int) -> [String] {
    let cells = study.cells(of: line)
    if cells.count > 1 { return cells.map { study.string($0) } }
    let body = study.lines[line].body
    guard body.count <= 200 else { return [] }
    let wide = wideCells(in: study, at: line)
    if wide.count > 1 { return wide.map { study.string($0) } }
    let words = study.words(in: body).map { study.string($0) }
    // Without tabs only known names can be told apart.
    var names: [String] = []
    for word in words {
      if let last = names.last, Column(last) == .age || Column(last) == .id,
        ["group", "band", "range", "(years)", "id", "no.", "number"].contains(word.lowercased())
      {
        names[names.count - 1] += " " + word
      } else if case .other = Column(word) {
        return [study.string(body)]
      } else {
        names.append(word)
      }
    }
    return names
  }

  // MARK: Rows

  private static func isRule(in study: StudyText, at line: Int) -> Bool {
    study.scalars[study.lines[line].body].allSatisfy {
      $0.isDash || $0.isBlank || "|:=_+".unicodeScalars.contains($0)
    }
  }

  // A name of a group of rows stands alone and rows follow it.
  private static func isGroup(in study: StudyText, _ line: Int, _ columns: [Column]) -> Bool {
    guard study.cells(of: line).count == 1, study.words(in: study.lines[line].body).count <= 6,
      let next = study.nextLine(from: line + 1), study.cells(of: next).count > 1
    else { return false }
    return row(in: study, at: next, columns: columns, isFirst: true) != nil
  }

  /// The cells of a row, one for each column, or `nil` when the line is none.
  private static func row(
    in study: StudyText, at line: Int, columns: [Column], isFirst: Bool
  ) -> [Range<Int>?]? {
    guard study.lines[line].body.count <= 2000 else { return nil }
    var cells = study.cells(of: line)
    if cells.count > columns.count { cells.removeAll(where: \.isEmpty) }
    if cells.count > 1, cells.count <= columns.count {
      let hasID = LabelSpelling(study.string(cells[0])) != nil
      if cells.count < columns.count {
        if let typed = typedRow(in: study, at: line, columns: columns) { return typed }
        guard hasID else { return nil }
      }
      // A row that keeps the shape of the others is one even if its id cannot be read.
      guard hasID || (!isFirst && study.words(in: cells[0]).count <= 2) else { return nil }
      return cells.map(Optional.some)
        + [Range<Int>?](repeating: nil, count: columns.count - cells.count)
    }
    return typedRow(in: study, at: line, columns: columns)
  }

  private static func wideCells(in study: StudyText, at line: Int) -> [Range<Int>] {
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
    // How many words at one end of what is left a cell of a known kind takes.
    func size(of column: Column, _ part: (Int) -> Range<Int>) -> Int? {
      guard end > start else { return nil }
      if column == .age {
        sawKnown = true
        return (1...min(4, end - start)).reversed().first { isAge(study.string(text(part($0)))) }
      }
      if genders.contains(study.string(text(part(1))).comparisonKey) { sawKnown = true }
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

  // Where no head names roles, the first free column with footnote marks holds them.
  private static func findRoles(
    among columns: inout [Column], in rows: [[Range<Int>?]], of study: StudyText
  ) {
    if columns.contains(.roles) || columns.contains(.organisationAndRoles) { return }
    let marked = columns.indices.first { index in
      columns[index].isFree
        && rows.contains { row in
          row[index].map { study.scalars[$0].contains { Footnote.marker($0) != nil } } ?? false
        }
    }
    if let marked { columns[marked] = .organisationAndRoles }
  }

  private static func understand(
    _ cells: [Range<Int>?], columns: [Column], in study: StudyText, at line: Int
  ) -> ParticipantRow {
    let empty = study.lines[line].body.prefix(0)
    var row = ParticipantRow(id: study.written(cells.first.flatMap { $0 } ?? empty, in: line))
    for (cell, column) in zip(cells, columns) {
      guard let cell else { continue }
      let written = study.written(cell, in: line)
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
    return row
  }
}
