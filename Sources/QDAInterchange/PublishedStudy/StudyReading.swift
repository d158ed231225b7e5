internal import QDACore

/// The state of reading one study, step by step.
struct StudyReading {
  let study: StudyText
  private(set) var table = ParticipantTable.read([]).value
  private(set) var sections: [PublishedStudy.Section] = []
  private(set) var quotations: [PublishedStudy.Quotation] = []
  private(set) var elements: [PublishedStudy.MatrixElement] = []
  private(set) var findings: [Diagnostic] = []

  private var participantTables: [ParticipantTableLayout] = []
  private var matrices: [RealistMatrixLayout] = []
  private var prose: [StudySegments.Segment] = []
  /// Lines of tables and titles, then also of headings.
  private var isExcluded: [Bool]
  private var sectionStarts: [Int] = []
  /// For each section the one at the top that it belongs to.
  private var mainSections: [Int] = []

  init(_ text: Text, name: String) {
    study = StudyText(text, name: name)
    isExcluded = [Bool](repeating: false, count: study.lines.count)
  }

  // MARK: Structure

  mutating func findTables() {
    participantTables = study.tables(ParticipantTableLayout.self)
    matrices = study.tables(RealistMatrixLayout.self)
    let terms = RoleColumn.names(in: participantTables.flatMap(\.rows))
    for index in participantTables.indices {
      participantTables[index].readFootnotes(in: study, terms: terms)
    }
    for lines in participantTables.map(\.lines) + matrices.map(\.lines) {
      for line in lines { isExcluded[line] = true }
    }
    for line in study.lines.indices where study.isCaption(line) {
      isExcluded[line] = true
    }
  }

  mutating func findHeadings() {
    let study = study
    let found = Headings(in: study, excluding: isExcluded) { line in
      guard let closing = Attribution(atEndOf: study.lines[line].body, in: study.scalars) else {
        return false
      }
      return !closing.spelling.label.prefix.isEmpty
        && !closing.spelling.variants.contains(.lowerCase)
    }
    var open: [Int] = []
    for heading in found.headings {
      isExcluded[heading.line] = true
      open.removeAll { sections[$0].depth >= heading.depth }
      sections.append(
        PublishedStudy.Section(
          name: study.string(heading.name), depth: heading.depth, parent: open.last,
          span: heading.name.span, line: heading.line + 1))
      sectionStarts.append(heading.line)
      open.append(sections.count - 1)
      mainSections.append(open[0])
    }
  }

  /// The section that a line stands in, by binary search.
  private func section(at line: Int) -> Int? {
    var (low, high) = (0, sectionStarts.count)
    while low < high {
      let middle = (low + high) / 2
      if sectionStarts[middle] <= line { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : low - 1
  }

  // MARK: Participants and quotations

  mutating func findQuotations(ageBands: [AgeBand]) {
    let joined = JoinedTables(participantTables)
    findings += joined.findings
    let rows = joined.rows
    let labels = rows.compactMap { LabelSpelling($0.id.text)?.label }
    let segments = StudySegments(in: study, excluding: isExcluded)
    let numbers = labels.isEmpty ? nil : Set(labels.map(\.number))
    let letters = labels.map(\.prefix).filter { !$0.isEmpty }
    // One row with a letter does not say how the study writes its ids.
    let isLettered = letters.count * 2 > labels.count
    let prefix =
      (isLettered ? Self.mostFrequent(letters) : nil)
      ?? segments.commonPrefix(among: numbers) ?? Self.mostFrequent(letters) ?? "P"
    let reading = ParticipantTable.read(
      rows, footnotes: participantTables.flatMap(\.footnotes),
      expecting: ParticipantTable.Expectations(ageBands: ageBands, prefix: prefix))
    table = reading.value
    findings += reading.diagnostics
    let scan = QuotationScan(
      in: study, segments: segments.segments, register: table.register,
      headings: Set(sectionStarts)
    ) {
      section(at: $0).map { mainSections[$0] }
    }
    prose = scan.prose
    take(scan)
  }

  private static func mostFrequent(_ names: [String]) -> String? {
    var counts: [String: Int] = [:]
    for name in names { counts[name, default: 0] += 1 }
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
  }

  private mutating func take(_ scan: QuotationScan) {
    var variants = LabelVariantNotes(place: "a quotation")
    var unknown: [ParticipantLabel: [WrittenText]] = [:]
    var order: [ParticipantLabel] = []
    func miss(_ label: ParticipantLabel, at written: WrittenText) {
      if unknown[label] == nil { order.append(label) }
      unknown[label, default: []].append(written)
    }
    for found in scan.found {
      let first = found.lines.lowerBound
      var quotation = PublishedStudy.Quotation(
        span: found.words.span, participant: nil, isParticipantKnown: false, attribution: nil,
        block: found.block, section: section(at: first),
        editorial: QuotationScan.insertions(in: found.words, of: study), line: first + 1)
      if let attribution = found.attribution {
        quotation.attribution = attribution.range.span
        let last = found.lines.upperBound
        let candidates = candidates(of: attribution)
        // Without a table whoever is quoted is a participant.
        let isOpen = table.participants.isEmpty
        let known = candidates.map { $0.known ?? (isOpen ? $0.spelling.label : nil) }
        for (candidate, known) in zip(candidates, known) where known == nil {
          miss(candidate.spelling.label, at: study.written(candidate.label, in: last))
        }
        if candidates.count > 1 {
          findings.append(
            severalParticipants(
              found, attribution,
              zip(candidates, known).map { $1 ?? $0.spelling.label }.map(\.description)))
        } else if let candidate = candidates.first {
          let known = known.first.flatMap { $0 }
          quotation.participant = known ?? candidate.spelling.label
          quotation.isParticipantKnown = known != nil
          if let known {
            variants.add(
              candidate.spelling, meaning: known, at: study.written(attribution.range, in: last))
          }
        }
      } else {
        findings.append(unattributed(found))
      }
      quotations.append(quotation)
    }
    for (spelling, label, line) in scan.mentions
    where !table.participants.isEmpty && table.register.resolve(spelling) == nil {
      miss(spelling.label, at: study.written(label, in: line))
    }
    findings += variants.diagnostics
    for (range, line) in scan.wordless { findings.append(withoutWords(range, in: line)) }
    for segment in scan.unfulfilled { findings.append(unfulfilled(segment)) }
    for label in order {
      let uses = (unknown[label] ?? []).sorted { $0.lineNumber < $1.lineNumber }
      findings.append(ParticipantFindings.unknown(label, uses))
    }
  }

  private func unattributed(_ found: QuotationScan.Found) -> Diagnostic {
    let line = found.lines.lowerBound
    let written = study.written(found.words, in: line)
    return Diagnostic(
      "quotation.unattributed", .warning, at: written.place,
      "the quotation does not end with a participant's id", raw: written.text, line: written.line,
      explanation: "It stands where quotations stand, and counts for no participant.",
      solutions: ["add the participant's id at the end of the line"])
  }

  private typealias Candidate = (
    spelling: LabelSpelling, label: Range<Int>, known: ParticipantLabel?
  )

  // The ids of an attribution that may be participants', each once.
  private func candidates(of attribution: Attribution) -> [Candidate] {
    var seen: Set<ParticipantLabel> = []
    let all = attribution.candidates.map {
      (spelling: $0.spelling, label: $0.label, known: table.register.resolve($0.spelling))
    }
    let certain = all.filter {
      $0.known != nil || table.register.knows($0.spelling) || $0.label == attribution.label
    }
    return certain.filter { seen.insert($0.known ?? $0.spelling.label).inserted }
  }

  private func severalParticipants(
    _ found: QuotationScan.Found, _ attribution: Attribution, _ names: [String]
  ) -> Diagnostic {
    let written = study.written(attribution.range, in: found.lines.upperBound)
    return Diagnostic(
      "quotation.unattributed", .warning, at: written.place,
      "the quotation ends with the ids of several participants", raw: written.text,
      line: written.line,
      explanation: "Who of them said what is not known, so that it counts for none of them.",
      notes: ["the ids are \(names.joined(separator: ", "))"],
      solutions: ["leave the id of the speaker only, or give each speaker a line"])
  }

  private func withoutWords(_ range: Range<Int>, in line: Int) -> Diagnostic {
    let written = study.written(range, in: line)
    return Diagnostic(
      "quotation.missing", .warning, at: written.place,
      "an id stands where a quotation should be, without words", raw: written.text,
      line: written.line, explanation: "It was left out, and counts for no participant.",
      solutions: ["restore the words from the study, or remove the id"])
  }

  private func unfulfilled(_ segment: StudySegments.Segment) -> Diagnostic {
    let line = segment.lines.upperBound
    let end = segment.body.upperBound - 1
    let written = study.written(end..<end + 1, in: line)
    return Diagnostic(
      "quotation.missing", .warning, at: written.place,
      "the paragraph ends in a colon and nothing follows it", raw: written.text,
      line: written.line,
      explanation: "A quotation may be missing, or the end of the file.",
      solutions: ["compare with the published study, and restore what is missing"])
  }

  // MARK: Sample size

  mutating func checkSampleSize() {
    guard !table.participants.isEmpty else { return }
    var parts = prose.map {
      SampleSize.Part(body: $0.body, line: $0.lines.lowerBound, isTitle: false)
    }
    for line in participantTables.compactMap(\.caption) {
      parts.append(SampleSize.Part(body: study.lines[line].body, line: line, isTitle: true))
    }
    let organisations = Set(table.participants.compactMap(\.organisation)).sorted()
    let found = SampleSize(
      in: study, prose: parts, rows: table.participants.count, organisations: organisations)
    let numbers = Set([table.participants.count, table.rowCount])
    let wrong = found.statements.filter { !numbers.contains($0.value) }
    for value in Set(wrong.map(\.value)).sorted() {
      let uses = wrong.filter { $0.value == value }.map { study.written($0.range, in: $0.line) }
        .sorted { $0.lineNumber < $1.lineNumber }
      guard let first = uses.first else { continue }
      findings.append(
        Diagnostic(
          "study.sample-size-mismatch", .warning, at: first.place,
          "the text says \(value), the table has \(table.participants.count) participants",
          raw: first.text, line: first.line, notes: ParticipantFindings.others(uses),
          solutions: ["correct the number, or look for a row that is missing or too many"],
          count: uses.count))
    }
  }

  // MARK: Matrix

  mutating func checkMatrix() {
    for matrix in matrices {
      let checked = MatrixCheck(matrix, in: study, after: elements)
      elements += checked.elements
      findings += checked.findings
    }
  }
}
