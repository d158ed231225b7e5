import Foundation
import QDA

/// Projects of any size to measure with, the same in every run.
enum Generated {
  private static let words = [
    "she", "did", "not", "ask", "why", "we", "stopped", "coming", "before", "café", "closed", "and",
    "nobody", "said", "a", "word",
  ]
  private static let selectionsPerSource = 200

  /// Writes a project with so many selections, a quarter of them with two codings, or a transcript
  /// of so many turns.
  static func run(_ arguments: [String]) throws {
    guard arguments.count == 2, let count = Int(arguments[0]) else {
      print("generate SELECTIONS FILE.qde or FILE.qdpx; generate TURNS FILE.txt, .vtt or .srt")
      return
    }
    if ["txt", "vtt", "srt"].contains(arguments[1].suffix(3)) {
      try GeneratedTranscripts.write(turns: count, to: arguments[1])
      return
    }
    _ = try ProjectWriter(
      project(selections: count), as: arguments[1].hasSuffix("x") ? .qdpx : .qde,
      options: ProjectWritingOptions(sidecar: .none))?.write(to: arguments[1])
  }

  static func project(selections count: Int) -> Project {
    var random = SplitMix(state: 20_240_117)
    var project = Project(id: ID(using: &random), title: "Generated")
    let coders = (1...4).map {
      Coder(id: ID(using: &random), name: "Coder \($0)", initials: "C\($0)")
    }
    coders.forEach { project.coders.insert($0) }
    let codes = (1...80).map { Code(id: ID(using: &random), name: "Code \($0)") }
    codes.forEach { project.codebook.codes.insert($0) }
    var texts: [ID<Source>: Text] = [:]
    var left = count
    while left > 0 {
      let source = Source(id: ID(using: &random), name: "P\(texts.count + 1)", kind: .transcript)
      let text = Text(
        (0..<2000).map { _ in words[Int(random.next() % 16)] }.joined(separator: " "))
      project.sources.insert(source)
      texts[source.id] = text
      var passages: [Passage] = []
      var codings: [Coding] = []
      for index in 0..<min(left, selectionsPerSource) {
        let start = Int(random.next() % UInt64(text.scalarCount - 200))
        let span = TextSpan(scalars: start..<start + 20 + Int(random.next() % 150))
        let stamp = Stamp(
          by: coders[Int(random.next() % 4)].id,
          at: Timestamp(milliseconds: 1_705_449_600_000 + Int64(index) * 1000, zone: 0))
        let passage = Passage(
          id: ID(using: &random), source: source.id, region: .text(span), name: text[span],
          created: stamp)
        passages.append(passage)
        for _ in 0..<(index % 4 == 0 ? 2 : 1) {
          codings.append(
            Coding(
              id: ID(using: &random), passage: passage.id,
              code: codes[Int(random.next() % 80)].id, created: stamp, provenance: .imported))
        }
      }
      project.codings.insert(passages, codings: codings, in: source.id)
      left -= selectionsPerSource
    }
    project.texts = MemoryTexts(texts)
    return project
  }
}
