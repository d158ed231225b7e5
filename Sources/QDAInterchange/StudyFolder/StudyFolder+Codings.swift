internal import QDACore

// codings/SOURCE.CODER.csv
extension StudyReader {
  static let codingColumns = [
    "id", "passage", "start", "end", "prefix", "quote", "suffix", "code", "weight", "comment",
    "status", "created", "provenance",
  ]

  /// A row of a table of codings with what its keys mean.
  private struct Row {
    var row: CSVRow
    var coding: ID<Coding>
    var passageKey: String
    var passage: ID<Passage>
    var code: ID<Code>
    var coder: ID<Coder>?
    var place: WrittenPlace
  }

  /// Where a row says that its passage is.
  private struct WrittenPlace: Equatable {
    var span: TextSpan?
    var anchor: Anchor

    var isBlank: Bool { span == nil && anchor.quote.isEmpty }
  }

  mutating func readCodings() {
    var rows: [ID<Source>: [Row]] = [:]
    for name in names(in: "codings", ending: ".csv") {
      guard let table = table(name), let (source, coder) = owner(of: name) else { continue }
      let hasPositions = table.columns["start"] != nil && table.columns["end"] != nil
      let read = table.rows(
        required: hasPositions ? ["code"] : ["code", "quote"], known: Self.codingColumns,
        findings: findings)
      var ordinals: [[String]: Int] = [:]
      rows[source, default: []] += read.compactMap {
        resolve($0, in: source, by: coder, &ordinals)
      }
    }
    for (source, rows) in rows.sorted(by: { $0.key < $1.key }) { insert(rows, in: source) }
  }

  /// The source and the coder that a file's name names.
  private func owner(of name: String) -> (ID<Source>, ID<Coder>?)? {
    let stem = String(name.dropFirst("codings/".count).dropLast(".csv".count))
    let spot = Spot(place: .file(name, line: 0, column: 0), line: nil)
    for dot in stem.indices.reversed() where stem[dot] == "." {
      guard let source = keys.id(for: String(stem[..<dot]), Source.self) else { continue }
      let key = String(stem[stem.index(after: dot)...])
      guard let coder = coder(key, at: spot) else { return nil }
      return (source, coder)
    }
    if let source = keys.id(for: stem, Source.self) { return (source, nil) }
    let transcript = stem.lastIndex(of: ".").map { String(stem[..<$0]) } ?? stem
    findings.add(
      Diagnostic(
        "coding.transcript-unknown", .error, at: spot.place,
        "there is no transcript '\(transcript)' for these codings",
        raw: transcript,
        notes: Suggestion.notes(for: transcript, among: keys.all(Source.self)),
        solutions: ["name the file after the transcript and the coder, such as P01.MR.csv"]))
    return nil
  }

  // Rows of different coders may share passages, so the files of a source are settled together.
  private mutating func insert(_ rows: [Row], in source: ID<Source>) {
    var places: [ID<Passage>: WrittenPlace] = [:]
    var order: [Row] = []
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
    var unverified: [Row] = []
    for row in order {
      guard let place = places[row.passage], !place.isBlank else {
        reportNoQuote(row)
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
    _ row: CSVRow, in source: ID<Source>, by coder: ID<Coder>?, _ ordinals: inout [[String]: Int]
  ) -> Row? {
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
        keys.key(of: source), coder.map { keys.key(of: $0) } ?? "", row["code"], quote,
        row["start"],
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
    return Row(
      row: row, coding: coding, passageKey: passageKey, passage: passage, code: code, coder: coder,
      place: place)
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

  private func coding(_ row: Row) -> Coding {
    Coding(
      id: row.coding, passage: row.passage, code: row.code, created: created(row),
      weight: weight(row.row), comment: row.row.field("comment")?.text ?? "",
      provenance: row.row["provenance"] == Coding.Provenance.imported.rawValue ? .imported : .table,
      status: status(row.row))
  }

  private func created(_ row: Row) -> Stamp {
    let text = row.row["created"]
    let time = text.isEmpty ? nil : Timestamp(text)
    if time == nil, !text.isEmpty {
      reportValue(text, "a date such as 2026-03-04", at: row.row.spot("created"))
    }
    return Stamp(by: row.coder, at: time)
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
    _ row: Row, _ place: WrittenPlace, _ finder: QuoteFinder?, in source: ID<Source>,
    _ unverified: inout [Row]
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

// MARK: - Messages

extension StudyReader {
  private func reportDifference(_ row: Row) {
    let spot = row.row.spot("quote")
    findings.add(
      Diagnostic(
        "coding.passage-differs", .error, at: spot.place,
        "another row says that the passage '\(row.passageKey)' is somewhere else; that one counts",
        line: spot.line,
        solutions: ["write the same position and quote in both rows, or name another passage"]))
  }

  private func reportNoQuote(_ row: Row) {
    let spot = row.row.spot("quote")
    findings.add(
      Diagnostic(
        "coding.quote-missing", .error, at: spot.place,
        "the row has neither a quote nor a position and is left out", line: spot.line,
        solutions: ["copy the coded words into the column 'quote'"]))
  }

  private func reportBeyond(_ row: Row, _ span: TextSpan, _ text: Text) {
    let spot = row.row.spot("start")
    findings.add(
      Diagnostic(
        "coding.beyond-text", .error, at: spot.place,
        "the passage ends at \(span.end) and the text at \(text.scalarCount)", line: spot.line,
        explanation: "Without a quote it cannot be looked for.",
        solutions: ["correct the position, or write the coded words in the column 'quote'"]))
  }

  private func reportUnverified(_ row: Row, count: Int) {
    let spot = row.row.spot("start")
    findings.add(
      Diagnostic(
        "coding.unverified", .warning, at: spot.place,
        "the passage has a position and no quote to check it by", line: spot.line,
        explanation: "The transcript may have changed since; nothing would show it.",
        solutions: ["run 'qda check --fix', which adds the quotes and the transcript's digest"],
        count: count))
  }

  private func report(
    _ verdict: Verdict, _ span: TextSpan?, _ place: WrittenPlace, _ row: Row, _ text: Text
  ) {
    let spot = row.row.spot("quote")
    let name = row.row["id"].isEmpty ? "the passage" : row.row["id"]
    func shown(_ span: TextSpan) -> String {
      let place = text.lineAndColumn(ofScalar: Int(span.start))
      return "\(span) (line \(place.line), column \(place.column))"
    }
    func shown(_ candidate: Verdict.Candidate) -> String {
      "\(shown(candidate.span)), \(Int((candidate.similarity * 100).rounded())) % alike"
    }
    switch verdict {
    case .unchanged: break
    case .shifted:
      findings.add(
        Diagnostic(
          "coding.shifted", .warning, at: spot.place,
          "\(name) is not where the row says; the words stand once, elsewhere", line: spot.line,
          notes: (place.span.map { ["the row says \($0)"] } ?? [])
            + (span.map { ["it was found at \(shown($0))"] } ?? []),
          solutions: ["run 'qda check --fix' to write the new position"]))
    case .fuzzy(let best, let runnerUp):
      findings.add(
        Diagnostic(
          "coding.fuzzy", .error, at: spot.place,
          "the words of \(name) are not in the transcript; similar ones are", line: spot.line,
          notes: ["at \(shown(best))"] + (runnerUp.map { ["next best at \(shown($0))"] } ?? []),
          solutions: [
            "copy the words from the transcript into the column 'quote' if they are meant"
          ]
        ))
    case .ambiguous(let candidates):
      findings.add(
        Diagnostic(
          "coding.ambiguous", .error, at: spot.place,
          "the words of \(name) stand in several places", line: spot.line,
          notes: candidates.prefix(5).map { "at \(shown($0))" },
          solutions: [
            "write its start and end, or the words before it in 'prefix' or after it in 'suffix'"
          ]))
    case .split(let head, let tail):
      findings.add(
        Diagnostic(
          "coding.split", .error, at: spot.place,
          "the beginning and the end of \(name) stand apart in the transcript", line: spot.line,
          notes: ["at \(shown(head))", "and at \(shown(tail))"],
          solutions: ["make two codings of it, or correct the quote"]))
    case .orphaned, .unverified:
      findings.add(
        Diagnostic(
          "coding.orphaned", .error, at: spot.place,
          "the words of \(name) are not in the transcript", line: spot.line,
          solutions: ["copy the words from the transcript into the column 'quote'"]))
    }
  }
}
