/// Where a participant table stands in a text, and its rows before they are understood.
struct ParticipantTableLayout: StudyTable {
  var columns: [Column] = []
  var rows: [ParticipantRow] = []
  /// The rows whose cells do not fit the columns, as written, with the number of their cells.
  var broken: [(written: WrittenText, cells: Int)] = []
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

  init?(in study: StudyText, at start: Int) {
    guard let head = Self.head(in: study, at: start) else { return nil }
    columns = head.columns
    let caption = study.previousLine(before: start).flatMap { study.isCaption($0) ? $0 : nil }
    self.caption = caption
    var next = head.firstRow
    var end = head.firstRow
    var found: [Row] = []
    while let line = study.nextLine(from: next) {
      if let row = Self.row(in: study, at: line, columns: columns, isFirst: found.isEmpty)
        ?? (found.isEmpty ? nil : Self.brokenRow(in: study, at: line, columns: columns))
      {
        found.append(row)
        end = row.lines.upperBound
        next = end
      } else if Self.isRule(in: study, at: line) || Self.isGroup(in: study, line, columns) {
        next = line + 1
      } else {
        break
      }
    }
    guard !found.isEmpty else { return nil }
    findRoles(in: found, of: study)
    for row in found { take(row, in: study) }
    lines = (caption ?? start)..<end
  }

  /// Reads the notes below the table, which may explain roles that any table of the study names.
  mutating func readFootnotes(in study: StudyText, terms: [String]) {
    let hasHash = rows.contains { $0.roleCell?.text.contains("#") == true }
    while let line = study.nextLine(from: lines.upperBound) {
      // `## Findings` is a heading.
      if study.scalars[study.lines[line].body].first == "#", !hasHash { break }
      let notes = Footnote.notes(
        in: study.written(study.lines[line].body, in: line), terms: terms
      ).map { Footnote($0, terms: terms) }
      guard let first = notes.first, first != nil else { break }
      footnotes += notes.compactMap { $0 }
      lines = lines.lowerBound..<line + 1
    }
  }

  /// The kinds of columns that only the table of participants has.
  var kinds: Set<Column> {
    Set(
      columns.filter { column in
        if case .other = column { false } else { column != .id }
      })
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
}
