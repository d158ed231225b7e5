internal import QDACore

/// Reads the XML that ATLAS.ti wrote before REFI-QDA.
enum HermeneuticUnitReader {
  /// Reads codes, documents, quotations with their codes, memos, and families as sets.
  ///
  /// - Throws: ``ReadingError`` where the XML cannot be read or is of another kind.
  static func read(
    _ bytes: [UInt8], name: String, options: ProjectReadingOptions
  ) throws(ReadingError) -> Reading<Project> {
    var unit = HermeneuticUnit()
    try XMLStream.read(bytes, file: name, part: name) {
      (event: XMLEvent) throws(ReadingError) in unit.take(event)
    }
    guard unit.isOne else {
      throw .malformed(
        file: name, line: 1, column: 1,
        reason: "the XML is not of ATLAS.ti: its first element is not 'storedHU'")
    }
    var builder = ReportBuilder(bytes, name: name, format: .atlasTiXML, options: options)
    HermeneuticUnitMapping(unit).add(to: &builder)
    return builder.finish()
  }
}

/// Makes a project of what ATLAS.ti's XML holds.
private struct HermeneuticUnitMapping {
  private let unit: HermeneuticUnit
  private var codes: [String: ID<Code>] = [:]
  private var sources: [String: ID<Source>] = [:]
  private var memos: [String: ID<Note>] = [:]
  private var unreadTimes = 0
  private var dangling = 0

  init(_ unit: HermeneuticUnit) { self.unit = unit }

  consuming func add(to builder: inout ReportBuilder) {
    if !unit.name.isEmpty { builder.rename(unit.name) }
    var numbers: [String: Int] = [:]
    for document in unit.documents {
      // Two documents may have one name.
      numbers[document.name, default: 0] += 1
      let number = numbers[document.name] ?? 1
      let source = builder.source(
        document.name.isEmpty ? document.id : document.name, number: number)
      sources[document.id] = source
      let stamp = stamp(document, &builder)
      builder.change(source) {
        $0.description = document.comment
        $0.created = stamp
      }
    }
    for item in unit.codes {
      let id: ID<Code> = builder.id("code", ["id", item.id])
      builder.insert(
        Code(
          id: id, name: item.name, definition: item.comment,
          color: item.color.flatMap(Self.color)))
      codes[item.id] = id
    }
    for memo in unit.memos {
      let body = [memo.content, memo.comment].filter { !$0.isEmpty }.joined(separator: "\n\n")
      memos[memo.id] = builder.note(memo.name, body, stamp: stamp(memo, &builder))
    }
    addQuotations(to: &builder)
    addFamilies(to: &builder)
    report(in: &builder)
  }

  private static func color(_ text: String) -> String? {
    let digits = text.hasPrefix("#") ? text.dropFirst() : text.dropFirst(0)
    guard digits.utf8.count == 6, digits.allSatisfy(\.isHexDigit) else { return nil }
    return "#" + digits.lowercased()
  }

  private mutating func stamp(
    _ item: HermeneuticUnit.Item, _ builder: inout ReportBuilder
  ) -> Stamp {
    let time = TableValue.time(item.date)
    if time == nil, !item.date.isEmpty { unreadTimes += 1 }
    return Stamp(by: builder.coder(item.author), at: time)
  }

  private mutating func addQuotations(to builder: inout ReportBuilder) {
    let known = Set(unit.quotations.map(\.id))
    var uses: [String: [ReportReference.Use]] = [:]
    for (object, quotation) in unit.codings {
      guard let code = codes[object], known.contains(quotation) else {
        dangling += 1
        continue
      }
      uses[quotation, default: []].append(ReportReference.Use(code: code))
    }
    var notes: [String: [ID<Note>]] = [:]
    for (object, quotation) in unit.memoings {
      guard let memo = memos[object], known.contains(quotation) else {
        dangling += 1
        continue
      }
      notes[quotation, default: []].append(memo)
    }
    // A place says how far down a quotation is, in lines that a text does not have: it only orders.
    let isOrdered = unit.quotations.allSatisfy { $0.start != nil }
    var quotations = unit.quotations
    if isOrdered {
      quotations = quotations.enumerated().sorted { left, right in
        let (a, b) = (left.element.start ?? (0, 0), right.element.start ?? (0, 0))
        return (a.line, a.column, left.offset) < (b.line, b.column, right.offset)
      }.map(\.element)
    }
    for item in quotations {
      guard let source = sources[item.document] else {
        dangling += 1
        continue
      }
      var reference = ReportReference(
        quote: item.content, name: item.name, stamp: stamp(item, &builder),
        uses: uses[item.id] ?? [], notes: notes[item.id] ?? [],
        place: .file(builder.file, line: 0, column: 0), isInOrder: isOrdered)
      reference.comment = item.comment
      builder.add(reference, to: source)
    }
  }

  // A code may be in several families, and so a family is no parent.
  private func addFamilies(to builder: inout ReportBuilder) {
    for family in unit.families {
      let about = family.items.compactMap { item -> Reference? in
        if let code = codes[item] { return .code(code) }
        if let source = sources[item] { return .source(source) }
        return memos[item].map { .note($0) }
      }
      builder.addSet(family.name, about)
    }
  }

  private func report(in builder: inout ReportBuilder) {
    let place = Place.file(builder.file, line: 0, column: 0)
    builder.diagnostics += TableValue.unreadTimes(unreadTimes, file: builder.file)
    if dangling > 0 {
      builder.add(
        Diagnostic(
          "report.link-dangling", .warning, at: place,
          "links name a code, memo, quotation or document that is not in the file; they are left "
            + "out", solutions: ["export the project again"], count: dangling))
    }
    let total = unit.left.values.reduce(0, +)
    if total > 0 {
      builder.add(
        Diagnostic(
          "report.element-unread", .warning, at: place,
          "what is in these elements has no place in a study and is left out",
          notes: unit.left.keys.sorted().map { "\($0): \(unit.left[$0] ?? 0)" },
          solutions: ["export the project as .qdpx, where the program can"], count: total))
    }
  }
}
