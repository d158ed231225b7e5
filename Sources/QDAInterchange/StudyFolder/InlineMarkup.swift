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

  /// Reads a transcript again as if its tags were not there, and marks them.
  ///
  /// Spaces take the place of the tags, so that no tag is taken for a part of a speaker's label and
  /// every position stays as it is.
  static func read(
    _ read: Reading<Transcript>, _ options: TranscriptOptions
  ) throws(ReadingError) -> Reading<Transcript> {
    let source = read.value.source
    let text = read.value.text
    guard ["plain-text", "markdown"].contains(source.rendition.reader) else { return read }
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
  fileprivate func line(around offset: Int) -> String {
    let start = self[TextSpan(scalars: max(0, offset - 4000)..<offset)]
    let end = self[TextSpan(scalars: offset..<offset + 4000)]
    let head = start.split(separator: "\n", omittingEmptySubsequences: false).last ?? ""
    let tail = end.split(separator: "\n", omittingEmptySubsequences: false).first ?? ""
    return String(head + tail)
  }
}

// Codings that are written into transcripts and comments
extension StudyReader {
  mutating func readInlineCodings() {
    for source in project.sources {
      guard let text = texts.texts[source.id] else { continue }
      if settings.hasMarkup, source.marks.contains(where: { $0.kind == .markup }) {
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
    var unknown: Set<String> = []
    var passages: [Passage] = []
    var codings: [Coding] = []
    for tag in tags {
      guard let code = keys.id(for: tag.key, Code.self) else {
        // The closing tag of an unknown code says nothing new.
        if unknown.insert(tag.key).inserted || !tag.isClosing { reportUnknown(tag, at: spot(tag)) }
        continue
      }
      guard tag.isClosing else {
        open[tag.key, default: []].append(tag)
        continue
      }
      guard let opening = open[tag.key]?.popLast() else {
        reportUnopened(tag, at: spot(tag))
        continue
      }
      let span = TextSpan(scalars: Int(opening.span.end)..<Int(tag.span.start))
      let ordinal = ordinals[tag.key, default: 0]
      ordinals[tag.key] = ordinal + 1
      let names = [keys.key(of: source.id), "markup", tag.key, String(ordinal)]
      let made = made(names, in: source, .text(span), code, Stamp(by: coder), "", .markup)
      passages.append(made.passage)
      codings.append(made.coding)
    }
    for tag in open.values.joined().sorted(by: { $0.span < $1.span }) {
      reportUnclosed(tag, at: spot(tag))
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

  private func reportUnknown(_ tag: InlineMarkup.Tag, at spot: Spot) {
    findings.add(
      Diagnostic(
        "markup.code-unknown", .error, at: spot.place,
        "the tag names '\(tag.key)', which is no code of the codebook", raw: tag.key,
        line: spot.line,
        notes: findings.nearest(tag.key, keys.all(Code.self)),
        solutions: ["correct the key, or add the code to codebook.yaml"]))
  }

  private func reportUnopened(_ tag: InlineMarkup.Tag, at spot: Spot) {
    findings.add(
      Diagnostic(
        "markup.tag-unopened", .error, at: spot.place,
        "[[/\(tag.key)]] closes a passage that was never opened", raw: tag.key,
        line: spot.line,
        solutions: ["write [[\(tag.key)]] where the passage begins, or remove the tag"]))
  }

  private func reportUnclosed(_ tag: InlineMarkup.Tag, at spot: Spot) {
    findings.add(
      Diagnostic(
        "markup.tag-unclosed", .error, at: spot.place,
        "[[\(tag.key)]] opens a passage that is never closed", raw: tag.key,
        line: spot.line,
        solutions: ["write [[/\(tag.key)]] where the passage ends, or remove the tag"]))
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
