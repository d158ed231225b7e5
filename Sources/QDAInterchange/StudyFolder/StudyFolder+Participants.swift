internal import QDACore

// participants.csv
extension StudyReader {
  static let participantsFile = "participants.csv"
  /// Columns with a meaning of their own; every other one is an attribute.
  static let participantColumns = [
    "id", "guid", "name", "unit", "member-of", "transcript", "speaker",
  ]

  mutating func readParticipants() {
    guard let table = table(Self.participantsFile) else { return }
    let rows = table.rows(required: ["id"], known: nil, findings: findings)
    let attributes = declareAttributes(table)
    var accepted: [(row: CSVRow, id: ID<Case>)] = []
    for row in distinct(rows) {
      guard let id = enterParticipant(row) else { continue }
      let name = row["name"].isEmpty ? row["id"] : row["name"]
      let unit = row["unit"].isEmpty ? "participant" : row["unit"]
      project.cases[id] = Case(id: id, name: name, unit: unit)
      homes[.participant(id)] = RecordHome(file: table.name, record: row.index)
      spots[.case(id)] = row.spot()
      accepted.append((row, id))
    }
    registerLabels(accepted)
    for (row, id) in accepted {
      let groups = row.list("member-of").compactMap { participant($0, at: row.spot("member-of")) }
      project.cases[id]?.memberOf = groups
    }
    for (column, id) in attributes {
      guard let attribute = project.attributes[id] else { continue }
      readValues(of: attribute, column: column, in: accepted)
    }
    readCoverage(accepted)
  }

  // Ids that are a number after letters go through the checks that all participant tables share.
  private func distinct(_ rows: [CSVRow]) -> [CSVRow] {
    let numbered = rows.filter { LabelSpelling($0["id"]) != nil }
    let reading = ParticipantTable.read(
      numbered.map { row in
        let others = row.table.columns.keys.sorted().filter { $0 != "id" }
        return ParticipantRow(
          id: row.written("id"),
          others: others.map { Participant.Field(name: $0, value: row[$0]) })
      })
    // A study that writes all its ids alike has no variants: `P01` and `P10` are of one length.
    let isEven = Set(numbered.map { $0["id"].count(where: \.isNumber) }).count == 1
    let spellings = Set(
      numbered.map { row in
        (LabelSpelling(row["id"])?.variants ?? []).filter { !isEven || $0 != .padded }
      })
    // Rows that were left out are missing for a reason that was reported.
    let isWhole = rows.first?.table.leftOut.isEmpty ?? true
    findings.add(
      reading.diagnostics.filter {
        ($0.id != "participant.id-variant" || spellings.count > 1)
          && ($0.id != "participant.numbering-gap" || isWhole)
      })
    let kept = Set(reading.value.participants.map(\.id.place))
    return rows.filter { LabelSpelling($0["id"]) == nil || kept.contains($0.spot("id").place) }
  }

  private mutating func registerLabels(_ rows: [(row: CSVRow, id: ID<Case>)]) {
    for (row, id) in rows {
      guard var label = LabelSpelling(row["id"])?.label else { continue }
      if label.prefix.isEmpty { label.prefix = "P" }
      if caseOfLabel[label] == nil { caseOfLabel[label] = id }
    }
    register = ParticipantRegister(Array(caseOfLabel.keys), prefix: "P")
  }

  private mutating func enterParticipant(_ row: CSVRow) -> ID<Case>? {
    let key = row["id"]
    guard !key.isEmpty else {
      findings.add(
        Diagnostic(
          "participant.id-unreadable", .error, at: row.spot("id").place, "the row has no id",
          line: row.spot().line, solutions: ["write the participant's key in the column 'id'"]))
      return nil
    }
    let guid = row["guid"]
    let id = ID<Case>(guid) ?? keys.derived(key)
    guard keys.enter(key, for: id) else {
      findings.add(
        Diagnostic(
          "participant.duplicate", .error, at: row.spot("id").place,
          "\(key) has a second row, which is left out", raw: key, line: row.spot("id").line,
          solutions: ["remove one of the rows or correct its id"]))
      return nil
    }
    return id
  }

  private mutating func declareAttributes(_ table: CSVTable) -> [(String, ID<Attribute>)] {
    (table.head?.fields ?? []).compactMap { field in
      let column = field.text.trimmed
      guard !column.isEmpty, !column.unicodeScalars.contains("\u{FFFD}"),
        !Self.participantColumns.contains(column)
      else { return nil }
      if let id = keys.id(for: column, Attribute.self) { return (column, id) }
      findings.add(
        Diagnostic(
          "study.attribute-undeclared", .warning, at: table.place(of: field),
          "study.yaml declares no attribute '\(column)'; it is read as text",
          line: table.lineText(field.line),
          notes: findings.nearest(column, keys.all(Attribute.self) + Self.participantColumns),
          solutions: ["declare it under 'attributes', or correct the name"]))
      let id: ID<Attribute> = keys.derived(column)
      guard keys.enter(column, for: id) else { return nil }
      project.attributes[id] = Attribute(id: id, name: column)
      return (column, id)
    }
  }

  // MARK: Values

  /// Words that say in any column why there is no value.
  static let words: [String: AttributeValue] = [
    "missing": .missing, "not applicable": .notApplicable,
  ]

  private mutating func readValues(
    of attribute: Attribute, column: String, in rows: [(row: CSVRow, id: ID<Case>)]
  ) {
    if attribute.kind == .band {
      readBands(of: attribute, column: column, in: rows)
      return
    }
    for (row, id) in rows {
      let text = row[column]
      guard !text.isEmpty else { continue }
      let value = Self.words[text] ?? value(text, of: attribute, row, column)
      project.cases[id]?.values[attribute.id] = value
    }
  }

  private func value(
    _ text: String, of attribute: Attribute, _ row: CSVRow, _ column: String
  ) -> AttributeValue {
    switch attribute.kind {
    case .text, .band: return .text(text)
    case .terms: return terms(row, column, of: attribute)
    case .number:
      if text.isDecimal { return .number(decimal: text) }
      reportValue(text, "a number", row.spot(column))
    case .integer:
      if text.isDecimal, !text.contains(".") { return .number(decimal: text) }
      reportValue(text, "a whole number", row.spot(column))
    case .flag:
      switch text.lowercased() {
      case "yes", "true": return .flag(true)
      case "no", "false": return .flag(false)
      default: reportValue(text, "yes or no", row.spot(column))
      }
    case .date:
      if Timestamp(text) != nil { return .date(text) }
      reportValue(text, "a date such as 2026-03-04", row.spot(column))
    case .dateTime:
      if Timestamp(text) != nil { return .dateTime(text) }
      reportValue(text, "a date and time such as 2026-03-04T10:30:00Z", row.spot(column))
    }
    return .invalid(raw: text)
  }

  private mutating func readBands(
    of attribute: Attribute, column: String, in rows: [(row: CSVRow, id: ID<Case>)]
  ) {
    let cells = rows.map { row, id -> WrittenText? in
      let text = row[column]
      return text.isEmpty || Self.words[text] != nil ? nil : row.written(column)
    }
    for (row, id) in rows {
      if let value = Self.words[row[column]] { project.cases[id]?.values[attribute.id] = value }
    }
    let vocabulary = attribute.vocabulary.compactMap { term in
      if case .band(let band) = AgeReading(term.name) { band } else { nil }
    }
    let ages = AgeColumn(cells: cells, vocabulary: vocabulary)
    findings.add(ages.findings)
    for (age, id) in zip(ages.ages, rows.map(\.id)) {
      guard let age else { continue }
      let value: AttributeValue
      switch age.reading {
      case .missing: value = .missing
      case .band(let band): value = .band(band.lower, band.upper)
      default: value = .invalid(raw: age.raw)
      }
      project.cases[id]?.values[attribute.id] = value
    }
  }

  private func terms(_ row: CSVRow, _ column: String, of attribute: Attribute) -> AttributeValue {
    let names = row.list(column)
    let known = attribute.vocabulary.map(\.name)
    guard !known.isEmpty else { return .terms(names) }
    for name in names where !known.contains(name) {
      let spot = row.spot(column)
      findings.add(
        Diagnostic(
          "participant.role-undefined", .warning, at: spot.place,
          "study.yaml does not say what '\(name)' means among '\(attribute.name)'", raw: name,
          line: spot.line, notes: Suggestion.notes(for: name, among: known),
          solutions: ["define it under 'values', or correct the cell"]))
    }
    let rank = Dictionary(
      known.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let sorted = names.enumerated().sorted {
      (rank[$0.element] ?? .max, $0.offset) < (rank[$1.element] ?? .max, $1.offset)
    }
    var seen: Set<String> = []
    return .terms(sorted.map(\.element).filter { seen.insert($0).inserted })
  }

  private func reportValue(_ text: String, _ wanted: String, _ spot: Spot) {
    findings.add(
      Diagnostic(
        "table.value-invalid", .warning, at: spot.place, "'\(text)' is not \(wanted)", raw: text,
        line: spot.line, explanation: "It is kept as written and left out of tallies.",
        solutions: ["correct the cell"]))
  }

  // MARK: Transcripts

  private mutating func readCoverage(_ rows: [(row: CSVRow, id: ID<Case>)]) {
    // A site speaks through its members.
    let groups = Set(rows.flatMap { project.cases[$0.id]?.memberOf ?? [] })
    var claims: [ID<Source>: [(row: CSVRow, id: ID<Case>)]] = [:]
    var claimed: Set<ID<Source>> = []
    let inferred = inferredCoverage(rows)
    for (row, id) in rows {
      let names = row.list("transcript")
      if names.isEmpty, row.table.columns["transcript"] != nil, !groups.contains(id),
        !inferred.values.contains(id)
      {
        let spot = row.spot()
        findings.add(
          Diagnostic(
            "study.participant-without-transcript", .warning, at: spot.place,
            "\(row["id"]) speaks in no transcript", line: spot.line,
            solutions: ["name the file in the column 'transcript'"]))
      }
      for name in names {
        guard let source = source(name, at: row.spot("transcript")) else { continue }
        claimed.insert(source)
        let labels = row.list("speaker")
        if labels.isEmpty {
          project.cases[id]?.covers.append(.source(source))
          claims[source, default: []].append((row, id))
        } else {
          cover(labels, of: source, by: id, row)
        }
      }
    }
    for (source, claims) in claims.sorted(by: { $0.key < $1.key }) {
      settleClaims(claims, to: source)
    }
    guard rows.first?.row.table.leftOut.isEmpty ?? true else { return }
    for source in project.sources where !claimed.contains(source.id) && source.kind == .transcript {
      let place = Place.file("transcripts/\(source.name)", line: 0, column: 0)
      if let id = inferred[source.id], let row = rows.first(where: { $0.id == id }) {
        cover(source.id, by: id)
        findings.add(
          Diagnostic(
            "study.participant-inferred", .note, at: place,
            "'\(row.row["id"])' speaks in this transcript, as its name or header says",
            explanation: "participants.csv has no column 'transcript'.",
            solutions: [
              "name the file in the column 'transcript' of '\(row.row["id"])', or of whoever it is"
            ]))
        continue
      }
      findings.add(
        Diagnostic(
          "study.transcript-without-participant", .warning, at: place,
          "no row of participants.csv names this transcript",
          explanation: "Its codings count for no participant.",
          notes: likelyCoverage(of: source, rows),
          solutions: ["name the file in the column 'transcript' of whoever speaks in it"]))
    }
  }

  /// Whom the names or headers of transcripts say that speaks in them, where the table has no column
  /// that names transcripts.
  ///
  /// The id must be a participant's as written but for capitals, and no other's: the header counts
  /// before the name. What is only like an id is a note and no more.
  private func inferredCoverage(_ rows: [(row: CSVRow, id: ID<Case>)]) -> [ID<Source>: ID<Case>] {
    guard let table = rows.first?.row.table, table.columns["transcript"] == nil else { return [:] }
    var keys: [String: ID<Case>] = [:]
    for (row, id) in rows { keys[row["id"].lowercased()] = id }
    var inferred: [ID<Source>: ID<Case>] = [:]
    for source in project.sources where source.kind == .transcript {
      for place in [CarriedID.Place.header, .name] {
        let found = Set(
          source.carriedIDs.filter { $0.place == place }.compactMap { keys[$0.id.lowercased()] })
        guard let only = found.first else { continue }
        if found.count == 1 { inferred[source.id] = only }
        break
      }
    }
    return inferred
  }

  // Ids that differ in capitals, spaces and zeros only, such as `P7` and `P07`.
  private func likelyCoverage(
    of source: Source, _ rows: [(row: CSVRow, id: ID<Case>)]
  ) -> [String] {
    func bare(_ id: String) -> String {
      let letters = id.lowercased().filter(\.isLetter)
      return letters + String(id.filter(\.isNumber).drop { $0 == "0" })
    }
    let carried = source.carriedIDs
    let near = rows.map(\.row).filter { row in
      row["id"].contains(where: \.isNumber) && carried.contains { bare($0.id) == bare(row["id"]) }
    }
    return near.map { "it may be '\($0["id"])', to judge by its name, header or labels" }
  }

  private mutating func cover(_ source: ID<Source>, by id: ID<Case>) {
    project.cases[id]?.covers.append(.source(source))
    guard var document = project.sources[source] else { return }
    for index in document.speakers.indices
    where document.speakers[index].role == .participant && document.speakers[index].person == nil {
      document.speakers[index].person = id
    }
    project.sources[source] = document
  }

  private mutating func cover(
    _ labels: [String], of source: ID<Source>, by id: ID<Case>, _ row: CSVRow
  ) {
    guard var document = project.sources[source] else { return }
    var found = false
    for label in labels {
      for index in document.speakers.indices {
        let speaker = document.speakers[index]
        guard speaker.label == label || speaker.variants.contains(label) else { continue }
        found = true
        document.speakers[index].person = id
        project.cases[id]?.covers.append(.speaker(source, label: speaker.label))
      }
    }
    project.sources[source] = document
    guard !found else { return }
    let spot = row.spot("speaker")
    let known = document.speakers.map(\.label)
    findings.add(
      Diagnostic(
        "study.speaker-unknown", .error, at: spot.place,
        "nobody in \(document.name) is called '\(labels.joined(separator: "; "))'",
        raw: row["speaker"], line: spot.line,
        notes: Suggestion.notes(for: labels.first ?? "", among: known)
          + ["the speakers there are \(known.joined(separator: ", "))"],
        solutions: ["correct the label, or leave the column blank"]))
  }

  // Whoever names a file without a speaker speaks for all its participants; that can be one only.
  private mutating func settleClaims(
    _ claims: [(row: CSVRow, id: ID<Case>)], to source: ID<Source>
  ) {
    guard let first = claims.first, var document = project.sources[source] else { return }
    if claims.count > 1, let last = claims.last {
      let spot = last.row.spot("transcript")
      findings.add(
        Diagnostic(
          "study.speaker-missing", .warning, at: spot.place,
          "\(claims.map { $0.row["id"] }.joined(separator: ", ")) all speak for "
            + "\(document.name) and none names a speaker",
          line: spot.line, explanation: "Every passage in it counts for each of them.",
          solutions: ["write each one's label in the column 'speaker'"]))
      return
    }
    for index in document.speakers.indices
    where document.speakers[index].role == .participant && document.speakers[index].person == nil {
      document.speakers[index].person = first.id
    }
    project.sources[source] = document
  }
}
