internal import QDACore

/// What is being read of one source.
///
/// The passages of a text go straight into the store. Those of other media are few and may come
/// twice, as a box and as a range of the text, so they wait for the end of the source.
struct RefiPart {
  var source: ID<Source>
  /// Whether this is a source of text, whose passages are all ranges of it.
  var isText: Bool
  /// Codings of a text as a whole.
  var codedWhole: [(id: ID<Coding>, code: ID<Code>, created: Stamp)] = []
  /// Whether this is a source or note of the file, rather than the place outside all of them.
  let exists: Bool
  private var hasBegun = false
  private var passages: Table<Passage> = []
  /// How many second regions were made or changed by others or at other times than the first.
  private var differing = 0
  private var codings: [Coding] = []
  /// The codings that have no twin yet, in order, and how many of them have got one since.
  private var untwinned: [Claim: (positions: [Int], twinned: Int)] = [:]

  /// What a coding says, whatever its id.
  private struct Claim: Hashable {
    var passage: ID<Passage>
    var code: ID<Code>
    var created: Stamp
  }

  init(source: ID<Source>, isText: Bool) {
    self.source = source
    self.isText = isText
    exists = true
  }

  /// The place outside all sources.
  init() {
    source = ID(high: 0, low: 0)
    isText = false
    exists = false
  }

  /// Goes on after a source that stood within this one.
  mutating func resume() { hasBegun = false }

  mutating func beginIfNeeded(_ filling: inout CodingStore.Filling) {
    if hasBegun { return }
    filling.begin(source)
    hasBegun = true
  }

  /// Adds a passage, or the other region of one that is there under the same id.
  mutating func add(_ passage: Passage) {
    guard var known = passages[passage.id] else {
      passages.insert(passage)
      return
    }
    switch (known.region, passage.region) {
    case (.text, .text): return
    case (.text, _): known.twin = passage.region
    default:
      known.twin = known.region
      known.region = passage.region
      known.verdict = passage.verdict
    }
    if known.name.isEmpty { known.name = passage.name }
    if known.created != passage.created || known.modified != passage.modified { differing += 1 }
    passages[passage.id] = known
  }

  mutating func addWhole(_ id: ID<Passage>) {
    if !passages.contains(id) {
      passages.insert(Passage(id: id, source: source, region: .whole))
    }
  }

  /// Adds a coding; the same code by the same coder at the same time on the twin is no second one.
  mutating func add(
    _ code: ID<Code>, _ id: ID<Coding>, _ created: Stamp, to passage: ID<Passage>,
    onText: Bool
  ) {
    let claim = Claim(passage: passage, code: code, created: created)
    if passages[passage]?.twin != nil, let known = untwinned[claim],
      known.twinned < known.positions.count
    {
      let same = known.positions[known.twinned]
      // The id of the coding on the text counts, whichever came first.
      let first = codings[same]
      if first.id != id {
        untwinned[claim]?.twinned += 1
        codings[same] =
          onText
          ? coding(id, passage, code, created, twin: first.id)
          : coding(first.id, passage, code, created, twin: id)
      }
      return
    }
    untwinned[claim, default: ([], 0)].positions.append(codings.count)
    codings.append(coding(id, passage, code, created, twin: nil))
  }

  private func coding(
    _ id: ID<Coding>, _ passage: ID<Passage>, _ code: ID<Code>, _ created: Stamp,
    twin: ID<Coding>?
  ) -> Coding {
    Coding(
      id: id, passage: passage, code: code, created: created, provenance: .imported, twin: twin)
  }

  /// Keeps what is said of a passage, of both regions where it has two.
  mutating func describe(_ text: String, _ passage: ID<Passage>) {
    guard let known = passages[passage]?.description, !text.isEmpty, text != known else { return }
    passages[passage]?.description = known.isEmpty ? text : known + "\n" + text
  }

  /// Keeps the words of a box on a page.
  mutating func quote(_ text: String, _ passage: ID<Passage>) {
    passages[passage]?.anchor = Anchor(quote: text)
  }

  /// Hands over what has waited.
  mutating func end(into result: inout RefiProject) {
    if isText {
      guard !codedWhole.isEmpty else { return }
      beginIfNeeded(&result.filling)
      result.filling.addPassage(
        Passage(
          id: ID(derivedFrom: ["whole", source.description]), source: source, region: .whole))
      for coding in codedWhole {
        result.filling.addCoding(coding.id, coding.code, created: coding.created)
      }
      return
    }
    guard !passages.isEmpty else { return }
    if differing > 0 {
      result.findings.add(
        Diagnostic(
          "refi.twin-differs", .note, at: .object(.source(source)),
          "a region and the range of text that goes with it have other authors or times; those of "
            + "the first count", solutions: ["nothing needs to be done unless these matter"],
          count: differing))
    }
    result.filling.begin(source)
    let byPassage = Dictionary(grouping: codings) { $0.passage }
    for var passage in passages {
      if passage.region.isText, passage.anchor != nil {
        passage.anchor = nil
        result.findings.add(
          Diagnostic(
            "refi.words-of-box", .note, at: .file(result.file, line: 0, column: 0),
            "a box on a page is also a range of the text; the words of the range count, and those "
              + "of the box are left out", solutions: ["compare the two if the passage looks odd"]))
      }
      result.filling.addPassage(passage)
      for coding in byPassage[passage.id] ?? [] { result.filling.addCoding(coding) }
    }
  }

  /// Hands over what has waited of a part that is not used any more.
  consuming func ended(into result: inout RefiProject) { end(into: &result) }

  /// Hands over the passages and values of a note, for which it becomes a source as well.
  mutating func end(noteInto result: inout RefiProject) {
    let values = result.noteValues[source.of()] ?? [:]
    guard !passages.isEmpty || !values.isEmpty,
      let note = result.project.notes[source.of()]
    else { return }
    result.project.sources.insert(
      Source(
        id: source, name: note.title, kind: .memo, created: note.stamp,
        modified: note.modified, values: values, files: note.files))
    result.inlineTexts[source] = note.body
    end(into: &result)
  }
}
