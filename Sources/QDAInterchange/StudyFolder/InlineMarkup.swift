internal import QDACore

/// Codes that are written into a transcript: `[[key]]` opens a passage and `[[/key]]` closes it.
enum InlineMarkup {
  /// A tag with its place in the text.
  struct Tag: Equatable {
    var key: String
    var isClosing: Bool
    var span: TextSpan
  }

  private static let longestKey = 80

  /// The tags of a text in order, in one pass.
  static func tags(in text: String) -> [Tag] {
    guard text.utf8.contains(UInt8(ascii: "[")) else { return [] }
    let scalars = Array(text.unicodeScalars)
    var tags: [Tag] = []
    var index = 0
    while index + 4 < scalars.count {
      guard scalars[index] == "[", scalars[index + 1] == "[",
        let tag = tag(at: index, in: scalars)
      else {
        index += 1
        continue
      }
      tags.append(tag)
      index = Int(tag.span.end)
    }
    return tags
  }

  private static func tag(at start: Int, in scalars: [Unicode.Scalar]) -> Tag? {
    var index = start + 2
    let isClosing = scalars[index] == "/"
    if isClosing { index += 1 }
    var key = String.UnicodeScalarView()
    while index < scalars.count, isKey(scalars[index]), key.count < longestKey {
      key.append(scalars[index])
      index += 1
    }
    guard !key.isEmpty, index + 1 < scalars.count, scalars[index] == "]",
      scalars[index + 1] == "]"
    else { return nil }
    return Tag(
      key: String(key), isClosing: isClosing, span: TextSpan(scalars: start..<index + 2))
  }

  private static func isKey(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "-" || scalar == "_" || scalar == "." || scalar.isLetter || scalar.isDigit
  }

  /// Whether tags are looked for in a source: those in a Word document are its author's words.
  static func isRead(in source: Source) -> Bool {
    ["plain-text", "markdown"].contains(source.rendition.reader)
  }

  /// What looks like a tag and is none: two brackets with spaces, with nothing or without an end.
  static func malformed(in text: String, besides tags: [Tag]) -> [Tag] {
    let scalars = Array(text.unicodeScalars)
    var found: [Tag] = []
    var index = 0
    var next = 0
    while index + 1 < scalars.count {
      if next < tags.count, Int(tags[next].span.start) <= index {
        index = max(index, Int(tags[next].span.end))
        next += 1
        continue
      }
      guard scalars[index] == "[", scalars[index + 1] == "[" else {
        index += 1
        continue
      }
      var end = index + 2
      while end < scalars.count, end - index < 24, !["[", "]", "\n"].contains(scalars[end]) {
        end += 1
      }
      while end < scalars.count, end - index < 26, scalars[end] == "]" { end += 1 }
      found.append(
        Tag(
          key: String(String.UnicodeScalarView(scalars[index..<end])), isClosing: false,
          span: TextSpan(scalars: index..<end)))
      index = end
    }
    return found
  }

  /// How many scalars of words there are up to each place.
  struct WordCount {
    private var counts: [Int32] = []

    init(_ text: String, without tags: [Tag]) {
      var next = 0
      var count: Int32 = 0
      counts.append(0)
      for (index, scalar) in text.unicodeScalars.enumerated() {
        while next < tags.count, Int(tags[next].span.end) <= index { next += 1 }
        let isInTag = next < tags.count && Int(tags[next].span.start) <= index
        if !isInTag, !scalar.properties.isWhitespace { count &+= 1 }
        counts.append(count)
      }
    }

    func hasAny(in span: TextSpan) -> Bool {
      counts.indices.contains(Int(span.start)) && counts.indices.contains(Int(span.end))
        && counts[Int(span.end)] != counts[Int(span.start)]
    }
  }

  /// Reads a transcript again as if its tags were not there, and marks them.
  ///
  /// Spaces take the place of the tags, so that no tag is taken for a part of a speaker's label and
  /// every position stays as it is.
  static func read(
    _ read: Reading<Transcript>, _ options: TranscriptOptions
  ) throws(ReadingError) -> Reading<Transcript> {
    let source = read.value.source
    let text = read.value.text
    guard isRead(in: source) else { return read }
    let tags = tags(in: text.string)
    guard !tags.isEmpty else { return read }
    var options = options
    options.encoding = .utf8
    var again = try TranscriptReader.read(
      Array(blank(tags, in: text.string).utf8), name: source.name, id: source.id, options: options)
    again.value.text = text
    again.value.source.rendition = source.rendition
    var marks = again.value.source.marks + tags.map { Mark(.markup, $0.span) }
    marks = marks.enumerated().sorted {
      ($0.element.span, $0.offset) < ($1.element.span, $1.offset)
    }
    .map(\.element)
    again.value.source.marks = marks
    // The second reading was told the encoding; what was found out about the bytes is in the first.
    let encoding = read.diagnostics.filter { $0.id.hasPrefix("text.") }
    again.diagnostics = encoding + again.diagnostics.filter { !$0.id.hasPrefix("text.") }
    return again
  }

  private static func blank(_ tags: [Tag], in text: String) -> String {
    var scalars = Array(text.unicodeScalars)
    for tag in tags {
      for index in tag.span.scalars { scalars[index] = " " }
    }
    return String(String.UnicodeScalarView(scalars))
  }
}

extension Text {
  /// The line that holds a scalar, for display.
  func line(around offset: Int) -> String {
    let start = self[TextSpan(scalars: max(0, offset - 4000)..<offset)]
    let end = self[TextSpan(scalars: offset..<offset + 4000)]
    let head = start.split(separator: "\n", omittingEmptySubsequences: false).last ?? ""
    let tail = end.split(separator: "\n", omittingEmptySubsequences: false).first ?? ""
    return String(head + tail)
  }
}

/// What is wrong with tags: each mistake with each key once, with its first place and its number.
private struct TagProblems {
  enum Problem {
    case unknown, unopened, unclosed, empty, malformed
  }

  private struct Name: Hashable {
    var problem: Problem
    var key: String
  }

  private var first: [Name: InlineMarkup.Tag] = [:]
  private var counts: [Name: Int] = [:]

  mutating func note(_ problem: Problem, _ tag: InlineMarkup.Tag) {
    let name = Name(problem: problem, key: tag.key)
    // The closing tag of an unknown code says nothing new.
    if problem == .unknown, tag.isClosing, first[name] != nil { return }
    if first[name] == nil { first[name] = tag }
    counts[name, default: 0] += 1
  }

  var inOrder: [(Problem, InlineMarkup.Tag, Int)] {
    first.sorted { $0.value.span < $1.value.span }.map {
      ($0.key.problem, $0.value, counts[$0.key] ?? 1)
    }
  }
}

// Codings that are written into transcripts and comments
extension StudyReader {
  mutating func readInlineCodings() {
    for source in project.sources {
      guard let text = texts.texts[source.id] else { continue }
      if settings.hasMarkup, InlineMarkup.isRead(in: source), text.string.contains("[[") {
        readTags(InlineMarkup.tags(in: text.string), of: source, text)
      }
      if settings.commentsAreCodes { readComments(of: source, text) }
      if let reading = try? transcripts[source.name]?.reading.get() {
        readTiers(reading.value.codings, of: source)
      }
    }
  }

  private mutating func readTags(_ tags: [InlineMarkup.Tag], of source: Source, _ text: Text) {
    func spot(_ tag: InlineMarkup.Tag) -> Spot { self.spot(of: tag.span, in: source, text) }
    let coder = settings.transcripts[source.name]?.coder.flatMap { key in
      self.coder(key, at: Spot(place: .file("study.yaml", line: 0, column: 0), line: nil))
    }
    var open: [String: [InlineMarkup.Tag]] = [:]
    var ordinals: [String: Int] = [:]
    var problems = TagProblems()
    var passages: [Passage] = []
    var codings: [Coding] = []
    let words = InlineMarkup.WordCount(text.string, without: tags)
    for tag in tags {
      guard let code = keys.id(for: tag.key, Code.self) else {
        problems.note(.unknown, tag)
        continue
      }
      guard tag.isClosing else {
        open[tag.key, default: []].append(tag)
        continue
      }
      guard let opening = open[tag.key]?.popLast() else {
        problems.note(.unopened, tag)
        continue
      }
      let span = TextSpan(scalars: Int(opening.span.end)..<Int(tag.span.start))
      guard words.hasAny(in: span) else {
        problems.note(.empty, opening)
        continue
      }
      let ordinal = ordinals[tag.key, default: 0]
      ordinals[tag.key] = ordinal + 1
      let names = [keys.key(of: source.id), "markup", tag.key, String(ordinal)]
      let made = made(names, in: source, .text(span), code, Stamp(by: coder), "", .markup)
      passages.append(made.passage)
      codings.append(made.coding)
    }
    for tag in open.values.joined().sorted(by: { $0.span < $1.span }) {
      problems.note(.unclosed, tag)
    }
    for tag in InlineMarkup.malformed(in: text.string, besides: tags) {
      problems.note(.malformed, tag)
    }
    for (problem, tag, count) in problems.inOrder {
      findings.add(diagnostic(problem, tag, count, at: spot(tag)))
    }
    project.codings.insert(passages, codings: codings, in: source.id)
  }

  // Lines are those of the text: of the file too, where the file is plain text.
  private func spot(of span: TextSpan, in source: Source, _ text: Text) -> Spot {
    let place = text.lineAndColumn(ofScalar: Int(span.start))
    return Spot(
      place: .file("transcripts/\(source.name)", line: place.line, column: place.column),
      line: text.line(around: Int(span.start)))
  }

  mutating func made(
    _ names: [String], in source: Source, _ region: Region, _ code: ID<Code>, _ stamp: Stamp,
    _ comment: String, _ provenance: Coding.Provenance
  ) -> (passage: Passage, coding: Coding) {
    let passage = Passage(
      id: ID(derivedFrom: [keys.study, Passage.kindWord] + names), source: source.id,
      region: region, created: stamp)
    let coding = Coding(
      id: ID(derivedFrom: [keys.study, Coding.kindWord] + names), passage: passage.id, code: code,
      created: stamp, comment: comment, provenance: provenance)
    _ = keys.enter(passage.id.description, for: passage.id)
    _ = keys.enter(coding.id.description, for: coding.id)
    passageOfCoding[coding.id] = passage.id
    return (passage, coding)
  }

  private func diagnostic(
    _ problem: TagProblems.Problem, _ tag: InlineMarkup.Tag, _ count: Int, at spot: Spot
  ) -> Diagnostic {
    switch problem {
    case .unknown:
      Diagnostic(
        "markup.code-unknown", .error, at: spot.place,
        "the tag names '\(tag.key)', which is no code of the codebook", raw: tag.key,
        line: spot.line, notes: findings.nearest(tag.key, keys.all(Code.self)),
        solutions: ["correct the key, or add the code to codebook.yaml"], count: count)
    case .unopened:
      Diagnostic(
        "markup.tag-unopened", .error, at: spot.place,
        "[[/\(tag.key)]] closes a passage that was never opened", raw: tag.key, line: spot.line,
        solutions: ["write [[\(tag.key)]] where the passage begins, or remove the tag"],
        count: count)
    case .unclosed:
      Diagnostic(
        "markup.tag-unclosed", .error, at: spot.place,
        "[[\(tag.key)]] opens a passage that is never closed", raw: tag.key, line: spot.line,
        solutions: ["write [[/\(tag.key)]] where the passage ends, or remove the tag"],
        count: count)
    case .empty:
      Diagnostic(
        "markup.passage-empty", .warning, at: spot.place,
        "no words stand between [[\(tag.key)]] and [[/\(tag.key)]]; nothing is coded",
        raw: tag.key, line: spot.line,
        solutions: ["put the tags around the words, or remove both"], count: count)
    case .malformed:
      Diagnostic(
        "markup.tag-malformed", .warning, at: spot.place,
        "'\(tag.key)' is no tag and stays among the words", raw: tag.key, line: spot.line,
        solutions: ["write the code's key between the brackets, without spaces: [[key]]"],
        count: count)
    }
  }

  // MARK: Comments

  private mutating func readComments(of source: Source, _ text: Text) {
    var passages: [Passage] = []
    var codings: [Coding] = []
    for mark in source.marks {
      guard case .annotation(let note) = mark.kind, note.parent == nil else { continue }
      let spot = spot(of: mark.span, in: source, text)
      let lines = note.text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
      let name = lines.first?.trimmed ?? ""
      guard !mark.span.isEmpty, let code = commentCode(name) else {
        reportComment(name, in: source, at: spot)
        continue
      }
      let author = commentAuthor(note, in: source, at: spot)
      let remark = lines.count > 1 ? lines[1].trimmed : ""
      let names = [keys.key(of: source.id), "comment", note.id]
      let stamp = Stamp(by: author, at: note.date.flatMap { Timestamp($0) })
      let made = made(names, in: source, .text(mark.span), code, stamp, remark, .comment)
      passages.append(made.passage)
      codings.append(made.coding)
    }
    project.codings.insert(passages, codings: codings, in: source.id)
  }

  func commentCode(_ name: String) -> ID<Code>? {
    guard !name.isEmpty else { return nil }
    return keys.id(for: name, Code.self) ?? codesByNumber[name]
      ?? project.codebook.codes.first { $0.name.lowercased() == name.lowercased() }?.id
  }

  private func commentAuthor(
    _ note: Mark.Annotation, in source: Source, at spot: Spot
  ) -> ID<Coder>? {
    guard let author = note.author?.trimmed, !author.isEmpty else { return nil }
    if let coder = project.coders.first(where: {
      $0.name.lowercased() == author.lowercased() || $0.initials == author
    }) {
      return coder.id
    }
    findings.add(
      Diagnostic(
        "markup.author-unknown", .warning, at: spot.place,
        "a comment in \(source.name) is by '\(author)', who is no coder of the study", raw: author,
        line: spot.line,
        notes: Suggestion.notes(for: author, among: project.coders.map(\.name)),
        solutions: ["add the coder to study.yaml with the name that the word processor shows"]))
    return nil
  }

  private func reportComment(_ name: String, in source: Source, at spot: Spot) {
    findings.add(
      Diagnostic(
        "markup.comment-without-code", .note, at: spot.place,
        "a comment in \(source.name) begins with no code and stays an annotation", raw: name,
        line: spot.line,
        notes: findings.nearest(name, keys.all(Code.self) + project.codebook.codes.map(\.name)),
        solutions: ["begin the comment with the key, number or name of a code on its first line"]))
  }
}
