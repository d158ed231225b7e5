internal import QDACore

/// Makes a transcript of a TextGrid of Praat, in its long, short or chronological form.
///
/// An interval with words is a turn. Where nearly all intervals of a tier are single words, those
/// that touch are one. Points and tiers whose name says that they hold no speech become codings.
enum PraatTranscript {
  private struct Grid {
    var tiers: [(name: String, isPoints: Bool, entries: [Tier.Entry])] = []
    var isWhole = true
  }

  static func read(
    _ text: String, name: String, options: TranscriptOptions
  ) throws(ReadingError) -> Rendered {
    var scanner = PraatScanner(text)
    let grid: Grid
    switch scanner.next() {
    case .string("ooTextFile"):
      guard scanner.next() == .string("TextGrid") else { throw notAGrid(name, scanner.line) }
      grid = ordered(&scanner)
    case .string("Praat chronological TextGrid text file"): grid = chronological(&scanner)
    default: throw notAGrid(name, 1)
    }
    var talk = Talk()
    if !grid.isWhole {
      talk.diagnostics.append(
        Diagnostic(
          "praat.truncated", .warning, at: .file(name, line: scanner.line, column: 1),
          "the TextGrid ends before it is complete; what is whole is read",
          solutions: ["save it again in Praat"]))
    }
    let filled = grid.tiers.filter { tier in
      tier.entries.contains { !$0.value.trimmingLayoutSpace.isEmpty }
    }
    let names = Set(filled.map { LabelKey.key(of: $0.name) })
    // Who has a tier of whole phrases beside the one of words.
    let phrased = Set(
      filled.filter { !$0.isPoints && !Tier.isOfWords($0.name) }
        .filter { Tier.isBesideTalk($0.name, options) != true }
        .map { Tier.speaker(of: $0.name).map(LabelKey.key(of:)) ?? "" })
    for tier in grid.tiers {
      let isBeside = Tier.isBesideTalk(tier.name, options)
      let isRepeated =
        repeatsAnother(tier.name, among: names)
        || Tier.isOfWords(tier.name)
          && phrased.contains(Tier.speaker(of: tier.name).map(LabelKey.key(of:)) ?? "")
      if isBeside ?? (tier.isPoints || isRepeated) {
        addNotes(of: tier.name, tier.entries, to: &talk)
      } else {
        addWords(of: tier.name, tier.entries, to: &talk)
      }
    }
    talk.placeNotesByTime()
    talk.sortByTime()
    Tier.report(talk.notes, name: name, into: &talk.diagnostics)
    return talk.rendered(name: name, options: options)
  }

  private static func notAGrid(_ name: String, _ line: Int) -> ReadingError {
    .malformed(
      file: name, line: line, column: 1,
      reason: "this is no TextGrid; save the TextGrid as a text file in Praat")
  }

  // `Ana - words` beside `Ana` has the same words again.
  private static func repeatsAnother(_ name: String, among names: Set<String>) -> Bool {
    guard let speaker = Tier.speaker(of: name) else { return false }
    let key = LabelKey.key(of: speaker)
    return key != LabelKey.key(of: name) && names.contains(key)
  }

  // MARK: - Tiers

  private static func addWords(of name: String, _ entries: [Tier.Entry], to talk: inout Talk) {
    let speaker = [Tier.speaker(of: name)].compactMap { $0 }
    let areWords = Tier.holdsWords(entries)
    var open: Int?
    for entry in entries {
      if entry.value.trimmingLayoutSpace.isEmpty {
        open = nil
        continue
      }
      if areWords, let index = open, talk.utterances[index].pieces[0].end == entry.start {
        let words = " " + entry.value.trimmingLayoutSpace
        talk.utterances[index].pieces[0].text += words.unicodeScalars
        talk.utterances[index].pieces[0].end = entry.end
        continue
      }
      open = talk.utterances.count
      talk.utterances.append(
        Utterance(
          speaker, areWords ? entry.value.trimmingLayoutSpace : entry.value, start: entry.start,
          end: entry.end))
    }
  }

  private static func addNotes(of name: String, _ entries: [Tier.Entry], to talk: inout Talk) {
    for entry in entries {
      let value = entry.value.trimmingLayoutSpace
      if value.isEmpty { continue }
      talk.notes.append(
        TierNote(tier: name, value: value, start: entry.start, end: entry.end))
    }
  }

  // MARK: - Forms

  private static func ordered(_ scanner: inout PraatScanner) -> Grid {
    var grid = Grid()
    guard case .number? = scanner.next(), case .number? = scanner.next() else {
      grid.isWhole = false
      return grid
    }
    guard scanner.next() == .flag, let tiers = count(&scanner) else {
      // A grid without tiers says `<absent>` and nothing more.
      return grid
    }
    for _ in 0..<tiers {
      guard case .string(let kind)? = scanner.next(), case .string(let name)? = scanner.next(),
        case .number? = scanner.next(), case .number? = scanner.next(),
        let size = count(&scanner)
      else {
        grid.isWhole = false
        return grid
      }
      let isPoints = kind == "TextTier"
      grid.tiers.append((name, isPoints, []))
      for _ in 0..<size {
        guard let entry = entry(&scanner, isPoint: isPoints) else {
          grid.isWhole = false
          return grid
        }
        grid.tiers[grid.tiers.count - 1].entries.append(entry)
      }
    }
    return grid
  }

  private static func chronological(_ scanner: inout PraatScanner) -> Grid {
    var grid = Grid()
    guard case .number? = scanner.next(), case .number? = scanner.next(),
      let tiers = count(&scanner)
    else {
      grid.isWhole = false
      return grid
    }
    for _ in 0..<tiers {
      guard case .string(let kind)? = scanner.next(), case .string(let name)? = scanner.next(),
        case .number? = scanner.next(), case .number? = scanner.next()
      else {
        grid.isWhole = false
        return grid
      }
      grid.tiers.append((name, kind == "TextTier", []))
    }
    while case .number(let number)? = scanner.next() {
      guard let tier = Int(exactly: number.rounded()), tier >= 1,
        grid.tiers.indices.contains(tier - 1),
        let entry = entry(&scanner, isPoint: grid.tiers[tier - 1].isPoints)
      else {
        grid.isWhole = false
        return grid
      }
      grid.tiers[tier - 1].entries.append(entry)
    }
    return grid
  }

  private static func count(_ scanner: inout PraatScanner) -> Int? {
    guard case .number(let value)? = scanner.next(), value >= 0 else { return nil }
    return Int(exactly: value)
  }

  private static func entry(_ scanner: inout PraatScanner, isPoint: Bool) -> Tier.Entry? {
    guard case .number(let start)? = scanner.next() else { return nil }
    var end = start
    if !isPoint {
      guard case .number(let value)? = scanner.next() else { return nil }
      end = value
    }
    guard case .string(let text)? = scanner.next() else { return nil }
    return Tier.Entry(
      value: text, start: CorpusTime.milliseconds(start * 1000),
      end: CorpusTime.milliseconds(end * 1000))
  }
}
