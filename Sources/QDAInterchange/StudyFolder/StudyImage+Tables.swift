internal import QDACore

// participants.csv, codings/ and charts/
extension StudyImage {
  mutating func addParticipants() {
    guard !project.cases.isEmpty else { return }
    let used = project.attributes.filter { attribute in
      project.cases.contains { $0.values[attribute.id] != nil }
    }
    var table = Table(columns: ["id"])
    table.columns += used.map { key($0.id) } + ["transcript"]
    for one in project.cases {
      let key = key(one.id)
      var values = ["id": key]
      values["guid"] = guid(one.id)?.text
      if one.name != key { values["name"] = one.name }
      if one.unit != "participant" { values["unit"] = one.unit }
      if !one.memberOf.isEmpty {
        values["member-of"] = one.memberOf.map { self.key($0) }.joined(separator: "; ")
      }
      for attribute in used {
        values[self.key(attribute.id)] = one.values[attribute.id].map { Self.field($0) }
      }
      addCoverage(of: one, to: &values)
      table.rows.append(Row(key: .participant(one.id), values: values))
      for column in ["guid", "name", "unit", "member-of", "speaker"]
      where values[column] != nil && !table.columns.contains(column) {
        table.columns.append(column)
      }
    }
    tables[StudyReader.participantsFile] = table
  }

  private func addCoverage(of one: Case, to values: inout [String: String]) {
    var files: [String] = []
    var labels: [String] = []
    for membership in one.covers {
      let source: ID<Source>
      switch membership {
      case .source(let id): source = id
      case .speaker(let id, let label):
        source = id
        if !labels.contains(label) { labels.append(label) }
      case .passage: continue
      }
      if let file = sourceFiles[source], !files.contains(file) { files.append(file) }
    }
    if !files.isEmpty { values["transcript"] = files.joined(separator: "; ") }
    if !labels.isEmpty { values["speaker"] = labels.joined(separator: "; ") }
  }

  private static func field(_ value: AttributeValue) -> String {
    switch value {
    case .terms(let terms): terms.joined(separator: "; ")
    case .invalid(let raw): raw
    default: value.description
    }
  }

  // MARK: Codings

  mutating func addCodings(of source: ID<Source>) {
    guard let file = sourceFiles[source] else { return }
    let stem = StudyTranscript.stem(file)
    let text = try? project.texts.text(of: source)
    let document = project.sources[source]
    let passages = Dictionary(
      project.codings.passages(in: source).map { ($0.id, $0) }, uniquingKeysWith: { $1 })
    for coding in project.codings.codings(in: source) {
      guard coding.provenance == .table || coding.provenance == .imported,
        let passage = passages[coding.passage]
      else { continue }
      let place = Self.place(of: passage, in: document, text)
      // A row says where the words are; what has none is kept with the rest.
      guard place["start"] != nil || place["quote"] != nil else { continue }
      let name = coding.created.by.map { "\(stem).\(key($0)).csv" } ?? "\(stem).csv"
      let path = homes[.coding(coding.id)]?.file ?? "codings/\(name)"
      if tables[path] == nil {
        tables[path] = Table(columns: ["id", "start", "end", "prefix", "quote", "suffix", "code"])
      }
      let values = values(of: coding, on: passage, at: place)
      for column in StudyReader.codingColumns
      where values[column] != nil && tables[path]?.columns.contains(column) == false {
        tables[path]?.columns.append(column)
      }
      tables[path]?.rows.append(Row(key: .coding(coding.id), values: values))
    }
  }

  private func values(
    of coding: Coding, on passage: Passage, at place: [String: String]
  ) -> [String: String] {
    let id = key(coding.id)
    var values = ["id": id, "code": key(coding.code)]
    let own: ID<Passage> = keys.derived(id)
    if own != passage.id { values["passage"] = key(passage.id) }
    values.merge(place) { $1 }
    values["weight"] = coding.weight.map { String($0) }
    values["comment"] = coding.comment.isEmpty ? nil : coding.comment
    values["status"] = coding.status == .accepted ? nil : coding.status.rawValue
    values["created"] = coding.created.at.map { Self.time($0) }
    values["decided-by"] = coding.decision?.by.map { key($0) }
    values["decided"] = coding.decision?.at.map { Self.time($0) }
    values["provenance"] = coding.provenance == .table ? nil : coding.provenance.rawValue
    return values
  }

  /// The position of a passage and the words in and around it.
  static func place(of passage: Passage, in source: Source?, _ text: Text?) -> [String: String] {
    guard let span = passage.span else { return [:] }
    var values: [String: String] = [:]
    if !(span.isEmpty && !passage.verdict.isVerified) {
      values = ["start": String(span.start), "end": String(span.end)]
    }
    if let anchor = passage.anchor, !passage.verdict.isVerified {
      values["quote"] = anchor.quote
      values["prefix"] = anchor.prefix
      values["suffix"] = anchor.suffix
    } else if let text, text.contains(span) {
      let anchor = Anchor(of: span, in: text)
      values["quote"] = onOneLine(source?.words(in: span, of: text) ?? anchor.quote)
      values["prefix"] = onOneLine(anchor.prefix)
      values["suffix"] = onOneLine(anchor.suffix)
    }
    return values.filter { !$0.value.isEmpty }
  }

  // One record a line reads and compares best; quotes are compared without regard to white space.
  private static func onOneLine(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D }) else { return text }
    var line = ""
    for piece in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if !line.isEmpty || piece.isEmpty, line.last != " " { line += " " }
      line += line.last == " " ? String(piece.drop { $0 == " " }) : String(piece)
    }
    return line
  }

  // MARK: Charts

  mutating func addCells() {
    let order = Dictionary(
      project.codebook.inReadingOrder.enumerated().map { ($1.id, $0) },
      uniquingKeysWith: { first, _ in first })
    let rows = Dictionary(
      project.cases.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    let cells = project.cells.values.sorted { left, right in
      let (one, two) = (rows[left.key.row] ?? .max, rows[right.key.row] ?? .max)
      let (first, second) = (order[left.key.column] ?? .max, order[right.key.column] ?? .max)
      return (one, first, left.key) < (two, second, right.key)
    }
    for cell in cells { addRows(of: cell) }
  }

  private mutating func addRows(of cell: Cell) {
    addRow(
      cell.key,
      Cell.Alternative(
        state: cell.state, runs: cell.runs, author: cell.author, basis: cell.basis),
      checker: cell.checker ?? Stamp())
    for alternative in cell.alternatives { addRow(cell.key, alternative, checker: Stamp()) }
  }

  private mutating func addRow(_ key: Cell.Key, _ said: Cell.Alternative, checker: Stamp) {
    let author = said.author
    let record = RecordKey.cell(key, by: author.by, from: said.code)
    let path = homes[record]?.file ?? "charts/\(chartName(of: key.column)).csv"
    if tables[path] == nil {
      tables[path] = Table(columns: Array(StudyReader.chartColumns.prefix(7)))
    }
    // A second row by the same author would be left out when it is read.
    guard chartedRecords.insert(record).inserted else { return }
    let notation = SummaryNotation.text(of: said.runs)
    var values = [
      "case": self.key(key.row), "code": self.key(key.column), "state": said.state.rawValue,
      "summary": notation.summary,
      "references": notation.references.map { reference($0) }.joined(separator: "; "),
    ]
    values["author"] = author.by.map { self.key($0) }
    values["checker"] = checker.by.map { self.key($0) }
    values["written"] = author.at.map { Self.time($0) }
    values["checked"] = checker.at.map { Self.time($0) }
    values["basis"] = said.basis.map { basis($0) }
    values["from"] = said.code.map { self.key($0) }
    for column in ["written", "checked", "basis", "from"]
    where values[column] != nil && tables[path]?.columns.contains(column) == false {
      tables[path]?.columns.append(column)
    }
    tables[path]?.rows.append(Row(key: record, values: values.filter { !$0.value.isEmpty }))
  }

  private func basis(_ basis: Cell.Basis) -> String {
    let codings = basis.codings.map { entry in
      "\(self.key(entry.coding)):\(entry.words.map(Self.hexadecimal) ?? "?")"
    }
    return ([Self.hexadecimal(basis.code)] + codings.sorted()).joined(separator: "; ")
  }

  private static func hexadecimal(_ value: UInt32) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }

  private func chartName(of code: ID<Code>) -> String {
    let theme = project.codebook.ancestors(of: code).last ?? project.codebook.codes[code]
    guard let theme else { return "other" }
    let isName = theme.number.allSatisfy { $0.isLetter || $0.isNumber || $0 == "." || $0 == "-" }
    return theme.number.isEmpty || !isName || theme.number.hasPrefix(".")
      ? key(theme.id) : theme.number
  }

  /// How files name a passage: by the key of a coding on it where it has none of its own.
  func reference(_ passage: ID<Passage>) -> String {
    if keys.has(passage) { return key(passage) }
    return passage.description
  }
}
