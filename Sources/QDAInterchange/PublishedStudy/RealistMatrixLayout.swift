internal import QDACore

/// Where a realist matrix stands in a text, and its bullets before they are checked.
struct RealistMatrixLayout: StudyTable {
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
    /// The number of block names above it.
    var block = 0
  }

  var columns: [Column] = []
  var bullets: [Bullet] = []
  /// The lines from the title to the last bullet.
  var lines: Range<Int> = 0..<0
  /// The first bullets of blocks whose columns could not be told apart with certainty.
  var unclear: [Int] = []
  /// The first bullets of blocks that seem to have no name of their own.
  var unnamed: [Int] = []

  init?(in study: StudyText, at start: Int) {
    guard let head = Self.head(in: study, at: start) else { return nil }
    columns = head.columns
    var caption = study.isCaption(start) ? start : nil
    if caption == nil {
      caption = study.previousLine(before: start).flatMap { study.isCaption($0) ? $0 : nil }
    }
    var valence: Configuration.Valence?
    var block = 0
    var next = head.next
    var end = head.next
    while let line = study.nextLine(from: next) {
      if let named = Self.valence(of: study, at: line) {
        valence = named
        block += 1
      } else if let text = Self.bullet(in: study, at: line),
        bullets.last.map({ !Self.continues($0, at: line, in: study) }) ?? true
      {
        bullets.append(
          Bullet(text: text, line: line, lastLine: line, valence: valence, block: block))
      } else if let last = bullets.indices.last, bullets[last].lastLine == line - 1,
        !bullets[last].text.isEmpty
      {
        // A bullet that is wrapped goes on in the next line.
        bullets[last].text = bullets[last].text.lowerBound..<study.lines[line].body.upperBound
        bullets[last].lastLine = line
      } else if Self.isBulletWithoutSign(in: study, at: line) {
        let text = study.lines[line].body
        bullets.append(
          Bullet(text: text, line: line, lastLine: line, valence: valence, block: block))
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
      // Where no bullet has a sign, the first cell that is too long for a name is one.
      let opensCell = study.lines[next..<line].contains { study.scalars[$0.whole].contains("\t") }
      if study.words(in: study.lines[line].body).count > 3,
        opensCell || role(of: study.body(of: line)) == nil,
        bullet(in: study, at: line) != nil, let found = columns(names)
      {
        return (found, line)
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
    guard let first = study.scalars[body].first else { return nil }
    let rest = body.lowerBound + 1..<body.upperBound
    // Word processors write the round bullet of the second level as the letter.
    if first == "o", study.scalars[rest].first?.isBlank == true {
      return study.scalars.trimmed(rest)
    }
    guard StudyText.bullets.contains(first) else { return nil }
    let isFree = study.scalars[rest].first?.isBlank != false
    return isFree || (!first.isDash && first != "*") ? study.scalars.trimmed(rest) : nil
  }

  // A line set in like a cell goes on with the bullet right above it when it begins small.
  private static func continues(_ last: Bullet, at line: Int, in study: StudyText) -> Bool {
    let body = study.lines[line].body
    return last.lastLine == line - 1 && !last.text.isEmpty && signed(in: study, at: line) == nil
      && study.scalars[body].first?.properties.isLowercase == true
  }

  // A short line between bullets that lost its sign and its tab.
  private static func isBulletWithoutSign(in study: StudyText, at line: Int) -> Bool {
    let body = study.lines[line].body
    guard body.count <= 200, let last = study.scalars[body].last, ![".", ":"].contains(last),
      let next = study.nextLine(from: line + 1), !study.isCaption(line)
    else { return false }
    return signed(in: study, at: next) != nil || valence(of: study, at: next) != nil
  }
}
