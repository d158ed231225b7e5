internal import QDACore

/// What the columns of a table of turns, segments or answers hold.
struct TurnColumns {
  var speaker: Int?
  var words: [Int] = []
  var start: Int?
  var end: Int?
  var hasHeading = true
  /// The number of rows down to the last that says what the columns hold, if there is a heading:
  /// a title may stand above it, and more of the columns under it, as Qualtrics writes it.
  private(set) var headRows = 1
  /// The columns that a caller names.
  private(set) var named = NamedColumns()
  /// Whether a row is a case with answers rather than a turn.
  var isSurvey = false
  /// The titles of the columns.
  private(set) var titles: [String] = []

  /// Decides from the cells of a table, as stretches of UTF-8: by the heading row, else for a table
  /// by its format by what the columns hold.
  ///
  /// - Parameter asked: The titles or numbers of columns that a caller names.
  init?(
    _ table: [[Range<Int>]], _ lines: Lines, isData: Bool, asked: [TurnColumn: String] = [:]
  ) {
    let head = isData ? Self.heading(of: table, lines) : 0
    guard table.count >= head + 2, table[head].count >= 2 else { return nil }
    let body = table[head...]
    headRows = head + 1
    titles = table[head].map { lines.string($0).trimmingLayoutSpace }
    let keys = titles.map { LabelKey.key(of: $0) }
    named = NamedColumns(asked, keys)
    if let words = named[.text] {
      (speaker, start, end) = (named[.speaker], named[.start], named[.end])
      (self.words, hasHeading) = ([words], named.isTitled)
      return
    }
    guard isData || named.missing.isEmpty else { return nil }
    let words = findWords(body, lines, keys)
    speaker =
      named[.speaker]
      ?? keys.indices.first { Self.speakerTitles.contains(keys[$0]) && $0 != words }
    start = named[.start] ?? keys.firstIndex(where: Self.timeTitles.contains)
    end = named[.end] ?? keys.firstIndex(where: Self.endTitles.contains)
    // In a document a heading row may be anybody's; a speaker's column must be among the columns.
    if let words, speaker != nil || isData && start != nil {
      guard isData || keys.count <= 6 else { return nil }
      self.words = [words]
      return
    }
    guard isData else { return nil }
    if !named.isTitled, findByContent(table, lines, isData: true) {
      speaker = named[.speaker] ?? speaker
      start = named[.start] ?? start
      end = named[.end] ?? end
      if self.words != [speaker] { return }
    }
    (start, end, self.words, hasHeading) = (nil, nil, [], true)
    guard findAnswers(Array(body), lines, keys) else { return nil }
  }

  /// The heading row of a table that has a title or a remark above it, which fills one cell of each
  /// of its rows.
  static func heading(of table: [[Range<Int>]], _ lines: Lines) -> Int {
    let first = table.prefix(20).firstIndex { row in
      row.count { !lines.string($0).trimmingLayoutSpace.isEmpty } >= 2
    }
    return first.map { $0 + 1 < table.count ? $0 : 0 } ?? 0
  }

  /// Decides for a table of a document that has no heading row: by what the columns hold, one of
  /// which must be speakers, who take turns.
  init?(untitled table: [[Range<Int>]], _ lines: Lines) {
    guard let first = table.first, (2...6).contains(first.count) else { return nil }
    guard table.allSatisfy({ $0.count == first.count }), findByContent(table, lines, isData: false),
      let speaker, let text = words.first
    else { return nil }
    // Themes beside quotes stand in groups, and codes beside a talk that has its own labels.
    let labels = table.map { LabelKey.key(of: lines.string($0[speaker])) }.filter { !$0.isEmpty }
    let changes = zip(labels, labels.dropFirst()).count { $0 != $1 }
    let labelled = table.count { row in
      let cell = lines.scalars[row[text]].prefix(LabelShape.maximumLength + 1)
      guard let colon = cell.firstIndex(where: LabelScanner.isColon) else { return false }
      return LabelShape.judge(cell[..<colon]) == .label
    }
    guard changes * 3 >= (labels.count - 1) * 2, labelled * 3 < table.count else { return nil }
  }

  // What holds numbers only is no column of words, whatever its title.
  private func findWords(
    _ body: ArraySlice<[Range<Int>]>, _ lines: Lines, _ keys: [String]
  ) -> Int? {
    func holdsWords(_ column: Int) -> Bool {
      body.dropFirst().contains { row in
        guard row.indices.contains(column) else { return false }
        let cell = lines.scalars[row[column]]
        return !cell.contains(where: \.isASCIIDigit) && cell.contains { !$0.isLayoutSpace }
          || cell.contains(where: \.properties.isAlphabetic)
      }
    }
    let free = keys.indices.filter { !named.isTaken($0) }
    let titled = free.filter { Self.wordsTitles.contains(keys[$0]) }
    return titled.first(where: holdsWords)
      ?? free.first { Self.countTitles.contains(keys[$0]) && holdsWords($0) } ?? titled.first
  }

  /// The title of a column.
  func title(_ column: Int) -> String { titles.indices.contains(column) ? titles[column] : "" }

  /// A cell of speakers without white and colons at its end.
  static func label(in cell: Range<Int>, _ lines: Lines) -> Range<Int> {
    var label = lines.trimmingEnd(of: cell)
    while !label.isEmpty, case let last = lines.scalars.before(label.upperBound),
      LabelScanner.isColon(lines.scalars[last])
    {
      label = lines.trimmingEnd(of: label.lowerBound..<last)
    }
    return label
  }

  // MARK: - Without a heading

  // A time, a short name that recurs, and words: the first row is data like the others.
  private mutating func findByContent(
    _ table: [[Range<Int>]], _ lines: Lines, isData: Bool
  ) -> Bool {
    let sample = table.prefix(200)
    let width = table.first?.count ?? 0
    guard width <= 8, table.count >= 3 else { return false }
    if width == 3, table.allSatisfy({ row in row.count == 3 && Self.isSpan(row.map(lines.string)) })
    {
      (start, end, words, hasHeading) = (0, 1, [2], false)
      return true
    }
    var time: Int?
    var name: (column: Int, distinct: Int)?
    var longest: (column: Int, length: Int)?
    for column in 0..<width {
      let cells = sample.map { $0.indices.contains(column) ? $0[column] : 0..<0 }
        .map { lines.skipSpaces(from: $0.lowerBound, to: $0.upperBound)..<$0.upperBound }
      let filled = cells.filter { !$0.isEmpty }
      // A row that goes on with the one above it may have no time.
      let isTime =
        filled.count * 2 > cells.count
        && filled.allSatisfy { cell in
          Timecode.read(lines.scalars, at: cell.lowerBound, limit: cell.upperBound)?.range
            .upperBound == lines.trimmingEnd(of: cell).upperBound
        }
      if isTime {
        if time == nil { time = column } else if end == nil { end = column }
        continue
      }
      let length = cells.reduce(0) { $0 + lines.scalars.count($1) }
      if length > longest?.length ?? 0 { longest = (column, length) }
      let keys = Set(filled.map { LabelKey.key(of: lines.scalars[$0]) })
      let areLabels = filled.allSatisfy {
        // In a document a name with a colon is a label without the table.
        let label = isData ? Self.label(in: $0, lines) : lines.trimmingEnd(of: $0)
        return LabelShape.judge(lines.scalars[label]) == .label
      }
      if areLabels, !cells[0].isEmpty, keys.count >= 2, keys.count * 2 <= filled.count,
        keys.count < name?.distinct ?? .max
      {
        name = (column, keys.count)
      }
    }
    guard let longest, longest.column != name?.column, name != nil || time != nil else {
      return false
    }
    // A heading row above answers has no time in it; a row of turns without times needs all names.
    guard time != nil || width <= 3 else { return false }
    (speaker, words, start, hasHeading) = (name?.column, [longest.column], time, false)
    return true
  }

  /// Whether a row begins with two numbers of seconds, as the labels of Audacity do.
  static func isSpan(_ row: [some StringProtocol]) -> Bool {
    guard row.count == 3, row[0].contains(where: TurnColumnTimes.isDecimalSign),
      let start = TurnColumnTimes.number(row[0]), let end = TurnColumnTimes.number(row[1])
    else { return false }
    return start <= end
  }

  // MARK: - Answers

  // Answers are columns in which somebody wrote at least four words, or whose heading asks.
  private mutating func findAnswers(
    _ table: [[Range<Int>]], _ lines: Lines, _ keys: [String]
  ) -> Bool {
    speaker = named[.speaker] ?? keys.firstIndex(where: Self.isCaseTitle)
    // Qualtrics writes names, then questions, then what it calls them inside.
    var subheadings = 0
    if table.count > 3, table[2].contains(where: { lines.string($0).contains("ImportId") }) {
      subheadings = 2
      titles = table[1].map { lines.string($0).trimmingLayoutSpace }
    } else if let under = subheading(of: table, lines) {
      subheadings = 1
      titles = under.indices.map {
        title($0).isEmpty || under[$0].hasSuffix("?") ? under[$0] : title($0)
      }
    }
    headRows += subheadings
    let hasAnswers = keys.contains(where: Self.answerTitles.contains)
    // Each cell is looked at once: a heading may be far wider than the rows under it.
    var isAnswer = [Bool](repeating: false, count: keys.count)
    for row in table.dropFirst(1 + subheadings) {
      for (column, cell) in row.prefix(keys.count).enumerated() where !isAnswer[column] {
        isAnswer[column] = Self.countWords(lines.scalars[cell]) >= 4
      }
    }
    for column in keys.indices where column != speaker {
      if hasAnswers, Self.questionTitles.contains(keys[column]) { continue }
      if isAnswer[column] || title(column).hasSuffix("?") { words.append(column) }
    }
    isSurvey = true
    return !words.isEmpty
  }

  // A second heading row names no case though each row under it does, and titles columns that the
  // first leaves without, or says that their answers are free.
  private func subheading(of table: [[Range<Int>]], _ lines: Lines) -> [String]? {
    guard let speaker, table.count > 2, !title(speaker).isEmpty else { return nil }
    let under = titles.indices.map {
      table[1].indices.contains($0) ? lines.string(table[1][$0]).trimmingLayoutSpace : ""
    }
    let namesCases = table.dropFirst(2).allSatisfy { row in
      row.indices.contains(speaker) && !lines.string(row[speaker]).trimmingLayoutSpace.isEmpty
    }
    guard under[speaker].isEmpty, namesCases else { return nil }
    let titlesMore = under.indices.contains { titles[$0].isEmpty && !under[$0].isEmpty }
    return titlesMore || under.contains("Open-Ended Response") ? under : nil
  }

  // LimeSurvey puts the code of a question before its words.
  private static func isCaseTitle(_ key: String) -> Bool {
    caseTitles.contains(key) || key.hasPrefix("id. ")
  }

  // Numbers, times, addresses and marks of time zones are no words of an answer.
  private static func countWords(_ cell: ArraySlice<Unicode.Scalar>) -> Int {
    cell.split(whereSeparator: \.isLayoutSpace).count { word in
      word.contains(where: \.properties.isAlphabetic)
        && !word.contains { $0.isASCIIDigit || $0 == "@" }
    }
  }
}
