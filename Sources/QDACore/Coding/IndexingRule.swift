internal import _StringProcessing

/// A rule that proposes codings: by who speaks, under which heading, and by words.
///
/// Every condition that is given must hold. What a rule finds is a proposal until a person accepts it.
public struct IndexingRule: Identified, Hashable, Codable {
  /// The rule's id.
  public let id: ID<IndexingRule>
  /// What it is called, for people.
  public var name: String
  /// Its version, which rises when the rule changes: proposals say which version made them.
  public var version: Int
  /// The code that it proposes.
  public var code: ID<Code>
  /// Labels of speakers, one of whom must speak; none for any participant.
  public var speakers: [String]
  /// Headings, under one of which the words must stand; none for anywhere.
  public var headings: [String]
  /// Words or phrases, one of which must occur as a whole, in whatever case.
  public var words: [String]
  /// A regular expression that must match; empty for none.
  public var pattern: String

  /// Creates a rule.
  public init(
    id: ID<IndexingRule>, name: String = "", version: Int = 1, code: ID<Code>,
    speakers: [String] = [], headings: [String] = [], words: [String] = [], pattern: String = ""
  ) {
    self.id = id
    self.name = name
    self.version = version
    self.code = code
    self.speakers = speakers
    self.headings = headings
    self.words = words
    self.pattern = pattern
  }
}

/// Why rules cannot be run or proposals not be decided.
public enum IndexingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The rule's expression is not one.
  case pattern(ID<IndexingRule>, String)
  /// The rule has no condition, and would propose everything.
  case noCondition(ID<IndexingRule>)
  /// The rule proposes a code that the codebook does not have, or that may not be used.
  case code(ID<IndexingRule>, ID<Code>)
  /// The coding is not there, or is no proposal.
  case notProposed(ID<Coding>)
  /// Only a named person decides.
  case notAPerson(ID<Coder>?)

  /// The reason in a sentence.
  public var description: String {
    switch self {
    case .pattern(_, let pattern): "'\(pattern)' is not a regular expression"
    case .noCondition: "the rule has no condition, and would propose every passage"
    case .code: "the rule proposes a code that is not in the codebook or not for passages"
    case .notProposed: "the coding is not there, or nobody proposed it"
    case .notAPerson: "only a named person accepts or rejects"
    }
  }
}

extension Project {
  /// The change that proposes what rules find in the words of participants.
  ///
  /// A proposal is a coding of one stretch of a turn, or of a paragraph where a source has no turns,
  /// made by a machine, with the rule, its version and what matched as its comment. What was proposed
  /// before by the same version of a rule, accepted or rejected, is not proposed again, nor is what has
  /// the code already.
  ///
  /// - Parameters:
  ///   - rules: The rules.
  ///   - coder: The machine in whose name proposals are made; it is added where it is missing.
  ///   - id: The id of the change; ids of proposals follow from rule, source and position.
  ///   - stamp: Who ran the rules and when.
  /// - Throws: ``IndexingError`` for a rule that cannot be run.
  /// - Complexity: Linear in the texts for each rule, for expressions that do not backtrack; a stretch
  ///   is searched by itself.
  public func proposing(
    _ rules: [IndexingRule], as coder: Coder, id: ID<Change>, stamp: Stamp, why: String = ""
  ) throws(IndexingError) -> Change {
    var finders: [RuleFinder] = []
    for rule in rules { finders.append(try RuleFinder(rule, in: self)) }
    var operations: [Operation] = []
    if coders[coder.id] == nil { operations.append(.insert(.coder(coder), at: nil)) }
    for source in sources {
      guard let text = try? texts.text(of: source.id) else { continue }
      let stretches = source.stretches(in: text)
      for finder in finders {
        let coded = CodedSpans(codings.spans(of: finder.rule.code, in: source.id))
        for stretch in stretches {
          guard let match = finder.match(stretch), !coded.covers(stretch.span) else { continue }
          let names = [
            finder.rule.id.description, String(finder.rule.version), source.id.description,
            stretch.span.description,
          ]
          let coding = ID<Coding>(derivedFrom: ["proposal"] + names)
          if codings[coding] != nil { continue }
          let made = Stamp(by: coder.id, at: stamp.at)
          let passage = Passage(
            id: ID(derivedFrom: ["proposed passage"] + names), source: source.id,
            region: .text(stretch.span), created: made)
          let title = finder.rule.name.isEmpty ? finder.rule.id.description : finder.rule.name
          operations.append(.insert(.passage(passage), at: nil))
          operations.append(
            .insert(
              .coding(
                Coding(
                  id: coding, passage: passage.id, code: finder.rule.code, created: made,
                  comment: "rule \(title), version \(finder.rule.version): \(match)",
                  status: .proposed), in: source.id), at: nil))
        }
      }
    }
    return Change(id: id, stamp: stamp, why: why, operations: operations)
  }

  /// The change by which a named person accepts or rejects proposals.
  ///
  /// - Throws: ``IndexingError/notAPerson(_:)`` where a machine or nobody decides, and
  ///   ``IndexingError/notProposed(_:)``.
  public func deciding(
    _ proposals: [ID<Coding>], accepting: Bool, id: ID<Change>, stamp: Stamp, why: String = ""
  ) throws(IndexingError) -> Change {
    guard let by = stamp.by, coders[by]?.kind == .person else { throw .notAPerson(stamp.by) }
    var operations: [Operation] = []
    for proposal in proposals {
      guard let coding = codings[proposal], coding.status == .proposed,
        let source = codings.source(of: proposal)
      else { throw .notProposed(proposal) }
      var decided = coding
      decided.status = accepting ? .accepted : .rejected
      decided.decision = stamp
      operations.append(
        .replace(.coding(coding, in: source), with: .coding(decided, in: source)))
    }
    return Change(id: id, stamp: stamp, why: why, operations: operations)
  }
}

/// A stretch of a participant's words, with who says it and under which heading.
struct Stretch {
  /// From its first word to its last.
  var span: TextSpan
  /// Where its words stand: in several ranges where signs of mark-up stand inside them.
  var ranges: [TextSpan]
  var words: String
  var labels: [String]
  var heading: String
}

extension Source {
  /// The stretches of participants' words: the ranges of turns, those joined that a mark inside a
  /// word parts, or paragraphs where there are no turns.
  func stretches(in text: Text) -> [Stretch] {
    let headings = marks.filter { $0.kind == .heading }
    var next = 0
    var heading = ""
    func headingBefore(_ start: UInt32) -> String {
      while next < headings.count, headings[next].span.start <= start {
        heading = text[headings[next].span]
        next += 1
      }
      return heading
    }
    if turns.isEmpty {
      return paragraphs.filter { !$0.isEmpty }.map {
        Stretch(
          span: $0, ranges: [$0], words: text[$0], labels: [], heading: headingBefore($0.start))
      }
    }
    var found: [Stretch] = []
    for turn in turns {
      let own = turn.speakers.filter { speakers.indices.contains($0) }.map { speakers[$0] }
      if isInterviewers(turn) { continue }
      for ranges in runs(of: turn, in: text) {
        guard let start = ranges.first?.start, let end = ranges.last?.end,
          let span = TextSpan(start: start, end: end)
        else { continue }
        found.append(
          Stretch(
            span: span, ranges: ranges, words: ranges.map { text[$0] }.joined(),
            labels: own.flatMap { [$0.label] + $0.variants }, heading: headingBefore(start)))
      }
    }
    return found
  }
}

/// Looks for what one rule asks for.
private struct RuleFinder {
  let rule: IndexingRule
  private let speakers: Set<String>
  private let headings: Set<String>
  private let words: [String]
  private let pattern: Regex<AnyRegexOutput>?

  init(_ rule: IndexingRule, in project: Project) throws(IndexingError) {
    guard project.codebook.codes[rule.code]?.isCodable == true else {
      throw .code(rule.id, rule.code)
    }
    self.rule = rule
    speakers = Set(rule.speakers.map { $0.lowercased() })
    headings = Set(rule.headings.map { $0.lowercased().trimmedOfSpace })
    words = rule.words.map { $0.lowercased() }.filter { !$0.isEmpty }
    if rule.pattern.isEmpty {
      pattern = nil
    } else {
      guard let pattern = try? Regex(rule.pattern) else { throw .pattern(rule.id, rule.pattern) }
      self.pattern = pattern
    }
    if speakers.isEmpty, headings.isEmpty, words.isEmpty, pattern == nil {
      throw .noCondition(rule.id)
    }
  }

  /// What of a stretch fulfils the rule, in words, or `nil`.
  func match(_ stretch: Stretch) -> String? {
    var reasons: [String] = []
    if !speakers.isEmpty {
      guard let label = stretch.labels.first(where: { speakers.contains($0.lowercased()) }) else {
        return nil
      }
      reasons.append("speaker \(label)")
    }
    if !headings.isEmpty {
      let heading = stretch.heading.trimmedOfSpace
      guard headings.contains(heading.lowercased()) else { return nil }
      reasons.append("under ‘\(heading)’")
    }
    if !words.isEmpty {
      let spoken = stretch.words.lowercased()
      guard let word = words.first(where: { spoken.containsWord($0) }) else { return nil }
      reasons.append("‘\(word)’")
    }
    if let pattern {
      guard let match = stretch.words.firstMatch(of: pattern) else { return nil }
      reasons.append("‘\(stretch.words[match.range].prefix(60))’")
    }
    return reasons.joined(separator: ", ")
  }
}

extension String {
  fileprivate var trimmedOfSpace: String {
    var rest = Substring(self)
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }

  /// Whether a word or phrase occurs with no letter or digit directly before or after it.
  fileprivate func containsWord(_ word: String) -> Bool {
    var start = startIndex
    while let range = self[start...].firstRange(of: word) {
      let before = range.lowerBound == startIndex ? nil : self[index(before: range.lowerBound)]
      let after = range.upperBound == endIndex ? nil : self[range.upperBound]
      func joins(_ character: Character?) -> Bool {
        character.map { $0.isLetter || $0.isNumber } ?? false
      }
      if !joins(before), !joins(after) { return true }
      start = index(after: range.lowerBound)
    }
    return false
  }
}

/// Stretches of a text, joined where they touch or overlap.
struct CodedSpans {
  private(set) var spans: [TextSpan] = []

  init(_ unsorted: [TextSpan]) {
    for span in unsorted.sorted() where !span.isEmpty {
      if let last = spans.last, span.start <= last.end {
        if span.end > last.end, let joined = TextSpan(start: last.start, end: span.end) {
          spans[spans.count - 1] = joined
        }
      } else {
        spans.append(span)
      }
    }
  }

  /// The number of scalars of a span that are covered.
  func overlap(with span: TextSpan) -> Int {
    var (low, high) = (0, spans.count)
    while low < high {
      let middle = (low + high) / 2
      if spans[middle].end <= span.start { low = middle + 1 } else { high = middle }
    }
    var covered = 0
    while low < spans.count, spans[low].start < span.end {
      covered += spans[low].intersection(span)?.count ?? 0
      low += 1
    }
    return covered
  }

  /// Whether a span lies wholly inside one.
  func covers(_ span: TextSpan) -> Bool { !span.isEmpty && overlap(with: span) == span.count }
}

extension CodingStore {
  /// The ranges of the accepted codings of a source, or of those with one code.
  func spans(of code: ID<Code>? = nil, in source: ID<Source>) -> [TextSpan] {
    guard let block = blocks[source] else { return [] }
    let name = code.flatMap { codes.existing($0) }
    if code != nil, name == nil { return [] }
    return block.codings.compactMap { row in
      guard row.flags & 3 == 0, name == nil || row.code == name else { return nil }
      let passage = block.passages[Int(row.passage)]
      if passage.flags & Self.wholeFlag != 0 { return TextSpan(start: 0, end: .max) }
      if block.passageExtras[passage.id]?.region != nil { return nil }
      return TextSpan(start: passage.start, end: passage.end)
    }
  }
}
