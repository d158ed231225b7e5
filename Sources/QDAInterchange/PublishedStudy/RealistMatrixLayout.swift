internal import QDACore

/// Where a realist matrix stands in a text, and its bullets before they are checked.
struct RealistMatrixLayout {
  /// A column, by its head.
  struct Column: Hashable {
    var role: String
    var part: String?
  }

  /// A bullet in its column and block; its text may be empty.
  struct Bullet {
    var text: Range<Int>
    var line: Int
    var lastLine: Int
    var column = 0
    var valence: Configuration.Valence?
  }

  var columns: [Column] = []
  var bullets: [Bullet] = []
  /// The lines from the title to the last bullet.
  var lines: Range<Int> = 0..<0
  /// The first bullets of blocks whose columns could not be told apart with certainty.
  var unclear: [Int] = []

  /// All realist matrices of a text, in order.
  static func all(in study: StudyText) -> [RealistMatrixLayout] {
    var tables: [RealistMatrixLayout] = []
    var line = 0
    while let start = study.nextLine(from: line) {
      if let table = RealistMatrixLayout(in: study, at: start) {
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
    columns = head.columns
    var caption = study.isCaption(start) ? start : nil
    if caption == nil {
      caption = study.previousLine(before: start).flatMap { study.isCaption($0) ? $0 : nil }
    }
    var valence: Configuration.Valence?
    var next = head.next
    var end = head.next
    while let line = study.nextLine(from: next) {
      if let named = Self.valence(of: study, at: line) {
        valence = named
      } else if let text = Self.bullet(in: study, at: line) {
        bullets.append(Bullet(text: text, line: line, lastLine: line, valence: valence))
      } else if let last = bullets.indices.last, bullets[last].lastLine == line - 1,
        !bullets[last].text.isEmpty
      {
        // A bullet that is wrapped goes on in the next line.
        bullets[last].text = bullets[last].text.lowerBound..<study.lines[line].body.upperBound
        bullets[last].lastLine = line
      } else {
        break
      }
      next = line + 1
      end = next
    }
    guard !bullets.isEmpty else { return nil }
    lines = (caption ?? start)..<end
    assignColumns(in: study)
  }

  // MARK: Head

  private static func head(
    in study: StudyText, at start: Int
  ) -> (columns: [Column], next: Int)? {
    var next = start
    if study.isCaption(start) {
      next = start + 1
    } else {
      guard let cell = study.cells(of: start).first, cell.count <= 120,
        role(of: study.string(cell)) != nil
      else { return nil }
    }
    var names: [String] = []
    while names.count < 10, let line = study.nextLine(from: next), line - start < 60 {
      if valence(of: study, at: line) != nil || signed(in: study, at: line) != nil {
        return columns(names).map { ($0, line) }
      }
      let cells = study.cells(of: line)
      guard cells.allSatisfy({ $0.count <= 120 }), study.lines[line].body.count <= 300 else {
        return nil
      }
      let parts = cells.count == 1 ? split(study.string(cells[0])) : cells.map(study.string)
      guard parts.allSatisfy({ $0.words.count <= 6 }) else { return nil }
      names += parts.filter { !$0.isEmpty }
      next = line + 1
    }
    return nil
  }

  // Where tabs were lost, a name ends before the next word that names a kind or a time.
  private static func split(_ line: String) -> [String] {
    var names: [String] = []
    for word in line.words {
      if let last = names.last,
        role(of: last) == nil || word.first == "(" || (role(of: word) ?? part(of: word)) == nil
      {
        names[names.count - 1] = last + " " + word
      } else {
        names.append(word)
      }
    }
    return names.count > 2 ? names : [line]
  }

  private static func role(of name: String) -> String? {
    let key = name.comparisonKey
    func says(_ stems: [String]) -> Bool { stems.contains { key.contains($0) } }
    if says(["outcome", "impact", "effect", "consequence", "result"]) { return "outcome" }
    if says(["mechanism", "process", "reasoning"]) { return "mechanism" }
    if says(["context", "condition", "circumstance", "setting"]) { return "context" }
    return nil
  }

  private static func part(of name: String) -> String? {
    let words = Set(name.comparisonKey.split { !$0.isLetter }.map(String.init))
    if !words.isDisjoint(with: ["short", "immediate", "proximal", "early"]) { return "short-term" }
    if !words.isDisjoint(with: ["medium", "intermediate", "mid"]) { return "medium-term" }
    if !words.isDisjoint(with: ["long", "longer", "distal", "later", "ultimate"]) {
      return "long-term"
    }
    return nil
  }

  // Two heads must be of the usual kinds; a third that is not is known by its place.
  private static func columns(_ names: [String]) -> [Column]? {
    let roles = names.map { role(of: $0) }
    guard names.count >= 3, Set(roles.compactMap { $0 }).count >= 2 else { return nil }
    var columns: [Column] = []
    for (name, role) in zip(names, roles) {
      var found = role
      for usual in ["context", "mechanism"] where found == nil {
        if !roles.contains(usual), !columns.contains(where: { $0.role == usual }) { found = usual }
      }
      let named = found ?? "outcome"
      columns.append(Column(role: named, part: named == "outcome" ? part(of: name) : nil))
    }
    let outcomes = columns.indices.filter { columns[$0].role == "outcome" }
    if outcomes.count == 2, let first = outcomes.first, let last = outcomes.last {
      columns[first].part = columns[first].part ?? "short-term"
      columns[last].part = columns[last].part ?? "long-term"
    }
    return columns
  }

  // MARK: Body

  private static func valence(of study: StudyText, at line: Int) -> Configuration.Valence? {
    guard study.lines[line].body.count <= 60, study.cells(of: line).count == 1 else { return nil }
    let words = study.words(in: study.lines[line].body).map { study.string($0).comparisonKey }
    guard words.count <= 3 else { return nil }
    if !unfavourable.isDisjoint(with: words) { return .unfavourable }
    if !favourable.isDisjoint(with: words) { return .favourable }
    return nil
  }

  private static let favourable: Set<String> = [
    "favourable", "favorable", "positive", "enabling", "enablers", "facilitating", "facilitators",
    "successful", "supportive",
  ]
  private static let unfavourable: Set<String> = [
    "unfavourable", "unfavorable", "negative", "constraining", "constraints", "barriers",
    "hindering", "unsuccessful", "disabling",
  ]

  /// The text of a bullet, empty where nothing follows the sign, or `nil` when the line is none.
  private static func bullet(in study: StudyText, at line: Int) -> Range<Int>? {
    if let text = signed(in: study, at: line) { return text }
    // A cell of the table whose sign was lost is still set in.
    let body = study.lines[line].body
    let margin = study.scalars[study.lines[line].whole.lowerBound..<body.lowerBound]
    return margin.contains("\t") && study.cells(of: line).count == 1 ? body : nil
  }

  // A dash or an asterisk is a sign only where it stands apart from the words.
  private static func signed(in study: StudyText, at line: Int) -> Range<Int>? {
    let body = study.lines[line].body
    guard let first = study.scalars[body].first, StudyText.bullets.contains(first) else {
      return nil
    }
    let rest = body.lowerBound + 1..<body.upperBound
    let isFree = study.scalars[rest].first?.isBlank != false
    return isFree || (!first.isDash && first != "*") ? study.scalars.trimmed(rest) : nil
  }

  // A column ends where most lines, or a line that only opens a cell, stand between two bullets.
  private mutating func assignColumns(in study: StudyText) {
    let hasBlocks = bullets.contains { $0.valence != nil }
    let hasShared = hasBlocks && bullets.first?.valence == nil
    var start = 0
    while start < bullets.count {
      var end = start + 1
      while end < bullets.count, bullets[end].valence == bullets[start].valence { end += 1 }
      let isShared = hasShared && start == 0
      let first = hasShared && !isShared ? 1 : 0
      let count = isShared ? 1 : columns.count - first
      let weights = (start + 1..<max(end, start + 1)).map { index in
        (index, weight(between: bullets[index - 1].lastLine, and: bullets[index].line, in: study))
      }
      let heaviest = weights.sorted { $0.1 == $1.1 ? $0.0 < $1.0 : $0.1 > $1.1 }
      let borders = Set(heaviest.prefix(count - 1).map(\.0))
      let isTied =
        count > 1 && heaviest.count >= count && heaviest[count - 2].1 == heaviest[count - 1].1
      if isTied || heaviest.count < count - 1 { unclear.append(start) }
      var column = first
      for index in start..<end {
        if borders.contains(index) { column += 1 }
        bullets[index].column = column
      }
      start = end
    }
  }

  private func weight(between first: Int, and second: Int, in study: StudyText) -> Int {
    let gap = study.lines[first + 1..<second]
    return gap.count + (gap.contains { study.scalars[$0.whole].contains("\t") } ? 1000 : 0)
  }
}
