import QDA

/// How long it takes to read a thousand transcripts and to chart them, beside splitting their lines.
enum Transcripts {
  static let count = 1000

  /// Prints the times and their ratio; both sides read the same bytes in the same run.
  static func run() throws {
    let files = (0..<count).map { interview(number: $0) }
    let bytes = files.reduce(0) { $0 + $1.count }
    let clock = ContinuousClock()

    var lines = 0
    let splitting = clock.measure {
      for file in files {
        lines += String(decoding: file, as: UTF8.self).utf8.split(separator: 10).count
      }
    }

    var project = Project(id: ID(derivedFrom: ["benchmark"]), title: "A thousand interviews")
    let theme = Code(id: ID(derivedFrom: ["theme"]), number: "1", name: "Theme", isCodable: false)
    project.codebook.codes[theme.id] = theme
    for number in 1...8 {
      let code = Code(
        id: ID(derivedFrom: ["code", "\(number)"]), parent: theme.id, number: "1.\(number)",
        name: "Subtheme \(number)")
      project.codebook.codes[code.id] = code
    }
    var texts: [ID<Source>: Text] = [:]
    var turns = 0
    let reading = try clock.measure {
      for (number, file) in files.enumerated() {
        let transcript = try TranscriptReader.read(file, name: "P\(number + 1).txt").value
        turns += transcript.source.turns.count
        texts[transcript.source.id] = transcript.text
        project.sources[transcript.source.id] = transcript.source
        let person = Case(
          id: ID(derivedFrom: ["case", "\(number)"]), name: "P\(number + 1)",
          covers: [.source(transcript.source.id)])
        project.cases[person.id] = person
      }
    }
    project.texts = MemoryTexts(texts)

    var filled = 0
    let charting = clock.measure {
      index(&project)
      let attribution = Attribution(project)
      let codes = project.codebook.children(of: theme.id)
      for source in project.sources {
        for coding in project.codings.codings(in: source.id) {
          guard let passage = project.codings[coding.passage] else { continue }
          for one in attribution.cases(of: passage) {
            let key = Cell.Key(row: one, column: coding.code)
            project.cells[key] = Cell(
              key: key, state: .summarised, runs: [Run(.summary, "…", references: [passage.id])])
          }
        }
      }
      filled = project.chart(of: theme.id)?.counts[.summarised] ?? 0
      precondition(codes.count == 8)
    }
    print("\(count) transcripts, \(bytes / 1024) KiB, \(lines) lines, \(turns) turns")
    print("read    \(reading) (\(ratio(reading, splitting)) times splitting lines)")
    print("charted \(charting): \(project.codings.count) codings, \(filled) of \(count * 8) cells")
  }

  /// Codes every participant's turn with one of the subthemes.
  private static func index(_ project: inout Project) {
    let codes = project.codebook.codes.filter(\.isCodable)
    for source in project.sources {
      var passages: [Passage] = []
      var codings: [Coding] = []
      for (number, turn) in source.turns.enumerated() where number % 2 == 1 {
        guard let span = turn.extent else { continue }
        let passage = Passage(
          id: ID(derivedFrom: ["\(source.id)", "\(number)"]), source: source.id,
          region: .text(span))
        passages.append(passage)
        codings.append(
          Coding(
            id: ID(derivedFrom: ["coding", "\(passage.id)"]), passage: passage.id,
            code: codes[number / 2 % codes.count].id))
      }
      project.codings.insert(passages, codings: codings, in: source.id)
    }
  }

  private static func interview(number: Int) -> [UInt8] {
    var random = SplitMix(state: UInt64(number))
    let words = [
      "they", "came", "on", "their", "own", "and", "we’d", "a", "cuppa", "so", "the", "link",
      "worker", "rang", "that", "morning", "nobody", "knew", "what", "to", "say",
    ]
    var text = "Interview with P\(number + 1)\nDate: 4 March 2026\n\n"
    for turn in 0..<24 {
      text += turn.isMultiple(of: 2) ? "Interviewer: " : "P\(number + 1): "
      for _ in 0..<(turn.isMultiple(of: 2) ? 12 : 60) {
        text += words[Int(random.next() % UInt64(words.count))] + " "
      }
      text += turn.isMultiple(of: 2) ? "then?\n\n" : "aye.\n\n"
    }
    return Array(text.utf8)
  }

  private static func ratio(_ left: Duration, _ right: Duration) -> Int {
    let seconds = { (duration: Duration) in
      Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }
    return Int((seconds(left) / max(seconds(right), 1e-9)).rounded())
  }
}
