internal import QDACore

// codings/SOURCE.CODER.csv
extension StudyReader {
  static let codingColumns = [
    "id", "passage", "start", "end", "prefix", "quote", "suffix", "code", "weight", "comment",
    "status", "created", "provenance", "decided-by", "decided",
  ]

  /// A row of a table of codings with what its keys mean.
  struct CodingRow {
    var row: CSVRow
    var coding: ID<Coding>
    var passageKey: String
    var passage: ID<Passage>
    var code: ID<Code>
    var coder: ID<Coder>?
    var place: WrittenPlace
  }

  /// Where a row says that its passage is.
  struct WrittenPlace: Equatable {
    var span: TextSpan?
    var anchor: Anchor

    var isBlank: Bool { span == nil && anchor.quote.isEmpty }
  }

  mutating func readCodings() {
    var rows: [ID<Source>: [CodingRow]] = [:]
    for name in names(in: "codings", ending: ".csv") {
      guard let table = table(name), let (source, coder) = owner(of: name) else { continue }
      let hasPositions = table.columns["start"] != nil && table.columns["end"] != nil
      let read = table.rows(
        required: hasPositions ? ["code"] : ["code", "quote"], known: Self.codingColumns,
        findings: findings)
      var ordinals: [[String]: Int] = [:]
      if hasPositions { checkQuoteColumn(table) }
      rows[source, default: []] += read.compactMap { row in
        let read = resolve(row, in: source, by: coder, &ordinals)
        if read == nil { findings.leaveOut(row["id"], in: name) }
        return read
      }
    }
    for (source, rows) in rows.sorted(by: { $0.key < $1.key }) { insert(rows, in: source) }
  }

  /// The source and the coder that a file's name names.
  private func owner(of name: String) -> (ID<Source>, CodingOwner)? {
    let stem = Self.codingStem(name)
    let spot = Spot(place: .file(name, line: 0, column: 0), line: nil)
    for dot in stem.indices.reversed() where stem[dot] == "." {
      guard let source = keys.id(for: String(stem[..<dot]), Source.self) else { continue }
      let key = String(stem[stem.index(after: dot)...])
      // Whoever it was, the codings are there: they are read as those of nobody known.
      return (source, CodingOwner(key: key, coder: coder(key, at: spot)))
    }
    guard let source = keys.id(for: stem, Source.self) else { return nil }
    findings.add(
      Diagnostic(
        "coding.coder-missing", .note, at: spot.place,
        "the file's name says of no coder that these codings are theirs",
        solutions: ["name the file \(stem).CODER.csv, with the coder's key"]))
    return (source, CodingOwner(key: "", coder: nil))
  }

  /// Whose codings a file holds: the key in its name, and the coder where the study has one.
  struct CodingOwner {
    var key: String
    var coder: ID<Coder>?
  }

  static func codingStem(_ name: String) -> String {
    String(name.dropFirst("codings/".count).dropLast(".csv".count))
  }

  // Positions alone can be read, but a person who wrote quotes wants them compared.
  private func checkQuoteColumn(_ table: CSVTable) {
    guard let head = table.head, table.columns["quote"] == nil,
      let field = head.fields.first(where: {
        !Self.codingColumns.contains($0.text.trimmed)
          && Suggestion.nearest(to: $0.text.trimmed, among: Self.codingColumns) == "quote"
      })
    else { return }
    findings.add(
      Diagnostic(
        "table.column-missing", .error, at: table.place(of: field),
        "the table has no column 'quote', so that no passage is compared with the transcript",
        line: table.lineText(field.line),
        notes: ["is '\(field.text.trimmed)' meant to be 'quote'?"],
        solutions: ["rename the column"]))
  }

  // Rows of different coders may share passages, so the files of a source are settled together.
  private mutating func insert(_ rows: [CodingRow], in source: ID<Source>) {
    var places: [ID<Passage>: WrittenPlace] = [:]
    var order: [CodingRow] = []
    for row in rows {
      switch places[row.passage] {
      case nil:
        if let other = passageSources[row.passage], other != source {
          reportDifference(row)
          continue
        }
        order.append(row)
        places[row.passage] = row.place
      case let place? where place.isBlank: places[row.passage] = row.place
      case let place? where !row.place.isBlank && place != row.place: reportDifference(row)
      default: break
      }
    }
    let finder = texts.texts[source].flatMap { text in
      project.sources[source].map { QuoteFinder($0, text) }
    }
    var passages: [Passage] = []
    var unverified: [CodingRow] = []
    for row in order {
      guard let place = places[row.passage], !place.isBlank else {
        reportNoQuote(row)
        findings.leaveOut(row.row["id"], in: row.row.table.name)
        continue
      }
      passages.append(settle(row, place, finder, in: source, &unverified))
      passageSources[row.passage] = source
    }
    if let first = unverified.first { reportUnverified(first, count: unverified.count) }
    var codings: [Coding] = []
    for row in rows where passageSources[row.passage] == source {
      codings.append(coding(row))
      passageOfCoding[row.coding] = row.passage
      homes[.coding(row.coding)] = RecordHome(file: row.row.table.name, record: row.row.index)
      spots[.coding(row.coding)] = row.row.spot()
    }
    project.codings.insert(passages, codings: codings, in: source)
  }

  // MARK: One row

  private mutating func resolve(
    _ row: CSVRow, in source: ID<Source>, by owner: CodingOwner, _ ordinals: inout [[String]: Int]
  ) -> CodingRow? {
    guard !row["code"].isEmpty else {
      findings.add(
        Diagnostic(
          "coding.code-missing", .error, at: row.spot("code").place,
          "the row has no code and is left out", line: row.spot("code").line,
          solutions: ["write the code's key in the column 'code'"]))
      return nil
    }
    guard let code = code(row["code"], at: row.spot("code")) else { return nil }
    let quote = row.field("quote")?.text ?? ""
    var key = row["id"]
    let coding: ID<Coding>
    if key.isEmpty {
      let names = [
        keys.key(of: source), owner.key, row["code"], quote, row["start"],
      ]
      let ordinal = ordinals[names, default: 0]
      ordinals[names] = ordinal + 1
      coding = ID(derivedFrom: [keys.study, Coding.kindWord] + names + [String(ordinal)])
      key = coding.description
      _ = keys.enter(key, for: coding)
    } else {
      guard let entered = enter(key, Coding.self, at: row.spot("id")) else { return nil }
      coding = entered
    }
    let passageKey = row["passage"].isEmpty ? key : row["passage"]
    let passage: ID<Passage> = keys.derived(passageKey)
    if keys.id(for: passageKey, Passage.self) == nil { _ = keys.enter(passageKey, for: passage) }
    let place = WrittenPlace(
      span: position(row, hasQuote: !quote.trimmed.isEmpty),
      anchor: Anchor(
        quote: quote.trimmed.isEmpty ? "" : quote, prefix: row.field("prefix")?.text ?? "",
        suffix: row.field("suffix")?.text ?? ""))
    return CodingRow(
      row: row, coding: coding, passageKey: passageKey, passage: passage, code: code,
      coder: owner.coder, place: place)
  }

  private func position(_ row: CSVRow, hasQuote: Bool) -> TextSpan? {
    let (start, end) = (row["start"], row["end"])
    if start.isEmpty, end.isEmpty { return nil }
    if let first = UInt32(start), let last = UInt32(end),
      let span = TextSpan(start: first, end: last)
    {
      return span
    }
    let spot = row.spot("start")
    findings.add(
      Diagnostic(
        "coding.position-invalid", .error, at: spot.place,
        "'\(start)' to '\(end)' is no position", line: spot.line,
        explanation: hasQuote ? "The quote is looked for in the whole text." : nil,
        solutions: ["write whole numbers, the end not before the start, or leave both blank"]))
    return nil
  }

  private func coding(_ row: CodingRow) -> Coding {
    Coding(
      id: row.coding, passage: row.passage, code: row.code, created: created(row),
      weight: weight(row.row), comment: row.row.field("comment")?.text ?? "",
      provenance: row.row["provenance"] == Coding.Provenance.imported.rawValue ? .imported : .table,
      status: status(row.row), decision: decision(row.row))
  }

  private func created(_ row: CodingRow) -> Stamp {
    let text = row.row["created"]
    let time = text.isEmpty ? nil : Timestamp(text)
    if time == nil, !text.isEmpty {
      reportValue(text, "a date such as 2026-03-04", at: row.row.spot("created"))
    }
    return Stamp(by: row.coder, at: time)
  }

  private func decision(_ row: CSVRow) -> Stamp? {
    let by = row["decided-by"]
    let at = row["decided"]
    if by.isEmpty, at.isEmpty { return nil }
    let time = Timestamp(at)
    if time == nil, !at.isEmpty {
      reportValue(at, "a date such as 2026-03-04", at: row.spot("decided"))
    }
    return Stamp(by: by.isEmpty ? nil : coder(by, at: row.spot("decided-by")), at: time)
  }

  private func weight(_ row: CSVRow) -> Int? {
    let text = row["weight"]
    if text.isEmpty { return nil }
    if let weight = Int(text) { return weight }
    reportValue(text, "a whole number", at: row.spot("weight"))
    return nil
  }

  private func status(_ row: CSVRow) -> Coding.Status {
    let text = row["status"]
    if text.isEmpty { return .accepted }
    if let status = Coding.Status(rawValue: text) { return status }
    let words = Coding.Status.allCases.map(\.rawValue)
    reportValue(text, "one of \(words.joined(separator: ", "))", at: row.spot("status"))
    // Taking it for accepted would make a machine's proposal a finding.
    return .proposed
  }

  func reportValue(_ text: String, _ wanted: String, at spot: Spot) {
    findings.add(
      Diagnostic(
        "table.value-invalid", .error, at: spot.place, "'\(text)' is not \(wanted)", raw: text,
        line: spot.line, solutions: ["correct the cell"]))
  }

  // MARK: One passage

  private func settle(
    _ row: CodingRow, _ place: WrittenPlace, _ finder: QuoteFinder?, in source: ID<Source>,
    _ unverified: inout [CodingRow]
  ) -> Passage {
    let time = row.row["created"]
    var passage = Passage(
      id: row.passage, source: source, region: .text(place.span ?? TextSpan(scalars: 0..<0)),
      created: Stamp(by: row.coder, at: Timestamp(time)))
    guard let finder, let text = texts.texts[source] else {
      passage.anchor = place.anchor
      passage.verdict = .unverified
      return passage
    }
    if let span = place.span, !text.contains(span), place.anchor.quote.isEmpty {
      reportBeyond(row, span, text)
      passage.verdict = .orphaned
      return passage
    }
    if place.anchor.quote.isEmpty {
      if !isUnchanged(source) {
        passage.verdict = .unverified
        unverified.append(row)
      }
      return passage
    }
    let (verdict, span) = finder.locate(place.anchor, near: place.span)
    passage.verdict = verdict
    if let span { passage.region = .text(span) }
    if verdict != .unchanged {
      passage.anchor = place.anchor
      report(verdict, span, place, row, text)
    }
    return passage
  }

  /// Whether the study recorded the digest of a source's file and it still is that.
  private func isUnchanged(_ source: ID<Source>) -> Bool {
    guard let document = project.sources[source], let digest = settings.digests[document.name]
    else { return false }
    return transcripts[document.name]?.digest == digest
  }
}
