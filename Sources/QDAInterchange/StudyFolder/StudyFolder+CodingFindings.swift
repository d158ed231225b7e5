internal import QDACore

// What can be the matter with codings
extension StudyReader {
  func reportDifference(_ row: CodingRow) {
    let spot = row.row.spot("quote")
    findings.add(
      Diagnostic(
        "coding.passage-differs", .error, at: spot.place,
        "another row says that the passage '\(row.passageKey)' is somewhere else; that one counts",
        line: spot.line,
        solutions: ["write the same position and quote in both rows, or name another passage"]))
  }

  func reportNoQuote(_ row: CodingRow) {
    let spot = row.row.spot("quote")
    findings.add(
      Diagnostic(
        "coding.quote-missing", .error, at: spot.place,
        "the row has neither a quote nor a position and is left out", line: spot.line,
        solutions: ["copy the coded words into the column 'quote'"]))
  }

  func reportBeyond(_ row: CodingRow, _ span: TextSpan, _ text: Text) {
    let spot = row.row.spot("start")
    findings.add(
      Diagnostic(
        "coding.beyond-text", .error, at: spot.place,
        "the passage ends at \(span.end) and the text at \(text.scalarCount)", line: spot.line,
        explanation: "Without a quote it cannot be looked for.",
        solutions: ["correct the position, or write the coded words in the column 'quote'"]))
  }

  func reportUnverified(_ row: CodingRow, count: Int) {
    let spot = row.row.spot("start")
    findings.add(
      Diagnostic(
        "coding.unverified", .warning, at: spot.place,
        "the passage has a position and no quote to check it by", line: spot.line,
        explanation: "The transcript may have changed since; nothing would show it.",
        solutions: ["run 'qda check --fix', which adds the quotes and the transcript's digest"],
        count: count))
  }

  func report(
    _ verdict: Verdict, _ span: TextSpan?, _ place: WrittenPlace, _ row: CodingRow, _ text: Text
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
