internal import QDACore

/// Reads the texts of a project, and finds out how its positions count.
struct RefiTexts {
  private let files: any FileStore
  private let index: FileIndex
  private let options: ProjectReadingOptions
  private let file: String

  init(_ files: any FileStore, options: ProjectReadingOptions, file: String) {
    self.files = files
    index = FileIndex(files.names)
    self.options = options
    self.file = file
  }

  /// How many sources are looked at to find out how positions count.
  private static let sampledSources = 64
  private static let sampledSelections = 600

  /// Reads the texts of all notes and sources into a project and settles its passages.
  ///
  /// Where texts are read on demand and positions need no conversion, the passages stay unverified.
  func read(into result: inout RefiProject) {
    readNotes(&result)
    readWordsOfBoxes(&result)
    let sources = result.project.sources.filter { holdsText($0, in: result) }
    let convention = convention(for: sources, of: &result)
    var held = MemoryTexts()
    var places: [ID<Source>: String] = [:]
    for source in sources {
      let place = place(of: source, in: result)
      places[source.id] = place
      if !options.readsTexts, convention.isSettled, result.inlineTexts[source.id] == nil {
        if place == nil { missing(source.name, source.files, &result) }
        continue
      }
      guard let text = load(source, &result) else { continue }
      var settled = source
      settled.rendition = Rendition(
        reader: "refi", version: 1, encoding: text.encoding?.rawValue, lineEnd: text.lineEnd,
        hadByteOrderMark: text.hadByteOrderMark, text: text.text.digest)
      settle(&settled, text, by: convention.value, &result)
      if options.readsTexts || place == nil {
        settled.paragraphs = text.text.lines().filter { !$0.isEmpty }
        held.texts[source.id] = text.text
      }
      result.project.sources[source.id] = settled
    }
    result.project.files = files
    result.lookForMedia(among: index, file: file)
    if options.readsTexts {
      result.project.texts = held
    } else {
      result.project.texts = FileTexts(
        files: files, places: places.compactMapValues { $0 }, held: held,
        encoding: options.encoding)
    }
  }

  /// Gives a project its texts as the files have them, line ends included; passages stay as read.
  func offer(to result: inout RefiProject) {
    var held = MemoryTexts()
    var places: [ID<Source>: String] = [:]
    for source in result.project.sources where holdsText(source, in: result) {
      if let text = result.inlineTexts[source.id] {
        held.texts[source.id] = Text(text)
      } else {
        places[source.id] = place(of: source, in: result)
      }
    }
    result.project.texts = FileTexts(
      files: files, places: places, held: held, encoding: options.encoding, isRaw: true)
  }

  // MARK: - Where texts are

  private func holdsText(_ source: Source, in result: RefiProject) -> Bool {
    result.inlineTexts[source.id] != nil || source.files.plainText != nil
      || source.files.richText != nil || (source.medium == .text && source.recording == nil)
  }

  private func place(of source: Source, in result: RefiProject) -> String? {
    if result.inlineTexts[source.id] != nil { return nil }
    return source.files.plainText.flatMap { index[$0] }
  }

  private func load(_ source: Source, _ result: inout RefiProject) -> PositionedText? {
    if let text = result.noteTexts[source.id] { return text }
    if let text = result.inlineTexts[source.id] { return PositionedText(text) }
    if let place = place(of: source, in: result) {
      return positioned(place, &result)
    }
    if let place = source.files.richText.flatMap({ index[$0] }) {
      return richText(place, source.name, &result)
    }
    missing(source.name, source.files, &result)
    return nil
  }

  private func bytes(_ place: String) throws(ReadingError) -> [UInt8] {
    var bytes: [UInt8] = []
    do {
      try files.read(place) { piece in bytes.append(piece) }
    } catch let error as ReadingError {
      throw error
    } catch {
      throw .unreadable(file: place, reason: "\(error)")
    }
    return bytes
  }

  private func positioned(_ place: String, _ result: inout RefiProject) -> PositionedText? {
    do {
      let text = try PositionedText(bytes(place), name: place, encoding: options.encoding)
      if text.encoding != .utf8 {
        result.findings.add(
          Diagnostic(
            "refi.text-not-utf8", .warning, at: .file(place, line: 1, column: 1),
            "a text is not UTF-8, which REFI-QDA asks for; it is read as another encoding",
            raw: text.encoding?.rawValue,
            solutions: ["look at its accented letters; name the encoding if they are wrong"]))
      }
      return text
    } catch {
      unreadable(place, error, &result)
      return nil
    }
  }

  /// The text of a formatted document that has no plain one beside it.
  private func richText(
    _ place: String, _ name: String, _ result: inout RefiProject
  ) -> PositionedText? {
    let document: RichDocument
    do {
      document = try richDocument(place)
    } catch {
      unreadable(place, error, &result)
      return nil
    }
    result.findings.add(
      Diagnostic(
        "refi.text-from-rich-text", .warning, at: .file(place, line: 0, column: 0),
        "a source has no plain text; that of its formatted document takes its place", raw: name,
        explanation: "Positions counted in the plain text may be a little off in it.",
        solutions: ["look at its passages, or export the project with plain text"]))
    return PositionedText(document.text)
  }

  /// A formatted document, which is to be a Word document and with some programs is another.
  private func richDocument(_ place: String) throws(ReadingError) -> RichDocument {
    let bytes = try bytes(place)
    if bytes.starts(with: Array("{\\rtf".utf8)) {
      return try RTFDocument.read(bytes, name: place).value
    }
    if place.lowercased().hasSuffix(".odt") {
      return try OpenDocument.read(bytes, name: place).value
    }
    return try WordDocument.read(bytes, name: place).value
  }

  private func unreadable(
    _ place: String, _ error: ReadingError, _ result: inout RefiProject
  ) {
    result.findings.add(
      Diagnostic(
        "refi.file-unreadable", .error, at: .file(place, line: 0, column: 0),
        "a text cannot be read; the passages of its source stay unverified",
        raw: error.description, solutions: ["export the project again"]))
  }

  private func missing(_ name: String, _ files: SourceFiles, _ result: inout RefiProject) {
    result.findings.add(
      Diagnostic(
        "refi.text-missing", .warning, at: .file(file, line: 0, column: 0),
        "the text of a source is not in the project; its passages stay unverified",
        raw: "\(name): \(files.plainText ?? files.richText ?? "no path")",
        solutions: ["export the project again with its sources"]))
  }

  private func readNotes(_ result: inout RefiProject) {
    for note in result.project.notes where note.body.isEmpty {
      let paths = [note.files.plainText, note.files.richText]
      if paths == [nil, nil] { continue }
      let places = paths.map { $0.flatMap { index[$0] } }
      let text: PositionedText?
      switch (places[0], places[1]) {
      case (let plain?, _): text = positioned(plain, &result)
      case (nil, let rich?): text = richText(rich, note.title, &result)
      case (nil, nil):
        missing(note.title, note.files, &result)
        continue
      }
      guard let text else { continue }
      result.project.notes[note.id]?.body = text.text.string
      if RefiPath.isOwnText(note.files.plainText, of: note.id) {
        result.project.notes[note.id]?.files.plainText = nil
      }
      if result.inlineTexts[note.id.of()] != nil {
        result.inlineTexts[note.id.of()] = text.text.string
        result.noteTexts[note.id.of()] = text
      }
    }
  }

  /// Reads the words of boxes on pages that are in files of their own.
  private func readWordsOfBoxes(_ result: inout RefiProject) {
    let boxes = result.quoteFiles.keys
    for source in Set(boxes.compactMap { result.project.codings[$0]?.source }).sorted() {
      var passages = result.project.codings.passages(in: source)
      for position in passages.indices where passages[position].anchor == nil {
        guard let path = result.quoteFiles[passages[position].id] else { continue }
        guard let place = index[path] else {
          missing(passages[position].name, SourceFiles(plainText: path), &result)
          continue
        }
        let words = positioned(place, &result)?.text.string
        passages[position].anchor = words.map { Anchor(quote: $0) }
      }
      result.project.codings.replace(
        passages, codings: result.project.codings.codings(in: source), in: source)
    }
  }

  // MARK: - Positions

  /// How positions count, and whether they can be used as they are without reading the texts.
  private func convention(
    for sources: [Source], of result: inout RefiProject
  ) -> (value: PositionConvention, isSettled: Bool) {
    let expected =
      options.positions ?? PositionConvention(origin: result.project.origin?.program ?? "")
    let coded = sources.filter { result.project.codings.hasSpans(in: $0.id) }
    guard !coded.isEmpty else { return (expected, true) }
    let limit = options.readsTexts ? Self.sampledSources : 8
    let step = max(1, coded.count / limit)
    var texts: [(ID<Source>, PositionedText)] = []
    for position in stride(from: 0, to: coded.count, by: step).prefix(limit) {
      // Findings of this first look come again when the text is read for good.
      var copy = result
      guard let text = load(coded[position], &copy) else { continue }
      texts.append((coded[position].id, text))
    }
    var evidence = PositionEvidence(
      hasPairs: texts.contains { $0.1.hasPairs },
      hasByteOrderMarks: texts.contains { $0.1.hadByteOrderMark })
    let share = max(10, Self.sampledSelections / max(1, texts.count))
    for (source, text) in texts {
      let spans = result.project.codings.namedSpans(in: source, limit: share)
      for (span, name) in spans { evidence.look(at: span, named: name, in: text) }
    }
    guard evidence.looked > 0 else { return (expected, true) }
    let chosen = options.positions ?? evidence.best(expected: expected)
    report(chosen, expected: expected, evidence, &result)
    if evidence.namesTell { reportShifted(texts, by: chosen, share, evidence, &result) }
    let isPlain = chosen == PositionConvention() && !texts.contains { $0.1.hasPairs }
    return (chosen, isPlain)
  }

  private func report(
    _ chosen: PositionConvention, expected: PositionConvention, _ evidence: PositionEvidence,
    _ result: inout RefiProject
  ) {
    let (fits, count) = evidence.fit(of: chosen)
    let what = evidence.namesTell ? "whose name is their text" : "that begin and end between words"
    let fact = "\(fits) of \(count) selections looked at are ones \(what)"
    let place = Place.file(file, line: 0, column: 0)
    if chosen != expected {
      let (own, _) = evidence.fit(of: expected)
      result.findings.add(
        Diagnostic(
          "refi.positions-unexpected", .warning, at: place,
          "positions are counted as '\(chosen)', not as '\(expected)' as this program's files are",
          raw: result.project.origin?.program, explanation: "The texts fit no other way as well.",
          notes: [fact, "\(own) as '\(expected)'"],
          solutions: ["name the convention with --positions if passages look shifted"]))
    } else if count > 0, fits * 2 < count {
      result.findings.add(
        Diagnostic(
          "refi.positions-unverified", .warning, at: place,
          "positions are counted as '\(chosen)', but most selections do not fit the texts so",
          raw: result.project.origin?.program, notes: [fact],
          solutions: ["look at some passages; name another convention with --positions"]))
    } else {
      result.findings.add(
        Diagnostic(
          "refi.positions", .note, at: place, "positions are counted as '\(chosen)'",
          raw: result.project.origin?.program, notes: [fact]))
    }
  }

  /// Lists the sources whose selections are not their names while those of most others are.
  private func reportShifted(
    _ texts: [(ID<Source>, PositionedText)], by chosen: PositionConvention, _ share: Int,
    _ evidence: PositionEvidence, _ result: inout RefiProject
  ) {
    let all = evidence.fit(of: chosen)
    for (id, text) in texts where all.fits * 3 >= all.of * 2 {
      let named = result.project.codings.namedSpans(in: id, limit: share)
        .map { ($0.span, NameOfSelection($0.name)) }.filter { !$0.1.isEmpty }
      let fits = named.count { span, name in
        text.span(of: span, by: chosen).map { name.fits(text.text, at: $0) } ?? false
      }
      guard named.count > 2, fits * 3 < named.count else { continue }
      result.findings.add(
        Diagnostic(
          "refi.source-shifted", .warning, at: .object(.source(id)),
          "the selections of '\(result.project.sources[id]?.name ?? "")' have other names than their "
            + "text, as those of other sources have not",
          explanation: "The text may not be the one in which the positions were counted.",
          notes: ["\(fits) of \(named.count) selections looked at have their text as name"],
          solutions: ["compare the text with the one in the program, or export the project again"]))
    }
  }

  private func settle(
    _ source: inout Source, _ text: PositionedText, by convention: PositionConvention,
    _ result: inout RefiProject
  ) {
    var outside: [TextSpan] = []
    result.project.codings.settleSpans(in: source.id) { read, _ in
      let span = text.span(of: read, by: convention)
      if span == nil { outside.append(read) }
      return span
    }
    for span in outside {
      result.findings.add(
        Diagnostic(
          "refi.position-outside", .warning, at: .object(.source(source.id)),
          "a selection lies outside the text of '\(source.name)'; it stays unverified",
          raw: span.description,
          solutions: ["compare the text with the one in the program, or mark the passage again"]))
    }
    for position in source.syncPoints.indices {
      guard let read = source.syncPoints[position].position, read >= 0 else { continue }
      let point = text.span(
        of: TextSpan(scalars: read..<read), by: convention.withExclusiveEnd)
      if let point { source.syncPoints[position].position = Int(point.start) }
    }
  }
}

extension PositionConvention {
  /// How the program that a file is from counts, as far as that is known.
  init(origin: String) {
    if origin.contains("NVivo") {
      self.init(unit: .utf16)
    } else if origin.hasPrefix("ATLAS.ti") {
      self.init(countsLineEndOnce: true)
    } else {
      self.init()
    }
  }

  /// The same convention for places, which have no end.
  fileprivate var withExclusiveEnd: PositionConvention {
    var convention = self
    convention.endIsInclusive = false
    return convention
  }
}
