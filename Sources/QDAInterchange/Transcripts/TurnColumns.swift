internal import QDACore

/// What the columns of a table of turns, segments or answers hold.
struct TurnColumns {
  var speaker: Int?
  var words: [Int] = []
  var start: Int?
  var end: Int?
  var hasHeading = true
  /// The number of rows under the heading that say more of the columns, as Qualtrics writes them.
  private(set) var subheadings = 0
  /// Whether a row is a case with answers rather than a turn.
  var isSurvey = false
  private var titles: [String] = []

  /// Decides from the cells of a table, as stretches of UTF-8: by the heading row, else for a table
  /// by its format by what the columns hold.
  ///
  /// - Parameter asked: The titles or numbers of columns that a caller names.
  init?(
    _ table: [[Range<Int>]], _ lines: Lines, isData: Bool, asked: [TurnColumn: String] = [:]
  ) {
    guard table.count >= 2, let heading = table.first, (2...400).contains(heading.count) else {
      return nil
    }
    titles = heading.map { lines.string($0).trimmingLayoutSpace }
    let keys = titles.map { LabelKey.key(of: $0) }
    if !asked.isEmpty {
      guard take(asked, keys) else { return nil }
      return
    }
    let words = keys.firstIndex(where: Self.wordsTitles.contains)
    let speaker = keys.indices.first { Self.speakerTitles.contains(keys[$0]) && $0 != words }
    start = keys.firstIndex(where: Self.timeTitles.contains)
    end = keys.firstIndex(where: Self.endTitles.contains)
    // In a document a heading row may be anybody's; a speaker's column must be among the columns.
    if let words, speaker != nil || isData && start != nil {
      guard isData || heading.count <= 6 else { return nil }
      self.speaker = speaker
      self.words = [words]
      return
    }
    guard isData else { return nil }
    if findByContent(table, lines, isData: true) { return }
    (start, end) = (nil, nil)
    guard findAnswers(table, lines, keys) else { return nil }
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

  // The columns that a caller names by title or number; the heading row is one if a title is named
  // or a number's column has a title that is known.
  private mutating func take(_ asked: [TurnColumn: String], _ keys: [String]) -> Bool {
    var isTitled = false
    func column(_ column: TurnColumn) -> Int? {
      guard let wanted = asked[column] else { return nil }
      if let index = keys.firstIndex(of: LabelKey.key(of: wanted)) {
        isTitled = true
        return index
      }
      guard let number = Int(wanted), keys.indices.contains(number - 1) else { return nil }
      let known = Self.speakerTitles.union(Self.wordsTitles).union(Self.timeTitles)
      isTitled = isTitled || known.union(Self.endTitles).contains(keys[number - 1])
      return number - 1
    }
    guard let text = column(.text) else { return false }
    words = [text]
    speaker = column(.speaker)
    start = column(.start)
    end = column(.end)
    hasHeading = isTitled
    return true
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
    speaker = keys.firstIndex(where: Self.caseTitles.contains)
    // Qualtrics writes names, then questions, then what it calls them inside.
    if table.count > 3, table[2].contains(where: { lines.string($0).contains("ImportId") }) {
      subheadings = 2
      titles = table[1].map { lines.string($0).trimmingLayoutSpace }
    }
    for column in keys.indices where column != speaker {
      let isAnswer = table.dropFirst(1 + subheadings).contains { row in
        row.indices.contains(column) && Self.countWords(lines.scalars[row[column]]) >= 4
      }
      if isAnswer || title(column).hasSuffix("?") { words.append(column) }
    }
    isSurvey = true
    return !words.isEmpty
  }

  // Numbers, times, addresses and marks of time zones are no words of an answer.
  private static func countWords(_ cell: ArraySlice<Unicode.Scalar>) -> Int {
    cell.split(whereSeparator: \.isLayoutSpace).count { word in
      word.contains(where: \.properties.isAlphabetic)
        && !word.contains { $0.isASCIIDigit || $0 == "@" }
    }
  }

  // MARK: - Titles

  private static let speakerTitles: Set<String> = [
    "speaker", "speakers", "who", "name", "person", "participant", "voice", "sprecher",
    "sprecherin", "person speaking", "locuteur", "hablante", "spreker", "interviewer/participant",
    "speaker name", "speaker label", "speaker id", "interlocutor", "sprecher/in", "sprechende",
    "sprechende person", "redner", "rednerin", "locutrice", "intervenant", "intervenante",
    "participant/e", "orador", "oradora", "hablantes", "falante", "locutor", "locutora", "parlante",
    "interlocutore", "oratore", "spreekster", "deelnemer", "talare", "taler", "puhuja", "mówca",
    "mluvčí", "beszélő", "konuşmacı", "говорящий", "спикер", "発言者", "話者", "说话人", "발화자",
  ]
  private static let wordsTitles: Set<String> = [
    "content", "text", "transcript", "transcription", "utterance", "speech", "words", "dialogue",
    "inhalt", "transkript", "contenu", "texte", "texto", "contenido", "tekst", "turn", "sentence",
    "segment text", "line", "transkription", "äußerung", "aussage", "redebeitrag", "wortlaut",
    "énoncé", "propos", "paroles", "transcripción", "enunciado", "conteúdo", "transcrição", "fala",
    "testo", "trascrizione", "enunciato", "transcriptie", "uiting", "replik", "transkripsjon",
    "teksti", "wypowiedź", "szöveg", "metin", "текст", "реплика", "発言", "内容", "文本",
  ]
  private static let timeTitles: Set<String> = [
    "time", "timespan", "timestamp", "time stamp", "timecode", "start", "start time", "zeit",
    "temps", "tiempo", "hora", "tijd", "time span", "start_time", "starttime", "begin",
    "start (s)", "start (ms)", "in", "von", "anfang", "début", "start timestamp", "from", "beginn",
    "startzeit", "zeitstempel", "zeitmarke", "zeitpunkt", "uhrzeit", "debut", "horodatage",
    "minutage", "heure", "inicio", "comienzo", "desde", "tempo", "início", "marca de tiempo",
    "inizio", "orario", "begintijd", "starttijd", "van", "tid", "starttid", "alku", "aika", "czas",
    "początek", "čas", "začátek", "kezdet", "başlangıç", "zaman", "время", "начало", "時間", "开始",
  ]
  private static let endTitles: Set<String> = [
    "end", "end time", "end_time", "endtime", "end (s)", "end (ms)", "out", "bis", "ende", "fin",
    "stop", "end timestamp", "to", "endzeit", "hasta", "fim", "fine", "einde", "eind",
    "eindtijd", "tot", "slut", "slutt", "sluttid", "loppu", "koniec", "konec", "vége", "bitiş",
    "конец", "終了", "结束",
  ]
  private static let caseTitles: Set<String> = [
    "id", "participant", "participant id", "participant_id", "participantid", "respondent",
    "respondent id", "respondentid", "response id", "responseid", "case", "case id", "name",
    "pseudonym", "interviewee", "record", "record id", "record_id", "subject", "person",
    "teilnehmer", "teilnehmerin", "fall", "participante", "code", "nr", "no", "number", "#",
  ]
}

/// The times in a table: as clocks, in seconds, or in milliseconds.
struct TurnColumnTimes {
  struct Time {
    var range: Range<Int>
    var start: Int
    var end: Int?
    var precision: TranscriptTime.Precision
  }

  /// The milliseconds of one unit of a plain number.
  private let unit: Int
  private let isNVivo: Bool

  // Recognisers write milliseconds as whole numbers; people write seconds, which rise slowly.
  init(_ rows: [[Range<Int>]], _ columns: [Int], _ lines: Lines, _ notation: TimeNotation?) {
    isNVivo = notation == .nvivo
    var values: [Int] = []
    var areWhole = true
    for row in rows {
      for column in columns where row.indices.contains(column) {
        let text = lines.string(row[column]).trimmingLayoutSpace
        if text.isEmpty { continue }
        guard let value = Int(text) else {
          areWhole = false
          continue
        }
        values.append(value)
      }
    }
    let greatest = values.max() ?? 0
    let areThousandths =
      notation.map { $0 == .milliseconds } ?? (areWhole && greatest >= 100 * max(1, rows.count))
    unit = areThousandths ? 1 : 1000
  }

  func time(_ row: [Range<Int>], _ column: Int, _ lines: Lines) -> Time? {
    guard row.indices.contains(column) else { return nil }
    let cell = lines.trimmingEnd(of: row[column])
    let start = lines.skipSpaces(from: cell.lowerBound, to: cell.upperBound)
    let short = isNVivo ? NVivoTimes.read(lines, at: start, limit: cell.upperBound) : nil
    if let stamp = short ?? Timecode.read(lines.scalars, at: start, limit: cell.upperBound) {
      return Time(
        range: stamp.range, start: stamp.start, end: stamp.end, precision: stamp.precision)
    }
    let text = lines.string(start..<cell.upperBound)
    guard text.utf8.count <= 15, let value = Self.number(text), value >= 0, value < 1e10 else {
      return nil
    }
    let isWhole = unit == 1000 && Int(text) != nil
    return Time(
      range: start..<cell.upperBound, start: Int((value * Double(unit)).rounded()),
      precision: isWhole ? .seconds : .milliseconds)
  }
  /// A number whose fraction follows a point or, as spreadsheets write it in most languages, a comma.
  static func number(_ text: some StringProtocol) -> Double? {
    Double(String(text.map { $0 == "," ? "." : $0 }))
  }

  static func isDecimalSign(_ character: Character) -> Bool { character == "." || character == "," }
}
